"""Signing in: Flask-Security with a password and a code from an authenticator app."""

from datetime import timedelta
from typing import cast

from flask import Flask, request
from flask_login import user_logged_in, user_logged_out
from flask_security import Security, SQLAlchemyUserDatastore, UserMixin, user_failed_authn
from flask_security.totp import Totp
from passlib.totp import TotpMatch

from outreach.accounts.forms import CodeForm, SignInForm
from outreach.audit import service as audit
from outreach.config import Settings
from outreach.domain.actor import Actor
from outreach.domain.audit import ActorKind, AuditAction
from outreach.extensions import db
from outreach.models import RoleRow, User
from outreach.transaction import will_write
from outreach.web.permissions import Access, mark_endpoint

OPEN_ENDPOINTS = (
    "security.login",
    "security.logout",
    "security.two_factor_setup",
    "security.two_factor_setup_validate",
    "security.two_factor_token_validation",
)


class ReplaySafeTotp(Totp):
    """A code opens once: the counter of the last one is kept with the person (ASVS 6.5.1)."""

    def get_last_counter(self, user: UserMixin) -> int | None:
        return cast(User, user).tf_last_counter

    def set_last_counter(self, user: UserMixin, tmatch: TotpMatch) -> None:
        cast(User, user).tf_last_counter = tmatch.counter


def init_app(app: Flask, settings: Settings) -> None:
    app.config.update(_config(settings))
    Security(
        app,
        SQLAlchemyUserDatastore(db, User, RoleRow),
        login_form=SignInForm,
        two_factor_verify_code_form=CodeForm,
        totp_cls=ReplaySafeTotp,
    )
    for endpoint in OPEN_ENDPOINTS:
        mark_endpoint(app, endpoint, Access())
    app.before_request(_write_when_signing_in)
    app.teardown_request(lambda _: will_write(False))
    user_logged_in.connect(_signed_in, app)
    user_logged_out.connect(_signed_out, app)
    user_failed_authn.connect(_refused, app)


def _config(settings: Settings) -> dict[str, object]:
    return {
        "SECRET_KEY": settings.secret_key,
        "SESSION_COOKIE_NAME": "__Host-outreach" if settings.is_secure else "outreach",
        "SESSION_COOKIE_SECURE": settings.is_secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PERMANENT_SESSION_LIFETIME": timedelta(minutes=30),
        "SECURITY_PASSWORD_HASH": "argon2",
        "SECURITY_PASSWORD_SINGLE_HASH": ["argon2"],
        "SECURITY_PASSWORD_LENGTH_MIN": 12,
        "SECURITY_PASSWORD_COMPLEXITY_CHECKER": "zxcvbn",
        "SECURITY_LOGIN_URL": "/sign-in",
        "SECURITY_LOGOUT_URL": "/sign-out",
        "SECURITY_LOGOUT_CSRF": True,
        "SECURITY_POST_LOGOUT_VIEW": "/sign-in",
        "SECURITY_RETURN_GENERIC_RESPONSES": True,
        "SECURITY_FLASH_MESSAGES": False,
        "SECURITY_TWO_FACTOR": True,
        "SECURITY_TWO_FACTOR_REQUIRED": True,
        "SECURITY_TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
        "SECURITY_TWO_FACTOR_ALWAYS_VALIDATE": True,
        "SECURITY_TWO_FACTOR_RESCUE_EMAIL": False,
        "SECURITY_TWO_FACTOR_SETUP_URL": "/sign-in/second-step/set-up",
        "SECURITY_TWO_FACTOR_TOKEN_VALIDATION_URL": "/sign-in/second-step",
        "SECURITY_TOTP_SECRETS": settings.data_keys.totp_secrets(),
        "SECURITY_TOTP_ISSUER": "Outreach",
        "SECURITY_API_ENABLED_METHODS": ["session"],
        "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": False},
    }


def _write_when_signing_in() -> None:
    if request.method == "POST" and request.blueprint == "security":
        will_write()


def _signed_in(app: Flask, user: User) -> None:
    audit.record(AuditAction.SESSION_SIGNED_IN, _person(user), "user", user.id)


def _signed_out(app: Flask, user: User) -> None:
    audit.record(AuditAction.SESSION_SIGNED_OUT, _person(user), "user", user.id)
    db.session.commit()


def _refused(app: Flask, user: User | None = None, **_: object) -> None:
    object_id = user.id if user is not None else "unknown"
    audit.record(AuditAction.SESSION_REFUSED, Actor(ActorKind.PUBLIC, "public"), "user", object_id)
    db.session.commit()


def _person(user: User) -> Actor:
    return Actor(ActorKind.PERSON, str(user.id), None, user.id)
