"""A helpline: two of its people, a released campaign, and a charity next door."""

from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient

from outreach.accounts import service as accounts
from outreach.domain.access import Role
from outreach.domain.actor import Actor
from outreach.domain.audit import ActorKind
from outreach.extensions import db
from outreach.models import Organisation, User
from outreach.transaction import transaction
from tests.conftest import HostClient, sign_in
from tests.referrals.released import Released, release


@dataclass(frozen=True)
class Helpline:
    ann: Actor
    bob: Actor
    released: Released

    @property
    def codes(self) -> list[str]:
        return [person.code for person in self.released.people]


def partner(email: str, organisation: Organisation) -> User:
    with transaction():
        return accounts.invite(
            email, [Role.PARTNER], by=Actor.job("tests"), organisation=organisation
        )


def acting(user: User) -> Actor:
    return Actor(ActorKind.PARTNER, str(user.id), Role.PARTNER, user.id)


@pytest.fixture
def helpline(app: Flask, partner_organisation: Organisation) -> Helpline:
    return Helpline(
        acting(partner("ann@riverside.example.org", partner_organisation)),
        acting(partner("bob@riverside.example.org", partner_organisation)),
        release(6, organisation=partner_organisation),
    )


@pytest.fixture
def neighbour(app: Flask) -> Actor:
    """Somebody of another charity."""
    with transaction():
        other = accounts.add_organisation(
            name="Hillside",
            phone="0808 157 0000",
            website="https://hillside.example.org",
            by=Actor.job("tests"),
        )
    return acting(partner("ned@hillside.example.org", other))


@pytest.fixture
def as_ann(app: Flask, helpline: Helpline) -> FlaskClient:
    app.test_client_class = HostClient
    return sign_in(app.test_client(), _user(helpline.ann))


@pytest.fixture
def as_neighbour(app: Flask, neighbour: Actor) -> FlaskClient:
    app.test_client_class = HostClient
    return sign_in(app.test_client(), _user(neighbour))


def _user(actor: Actor) -> User:
    return db.session.get_one(User, actor.user_id)
