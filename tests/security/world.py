"""A small force and two charities, with something behind every kind of address the service has."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from werkzeug.routing import Rule

from outreach import clock, vault
from outreach.accounts import service as accounts
from outreach.domain.access import Role
from outreach.domain.campaign import CampaignStatus
from outreach.domain.message import MessageStatus
from outreach.domain.optout import SuppressionKind, SuppressionSource
from outreach.extensions import db
from outreach.factory import create_app
from outreach.models import (
    AuditCheck,
    AuditEvent,
    Campaign,
    Message,
    Organisation,
    Recipient,
    Suppression,
    Upload,
    User,
    UserSession,
)
from outreach.optouts import service as optouts
from outreach.replies import service as replies
from outreach.transaction import transaction
from tests.conftest import LATER, HostClient, sign_in
from tests.factories import SEEDING, an_organisation, make_campaign, notify_of
from tests.referrals.released import Person, release
from tests.settings import make_settings
from tests.told import Told

NUMBER = "+447700900777"
REPLY = "please stop texting my mum she is ill"
NOBODY_S = UUID(int=7)
HIDDEN_NAME = "Operation Kestrel"
"""The title of the charity next door's campaign: neither charity may ever see a title."""


@dataclass
class World:
    """`ids` are values for the arguments of addresses, each of something that is there."""

    app: Flask
    people: dict[Role, int]
    neighbour_id: int
    ids: dict[str, Any]
    own: tuple[Person, ...]
    theirs: tuple[Person, ...]
    statuses: dict[CampaignStatus, UUID] = field(default_factory=dict)

    def browser(self, role: Role | None) -> FlaskClient:
        """Signed in as somebody of that role, or nobody."""
        self.app.test_client_class = HostClient
        client = self.app.test_client()
        return client if role is None else sign_in(client, self.user(self.people[role]))

    def neighbour(self) -> FlaskClient:
        """Somebody of the charity next door."""
        self.app.test_client_class = HostClient
        return sign_in(self.app.test_client(), self.user(self.neighbour_id))

    def user(self, user_id: int) -> User:
        db.session.rollback()
        return db.session.get_one(User, user_id)

    def address(self, rule: Rule, **changes: Any) -> str:
        """The rule's address with something that is there for each argument."""
        values = {name: self.ids[name] for name in rule.arguments}
        built = self.app.url_map.bind("staff.test").build(rule.endpoint, values | changes)
        return str(built)


@contextmanager
def made_world(
    template: Path, folder: Path, *, is_empty: bool = False, **config: object
) -> Iterator[World]:
    """In an open application context. An empty one has people and nothing for them to see.

    At the end, whatever the service changed in it must have been told of.
    """
    path = folder / "outreach.db"
    shutil.copy(template, path)
    app = create_app(make_settings(database_url=f"sqlite:///{path}", instance_path=folder))
    app.config.update({"WTF_CSRF_ENABLED": False} | config)
    told = Told()
    with app.app_context(), told.watching(db.engine):
        yield _people_only(app) if is_empty else _fill(app)
        app.extensions["outreach_engine"].close()
        db.session.remove()
        db.engine.dispose()
    told.assert_all_told()


def _people_only(app: Flask) -> World:
    an_organisation()
    people = {role: _person(f"{role}@force.example.org", role) for role in Role}
    return World(app, people, people[Role.PARTNER], {}, (), ())


def _fill(app: Flask) -> World:
    ours, next_door = an_organisation(), an_organisation("Hillside")
    campaigns = {
        status: make_campaign(app, status, title=f"{status}").id for status in CampaignStatus
    }
    own = release(3, organisation=db.session.merge(ours), first_phone=600)
    theirs = release(
        3, organisation=db.session.merge(next_door), title=HIDDEN_NAME, first_phone=700
    )
    with transaction():
        db.session.execute(update(Upload).where(Upload.sha256.is_(None)).values(sha256="0" * 64))
    people = {role: _person(f"{role}@force.example.org", role) for role in Role}
    neighbour_id = _person("ned@hillside.example.org", Role.PARTNER, "Hillside")
    return World(
        app,
        people,
        neighbour_id,
        _ids(app, campaigns[CampaignStatus.PAUSED], own.people[0].code),
        own.people,
        theirs.people,
        campaigns,
    )


