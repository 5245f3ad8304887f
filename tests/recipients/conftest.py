"""A requester with a draft that waits for its list, and a browser’s way to send one."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from outreach import clock, vault
from outreach.domain.access import Role
from outreach.domain.campaign import CampaignStatus
from outreach.extensions import db
from outreach.models import (
    Campaign,
    User,
)
from outreach.transaction import transaction
from tests.conftest import sign_in

BODY = "Hello ((name)). Help is there: ((link)) Reply STOP to opt out."


@pytest.fixture
def requester(person: Callable[..., User]) -> User:
    return person(Role.REQUESTER)


@pytest.fixture
def client(anonymous: FlaskClient, requester: User) -> FlaskClient:
    return sign_in(anonymous, requester)


@pytest.fixture
def campaign(app: Flask, requester: User) -> Campaign:
    with transaction():
        keys = [vault.make_data_key(purpose, clock.now()) for purpose in ("campaign", "outcome")]
        db.session.add_all(keys)
        row = Campaign(
            title="Autumn",
            status=CampaignStatus.DRAFT,
            created_at=clock.now(),
            created_by_id=requester.id,
            template_id=str(uuid4()),
            template_version=3,
            template_body=BODY,
            data_key_id=keys[0].id,
            outcome_key_id=keys[1].id,
        )
        db.session.add(row)
    return row
