"""Whole campaigns at any stage, made through the real services.

A campaign belongs to its cast: `cast()` gives the same three people every time within one database.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time

from flask import Flask
from sqlalchemy import select, update

from outreach import clock
from outreach.accounts import service as accounts
from outreach.approvals import service as approvals
from outreach.campaigns import beginning
from outreach.campaigns import queries as campaigns
from outreach.campaigns import service as drafting
from outreach.domain.access import Role
from outreach.domain.actor import Actor
from outreach.domain.audit import ActorKind
from outreach.domain.campaign import CampaignStatus, move
from outreach.domain.landing_text import LandingText
from outreach.domain.message import MessageStatus
from outreach.domain.send_window import SendWindow
from outreach.extensions import db
from outreach.models import AllowedTemplate, Campaign, Message, Organisation, Upload, User
from outreach.notify.results import Template
from outreach.recipients import service as lists
from outreach.sending import service as sending
from outreach.transaction import transaction
from tests.fakes.notify import FakeNotify
from tests.settings import PUBLIC_URL

NUMBERS = tuple(f"07700 9001{number}" for number in range(23, 28))
NAMES = ("Jo", "Alexandra", "Sŵyn", "Kim", "Ravi")
ALWAYS = SendWindow(time(0), time(23, 59), frozenset(range(7)))
SEEDING = Actor.job("tests")


@dataclass(frozen=True)
class Cast:
    """Somebody who drafts, and two who may approve what she drafted."""

    requester: User
    approver: User
    other_approver: User


def acting(user: User, role: Role) -> Actor:
    return Actor(ActorKind.PERSON, str(user.id), role.value, user.id)


def cast() -> Cast:
    return Cast(
        _person("Rosa Requester", Role.REQUESTER),
        _person("Ade Approver", Role.APPROVER),
        _person("Olive Approver", Role.APPROVER),
    )


def give_role(user: User, role: Role) -> None:
    """One role more than they had."""
    user_id = user.id
    with transaction():
        rows = accounts.ensure_roles()
        db.session.get_one(User, user_id).roles.append(rows[role])


def notify_of(app: Flask) -> FakeNotify:
    """The application's gateway, replaced by a Notify in memory at the first call."""
    found = app.extensions["outreach_gateway"]
    return found if isinstance(found, FakeNotify) else FakeNotify.installed_in(app)


def allow(template: Template) -> Template:
    """Put the template on the list of those that may be used."""
    with transaction():
        if db.session.get(AllowedTemplate, template.id) is None:
            db.session.add(
                AllowedTemplate(
                    template_id=template.id, name=template.name, allowed_at=template.created_at
                )
            )
    return template


def an_organisation(name: str = "Riverside Support") -> Organisation:
    found = db.session.scalar(select(Organisation).where(Organisation.name == name))
    if found is not None:
        return found
    with transaction():
        return accounts.add_organisation(
            name=name, phone="0808 157 0123", website="https://riverside.example.org", by=SEEDING
        )


def a_list(numbers: Iterable[str] = NUMBERS, names: Iterable[str] = NAMES) -> bytes:
    """A small file of recipients with the column that the usual template needs."""
    rows = [f"{number},{name}" for number, name in zip(numbers, names, strict=False)]
    return "\n".join(["phone number,name", *rows, ""]).encode()


def upload_list(campaign: Campaign, data: bytes, *, by: Actor) -> Upload:
    """Check and store a small list at once."""
    campaign_id = campaign.id
    file = lists.open_upload(campaign, data, "list.csv")
    with transaction():
        locked = lists.lock_editable(campaign_id)
        upload = lists.start_upload(locked, file, by=by)
        lists.check_now(upload, locked, file, PUBLIC_URL, by=by)
    return upload


