"""How Flask-Security is set: what is on, where its pages are, what they say."""

from datetime import timedelta

from outreach import clock
from outreach.accounts.password_rules import SHORTEST
from outreach.accounts.proving import CODE_WINDOW_SECONDS
from outreach.config import Settings
from outreach.domain.session_life import FRESH, FRESH_TO_SEND

RESET_HOURS = 2

ADDRESSES = {
    "SECURITY_LOGIN_URL": "/sign-in",
    "SECURITY_LOGOUT_URL": "/sign-out",
    "SECURITY_POST_LOGOUT_VIEW": "/sign-in",
    "SECURITY_RESET_URL": "/sign-in/forgotten",
    "SECURITY_POST_RESET_VIEW": "/sign-in",
    "SECURITY_TWO_FACTOR_SETUP_URL": "/sign-in/second-step/set-up",
    "SECURITY_TWO_FACTOR_POST_SETUP_VIEW": "/account/sign-in-details",
    "SECURITY_TWO_FACTOR_TOKEN_VALIDATION_URL": "/sign-in/second-step",
    "SECURITY_TWO_FACTOR_SELECT_URL": "/sign-in/second-step/choose",
    "SECURITY_TWO_FACTOR_RESCUE_URL": "/sign-in/second-step/rescue",
    "SECURITY_MULTI_FACTOR_RECOVERY_URL": "/sign-in/recovery-code",
    "SECURITY_MULTI_FACTOR_RECOVERY_CODES_URL": "/account/recovery-codes",
    "SECURITY_CHANGE_URL": "/account/password",
    "SECURITY_POST_CHANGE_VIEW": "/account/sign-in-details",
    "SECURITY_VERIFY_URL": "/account/verify",
    "SECURITY_WAN_SIGNIN_URL": "/sign-in/passkey",
    "SECURITY_WAN_REGISTER_URL": "/account/passkeys",
    "SECURITY_WAN_POST_REGISTER_VIEW": "/account/passkeys",
    "SECURITY_WAN_DELETE_URL": "/account/passkeys/remove",
    "SECURITY_WAN_VERIFY_URL": "/account/confirm/passkey",
}

PASSWORDS_AND_CODES = {
    "SECURITY_PASSWORD_HASH": "argon2",
    "SECURITY_PASSWORD_SINGLE_HASH": ["argon2"],
    "SECURITY_PASSWORD_LENGTH_MIN": SHORTEST,
    "SECURITY_RETURN_GENERIC_RESPONSES": True,
    "SECURITY_CHANGEABLE": True,
    "SECURITY_RECOVERABLE": True,
    "SECURITY_RESET_PASSWORD_WITHIN": timedelta(hours=RESET_HOURS),
    "SECURITY_TWO_FACTOR": True,
    "SECURITY_TWO_FACTOR_REQUIRED": True,
    "SECURITY_TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
    "SECURITY_TWO_FACTOR_ALWAYS_VALIDATE": True,
    "SECURITY_TWO_FACTOR_RESCUE_EMAIL": False,
    "SECURITY_TWO_FACTOR_AUTHENTICATOR_VALIDITY": CODE_WINDOW_SECONDS,
    "SECURITY_TOTP_ISSUER": "Outreach",
    "SECURITY_MULTI_FACTOR_RECOVERY_CODES": True,
    "SECURITY_WEBAUTHN": True,
    "SECURITY_WAN_RP_NAME": "Outreach",
    "SECURITY_WAN_ALLOW_USER_HINTS": False,
    "SECURITY_FRESHNESS": FRESH,
    "SECURITY_FRESHNESS_GRACE_PERIOD": FRESH_TO_SEND - FRESH,
    "SECURITY_API_ENABLED_METHODS": ["session"],
    "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": False},
    "SECURITY_EMAIL_PLAINTEXT": False,
    "SECURITY_EMAIL_HTML": False,
}

