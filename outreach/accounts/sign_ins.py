"""What is written down about signing in: every refusal, and every change of how one signs in."""

from outreach.audit import service as audit
from outreach.domain.actor import Actor
from outreach.domain.audit import ActorKind, AuditAction
from outreach.transaction import transaction

BY_PROVIDER = "first_step_by_provider"
"""In the session, while the second step is still to be taken here."""

PUBLIC = Actor(ActorKind.PUBLIC, "public")


def own(user_id: int) -> Actor:
    """A person acting on their own account, under no role."""
    return Actor(ActorKind.PERSON, str(user_id), None, user_id)


def refused(user_id: int | None, how: str) -> None:
    """A wrong password, code or passkey, in a transaction of its own; never what was typed."""
    with transaction():
        audit.record(
            AuditAction.SESSION_REFUSED,
            PUBLIC,
            "user",
            "unknown" if user_id is None else user_id,
            changes={"how": how},
        )
