"""The forms of drafting, one class a page."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import (
    GovCheckboxesInput,
    GovCheckboxInput,
    GovRadioInput,
    GovSelect,
    GovTextArea,
    GovTextInput,
)
from wtforms import (
    BooleanField,
    Form,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import ValidationError

from outreach import clock
from outreach.domain.landing import LandingTextTooLong, check_text
from outreach.domain.local_time import TimeSkipped, london_moment
from outreach.domain.send_window import SendWindow
from outreach.web.fields import (
    ClockField,
    DayField,
    Given,
    PoundsField,
    at_most,
    no_number_or_code,
    plain,
)
from outreach.web.forms import reason_field

DAYS = (
    (0, "Monday"),
    (1, "Tuesday"),
    (2, "Wednesday"),
    (3, "Thursday"),
    (4, "Friday"),
    (5, "Saturday"),
    (6, "Sunday"),
)
LISTS = {
    "all": "All campaigns",
    "mine": "My campaigns",
    "drafts": "Drafts and returned",
    "waiting": "Waiting for approval or release",
    "running": "Being sent",
    "ended": "Ended",
}


class SearchForm(Form):  # type: ignore[misc]
    """Narrows the list of campaigns; sent by GET."""

    search = StringField("Title or reference contains", widget=GovTextInput(), filters=[plain])
    shown = SelectField(
        "Show",
        choices=list(LISTS.items()),
        widget=GovSelect(),
        default="all",
        validate_choice=False,
    )


class TitleForm(FlaskForm):  # type: ignore[misc]
    title = StringField(
        "Title of the campaign",
        description="Only your team sees it. Do not use the name of an operation or of a person.",
        widget=GovTextInput(),
        filters=[plain],
        validators=[
            Given("Enter a title"),
            at_most(120, "The title"),
            no_number_or_code,
        ],
    )


class PurposeForm(FlaskForm):  # type: ignore[misc]
    purpose = TextAreaField(
        "What is this campaign for?",
        widget=GovTextArea(),
        filters=[plain],
        validators=[Given("Enter what this campaign is for"), at_most(4000, "The purpose")],
    )
    lawful_basis = TextAreaField(
        "Why may these people be texted?",
        description="The lawful basis, and how you came to hold their numbers.",
        widget=GovTextArea(),
        filters=[plain],
        validators=[
            Given("Enter why these people may be texted"),
            at_most(4000, "The lawful basis"),
        ],
    )
    operation_reference = StringField(
        "Operation reference",
        description="It is never put in a text. It ties this campaign to your own records.",
        widget=GovTextInput(),
        filters=[plain],
        validators=[
            Given("Enter the operation reference"),
            at_most(60, "The operation reference"),
            no_number_or_code,
        ],
    )


class MessageForm(FlaskForm):  # type: ignore[misc]
    """`template` is a template's id and the version that was read, as `id:version`."""

    template = RadioField(
        "Which message?",
        widget=GovRadioInput(),
        validators=[Given("Choose a message")],
        validate_choice=False,
    )

    def offer(self, choices: Sequence[tuple[str, str]]) -> None:
        self.template.choices = list(choices)


