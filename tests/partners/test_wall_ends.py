"""The wall: who stands before it, what somebody who has everything may do, and how it ends."""

import hmac
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from outreach import clock, vault
from outreach.domain import outcome as outcomes
from outreach.domain.access import Role
from outreach.extensions import db
from outreach.models import DataKey, Outcome, User
from outreach.partners import service
from outreach.transaction import transaction
from tests.partners.conftest import Helpline, acting
from tests.partners.dumps import blobs, dump


def test_who_is_not_a_partner_sees_no_partner_page(client_as: Callable[..., FlaskClient]) -> None:
    for role in (Role.REQUESTER, Role.APPROVER, Role.AUDITOR, Role.ADMIN):
        client = client_as(role)
        for path in ("/partner", "/partner/figures"):
            assert client.get(path).status_code == 403
        for path in ("/partner", "/partner/outcome", "/partner/withdrawal"):
            assert client.post(path, data={"code": "ABCD-EFGH-J"}).status_code == 403


def _record(helpline: Helpline) -> bytes:
    with transaction():
        service.record(helpline.codes[0], outcomes.OutcomeKind.MADE_CONTACT, by=helpline.ann)
    return bytes(db.session.query(Outcome).one().token)


def _key_row(helpline: Helpline) -> DataKey:
    return db.session.get_one(DataKey, helpline.released.campaign.outcome_key_id)


def test_with_the_keys_and_the_codes_it_stays_possible(helpline: Helpline) -> None:
    """Said plainly in docs/confidentiality.md: whoever holds all three can join them."""
    token = _record(helpline)
    key = vault.open_data_key(_key_row(helpline))
    joined = [code for code in helpline.codes if outcomes.token(key, code) == token]
    assert joined == [helpline.codes[0]]


def test_destroying_the_key_ends_it(helpline: Helpline) -> None:
    """The counts stay; nobody, with all keys there are and all codes, can say whose they are."""
    token = _record(helpline)
    with transaction():
        row = _key_row(helpline)
        row.wrapped, row.destroyed_at = None, clock.now()
    with pytest.raises(vault.KeyDestroyed):
        vault.open_data_key(_key_row(helpline))
    roots = [key for root in vault.ring().roots for key in (root.wrapping, root.digest, root.totp)]
    known: list[Any] = [*roots, *blobs(dump())]
    for code in helpline.codes:
        assert token not in {hmac.digest(key, code.encode(), "sha256") for key in known if key}
    assert acting(db.session.get_one(User, helpline.ann.user_id)) == helpline.ann
