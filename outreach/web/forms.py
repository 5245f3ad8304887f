"""Forms and fields that pages of several parts ask with: a mere button, and why an act is done."""

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovTextInput
from wtforms import StringField

from outreach.web.fields import Given, at_most, no_number_or_code, plain

NO_PERSON = "This is kept in the audit log. Do not put a phone number or a name here."
LONGEST_REASON = 300


class ButtonForm(FlaskForm):  # type: ignore[misc]
    """Nothing to fill in: the button is the answer; the token in it proves the page was ours."""


def reason_field(
    label: str,
    *,
    missing: str | None,
    hint: str = NO_PERSON,
    what: str = "The reason",
    longest: int = LONGEST_REASON,
) -> StringField:
    """Why an act is done, for the audit log. `missing` is what an empty one is told; with None it
    may be left empty. `what` begins the sentence about one that is too long."""
    must = [] if missing is None else [Given(missing)]
    return StringField(
        label,
        description=hint,
        widget=GovTextInput(),
        filters=[plain],
        validators=[*must, at_most(longest, what), no_number_or_code],
    )