WORDS = {
    "SECURITY_MSG_GENERIC_AUTHN_FAILED": ("The email address or password is not right", "error"),
    "SECURITY_MSG_PASSWORD_RESET_REQUEST": (
        "If there is an account with that address, a link to choose a new password is on its way.",
        "info",
    ),
    "SECURITY_MSG_API_ERROR": ("Something was missing from the form. Try again", "error"),
    "SECURITY_MSG_INVALID_PASSWORD": ("That password is not right", "error"),
    "SECURITY_MSG_PASSWORD_NOT_PROVIDED": ("Enter your password", "error"),
    "SECURITY_MSG_PASSWORD_IS_THE_SAME": ("Choose a password you have not used here", "error"),
    "SECURITY_MSG_PASSWORD_CHANGE": (
        "Your password was changed. You were signed out everywhere else.",
        "success",
    ),
    "SECURITY_MSG_PASSWORD_RESET_NO_LOGIN": (
        "Your password was changed. Sign in with the new one.",
        "success",
    ),
    "SECURITY_MSG_PASSWORD_RESET_EXPIRED": (
        "That link was good for %(within)s and is too old now. Ask for another.",
        "error",
    ),
    "SECURITY_MSG_INVALID_RESET_PASSWORD_TOKEN": (
        "That link does not work: it was used already, or is not whole. Ask for another.",
        "error",
    ),
    "SECURITY_MSG_TWO_FACTOR_INVALID_TOKEN": (
        "That code is not right. Enter the one your app shows now",
        "error",
    ),
    "SECURITY_MSG_TWO_FACTOR_LOGIN_SUCCESSFUL": ("You are signed in.", "success"),
    "SECURITY_MSG_TWO_FACTOR_CHANGE_METHOD_SUCCESSFUL": (
        "Your authenticator app was changed. You were signed out everywhere else.",
        "success",
    ),
    "SECURITY_MSG_TWO_FACTOR_SETUP_EXPIRED": ("That took too long. Start again.", "error"),
    "SECURITY_MSG_TWO_FACTOR_PERMISSION_DENIED": ("Start again by signing in.", "error"),
    "SECURITY_MSG_INVALID_RECOVERY_CODE": (
        "That recovery code is not right, or was used already",
        "error",
    ),
    "SECURITY_MSG_WEBAUTHN_NAME_REQUIRED": ("Enter a name for this passkey", "error"),
    "SECURITY_MSG_WEBAUTHN_NAME_INUSE": ("You already have a passkey with that name", "error"),
    "SECURITY_MSG_WEBAUTHN_NAME_NOT_FOUND": ("You have no passkey with that name", "error"),
    "SECURITY_MSG_WEBAUTHN_NAME_DISALLOWED_CHARACTERS": (
        "Use letters, numbers, spaces and hyphens in the name",
        "error",
    ),
    "SECURITY_MSG_WEBAUTHN_CREDENTIAL_DELETED": ("The passkey was removed.", "success"),
    "SECURITY_MSG_WEBAUTHN_REGISTER_SUCCESSFUL": ("The passkey was added.", "success"),
    "SECURITY_MSG_WEBAUTHN_CREDENTIAL_ID_INUSE": ("That passkey is here already.", "error"),
    "SECURITY_MSG_WEBAUTHN_UNKNOWN_CREDENTIAL_ID": ("That passkey is not known here.", "error"),
    "SECURITY_MSG_WEBAUTHN_MISMATCH_USER_HANDLE": ("That passkey is not yours.", "error"),
    "SECURITY_MSG_WEBAUTHN_NO_VERIFY": ("The passkey could not be checked.", "error"),
    "SECURITY_MSG_WEBAUTHN_CREDENTIAL_WRONG_USAGE": (
        "That passkey was set up to be used after a password. Enter your password first.",
        "error",
    ),
    "SECURITY_MSG_WEBAUTHN_EXPIRED": ("That took too long. Start again.", "error"),
    "SECURITY_MSG_DISABLED_ACCOUNT": ("This account is switched off", "error"),
}


def flask_settings(settings: Settings) -> dict[str, object]:
    """Everything Flask and Flask-Security read about signing in."""
    secret, *older = settings.secret_keys
    cookies = {
        "SECRET_KEY": secret,
        "SECRET_KEY_FALLBACKS": older,
        "WTF_CSRF_SECRET_KEY": [*reversed(older), secret],  # itsdangerous signs with the last
        "SESSION_COOKIE_NAME": "__Host-outreach" if settings.is_secure else "outreach",
        "SESSION_COOKIE_SECURE": settings.is_secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SECURITY_LOGOUT_CSRF": False,  # every POST is checked already, this one too
        "SECURITY_DATETIME_FACTORY": clock.now,
        "SECURITY_TOTP_SECRETS": settings.data_keys.totp_secrets(),
    }
    return {**cookies, **ADDRESSES, **PASSWORDS_AND_CODES, **WORDS}
