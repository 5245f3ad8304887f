"""Sending invitations. Where no letter can be sent, an operator's command prints the link.

An administrator never sees the link: with it they could join as somebody else.
"""

from datetime import timedelta

from outreach import clock
from outreach.accounts import invitations, mailing
from outreach.audit import service as audit
from outreach.config import Settings
from outreach.domain.actor import Actor
from outreach.domain.audit import AuditAction
from outreach.domain.errors import NotAllowed
from outreach.domain.local_time import clock_words
from outreach.domain.mail import Letter, MailKind
from outreach.domain.send_window import LONDON
from outreach.extensions import db
from outreach.models import User


def send_invitation(user: User, settings: Settings, *, by: Actor) -> bool:
    """Queued with the caller's commit; False where no template is chosen for invitations.

    Raises NotAllowed where the person has joined already.
    """
    if user.password is not None or user.sso_subject is not None:
        raise NotAllowed("This person has joined already. They can ask for a new password.")
    inviter = db.session.get(User, by.user_id) if by.user_id is not None else None
    values = {
        "inviter": inviter.name if inviter else "The operator of the service",
        "link": invitations.link_for(user, settings),
        "expires": _expiry(),
    }
    return mailing.queue(Letter(MailKind.INVITATION, user.email, values)) is not None


def send_again(user: User, settings: Settings, *, by: Actor) -> None:
    """The same with an event of its own, as it is an act of its own. Raises NotAllowed."""
    if send_invitation(user, settings, by=by):
        audit.record(AuditAction.USER_INVITED_AGAIN, by, "user", user.id)


def hand_out(user: User, settings: Settings, *, by: Actor) -> str:
    """The link itself, for an operator to give on by a way of their own."""
    audit.record(AuditAction.USER_INVITED_AGAIN, by, "user", user.id)
    return invitations.link_for(user, settings)


def _expiry() -> str:
    """Such as `27 November 2026 at 9:05am`, in London."""
    at = clock.now() + timedelta(seconds=invitations.VALID_SECONDS)
    local = at.astimezone(LONDON)
    return f"{local.day} {local:%B %Y} at {clock_words(local.time())}"
