"""The forms of the suppression list, one class a page."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from govuk_frontend_wtf.wtforms_widgets import GovFileInput, GovRadioInput, GovTextInput
from werkzeug.datastructures import FileStorage
from wtforms import RadioField, StringField
from wtforms.validators import InputRequired, ValidationError

from outreach.domain.optout import SuppressionKind
from outreach.domain.phone import Mobile, parse_mobile
from outreach.web.fields import Given, plain
from outreach.web.forms import reason_field

LARGEST_FILE = 10 * 1024 * 1024
KINDS = (
    (SuppressionKind.OPT_OUT.value, "The person does not want texts"),
    (SuppressionKind.WRONG_PERSON.value, "The number belongs to somebody else"),
)


class MobileField(StringField):  # type: ignore[misc]
    """A UK mobile number as people type it; `e164` is what it was read as."""

    widget = GovTextInput()
    e164 = ""

    def __init__(self, label: str, **kwargs: object) -> None:
        super().__init__(
            label,
            filters=[plain],
            validators=[Given("Enter a mobile number")],
            render_kw={"autocomplete": "off", "params": {"inputmode": "tel", "spellcheck": False}},
            **kwargs,
        )

    def post_validate(self, form: FlaskForm, validation_stopped: bool) -> None:
        if validation_stopped or not self.data:
            return
        read = parse_mobile(self.data)
        if not isinstance(read, Mobile):
            raise ValidationError(read.detail)
        self.e164 = read.e164


class LookUpForm(FlaskForm):  # type: ignore[misc]
    number = MobileField("Mobile number", description="For example, 07700 900123.")


class AddForm(FlaskForm):  # type: ignore[misc]
    number = MobileField("Mobile number", description="For example, 07700 900123.")
    kind = RadioField(
        "Why must it not be texted?",
        choices=KINDS,
        widget=GovRadioInput(),
        validators=[InputRequired("Choose why the number must not be texted")],
    )


class RemoveForm(FlaskForm):  # type: ignore[misc]
    reason = reason_field(
        "How did the person ask to be texted again?",
        missing="Enter how the person asked to be texted again",
        longest=200,
    )


class ImportForm(FlaskForm):  # type: ignore[misc]
    """`content` is what the file holds, once the form is valid."""

    file = FileField(
        "The list",
        description="Plain text or CSV, up to 10 MB: a number on each line, a column named "
        "“phone number”, or an export of this page.",
        widget=GovFileInput(),
    )
    kind = RadioField(
        "Why must these numbers not be texted?",
        description="An export says this itself, line by line.",
        choices=KINDS,
        default=SuppressionKind.OPT_OUT.value,
        widget=GovRadioInput(),
    )
    content: bytes = b""

    def validate_file(self, field: FileField) -> None:
        if not isinstance(field.data, FileStorage) or not field.data.filename:
            raise ValidationError("Choose a file")
        self.content = field.data.stream.read(LARGEST_FILE + 1)
        field.data.close()
        if len(self.content) > LARGEST_FILE:
            raise ValidationError("The file must be 10 MB or smaller")