def make_campaign(
    app: Flask,
    status: CampaignStatus = CampaignStatus.DRAFT,
    *,
    title: str = "Spring outreach",
    template: Template | None = None,
    recipients: bytes | None = None,
    window: SendWindow = ALWAYS,
    start_at: datetime | None = None,
    budget_pence: int = 10_000,
    is_complete: bool = True,
) -> Campaign:
    """A campaign of Rosa's, complete unless said otherwise, as far along as `status` says."""
    people = cast()
    by = acting(people.requester, Role.REQUESTER)
    notify = notify_of(app)
    template = allow(template or notify.add_template())
    partner_id = an_organisation().id
    with transaction():
        campaign_id = beginning.create(title, by=by).id
    if is_complete:
        _fill(campaign_id, template, partner_id, (window, start_at, budget_pence), by)
        upload_list(campaigns.get(campaign_id), recipients or a_list(), by=by)
    _advance(campaign_id, status, people, notify)
    return campaigns.get(campaign_id)


def _fill(campaign_id, template, partner_id, schedule, by) -> None:
    window, start_at, budget_pence = schedule
    with transaction():
        campaign = campaigns.lock(campaign_id)
        drafting.set_purpose(
            campaign,
            purpose="To offer help to people whose numbers came up",
            lawful_basis="Public task: prevention of harm",
            operation_reference="LARKSPUR-7",
            by=by,
        )
        drafting.set_message(campaign, template, by=by)
        pages = [LandingText("en", "Free, private support", "Riverside listens.\n\nCall any day.")]
        partner = campaigns.organisation(partner_id)
        drafting.set_partner(campaign, partner, pages, by=by)
        drafting.set_schedule(campaign, window, start_at=start_at, budget_pence=budget_pence, by=by)


def _advance(campaign_id, status: CampaignStatus, people: Cast, notify: FakeNotify) -> None:
    """Along the shortest way from a draft."""
    for step in _WAYS[status]:
        with transaction():
            campaign = campaigns.lock(campaign_id)
            _STEPS[step](campaign, notify.templates.get(campaign.template_id), people)


def _submit(campaign: Campaign, live: Template, people: Cast) -> None:
    drafting.submit(campaign, live, by=acting(people.requester, Role.REQUESTER))


def _approve(campaign: Campaign, live: Template, people: Cast) -> None:
    by = acting(people.approver, Role.APPROVER)
    approvals.approve(campaign, live, by=by, seen_digest=campaign.content_digest)


def _return(campaign: Campaign, live: Template, people: Cast) -> None:
    by = acting(people.approver, Role.APPROVER)
    approvals.return_to_requester(campaign, by=by, reason="Say who wrote this.")


def _release(campaign: Campaign, live: Template, people: Cast) -> None:
    approvals.release(campaign, live, by=acting(people.approver, Role.APPROVER))


def _pause(campaign: Campaign, live: Template, people: Cast) -> None:
    sending.pause(campaign, by=acting(people.requester, Role.REQUESTER))


def _cancel(campaign: Campaign, live: Template | None, people: Cast) -> None:
    by = acting(people.requester, Role.REQUESTER)
    drafting.cancel(campaign, by=by, reason="It is not needed any more.")


def _complete(campaign: Campaign, live: Template, people: Cast) -> None:
    """Every text delivered, and the campaign ended; the sending itself has tests of its own."""
    now = clock.now()
    db.session.execute(
        update(Message)
        .where(Message.campaign_id == campaign.id)
        .values(status=MessageStatus.DELIVERED, accepted_at=now, final_at=now)
    )
    campaign.status = move(campaign.status, CampaignStatus.COMPLETED)
    campaign.ended_at = now


_STEPS = {
    "submit": _submit,
    "approve": _approve,
    "return": _return,
    "release": _release,
    "pause": _pause,
    "cancel": _cancel,
    "complete": _complete,
}
_WAYS = {
    CampaignStatus.DRAFT: (),
    CampaignStatus.SUBMITTED: ("submit",),
    CampaignStatus.RETURNED: ("submit", "return"),
    CampaignStatus.APPROVED: ("submit", "approve"),
    CampaignStatus.SENDING: ("submit", "approve", "release"),
    CampaignStatus.PAUSED: ("submit", "approve", "release", "pause"),
    CampaignStatus.COMPLETED: ("submit", "approve", "release", "complete"),
    CampaignStatus.CANCELLED: ("cancel",),
}


def _person(name: str, role: Role) -> User:
    email = f"{name.split()[0].lower()}@example.org"
    found = db.session.scalar(select(User).where(User.email == email))
    if found is not None:
        return found
    with transaction():
        return accounts.invite(email, [role], by=SEEDING, name=name)
