"""What the addresses of `acts.py` name, made afresh each time one is asked for."""

import itertools
from uuid import UUID, uuid4

from sqlalchemy import select, update

from outreach.accounts import service as accounts
from outreach.domain.access import Role
from outreach.domain.campaign import CampaignStatus
from outreach.domain.message import MessageStatus
from outreach.domain.optout import SuppressionKind, SuppressionSource
from outreach.extensions import db
from outreach.models import Campaign, Message, Suppression, Upload, User
from outreach.optouts import service as optouts
from outreach.transaction import transaction
from outreach.vault import digest
from tests.conftest import sign_in
from tests.factories import SEEDING, an_organisation, make_campaign, notify_of
from tests.replies import stage
from tests.security.world import World


class Places(dict[str, str]):
    """Makes what an address names, afresh each time."""

    def __init__(self, world: World) -> None:
        self.world = world

    numbers = itertools.count(800)

    def __missing__(self, name: str) -> str:
        if name in set(CampaignStatus):
            return str(make_campaign(self.world.app, CampaignStatus(name)).id)
        return str(getattr(self, f"_{name}")())

    def _list(self) -> str:
        campaign_id = UUID(self["draft"])
        upload = select(Upload.id).where(Upload.campaign_id == campaign_id)
        return f"{campaign_id}/recipients/{db.session.scalars(upload).one()}"

    def _message(self, status: MessageStatus, campaign: CampaignStatus) -> tuple[UUID, int]:
        campaign_id = make_campaign(self.world.app, campaign).id
        with transaction():
            rows = select(Message.id).where(Message.campaign_id == campaign_id).limit(1)
            message_id = db.session.scalars(rows).one()
            db.session.execute(
                update(Message).where(Message.id == message_id).values(status=status)
            )
        return campaign_id, message_id

    def _held(self) -> str:
        campaign_id, message_id = self._message(MessageStatus.HELD, CampaignStatus.PAUSED)
        return f"{campaign_id}/held/{message_id}"

    def _on_hold(self) -> str:
        campaign_id = self["completed"]
        path = f"/admin/retention/{campaign_id}/hold"
        self.world.browser(Role.ADMIN).post(path, data={"reason": "A court case."})
        return campaign_id

    def _failed(self) -> UUID:
        return self._message(MessageStatus.TEMPORARY_FAILURE, CampaignStatus.COMPLETED)[0]

    def _waiting(self) -> UUID:
        return stage.arrive(number=f"+447700900{next(self.numbers)}")

    def _taken(self) -> UUID:
        reply_id = self._waiting()
        self.world.browser(Role.REQUESTER).post(f"/replies/{reply_id}/take")
        return reply_id

    def _decided(self) -> UUID:
        reply_id = self._taken()
        self.world.browser(Role.REQUESTER).post(f"/replies/{reply_id}/no-action")
        return reply_id

    def _suppression(self) -> int:
        number = digest(f"+447700900{next(self.numbers)}")
        with transaction():
            optouts.suppress(number, SuppressionKind.OPT_OUT, SuppressionSource.STAFF, by=SEEDING)
            newest = select(Suppression.id).order_by(Suppression.id.desc()).limit(1)
            return db.session.scalars(newest).one()

    def _code(self) -> str:
        return self.world.theirs[0].code

    def _other_code(self) -> str:
        return self.world.theirs[1].code

    def _organisation(self) -> int:
        return an_organisation().id

    def _template(self) -> str:
        campaign = db.session.get_one(Campaign, UUID(self["draft"]))
        return str(campaign.template_id)

    def _new_template(self) -> str:
        return str(notify_of(self.world.app).add_template().id)

    def _person(self) -> int:
        with transaction():
            address = f"{uuid4().hex[:8]}@force.example.org"
            return accounts.invite(address, [Role.AUDITOR], by=SEEDING).id

    def _disabled(self) -> int:
        user_id = self._person()
        self.world.browser(Role.ADMIN).post(f"/admin/people/{user_id}/disable")
        return user_id

    def _signed_in(self) -> int:
        user_id = self._person()
        sign_in(self.world.app.test_client(), db.session.get_one(User, user_id))
        return user_id