def _person(email: str, role: Role, organisation: str = "Riverside Support") -> int:
    with transaction():
        found = db.session.scalar(select(Organisation).where(Organisation.name == organisation))
        belongs = found if role is Role.PARTNER else None
        return accounts.invite(email, [role], by=SEEDING, organisation=belongs).id


def _ids(app: Flask, campaign_id: UUID, code: str) -> dict[str, Any]:
    """One of everything that an address may name."""
    victim = _person("victim@force.example.org", Role.AUDITOR)
    return {
        "campaign_id": campaign_id,
        "upload_id": db.session.scalar(select(Upload.id).where(Upload.campaign_id == campaign_id)),
        "message_id": _held_message(campaign_id),
        "act": None,
        "language": "en",
        "user_id": victim,
        "session_id": _session_of(victim),
        "organisation_id": db.session.scalar(select(Organisation.id).limit(1)),
        "template_id": next(iter(notify_of(app).templates)),
        "event_id": db.session.scalar(select(AuditEvent.event_id).limit(1)),
        "check_id": _check(),
        "reply_id": _reply(),
        "suppression_id": _suppression(),
        "code": code,
        "token": "no-such-token",
        "path": "checkpoint",
        "filename": "init.js",
        "index": 0,
        "old_size": 0,
        "size": 0,
    }


def _held_message(campaign_id: UUID) -> int:
    with transaction():
        message_id = db.session.scalar(
            select(Message.id).where(Message.campaign_id == campaign_id).limit(1)
        )
        db.session.execute(
            update(Message).where(Message.id == message_id).values(status=MessageStatus.HELD)
        )
    assert message_id is not None
    return message_id


def _session_of(user_id: int) -> UUID:
    row = UserSession(
        token_hash=uuid4().bytes * 2,
        user_id=user_id,
        created_at=LATER,
        seen_at=LATER,
        confirmed_at=LATER,
        browser="Another browser",
        address="10.0.0.9",
    )
    with transaction():
        db.session.add(row)
        db.session.flush()
        return row.id


def _check() -> UUID:
    check = AuditCheck(asked_at=clock.now(), ended_at=clock.now(), outcome="holds", verdict="ok")
    with transaction():
        db.session.add(check)
        db.session.flush()
        return check.id


def _reply() -> UUID:
    with transaction():
        row = replies.store(str(uuid4()), NUMBER.removeprefix("+"), REPLY, clock.now())
        replies.classify_stored(row.id)
        return row.id


def _suppression() -> int:
    with transaction():
        optouts.suppress(
            vault.digest("+447700900778"),
            SuppressionKind.OPT_OUT,
            SuppressionSource.REPLY,
            by=SEEDING,
        )
    found = db.session.scalar(select(Suppression.id).limit(1))
    assert found is not None
    return found


def numbers_of(world: World) -> set[str]:
    """Every full number the service knows, as digits after +44."""
    known = {person.phone[3:] for person in (*world.own, *world.theirs)} | {NUMBER[3:]}
    for campaign in db.session.scalars(select(Campaign)).all():
        key_row = db.session.get_one(vault.DataKey, campaign.data_key_id)
        rows = db.session.scalars(select(Recipient).where(Recipient.campaign_id == campaign.id))
        for row in rows:
            if key_row.wrapped is None or row.sealed is None:
                continue
            key = vault.open_data_key(key_row)
            opened = vault.open_recipient(key, campaign.id, row.row_number, row.sealed)
            known.add(opened.phone[3:])
    return known
