"""The forms of signing in and of one's own account: GOV.UK widgets on Flask-Security's rules.

A try is counted before it is judged (`throttle`), so these forms write that one count.
"""

from typing import TYPE_CHECKING, Any

from flask import current_app, request, session
from flask_login import current_user
from flask_security import (
    ChangePasswordForm,
    ForgotPasswordForm,
    LoginForm,
    MfRecoveryForm,
    ResetPasswordForm,
    TwoFactorSelectForm,
    TwoFactorVerifyCodeForm,
    UserMixin,
    WebAuthnRegisterForm,
    hash_password,
)
from flask_security.forms import valid_user_email
from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import (
    GovPasswordInput,
    GovRadioInput,
    GovSubmitInput,
    GovTextInput,
)
from wtforms import (
    EmailField,
    HiddenField,
    PasswordField,
    RadioField,
    StringField,
    SubmitField,
)
from wtforms.validators import EqualTo, InputRequired, ValidationError

from outreach.accounts import proving, sign_ins, throttle
from outreach.accounts.password_rules import as_hashed, cut, problem_of
from outreach.domain.throttling import in_words
from outreach.transaction import transaction

if TYPE_CHECKING:
    from outreach.models import User

NEW_HINT = "At least 12 characters. Three random words are a good start."
SAME_AGAIN = "Type the same password in both boxes"


def _cut(typed: str | None) -> str | None:
    return cut(typed) if typed else typed


def _new_password(label: str) -> PasswordField:
    return PasswordField(
        label,
        widget=GovPasswordInput(),
        filters=[_cut],
        validators=[InputRequired("Enter a password")],
        description=NEW_HINT,
    )


