"""Reading exactly what will go before deciding on it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from outreach import clock, vault
from outreach.domain.campaign import CampaignStatus
from outreach.domain.send_window import SendWindow
from outreach.extensions import db
from outreach.models import Setting
from outreach.sending.contacts import note_contacts
from outreach.transaction import transaction
from tests.campaigns.reading import actions_of, events_of, words
from tests.factories import a_list, make_campaign
from tests.fakes.notify import FakeNotify

See = Callable[..., BeautifulSoup]


@pytest.fixture(autouse=True)
def _tuesday() -> Iterator[None]:
    with clock.set_to(lambda: datetime(2026, 11, 24, 21, tzinfo=UTC)):
        yield


def test_review_shows_texts_page_counts_and_who_did_what(
    app: Flask, approver: FlaskClient, see: See
) -> None:
    campaign = make_campaign(app, CampaignStatus.SUBMITTED, window=SendWindow())
    soup = see(approver, f"/approvals/{campaign.id}")
    page = words(soup)
    for said in (
        *("Drafted by Rosa Requester", "Submitted by Rosa Requester, 24 November 2026 at 9pm"),
        *("Approved by Nobody yet", "People to be texted 5", "Cost without VAT £0.27"),
        *("Released now, it would leave on 25 November 2026 at 9am", "Riverside listens."),
        *("9am to 8pm, Monday to Saturday, never on a bank holiday", "LARKSPUR-7"),
    ):
        assert said in page, said
    assert len(soup.select(".app-phone__bubble")) == 3
    assert "07700" not in soup.text


@pytest.mark.parametrize(("people", "is_told"), [(7, True), (8, False)])
def test_who_approves_is_told_where_so_few_people_could_be_told_apart(
    app: Flask, approver: FlaskClient, see: See, people: int, is_told: bool
) -> None:
    numbers = [f"07700 9003{number:02}" for number in range(people)]
    recipients = a_list(numbers, ["Jo"] * people)
    campaign = make_campaign(app, CampaignStatus.SUBMITTED, recipients=recipients)
    page = words(see(approver, f"/approvals/{campaign.id}"))
    assert ("could tell who turned to the charity" in page) is is_told


def test_start_time_and_bank_holidays_move_the_first_text(
    app: Flask, approver: FlaskClient, see: See
) -> None:
    start = datetime(2026, 12, 24, 20, 30, tzinfo=UTC)
    window = SendWindow(time(9), time(20), frozenset(range(7)))
    campaign = make_campaign(app, CampaignStatus.SUBMITTED, window=window, start_at=start)
    page = words(see(approver, f"/approvals/{campaign.id}"))
    assert "it would leave on 26 December 2026 at 9am" in page


def test_looking_is_recorded(app: Flask, approver: FlaskClient, see: See) -> None:
    campaign_id = make_campaign(app, CampaignStatus.SUBMITTED).id
    see(approver, f"/approvals/{campaign_id}")
    last = events_of(campaign_id)[-3:]
    assert [event.action for event in last] == [
        "campaign.viewed",
        "recipients.viewed",
        "campaign.message_previewed",
    ]
    assert {event.role for event in last} == {"approver"}


def test_unreachable_notify_does_not_hide_the_rest(
    app: Flask, notify: FakeNotify, approver: FlaskClient, see: See
) -> None:
    campaign_id = make_campaign(app, CampaignStatus.SUBMITTED).id
    notify.is_down = True
    page = words(see(approver, f"/approvals/{campaign_id}"))
    assert "did not answer" in page
    assert "Hello Jo." in page


def test_missing_ticks_are_named(app: Flask, approver: FlaskClient) -> None:
    campaign_id = make_campaign(app, CampaignStatus.SUBMITTED).id
    data = {"has_read_page": "y", "seen_digest": "x"}
    answer = approver.post(f"/approvals/{campaign_id}", data=data)
    assert "Confirm that you have read the texts" in answer.text
    assert "Confirm that you have read the landing page" not in answer.text
    assert actions_of(campaign_id, "campaign.approved") == []


@pytest.mark.parametrize("status", [CampaignStatus.DRAFT, CampaignStatus.SENDING])
def test_campaign_that_does_not_wait_is_shown_as_it_is(
    app: Flask, approver: FlaskClient, status: CampaignStatus
) -> None:
    campaign_id = make_campaign(app, status).id
    answer = approver.get(f"/approvals/{campaign_id}")
    assert answer.headers["Location"] == f"/campaigns/{campaign_id}"


def test_unknown_campaign_is_not_found(approver: FlaskClient) -> None:
    for page in ("", "/return", "/release"):
        assert approver.get(f"/approvals/{uuid4()}{page}").status_code == 404
    assert approver.post(f"/approvals/{uuid4()}", data={}).status_code == 404


def test_approval_of_a_campaign_that_no_longer_waits_leads_to_the_campaign(
    app: Flask, approver: FlaskClient
) -> None:
    campaign = make_campaign(app, CampaignStatus.DRAFT)
    answer = approver.post(f"/approvals/{campaign.id}", data={})
    assert answer.status_code == 302
    assert answer.location == f"/campaigns/{campaign.id}"


def test_people_who_may_be_left_out_are_named(app: Flask, approver: FlaskClient, see: See) -> None:
    two = a_list(["07700 900123", "07700 900901"])
    campaign = make_campaign(app, CampaignStatus.SUBMITTED, title="First")
    address = f"/approvals/{campaign.id}"
    assert "may be left out" not in words(see(approver, address))
    make_campaign(app, CampaignStatus.APPROVED, title="Second", recipients=two)
    assert "1 person on it came to be on the list of Second too" in words(see(approver, address))
    with transaction():
        note_contacts([vault.digest("+447700900124")], clock.now())
    assert "1 person on it got a text from another campaign" in words(see(approver, address))


def test_without_a_cap_nobody_is_named(app: Flask, approver: FlaskClient, see: See) -> None:
    with transaction():
        db.session.add(Setting(name="frequency_cap_days", value=0))
    first, _ = (make_campaign(app, CampaignStatus.SUBMITTED) for _ in range(2))
    with transaction():
        note_contacts([vault.digest("+447700900124")], clock.now())
    assert "may be left out" not in words(see(approver, f"/approvals/{first.id}"))
