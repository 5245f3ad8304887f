"""The forms of a person's request. The number travels in the page alone, never in an address."""

from collections.abc import Mapping
from typing import Any

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovTextInput
from wtforms import HiddenField, StringField
from wtforms.validators import ValidationError

from outreach.domain.phone import Mobile, parse_mobile
from outreach.web.fields import Given, at_most, no_number_or_code, plain
from outreach.web.forms import LONGEST_REASON, reason_field

LONGEST_VALUE = 400


def e164_of(typed: str | None) -> str:
    """Raises ValidationError."""
    read = parse_mobile(typed or "")
    if not isinstance(read, Mobile):
        raise ValidationError(read.detail)
    return read.e164


class FindForm(FlaskForm):  # type: ignore[misc]
    """`e164` is what the number was read as."""

    number = StringField(
        "Their mobile number",
        description="For example, 07700 900123.",
        widget=GovTextInput(),
        filters=[plain],
        validators=[Given("Enter their mobile number")],
    )
    reason = reason_field(
        "Which request is it, and how do you know who is asking?",
        hint="Kept in the audit log. For example, request 117, driving licence seen and called "
        "back. Do not put a number or a name here.",
        missing="Enter which request it is and how you know who is asking",
        what="The answer",
    )
    e164 = ""

    def validate_number(self, field: StringField) -> None:
        self.e164 = e164_of(field.data)


class GoOnForm(FlaskForm):  # type: ignore[misc]
    """A button on the page of what was found: number and reason go with it."""

    number = HiddenField()
    reason = HiddenField(validators=[at_most(LONGEST_REASON, "The answer"), no_number_or_code])
    recipient_id = HiddenField()
    confirmed = HiddenField()
    e164 = ""

    def validate_number(self, field: HiddenField) -> None:
        self.e164 = e164_of(field.data)

    def validate_reason(self, field: HiddenField) -> None:
        if not (field.data or "").strip():
            raise ValidationError("Enter which request it is")


class CorrectForm(GoOnForm):
    """With a field for each value of one row; see `correct_form`."""

    names: Mapping[str, str] = {}

    def values(self) -> dict[str, str]:
        return {name: self[field].data or "" for field, name in self.names.items()}


def correct_form(values: Mapping[str, str], **kwargs: Any) -> CorrectForm:
    """Filled with `values` until something is sent."""
    names = {f"value_{place}": name for place, name in enumerate(values)}
    fields: dict[str, Any] = {
        field: StringField(
            name,
            default=values[name],
            widget=GovTextInput(),
            filters=[plain],
            validators=[at_most(LONGEST_VALUE, "The value")],
        )
        for field, name in names.items()
    }
    return type("CorrectTheseForm", (CorrectForm,), {**fields, "names": names})(**kwargs)  # type: ignore[no-any-return]
