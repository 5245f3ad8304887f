"""What needs this person now: the start page's answer, by what they may do."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sqlalchemy import func, select

from outreach.approvals import queries as approvals
from outreach.domain.access import Permission
from outreach.domain.campaign import CampaignStatus
from outreach.domain.message import MessageStatus
from outreach.extensions import db
from outreach.models import AllowedTemplate, Campaign, Message
from outreach.pages import queries
from outreach.replies import queries as replies
from outreach.sending import queries as sending


@dataclass(frozen=True)
class Need:
    """A count of things, in words for one and for several, and where to deal with them."""

    count: int
    one: str
    several: str
    href: str
    is_urgent: bool = False

    @property
    def words(self) -> str:
        return self.one if self.count == 1 else self.several.format(f"{self.count:,}")


@dataclass(frozen=True)
class Step:
    """Something a person may begin with."""

    words: str
    href: str


_STEPS = (
    (Permission.DRAFT, Step("Create a campaign", "/campaigns/new")),
    (Permission.SEE_CAMPAIGNS, Step("See what is sent when: the calendar", "/campaigns/calendar")),
    (Permission.ADD_OPTOUT, Step("Look up whether a number may be texted", "/opt-outs/look-up")),
    (Permission.CHECK_CODE, Step("Check a referral code", "/partner")),
    (Permission.READ_AUDIT, Step("See who looked at whose data", "/audit/access")),
    (Permission.READ_AUDIT, Step("Prove that nothing was changed", "/audit/verification")),
    (Permission.SEE_REPORTS, Step("See what came of the campaigns", "/reports")),
    (Permission.ADMINISTER, Step("Invite a person", "/admin/people/invite")),
    (Permission.ADMINISTER, Step("Choose which messages may be used", "/admin/templates")),
)


def steps_of(rights: Collection[Permission]) -> list[Step]:
    """What this person comes here to do when nothing waits for them."""
    return [step for permission, step in _STEPS if permission in rights]


def needs_of(person_id: int, rights: Collection[Permission]) -> list[Need]:
    """The urgent first; only what there is."""
    found = [need for need in _all(person_id, rights) if need.count]
    return sorted(found, key=lambda need: not need.is_urgent)


def _all(person_id: int, rights: Collection[Permission]) -> Iterator[Need]:
    if Permission.READ_REPLIES in rights:
        yield from _of_replies()
    if Permission.APPROVE in rights:
        yield from _of_approvals(person_id)
    if Permission.DRAFT in rights:
        yield from _of_drafts(person_id)
    if Permission.BRAKE in rights:
        yield from _of_sending()
    if Permission.ADMINISTER in rights:
        yield from _of_administration()
    if Permission.READ_AUDIT in rights:
        count = queries.unsealed_events() if queries.is_sealing_late() else 0
        yield Need(
            count, "An audit event is not sealed", "{} audit events are not sealed", "/audit"
        )


def _of_replies() -> Iterator[Need]:
    open_now = replies.open_counts()
    yield Need(open_now.urgent, "An urgent reply", "{} urgent replies", "/replies", is_urgent=True)
    yield Need(open_now.other, "A reply to read", "{} replies to read", "/replies")


def _of_approvals(person_id: int) -> Iterator[Need]:
    queue = approvals.queue(person_id)
    yield Need(
        len(queue.to_decide),
        "A campaign waits for your approval",
        "{} campaigns wait for your approval",
        "/approvals",
    )
    yield Need(
        len(queue.to_release),
        "An approved campaign can be released",
        "{} approved campaigns can be released",
        "/approvals",
    )


def _of_drafts(person_id: int) -> Iterator[Need]:
    mine = Campaign.created_by_id == person_id
    returned = _campaigns(mine, Campaign.status == CampaignStatus.RETURNED)
    drafts = _campaigns(mine, Campaign.status == CampaignStatus.DRAFT)
    address = "/campaigns?shown=mine"
    yield Need(
        returned,
        "A campaign of yours was returned",
        "{} campaigns of yours were returned",
        address,
        is_urgent=True,
    )
    yield Need(drafts, "A draft to finish", "{} drafts to finish", address)


def _of_sending() -> Iterator[Need]:
    held = db.session.scalar(select(func.count()).where(Message.status == MessageStatus.HELD)) or 0
    paused = _campaigns(Campaign.status == CampaignStatus.PAUSED)
    sending = _campaigns(Campaign.status == CampaignStatus.SENDING)
    address = "/campaigns?shown=running"
    yield Need(held, "A text is held for a person", "{} texts are held for a person", address)
    yield Need(paused, "A campaign is paused", "{} campaigns are paused", address, is_urgent=True)
    yield Need(sending, "A campaign is being sent", "{} campaigns are being sent", address)


def _of_administration() -> Iterator[Need]:
    templates = db.session.scalar(select(func.count()).select_from(AllowedTemplate)) or 0
    yield Need(int(not templates), "No message may be used yet", "", "/admin/templates")
    problems = len(queries.readiness_problems())
    stopped = len(sending.stopped_by_key())
    yield Need(
        stopped,
        "GOV.UK Notify refused our key, so a campaign stopped",
        "GOV.UK Notify refused our key, so {} campaigns stopped",
        "/admin",
        is_urgent=True,
    )
    yield Need(problems, "No worker is running, so nothing is sent", "", "/admin", is_urgent=True)


def _campaigns(*conditions: object) -> int:
    statement = select(func.count()).select_from(Campaign)
    return db.session.scalar(statement.where(*conditions)) or 0  # type: ignore[arg-type]
