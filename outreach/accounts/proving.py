"""Whether a signed-in person has proved again who they are."""

from flask import current_app
from flask_security import UserMixin

from outreach.accounts import sign_ins, throttle
from outreach.accounts.password_rules import as_hashed
from outreach.transaction import transaction

CODE_WINDOW_SECONDS = 10
"""How long after its 30 seconds a code still counts: slow fingers and clocks (RFC 6238, 5.2)."""


def prove(person: UserMixin, password: str, code: str) -> int | None:
    """None where the code, or else the password, is right; otherwise the seconds to wait first.

    A wrong one is counted and written down.
    """
    person_id: int = person.id
    counts = throttle.for_second_step(person_id)
    wait = throttle.begin(counts)
    if wait:
        return wait
    if _is_right_code(person, code) if code else _is_right_password(person, password):
        with transaction():
            throttle.succeeded(counts)
        return None
    sign_ins.refused(person_id, "code" if code else "password")
    return 0


def _is_right_password(person: UserMixin, password: str) -> bool:
    return bool(person.verify_and_update_password(as_hashed(password)))


def _is_right_code(person: UserMixin, code: str) -> bool:
    """In a transaction, so that the same code cannot be used again."""
    with transaction():
        if not person.tf_totp_secret:
            return False
        factory = current_app.extensions["security"].totp_factory
        return bool(
            factory.verify_totp(
                token=code.replace(" ", ""),
                totp_secret=person.tf_totp_secret,
                user=person,
                window=CODE_WINDOW_SECONDS,
            )
        )
