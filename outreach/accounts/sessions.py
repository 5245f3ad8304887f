"""Signing in: Flask-Security, with what it tells written into sessions and the audit log."""

from typing import cast

from flask import Flask, abort, g, request, session
from flask_login import current_user, user_logged_in, user_logged_out
from flask_security import (
    Security,
    SQLAlchemyUserDatastore,
    UserMixin,
    WebauthnUtil,
    password_changed,
    password_reset,
    reset_password_instructions_sent,
    tf_profile_changed,
    user_failed_authn,
    wan_deleted,
    wan_registered,
)
from flask_security.totp import Totp
from itsdangerous import Serializer
from passlib.totp import TOTP, TotpMatch
from werkzeug.wrappers import Response

from outreach import vault
from outreach.accounts import forms, gate, live_sessions, mailing, notices, sign_ins
from outreach.accounts.mail_util import MailByNotify
from outreach.accounts.password_rules import PasswordRules
from outreach.accounts.recovery_codes import HashedRecoveryCodes
from outreach.accounts.security_settings import flask_settings
from outreach.audit import service as audit
from outreach.config import Settings
from outreach.domain.access import Permission
from outreach.domain.audit import AuditAction
from outreach.domain.browser_name import browser_name
from outreach.domain.mail import MailKind
from outreach.domain.session_life import SessionEnd
from outreach.extensions import db
from outreach.models import Passkey, RoleRow, User
from outreach.transaction import transaction, will_write
from outreach.web.permissions import Access, mark_endpoint

OPEN = Access()
OWN = Access(Permission.SIGNED_IN)
OWN_AND_FRESH = Access(Permission.SIGNED_IN, is_fresh=True)
ACCESS = {
    "login": OPEN,
    "logout": OPEN,
    "forgot_password": OPEN,
    "reset_password": OPEN,
    "two_factor_setup": OPEN,
    "two_factor_token_validation": OPEN,
    "tf_select": OPEN,
    "mf_recovery": OPEN,
    "wan_signin": OPEN,
    "wan_signin_response": OPEN,
    "change_password": OWN,
    "two_factor_setup_validate": OWN,
    "wan_verify": OWN,
    "wan_verify_response": OWN,
    "mf_recovery_codes": OWN_AND_FRESH,
    "wan_register": OWN_AND_FRESH,
    "wan_register_response": OWN_AND_FRESH,
    "wan_delete": OWN_AND_FRESH,
}
"""Whatever else Flask-Security brings has no mark, and so is refused."""
LOCAL_WAYS_IN = frozenset(
    {
        "security.login",
        "security.forgot_password",
        "security.reset_password",
        "security.change_password",
        "accounts.accept_invitation",
    }
)
PASSKEY_WAYS_IN = frozenset({"security.wan_signin", "security.wan_signin_response"})


class ReplaySafeTotp(Totp):
    """A code opens once: the counter of the last one is kept with the person (ASVS 6.5.1).

    Secrets are sealed under the one of several keys that `sealing` names.
    """

    sealing = ""

    def __init__(self, secrets: dict[str, str], issuer: str) -> None:
        self._totp = TOTP.using(issuer=issuer, secrets=secrets, default_tag=self.sealing)

    def get_last_counter(self, user: UserMixin) -> int | None:
        """As it is now, and locked: the same code sent twice at once opens once."""
        db.session.refresh(user, ["tf_last_counter"], with_for_update=True)
        return cast(User, user).tf_last_counter

    def set_last_counter(self, user: UserMixin, tmatch: TotpMatch) -> None:
        cast(User, user).tf_last_counter = tmatch.counter


class OurOrigin(WebauthnUtil):
    """A passkey is good for the staff address that is set, whatever a request says of itself."""

    staff_url = ""

    def origin(self) -> str:
        return self.staff_url


def init_app(app: Flask, settings: Settings) -> None:
    app.config.update(flask_settings(settings))
    gate.init_app(app)
    security = _security(app, settings)
    _sign_with_the_newest_key(security, app)
    for endpoint, access in ACCESS.items():
        mark_endpoint(app, f"security.{endpoint}", access)
    app.jinja_env.globals["can_send_links"] = lambda: mailing.can_send(MailKind.PASSWORD_RESET)
    app.before_request(_ask_before_a_new_way_in)
    if not settings.has_local_accounts:
        app.before_request(_shut_local_ways_in)
    app.before_request(_write_when_changing)
    app.after_request(_after)
    app.teardown_request(lambda _: will_write(False))
    for signal, listener in LISTENERS.items():
        signal.connect(listener, app)


def _security(app: Flask, settings: Settings) -> Security:
    security = Security(
        app,
        SQLAlchemyUserDatastore(db, User, RoleRow, Passkey),
        login_form=forms.SignInForm,
        two_factor_verify_code_form=forms.CodeForm,
        two_factor_select_form=forms.SecondStepChoiceForm,
        mf_recovery_form=forms.RecoveryCodeForm,
        forgot_password_form=forms.ForgottenPasswordForm,
        reset_password_form=forms.NewPasswordForm,
        change_password_form=forms.ChangeOwnPasswordForm,
        wan_register_form=forms.PasskeyForm,
        totp_cls=type("OurTotp", (ReplaySafeTotp,), {"sealing": vault.ring().sealing_totp}),
        password_util_cls=PasswordRules,
        mf_recovery_codes_util_cls=HashedRecoveryCodes,
        webauthn_util_cls=type("Origin", (OurOrigin,), {"staff_url": settings.staff_url}),
        mail_util_cls=MailByNotify,
    )
    security.want_json(lambda request: False)  # pages only: one way in is enough to guard
    security.reauthn_handler(lambda within, grace: gate.ask_anew())
    return security


