"""What stands against an erasure, what is due without having been sent, and what is tidied."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from outreach import clock, vault
from outreach.campaigns import queries as campaigns
from outreach.campaigns import service as drafting
from outreach.domain.access import Role
from outreach.domain.campaign import CampaignStatus
from outreach.domain.errors import ChangedMeanwhile, MoveRefused
from outreach.domain.message import MessageStatus
from outreach.domain.optout import SuppressionKind, SuppressionSource
from outreach.domain.retention import ErasureBlocked
from outreach.extensions import db
from outreach.models import Campaign, Hold, LastContact, ReceivedText, Suppression, Upload
from outreach.optouts import queries as listed
from outreach.optouts import service as optouts
from outreach.recipients import service as lists
from outreach.retention import holds, queries, service
from outreach.sending import retry
from outreach.transaction import transaction
from tests.conftest import both_databases
from tests.factories import acting, cast, make_campaign
from tests.replies.stage import arrive
from tests.retention.stage import (
    E164,
    RETENTION,
    Planted,
    arrive_closed,
    erase_due,
    events,
    later,
    plant,
    recipients,
    set_status,
)

LONG_AGO = timedelta(days=9)


def hold(planted: Planted) -> None:
    with transaction():
        by = acting(cast().approver, Role.ADMIN)
        holds.place(planted.campaign_id, by=by, reason="An order of the court")


def wait_for_a_reader(planted: Planted) -> None:
    arrive("Who is this? My mother is ill", number=E164)


def leave_unconfirmed(planted: Planted) -> None:
    set_status(planted.campaign_id, MessageStatus.SENDING)


def leave_held(planted: Planted) -> None:
    set_status(planted.campaign_id, MessageStatus.HELD)


def leave_silent(planted: Planted) -> None:
    set_status(planted.campaign_id, MessageStatus.ACCEPTED, accepted_at=clock.now())


BLOCKS = [
    (hold, "A legal hold keeps it: An order of the court."),
    (wait_for_a_reader, "1 reply waits to be read."),
    (leave_unconfirmed, "1 text is not settled"),
    (leave_held, "1 text is not settled"),
    (leave_silent, "1 text is without a receipt"),
]


@both_databases
@pytest.mark.parametrize(("stand_against", "words"), BLOCKS, ids=[b[0].__name__ for b in BLOCKS])
def test_unfinished_business_keeps_it(
    app: Flask, stand_against: Callable[[Planted], None], words: str
) -> None:
    planted = plant(app)
    stand_against(planted)
    erase_due()
    assert planted.campaign.erased_at is None
    assert all(row.sealed for row in recipients(planted.campaign_id))
    assert words in queries.one(planted.campaign).reasons[0]
    with pytest.raises(ErasureBlocked, match=words), transaction():
        service.begin(planted.campaign_id, by=RETENTION)
    assert events("key.destroyed") == []


def test_a_silent_text_keeps_it_for_96_hours_only(app: Flask) -> None:
    planted = plant(app)
    long_ago = clock.now() - timedelta(hours=97)
    set_status(planted.campaign_id, MessageStatus.ACCEPTED, accepted_at=long_ago)
    erase_due()
    assert planted.campaign.erased_at is not None


@both_databases
def test_a_lifted_hold_lets_it_go(app: Flask) -> None:
    planted = plant(app)
    hold(planted)
    by = acting(cast().approver, Role.ADMIN)
    with transaction():
        holds.lift(planted.campaign_id, by=by, reason="The case is over")
    erase_due()
    assert planted.campaign.erased_at is not None
    told = [
        (event.action, event.reason) for event in events("legal_hold.placed", "legal_hold.lifted")
    ]
    assert told == [
        ("legal_hold.placed", "An order of the court"),
        ("legal_hold.lifted", "The case is over"),
    ]


def test_a_list_under_a_hold_cannot_be_taken_away(app: Flask) -> None:
    campaign_id = make_campaign(app).id
    by = acting(cast().requester, Role.REQUESTER)
    with transaction():
        holds.place(campaign_id, by=by, reason="An order of the court")
    upload_id = db.session.scalars(select(Upload.id)).one()
    campaign = campaigns.get(campaign_id)
    with pytest.raises(MoveRefused, match="A legal hold keeps this list"):
        lists.remove(lists.lock_upload(upload_id), campaign, by=by)
    db.session.rollback()
    assert all(row.sealed for row in recipients(campaign_id))


def test_a_hold_is_placed_once_and_lifted_once(app: Flask) -> None:
    planted = plant(app)
    hold(planted)
    with pytest.raises(ChangedMeanwhile):
        hold(planted)
    by = acting(cast().approver, Role.ADMIN)
    with transaction():
        holds.lift(planted.campaign_id, by=by, reason="Over")
    with pytest.raises(ChangedMeanwhile), transaction():
        holds.lift(planted.campaign_id, by=by, reason="Over")
    erase_due()
    with pytest.raises(ChangedMeanwhile):
        hold(planted)


@pytest.mark.parametrize("status", [CampaignStatus.SENDING, CampaignStatus.PAUSED])
def test_a_running_campaign_is_never_erased(app: Flask, status: CampaignStatus) -> None:
    campaign_id = make_campaign(app, status).id
    with later(days=400):
        erase_due()
    assert all(row.sealed for row in recipients(campaign_id))


NEVER_SENT = [
    CampaignStatus.DRAFT,
    CampaignStatus.SUBMITTED,
    CampaignStatus.RETURNED,
    CampaignStatus.APPROVED,
]


@both_databases
@pytest.mark.parametrize("status", NEVER_SENT)
def test_a_list_never_sent_goes_after_the_last_change(app: Flask, status: CampaignStatus) -> None:
    campaign_id = make_campaign(app, status).id
    with later(days=29, hours=23):
        erase_due()
        assert all(row.sealed for row in recipients(campaign_id))
    with later(days=30, minutes=5):
        erase_due()
    db.session.rollback()
    campaign = campaigns.get(campaign_id)
    assert (campaign.status, campaign.erased_at is not None) == (CampaignStatus.CANCELLED, True)
    assert [row.sealed for row in recipients(campaign_id)] == [None] * 5
    assert "Nobody changed it for 30 days" in events("campaign.cancelled")[0].reason


def test_who_changes_a_draft_keeps_it(app: Flask) -> None:
    campaign_id = make_campaign(app).id
    with later(days=20), transaction():
        by = acting(cast().requester, Role.REQUESTER)
        drafting.set_title(campaigns.lock(campaign_id), "Summer outreach", by=by)
    with later(days=45):
        erase_due()
        assert all(row.sealed for row in recipients(campaign_id))
    with later(days=51):
        erase_due()
    db.session.rollback()
    assert campaigns.get(campaign_id).erased_at is not None


def test_looking_at_a_draft_does_not_keep_it(app: Flask, as_requester: object) -> None:
    campaign_id = make_campaign(app).id
    with later(days=29):
        as_requester.get(f"/campaigns/{campaign_id}/check")
        upload_id = db.session.scalars(select(Upload.id)).one()
        as_requester.get(f"/campaigns/{campaign_id}/recipients/{upload_id}")
    with later(days=31):
        assert queries.due_campaigns(clock.now()) == [campaign_id]


def test_a_draft_without_a_list_is_left_alone(app: Flask) -> None:
    campaign_id = make_campaign(app, is_complete=False).id
    with later(days=400):
        erase_due()
    db.session.rollback()
    assert campaigns.get(campaign_id).status is CampaignStatus.DRAFT


@both_databases
def test_nobody_can_be_texted_again_once_it_is_erased(app: Flask) -> None:
    planted = plant(app)
    set_status(planted.campaign_id, MessageStatus.TEMPORARY_FAILURE)
    with transaction():
        service.begin(planted.campaign_id, by=RETENTION)
    with pytest.raises(ChangedMeanwhile), transaction():
        retry.ask(planted.campaign_id, by=acting(cast().requester, Role.REQUESTER))


@both_databases
def test_a_reply_that_comes_after_the_keys_are_gone_is_kept_and_read(app: Flask) -> None:
    planted = plant(app)
    with transaction():
        service.begin(planted.campaign_id, by=RETENTION)
    late = arrive("please help me he has a knife", number=E164)
    erase_due()
    row = db.session.get_one(ReceivedText, late)
    assert (row.state, row.sealed is not None) == ("open", True)


@both_databases
def test_other_replies_go_after_their_own_days(app: Flask) -> None:
    old = arrive("STOP", number="+447700900301", minutes_ago=60 * 24 * 91)
    young = arrive("STOP", number="+447700900302", minutes_ago=60 * 24 * 89)
    erase_due()
    assert db.session.get_one(ReceivedText, old).sealed is None
    assert db.session.get_one(ReceivedText, old).phone_digest != vault.digest("+447700900301")
    assert db.session.get_one(ReceivedText, young).sealed is not None


def test_a_legal_hold_keeps_old_replies_too(app: Flask) -> None:
    planted = plant(app, days_ago=1)
    hold(planted)
    with later(days=100):
        reply_id = arrive_closed("I wrote before")
        db.session.execute(
            update(ReceivedText).values(received_at=clock.now() - timedelta(days=95))
        )
        db.session.commit()
        erase_due()
    db.session.rollback()
    assert db.session.get_one(ReceivedText, reply_id).sealed is not None


@both_databases
def test_the_frequency_cap_ends_what_is_kept_for_it(app: Flask) -> None:
    plant(app)
    with later(days=91):
        erase_due()
    db.session.rollback()
    assert db.session.scalars(select(LastContact)).all() == []
    told = [e.changes for e in events("retention.erased") if e.object_type == "retention"]
    assert {"kind": "last-contacts", "rows": 2} in told


@both_databases
def test_entries_and_holds_that_stand_no_more_forget_whose_they_were(app: Flask) -> None:
    by = acting(cast().approver, Role.APPROVER)
    digest = vault.digest(E164)
    with transaction():
        optouts.suppress(digest, SuppressionKind.OPT_OUT, SuppressionSource.STAFF, by=by)
        optouts.hold(digest, by=by)
    with transaction():
        entry = listed.active_suppression(digest, SuppressionKind.OPT_OUT)
        optouts.remove(entry, by=by, reason="They asked")
        optouts.release_hold(digest, by=by)
    erase_due()
    assert db.session.scalars(select(Suppression.phone_digest)).one() == digest
    with later(days=31):
        erase_due()
        erase_due()
    db.session.rollback()
    assert db.session.scalars(select(Suppression.phone_digest)).one() != digest
    assert db.session.scalars(select(Hold)).all() == []
    told = [e.changes["kind"] for e in events("retention.erased")]
    assert sorted(told) == ["released-holds", "removed-opt-outs"]


def test_an_active_entry_and_an_active_hold_are_never_touched(app: Flask) -> None:
    plant(app)
    with later(days=3000):
        erase_due()
    db.session.rollback()
    assert listed.look_up(vault.digest(E164)).suppressions
    assert listed.look_up(vault.digest(E164)).is_on_hold
    assert db.session.scalars(select(Campaign.erased_at)).one() is not None
