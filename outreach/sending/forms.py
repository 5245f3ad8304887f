"""The forms of sending, one class a page."""

from flask_wtf import FlaskForm

from outreach.web.forms import reason_field


class PauseForm(FlaskForm):  # type: ignore[misc]
    reason = reason_field(
        "Why are you pausing it? (optional)",
        hint="Your team sees this. Do not put a phone number or a name here.",
        missing=None,
        longest=200,
    )


class ReasonForm(FlaskForm):  # type: ignore[misc]
    reason = reason_field("Why?", missing="Enter a reason", longest=200)
