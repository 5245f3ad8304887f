"""The forms of signing in, with GOV.UK widgets on Flask-Security's own rules."""

from flask import current_app
from flask_security import LoginForm, PasswordUtil, TwoFactorVerifyCodeForm, UserMixin
from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovPasswordInput, GovSubmitInput, GovTextInput
from wtforms import EmailField, HiddenField, PasswordField, StringField, SubmitField
from wtforms.validators import InputRequired, ValidationError


class SignInForm(LoginForm):
    """The same answer for an unknown address as for a wrong password."""

    email = EmailField(
        "Email address",
        widget=GovTextInput(),
        validators=[InputRequired("Enter your email address")],
        render_kw={"params": {"autocomplete": "username"}},
    )
    password = PasswordField(
        "Password",
        widget=GovPasswordInput(),
        validators=[InputRequired("Enter your password")],
        render_kw={"params": {"autocomplete": "current-password"}},
    )
    remember = HiddenField()
    submit = SubmitField("Continue", widget=GovSubmitInput())


class CodeForm(TwoFactorVerifyCodeForm):
    """Six digits; pasting is allowed (WCAG 2.2, 3.3.8)."""

    code = StringField(
        "Security code",
        widget=GovTextInput(),
        validators=[InputRequired("Enter the six digits your app shows")],
    )
    submit = SubmitField("Continue", widget=GovSubmitInput())


class PasswordForm(FlaskForm):  # type: ignore[misc]
    """A new password: at least twelve characters, and hard to guess as zxcvbn judges it."""

    password = PasswordField(
        "Choose a password",
        widget=GovPasswordInput(),
        validators=[InputRequired("Enter a password")],
        description="At least 12 characters. Three random words are a good start.",
    )
    submit = SubmitField("Continue", widget=GovSubmitInput())

    def __init__(self, person: UserMixin) -> None:
        super().__init__()
        self._person = person

    def validate_password(self, field: PasswordField) -> None:
        checker = PasswordUtil(current_app)
        problems, field.data = checker.validate(field.data, False, user=self._person)
        if problems:
            raise ValidationError(str(problems[0]))
