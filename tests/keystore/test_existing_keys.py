"""Data keys of older releases lie whole in the main database: they open, and get a half soon."""

from flask import Flask
from sqlalchemy import select

from outreach import clock, vault
from outreach.extensions import db
from outreach.keys import new_data_key
from outreach.models import DataKey, Recipient
from outreach.rekeying import jobs
from outreach.rekeying import service as rekeying
from outreach.transaction import transaction
from tests.conftest import both_databases
from tests.referrals.released import release


def make_whole(row: DataKey) -> bytes:
    """As the release before wrapped it."""
    key = vault.open_data_key(row)
    row.root_key_id, row.wrapped = vault.ring().wrap(key, f"data key {row.id}")
    row.has_share = False
    vault.store().delete(row.id)
    return key


@both_databases
def test_key_of_an_older_release_opens_and_gets_a_share_from_the_worker(
    app: Flask, partner_organisation: object
) -> None:
    campaign = release(2).campaign
    with transaction():
        rows = db.session.scalars(select(DataKey)).all()
        keys = {row.id: make_whole(row) for row in rows}
        wrapped = {row.id: row.wrapped for row in rows}
    assert {row.id: vault.open_data_key(row) for row in db.session.scalars(select(DataKey))} == keys
    db.session.rollback()
    jobs.sweep_keys()
    for row in db.session.scalars(select(DataKey)):
        assert row.has_share
        assert row.wrapped != wrapped[row.id]
        assert vault.open_data_key(row) == keys[row.id]
        assert vault.store().share(row.id) is not None
    for person in db.session.scalars(select(Recipient)):
        key = keys[campaign.data_key_id]
        assert vault.open_recipient(key, campaign.id, person.row_number, person.sealed or b"")
    db.session.rollback()
    assert rekeying.give_shares() == 0


def test_stop_between_the_share_and_the_row_is_made_good_by_the_next_try(app: Flask) -> None:
    with transaction():
        row = vault.make_data_key("campaign", clock.now())
        db.session.add(row)
        key, key_id = make_whole(row), row.id
    share = vault.store().share_for(key_id, clock.now())  # and there it stopped
    assert rekeying.give_shares() == 1
    row = db.session.get_one(DataKey, key_id)
    assert vault.store().share(key_id) == share
    assert vault.open_data_key(row) == key


def test_share_alone_and_root_alone_open_nothing(app: Flask) -> None:
    row = vault.make_data_key("campaign", clock.now())
    share = vault.store().share(row.id)
    assert share is not None
    place, ring = f"data key {row.id}", vault.ring()
    assert ring.unwrap(row.root_key_id, row.wrapped or b"", place, share)
    for wrong in (b"", new_data_key(), share[::-1]):
        try:
            ring.unwrap(row.root_key_id, row.wrapped or b"", place, wrong)
        except vault.SealBroken:
            continue
        raise AssertionError("it opened without its share")