def too_many_tries(seconds: int) -> str:
    return f"There were too many wrong tries. Wait {in_words(seconds)} and try again"


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
        filters=[_cut],
        validators=[InputRequired("Enter your password")],
        render_kw={"params": {"autocomplete": "current-password"}},
    )
    remember = HiddenField()
    submit = SubmitField("Continue", widget=GovSubmitInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.password.description = ""  # Flask-Security puts a second link to a new password here

    def validate(self, **kwargs: Any) -> bool:
        if not self.email.data or not self.password.data:
            return bool(super().validate(**kwargs))
        counts = throttle.for_sign_in(self.email.data, request.remote_addr or "")
        wait = throttle.begin(counts)
        if wait:
            sign_ins.refused(None, "throttled")
            self.form_errors = [too_many_tries(wait)]
            return False
        if not super().validate(**kwargs):
            if self.user is None or self.user_authenticated:
                sign_ins.refused(self.user.id if self.user else None, "password")
            return False
        session.pop(sign_ins.BY_PROVIDER, None)  # of a try that was given up
        with transaction():
            throttle.succeeded(counts)
        return True


class _SecondStepForm:
    """Counts tries at the second step of the person who has given the right password."""

    def _try(self, judge: Any, is_counted: bool = True) -> bool:
        user: UserMixin = self.user  # type: ignore[attr-defined]
        counts = throttle.for_second_step(user.id) if is_counted else []
        wait = throttle.begin(counts) if counts else 0
        if wait:
            self.form_errors = [too_many_tries(wait)]
            return False
        if not judge():
            return False
        throttle.succeeded(counts)  # with the code's counter, when the page commits
        return True


class CodeForm(_SecondStepForm, TwoFactorVerifyCodeForm):
    """Six digits; pasting is allowed (WCAG 2.2, 3.3.8)."""

    code = StringField(
        "Security code",
        widget=GovTextInput(),
        validators=[InputRequired("Enter the six digits your app shows")],
    )
    submit = SubmitField("Continue", widget=GovSubmitInput())

    def validate(self, **kwargs: Any) -> bool:
        self.code.data = (self.code.data or "").replace(" ", "")
        judge = super().validate
        return self._try(lambda: judge(**kwargs), not self.is_setup)


class RecoveryCodeForm(_SecondStepForm, MfRecoveryForm):
    code = StringField(
        "Recovery code",
        widget=GovTextInput(),
        validators=[InputRequired("Enter one of your recovery codes")],
        description="Such as 7KQ2-M0ZD-XW4T-9BHC. Each code works once.",
    )
    submit = SubmitField("Continue", widget=GovSubmitInput())

    def validate(self, **kwargs: Any) -> bool:
        judge = super().validate
        return self._try(lambda: judge(**kwargs))


class SecondStepChoiceForm(TwoFactorSelectForm):
    which = RadioField("How do you want to prove that it is you?", widget=GovRadioInput())
    submit = SubmitField("Continue", widget=GovSubmitInput())


class ForgottenPasswordForm(ForgotPasswordForm):
    """The same answer whether or not there is an account."""

    email = EmailField(
        "Email address",
        widget=GovTextInput(),
        validators=[InputRequired("Enter your email address"), valid_user_email],
        render_kw={"params": {"autocomplete": "username"}},
    )
    submit = SubmitField("Send me a link", widget=GovSubmitInput())

    def validate(self, **kwargs: Any) -> bool:
        counts = throttle.for_mail(self.email.data or "", request.remote_addr or "")
        wait = throttle.begin(counts)
        if wait:
            self.form_errors = [
                f"Links were asked for too often. Wait {in_words(wait)} and try again"
            ]
            return False
        if not super().validate(**kwargs):
            return False
        hash_password("")  # as long as it takes for an address that nobody has
        return True


class NewPasswordForm(ResetPasswordForm):
    password = _new_password("Choose a new password")
    password_confirm = PasswordField(
        "Type it again",
        widget=GovPasswordInput(),
        filters=[_cut],
        validators=[EqualTo("password", SAME_AGAIN)],
    )
    submit = SubmitField("Save the new password", widget=GovSubmitInput())


class ChangeOwnPasswordForm(ChangePasswordForm):
    password = PasswordField("Your password now", widget=GovPasswordInput(), filters=[_cut])
    new_password = _new_password("Choose a new password")
    new_password_confirm = PasswordField(
        "Type the new password again",
        widget=GovPasswordInput(),
        filters=[_cut],
        validators=[EqualTo("new_password", SAME_AGAIN)],
    )
    submit = SubmitField("Save the new password", widget=GovSubmitInput())

    def validate(self, **kwargs: Any) -> bool:
        """The old one is judged first, and counted: a session left open is no place to guess it."""
        if current_user.password and self.password.data:
            wait = proving.prove(current_user, self.password.data, "")
            if wait is not None:
                wrong = too_many_tries(wait) if wait else "That password is not right"
                self.password.errors = [wrong]
                return False
        return bool(super().validate(**kwargs))


class PasswordForm(FlaskForm):  # type: ignore[misc]
    """An invited person's first password."""

    password = _new_password("Choose a password")
    submit = SubmitField("Continue", widget=GovSubmitInput())

    def __init__(self, person: "User") -> None:
        super().__init__()
        self._person = person

    def validate_password(self, field: PasswordField) -> None:
        problem = problem_of(as_hashed(field.data), self._person)
        if problem:
            raise ValidationError(problem)


class PasskeyForm(WebAuthnRegisterForm):
    name = StringField(
        "Name of the passkey",
        widget=GovTextInput(),
        validators=[InputRequired("Enter a name for this passkey")],
        description="Something you will know it by, such as Work phone or Blue key.",
    )
    usage = RadioField(
        "When will you use it?",
        widget=GovRadioInput(),
        choices=[
            ("first", "To sign in without a password"),
            ("secondary", "After my password, in place of a code"),
        ],
        default="first",
    )
    submit = SubmitField("Continue", widget=GovSubmitInput())


class ConfirmForm(FlaskForm):  # type: ignore[misc]
    """Who are you, asked again: a password or a code, whichever is at hand."""

    confirm_password = PasswordField("Your password", widget=GovPasswordInput(), filters=[_cut])
    confirm_code = StringField("Or a code from your authenticator app", widget=GovTextInput())
    submit = SubmitField("Continue", widget=GovSubmitInput())

    def __init__(self, person: UserMixin) -> None:
        super().__init__()
        self._person = person
        settings = current_app.extensions["outreach_settings"]
        self.takes_password = bool(person.password) and settings.has_local_accounts
        self.takes_code = bool(person.tf_totp_secret)

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        password = self.confirm_password.data if self.takes_password else ""
        code = self.confirm_code.data if self.takes_code else ""
        if not password and not code:
            asked = self.confirm_password if self.takes_password else self.confirm_code
            asked.errors = [f"Enter {'your password or a' if self.takes_password else 'a'} code"]
            return False
        wait = proving.prove(self._person, password or "", code or "")
        if wait is None:
            return True
        wrong = self.confirm_code if code else self.confirm_password
        wrong.errors = [too_many_tries(wait) if wait else "That is not right. Try again"]
        return False
