"""Invitation links: signed, good for three days and for one use."""

from itsdangerous import BadSignature, URLSafeTimedSerializer

from outreach.config import Settings
from outreach.extensions import db
from outreach.models import User

VALID_SECONDS = 3 * 24 * 60 * 60


def link_for(user: User, settings: Settings) -> str:
    """The page where the invited person chooses a password; where nobody has one, where to sign in
    with the organisation's provider."""
    if not settings.has_local_accounts:
        return f"{settings.staff_url}/sign-in"
    token = _signer(settings).dumps([user.id, user.fs_uniquifier])
    return f"{settings.staff_url}/invitation/{token}"


def invited_person(token: str, settings: Settings) -> User | None:
    """Whom the token invites, or None where it is unknown, too old or used already."""
    try:
        user_id, uniquifier = _signer(settings).loads(token, max_age=VALID_SECONDS)
    except BadSignature:
        return None
    user = db.session.get(User, user_id)
    return user if user is not None and user.fs_uniquifier == uniquifier else None


def _signer(settings: Settings) -> URLSafeTimedSerializer:
    """The newest key signs; while keys are changed, older ones are still believed."""
    return URLSafeTimedSerializer(settings.secret_keys[::-1], salt="invitation")
