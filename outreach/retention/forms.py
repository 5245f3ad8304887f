"""The forms of retention: each act asks for a reason, which the audit log keeps."""

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovTextInput
from wtforms import StringField

from outreach.web.fields import Given, at_most, no_number_or_code, plain

LONGEST_REASON = 300


def reason_field(label: str, hint: str, missing: str) -> StringField:
    return StringField(
        label,
        description=hint,
        widget=GovTextInput(),
        filters=[plain],
        validators=[Given(missing), at_most(LONGEST_REASON, "The reason"), no_number_or_code],
    )


class EraseForm(FlaskForm):  # type: ignore[misc]
    reason = reason_field(
        "Why is it erased now?",
        "Kept in the audit log. For example, the charity has closed its work on it.",
        "Enter why it is erased now",
    )


class HoldForm(FlaskForm):  # type: ignore[misc]
    reason = reason_field(
        "Why must it be kept?",
        "Shown on the campaign’s page and kept in the audit log. For example, a court’s order and "
        "its date.",
        "Enter why it must be kept",
    )


class LiftForm(FlaskForm):  # type: ignore[misc]
    reason = reason_field(
        "Why is the hold lifted?", "Kept in the audit log.", "Enter why the hold is lifted"
    )
