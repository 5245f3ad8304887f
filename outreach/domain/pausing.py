"""Why a campaign is paused, and who may let it go on."""

from enum import StrEnum

from outreach.domain.errors import NotAllowed


class PauseKind(StrEnum):
    """What stopped it. Only PERSON is a person's act; the rest are the service's own."""

    PERSON = "person"
    PILOT = "pilot"
    FAILURES = "failures"
    TEMPLATE = "template"
    """Notify sends another version of the template than was approved."""
    APPROVAL = "approval"
    """What was approved is not what is there."""
    BUDGET = "budget"
    KEY = "key"
    """Notify refuses our key (401 or 403)."""
    REFUSED = "refused"
    """Notify would refuse every message (400)."""

    @property
    def is_automatic(self) -> bool:
        return self is not PauseKind.PERSON


def check_may_resume(kind: PauseKind, *, is_approver: bool, why_not_decide: str | None) -> None:
    """Anyone on the team lets go of a brake a person pulled. What the service stopped by itself
    needs an approver, and never somebody who made the campaign. Raises NotAllowed."""
    if not kind.is_automatic:
        return
    if not is_approver:
        raise NotAllowed(
            "The service paused this campaign by itself, so only an approver may resume it."
        )
    if why_not_decide is not None:
        raise NotAllowed(why_not_decide.replace("approve, return or release", "resume"))
