"""What a partner types: a code, and what came of it."""

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovRadioInput, GovTextInput
from wtforms import Field, HiddenField, RadioField, StringField
from wtforms.validators import InputRequired, StopValidation

from outreach.domain.outcome import WORDS, OutcomeKind
from outreach.domain.referral import CodeUnreadable, read_code


def _is_code(form: FlaskForm, field: Field) -> None:
    """A slip of the finger is told at once; nothing is looked up for it."""
    try:
        read_code(field.data or "")
    except CodeUnreadable as error:
        raise StopValidation(f"{error} Check it and type it again") from error


class CheckForm(FlaskForm):  # type: ignore[misc]
    """One code. Capitals, hyphens and spaces do not matter."""

    code = StringField(
        "Referral code",
        description="Like ABCD\u2011EFGH\u2011J. Ask the caller to read it out.",
        widget=GovTextInput(),
        validators=[InputRequired("Enter the code the caller gave you"), _is_code],
        render_kw={
            "params": {
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": False,
                "classes": "govuk-input--width-10 govuk-input--extra-letter-spacing",
            }
        },
    )


class OutcomeForm(FlaskForm):  # type: ignore[misc]
    """What came of a code that was checked just before."""

    code = HiddenField(validators=[_is_code])
    outcome = RadioField(
        "What came of it?",
        choices=[(kind.value, words) for kind, words in WORDS.items()],
        coerce=OutcomeKind,
        widget=GovRadioInput(),
        validators=[InputRequired("Choose what came of it")],
    )


class WithdrawForm(FlaskForm):  # type: ignore[misc]
    code = HiddenField(validators=[_is_code])
