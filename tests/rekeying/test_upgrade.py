"""From the first release, which wrote no key down and bound approvals to digests of numbers."""

from hashlib import sha256

import pytest
from flask import Flask
from sqlalchemy import delete, select

from outreach import clock, vault
from outreach.campaigns import queries as campaigns
from outreach.config import SettingsRefused
from outreach.domain.campaign import CampaignStatus
from outreach.extensions import db
from outreach.keys import KeyRing
from outreach.models import KnownKey, Recipient
from outreach.transaction import transaction
from tests.factories import make_campaign
from tests.rekeying.rings import FIRST, SECOND, restarted


def test_approval_given_under_the_first_release_stays_good(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign = make_campaign(app, CampaignStatus.APPROVED)
    rows = db.session.execute(
        select(Recipient.row_number, Recipient.phone_digest, Recipient.sealed).order_by(
            Recipient.id
        )
    )
    old = sha256()
    for number, digest, sealed in rows:
        old.update(number.to_bytes(4, "big") + digest + sha256(sealed or b"").digest())
    with monkeypatch.context() as patched:
        patched.setattr(campaigns.recipients, "list_digest", lambda _: old.hexdigest())
        as_then = campaigns.content_digest(campaign)
    with transaction():
        campaigns.get(campaign.id).content_digest = as_then
    assert campaigns.is_as_submitted(campaigns.get(campaign.id))
    with transaction():
        db.session.execute(delete(Recipient).where(Recipient.row_number == 2))
    assert not campaigns.is_as_submitted(campaigns.get(campaign.id))


def test_several_keys_of_before_are_refused_because_digests_cannot_be_told_apart(
    app: Flask,
) -> None:
    vault.use(KeyRing.parse(f"{SECOND} {FIRST}"))  # as then, when the newest sealed at once
    with transaction():
        db.session.add(vault.make_data_key("campaign", clock.now()))
        db.session.execute(delete(KnownKey))
    with pytest.raises(SettingsRefused, match="several keys"), restarted(app, SECOND, FIRST):
        pytest.fail("it started")


def test_new_key_added_with_the_upgrade_is_only_known_at_first(app: Flask) -> None:
    with transaction():
        db.session.add(vault.make_data_key("campaign", clock.now()))
        db.session.execute(delete(KnownKey))
    with restarted(app, SECOND, FIRST):
        rows = db.session.scalars(select(KnownKey).order_by(KnownKey.position))
        assert [(row.key_id, row.stage) for row in rows] == [("k1", "all"), ("k2", "known")]