def _sign_with_the_newest_key(security: Security, app: Flask) -> None:
    """Flask-Security lists the newest key first, and itsdangerous signs with the last."""
    keys = [*app.config["SECRET_KEY_FALLBACKS"], app.config["SECRET_KEY"]]
    for value in vars(security).values():
        if isinstance(value, Serializer):
            value.secret_keys = [key.encode() for key in keys]


def _shut_local_ways_in() -> None:
    """Where everybody signs in with the organisation's provider, nothing else opens a session. A
    passkey still counts as the second step after it."""
    is_second = session.get("tf_state") == "ready" and "tf_user_id" in session
    is_page_itself = request.endpoint == "security.login" and request.method == "GET"
    if request.endpoint in LOCAL_WAYS_IN and not is_page_itself:
        abort(404)
    if request.endpoint in PASSKEY_WAYS_IN and not is_second:
        abort(404)


def _ask_before_a_new_way_in() -> Response | None:
    """The page for a second step serves a first sign-in, where nobody is signed in yet, and a
    later change; the page for passwords asks for the old one, where there is one."""
    if gate.current_session() is None:
        return None
    is_second_step = request.endpoint == "security.two_factor_setup"
    is_first_password = (
        request.endpoint == "security.change_password" and current_user.password is None
    )
    return gate.ask_again() if is_second_step or is_first_password else None


def _write_when_changing() -> None:
    """Sign-in itself judges a password first, which is slow, and begins its own transactions."""
    is_ours = request.blueprint == "security" and request.endpoint != "security.login"
    if request.method == "POST" and is_ours:
        will_write()


def _after(response: Response) -> Response:
    if request.endpoint == "security.logout":
        response.headers["Clear-Site-Data"] = '"cache", "storage"'  # ASVS 14.3.1
        if g.get("was_tied"):
            response.location = "/sign-in?out=1"
    here = gate.current_session()
    is_passkey = request.endpoint == "security.wan_verify_response"
    if is_passkey and here and session.get("fs_paa") != g.get("proved_at"):
        with transaction():
            by = sign_ins.own(here.user_id)
            session[gate.TOKEN] = live_sessions.note_confirmed(here.id, by)
    return response


def _signed_in(app: Flask, user: User) -> None:
    """A fresh session with a fresh token, whatever the browser had before (ASVS 7.2.4)."""
    row, token = live_sessions.begin(
        user,
        browser=browser_name(request.headers.get("User-Agent")),
        address=request.remote_addr or "",
        proved_at=g.get("proof_from_elsewhere"),
    )
    session[gate.TOKEN] = token
    g.new_session_id = row.id
    how = request.endpoint or ""
    audit.record(
        AuditAction.SESSION_SIGNED_IN,
        sign_ins.own(user.id),
        "session",
        row.id,
        changes={"by": how.rpartition(".")[2], **_first_step()},
    )
    if how == "security.mf_recovery":
        notices.tell(user, notices.RECOVERY_CODE_USED)


def _first_step() -> dict[str, bool]:
    """Where the second step was taken here and the first one with the provider."""
    return {"provider": True} if session.pop(sign_ins.BY_PROVIDER, False) else {}


def _signed_out(app: Flask, user: User) -> None:
    here = gate.current_session()
    g.was_tied = user.sso_subject is not None
    session.pop(gate.TOKEN, None)
    if here is None:
        return
    with transaction():
        row = live_sessions.get(here.id, here.user_id)
        if row is not None:
            live_sessions.end(row, SessionEnd.SIGNED_OUT, by=sign_ins.own(here.user_id))


def _refused(app: Flask, user: User | None = None, auth_type: str = "", **_: object) -> None:
    sign_ins.refused(user.id if user is not None else None, auth_type)


def _password_changed(app: Flask, user: User, **_: object) -> None:
    _changed(user, AuditAction.USER_PASSWORD_CHANGED, SessionEnd.PASSWORD_CHANGED)
    notices.tell(user, notices.PASSWORD_CHANGED)


def _reset_asked(app: Flask, user: User, **_: object) -> None:
    audit.record(AuditAction.USER_PASSWORD_RESET_ASKED, sign_ins.PUBLIC, "user", user.id)
    db.session.commit()


def _second_step_changed(app: Flask, user: User, **_: object) -> None:
    _changed(user, AuditAction.USER_SECOND_FACTOR_CHANGED, SessionEnd.SECOND_STEP_CHANGED)
    notices.tell(user, notices.SECOND_STEP_CHANGED)


def _passkeys_changed(app: Flask, user: User, **_: object) -> None:
    audit.record(
        AuditAction.USER_SECOND_FACTOR_CHANGED,
        sign_ins.own(user.id),
        "user",
        user.id,
        changes={"passkeys": True},
    )
    notices.tell(user, notices.PASSKEYS_CHANGED)


def _changed(user: User, action: AuditAction, end: SessionEnd) -> None:
    """Write it down, and end the person's other sessions."""
    by = sign_ins.own(user.id)
    audit.record(action, by, "user", user.id)
    here = gate.current_session()
    but = g.get("new_session_id") or (here.id if here else None)
    live_sessions.end_all(user.id, end, by=by, but=but)


LISTENERS = {
    user_logged_in: _signed_in,
    user_logged_out: _signed_out,
    user_failed_authn: _refused,
    password_changed: _password_changed,
    password_reset: _password_changed,
    reset_password_instructions_sent: _reset_asked,
    tf_profile_changed: _second_step_changed,
    wan_registered: _passkeys_changed,
    wan_deleted: _passkeys_changed,
}
