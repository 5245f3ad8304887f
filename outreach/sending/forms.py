"""The forms of sending, one class a page."""

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovTextInput
from wtforms import StringField

from outreach.web.fields import Given, at_most, no_number_or_code, plain

LONGEST_REASON = 200


class PauseForm(FlaskForm):  # type: ignore[misc]
    reason = StringField(
        "Why are you pausing it? (optional)",
        description="Your team sees this. Do not put a phone number or a name here.",
        widget=GovTextInput(),
        filters=[plain],
        validators=[at_most(LONGEST_REASON, "The reason"), no_number_or_code],
    )


class ReasonForm(FlaskForm):  # type: ignore[misc]
    reason = StringField(
        "Why?",
        description="This is kept in the audit log. Do not put a phone number or a name here.",
        widget=GovTextInput(),
        filters=[plain],
        validators=[
            Given("Enter a reason"),
            at_most(LONGEST_REASON, "The reason"),
            no_number_or_code,
        ],
    )


class ConfirmForm(FlaskForm):  # type: ignore[misc]
    """Nothing but the token that proves the page was ours."""
