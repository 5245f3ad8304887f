"""The forms of retention: each act asks for a reason, which the audit log keeps."""

from flask_wtf import FlaskForm

from outreach.web.forms import reason_field


class EraseForm(FlaskForm):  # type: ignore[misc]
    reason = reason_field(
        "Why is it erased now?",
        hint="Kept in the audit log. For example, the charity has closed its work on it.",
        missing="Enter why it is erased now",
    )


class HoldForm(FlaskForm):  # type: ignore[misc]
    reason = reason_field(
        "Why must it be kept?",
        hint="Shown on the campaign’s page and kept in the audit log. For example, a court’s order "
        "and its date.",
        missing="Enter why it must be kept",
    )


class LiftForm(FlaskForm):  # type: ignore[misc]
    reason = reason_field("Why is the hold lifted?", missing="Enter why the hold is lifted")