class PartnerForm(FlaskForm):  # type: ignore[misc]
    """Who helps, and what the landing page says; Welsh is given whole or not at all."""

    partner = RadioField(
        "Which partner helps?",
        coerce=int,
        widget=GovRadioInput(),
        validators=[Given("Choose a partner")],
    )
    public_name = StringField(
        "What the partner and the funder call this campaign (optional)",
        description="The partner sees it when a code is checked, and reports carry it. Do not name "
        "an operation, a place or a case. If you leave it empty, they see the heading below.",
        widget=GovTextInput(),
        filters=[plain],
        validators=[at_most(120, "What they call it")],
    )
    heading = StringField(
        "Heading",
        widget=GovTextInput(),
        filters=[plain],
        validators=[Given("Enter a heading"), at_most(120, "The heading")],
    )
    body = TextAreaField(
        "Text",
        description="Plain text. Leave an empty line between paragraphs. Begin the lines of a list "
        "with an asterisk (*).",
        widget=GovTextArea(),
        filters=[plain],
        validators=[Given("Enter the text")],
    )
    heading_cy = StringField(
        "Heading in Welsh",
        widget=GovTextInput(),
        filters=[plain],
        validators=[at_most(120, "The heading in Welsh")],
    )
    body_cy = TextAreaField(
        "Text in Welsh",
        widget=GovTextArea(),
        filters=[plain],
    )

    def offer(self, partners: Sequence[tuple[int, str]]) -> None:
        self.partner.choices = list(partners)

    def validate(self, extra_validators: Any = None) -> bool:
        is_valid: bool = super().validate(extra_validators)
        for one, other, words in (
            (self.heading_cy, self.body_cy, "Enter the heading in Welsh too"),
            (self.body_cy, self.heading_cy, "Enter the text in Welsh too"),
        ):
            if other.data and not one.data:
                one.errors = [*one.errors, words]
                is_valid = False
        return is_valid

    def validate_body(self, field: TextAreaField) -> None:
        _check_landing_text(self.heading, field)

    def validate_body_cy(self, field: TextAreaField) -> None:
        _check_landing_text(self.heading_cy, field)


def _check_landing_text(heading: StringField, body: TextAreaField) -> None:
    try:
        check_text(heading.data or "", body.data or "")
    except LandingTextTooLong as too_long:
        raise ValidationError(str(too_long)) from None


class ScheduleForm(FlaskForm):  # type: ignore[misc]
    """When texts may leave, in London time, and what they may cost. `start_at` is a moment."""

    opens = ClockField(
        "From",
        "The time texts may start",
        default=time(9),
        validators=[Given("Enter the time texts may start")],
    )
    closes = ClockField(
        "Until",
        "The time texts must stop",
        default=time(20),
        validators=[Given("Enter the time texts must stop")],
    )
    days = SelectMultipleField(
        "On which days?",
        coerce=int,
        choices=list(DAYS),
        default=list(range(6)),
        widget=GovCheckboxesInput(),
        validators=[Given("Choose at least one day")],
    )
    start_on = DayField("First day", "The first day")
    start_time = ClockField("Time on that day", "The start time")
    budget = PoundsField(
        "Budget",
        "The budget",
        description="In pounds, without VAT. Nothing is sent beyond it.",
        validators=[Given("Enter the budget")],
    )

    start_at: datetime | None = None

    def validate(self, extra_validators: Any = None) -> bool:
        super().validate(extra_validators)
        opens, closes = self.opens.data, self.closes.data
        if opens is not None and closes is not None and closes <= opens:
            self._refuse(self.closes, "The time texts must stop must be later than their start")
        if self.start_time.data is not None and not self.start_on.data and not self.start_on.errors:
            self._refuse(self.start_on, "Enter the day that the start time is on")
        if self.start_on.data is not None and not self.start_time.errors:
            self._read_start(self.start_on.data)
        return not self.errors

    def _read_start(self, day: date) -> None:
        """Without a time, it is when the window opens on that day."""
        at = self.start_time.data or self.opens.data or time(9)
        try:
            self.start_at = london_moment(day, at)
        except TimeSkipped:
            self._refuse(
                self.start_time,
                "The clocks go forward over this time on that day. Enter another time",
            )
            return
        if self.start_at <= clock.now():
            self._refuse(self.start_on, "The start must be in the future")

    @property
    def window(self) -> SendWindow:
        """What was given, once `validate` found it good."""
        opens, closes = self.opens.data or time(9), self.closes.data or time(20)
        return SendWindow(opens, closes, frozenset(self.days.data))

    @staticmethod
    def _refuse(field: Any, words: str) -> None:
        field.errors = [*field.errors, words]


class SubmitForm(FlaskForm):  # type: ignore[misc]
    declaration = BooleanField(
        "I have read what will be sent, and these people may lawfully be texted",
        widget=GovCheckboxInput(),
        validators=[Given("Confirm that you have read what will be sent")],
    )


class CancelForm(FlaskForm):  # type: ignore[misc]
    reason = reason_field("Why is it cancelled?", missing="Enter why it is cancelled", longest=500)
