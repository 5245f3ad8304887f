"""One person erased early in every campaign, with what is unfinished kept and said."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from outreach import vault
from outreach.campaigns import queries as campaigns
from outreach.domain.access import Role
from outreach.domain.campaign import CampaignStatus
from outreach.domain.message import MessageStatus
from outreach.domain.optout import SuppressionKind
from outreach.domain.refusal import RefusalReason
from outreach.extensions import db
from outreach.models import LastContact, ReceivedText, Upload
from outreach.optouts import queries as optouts
from outreach.recipients import queries as lists
from outreach.retention import holds
from outreach.sending import queries as sending
from outreach.transaction import transaction
from tests.conftest import both_databases
from tests.factories import acting, cast, notify_of
from tests.replies.stage import arrive
from tests.retention.stage import all_blobs, events, messages, recipients, set_status
from tests.sending.stage import send
from tests.subjects.stage import ASKED, E164, OTHER_E164, REASON, erase, find, on_list

NOT_RELEASED = [
    CampaignStatus.DRAFT,
    CampaignStatus.SUBMITTED,
    CampaignStatus.RETURNED,
    CampaignStatus.APPROVED,
]


def test_it_asks_first(app: Flask, as_approver: FlaskClient) -> None:
    campaign_id = on_list(app, CampaignStatus.COMPLETED)
    page = as_approver.post("/subject-requests/erase", data=ASKED).text
    assert "Erase what is held under +44 7*** ***847?" in page
    assert all(row.sealed for row in recipients(campaign_id))


@both_databases
def test_the_row_is_blanked_and_the_others_stay(app: Flask, as_approver: FlaskClient) -> None:
    campaign_id = on_list(app, CampaignStatus.COMPLETED)
    before, funnel = messages(campaign_id)[0].reference, sending.funnel(campaign_id)
    sealed = recipients(campaign_id)[0].sealed
    assert "1 record was blanked" in erase(as_approver)
    mine, other = recipients(campaign_id)
    assert (mine.sealed, mine.code_digest, mine.row_number) == (None, None, 0)
    assert mine.erased_at is not None
    assert other.sealed is not None
    assert mine.phone_digest != vault.digest(E164)
    assert messages(campaign_id)[0].reference != before
    assert {vault.digest(E164), sealed}.isdisjoint(all_blobs())
    assert sending.funnel(campaign_id) == funnel
    assert "Nothing is kept under this number" in find(as_approver)


@both_databases
def test_one_event_a_row_with_the_reason(app: Flask, as_approver: FlaskClient) -> None:
    first = on_list(app, CampaignStatus.COMPLETED)
    second = on_list(app, CampaignStatus.COMPLETED, "Second")
    arrive("STOP", number=E164)
    erase(as_approver)
    told = events("subject.erased")
    assert [event.object_type for event in told] == ["recipient", "recipient", "reply"]
    assert {event.campaign_id for event in told} >= {first, second}
    assert {(event.category, event.reason) for event in told} == {("erasure", REASON)}


@both_databases
def test_an_opt_out_and_the_last_text_stay(app: Flask, as_approver: FlaskClient) -> None:
    on_list(app, CampaignStatus.COMPLETED)
    reply_id = arrive("STOP", number=E164)
    digest = vault.digest(E164)
    with transaction():
        from outreach import clock

        db.session.merge(LastContact(phone_digest=digest, texted_at=clock.now()))
    erase(as_approver)
    db.session.rollback()
    assert db.session.get_one(ReceivedText, reply_id).sealed is None
    assert optouts.active_suppression(digest, SuppressionKind.OPT_OUT) is not None
    assert lists.reasons_not_to_text(
        on_list(app, CampaignStatus.DRAFT, "Next"), {E164: digest}
    ) == {E164: RefusalReason.OPTED_OUT}


@both_databases
@pytest.mark.parametrize("status", NOT_RELEASED)
def test_a_list_not_yet_sent_loses_the_row_and_its_approval(
    app: Flask, as_approver: FlaskClient, status: CampaignStatus
) -> None:
    campaign_id = on_list(app, status)
    erase(as_approver)
    db.session.rollback()
    campaign = campaigns.get(campaign_id)
    assert campaign.status is CampaignStatus.DRAFT
    assert campaign.content_digest is None
    assert len(recipients(campaign_id)) == 1
    upload = db.session.scalars(select(Upload).where(Upload.campaign_id == campaign_id)).one()
    assert (upload.accepted, upload.rows_total) == (1, 1)
    assert sending.funnel(campaign_id).waiting == 1


def test_who_took_the_row_off_may_not_approve(app: Flask, client_as) -> None:
    campaign_id = on_list(app, CampaignStatus.SUBMITTED)
    approver = client_as(Role.APPROVER)
    erase(approver)
    db.session.rollback()
    user_id = int(events("subject.erased")[0].actor)
    assert user_id in campaigns.hands(campaigns.get(campaign_id)).edited_by


@both_databases
def test_a_text_that_waits_is_never_sent(app: Flask, as_approver: FlaskClient) -> None:
    campaign_id = on_list(app, CampaignStatus.SENDING)
    with transaction():
        campaigns.lock(campaign_id).is_pilot_passed = True
    erase(as_approver)
    assert messages(campaign_id)[0].status is MessageStatus.SUPPRESSED
    send(2)
    assert [sent.to for sent in notify_of(app).sent] == [OTHER_E164]
    assert sending.funnel(campaign_id).suppressed == 1


def test_a_text_whose_receipt_may_come_keeps_its_reference(
    app: Flask, as_approver: FlaskClient
) -> None:
    campaign_id = on_list(app, CampaignStatus.SENDING)
    set_status(campaign_id, MessageStatus.ACCEPTED)
    reference = messages(campaign_id)[0].reference
    erase(as_approver)
    message = messages(campaign_id)[0]
    assert message.reference == reference
    assert message.phone_digest != vault.digest(E164)


@both_databases
@pytest.mark.parametrize("status", [MessageStatus.SENDING, MessageStatus.HELD])
def test_a_text_on_its_way_keeps_the_row(
    app: Flask, as_approver: FlaskClient, status: MessageStatus
) -> None:
    campaign_id = on_list(app, CampaignStatus.SENDING)
    set_status(campaign_id, status)
    page = erase(as_approver)
    assert "Not all is erased" in page
    assert "A text is on its way, or nobody knows yet whether it left." in page
    assert recipients(campaign_id)[0].sealed is not None
    assert events("subject.erased") == []


def test_a_legal_hold_keeps_row_and_replies(app: Flask, as_approver: FlaskClient) -> None:
    campaign_id = on_list(app, CampaignStatus.COMPLETED)
    free = on_list(app, CampaignStatus.COMPLETED, "Another")
    with transaction():
        by = acting(cast().approver, Role.ADMIN)
        holds.place(campaign_id, by=by, reason="An order of the court")
    assert "A legal hold keeps it: An order of the court." in find(as_approver)
    assert "A legal hold keeps it: An order of the court." in erase(as_approver)
    assert recipients(campaign_id)[0].sealed is not None
    assert recipients(free)[0].sealed is None


def test_a_reply_nobody_has_read_is_kept(app: Flask, as_approver: FlaskClient) -> None:
    on_list(app, CampaignStatus.COMPLETED)
    reply_id = arrive("Who is this? My mother is ill", number=E164)
    assert "Nobody has dealt with this reply yet." in erase(as_approver)
    db.session.rollback()
    assert db.session.get_one(ReceivedText, reply_id).sealed is not None


def test_erasing_twice_does_nothing_more(app: Flask, as_approver: FlaskClient) -> None:
    on_list(app, CampaignStatus.COMPLETED)
    erase(as_approver)
    assert "0 records were blanked" in erase(as_approver)
    assert len(events("subject.erased")) == 1
