"""The start page answers what needs this person now."""

from collections.abc import Callable
from uuid import uuid4

from flask import Flask
from flask.testing import FlaskClient

from outreach import clock
from outreach.domain.access import Role
from outreach.domain.campaign import CampaignStatus
from outreach.domain.pausing import PauseKind
from outreach.extensions import db
from outreach.jobs.worker import beat
from outreach.replies import service as replies
from outreach.sending import pauses
from outreach.transaction import transaction
from tests.components.html import read_page
from tests.factories import make_campaign


def reply(text: str) -> None:
    with transaction():
        row = replies.store(str(uuid4()), "447700900123", text, clock.now())
        assert row is not None
        received_id = row.id
    with transaction():
        replies.classify_stored(received_id)


def test_nothing_to_do_says_so(as_approver: FlaskClient) -> None:
    assert "Nothing needs you now" in as_approver.get("/").text


def test_urgent_reply_comes_first_for_who_may_read_replies(
    client_as: Callable[..., FlaskClient], app: Flask
) -> None:
    reply("what is this")
    reply("he took too many pills and isnt breathing")
    page = client_as(Role.REQUESTER).get("/").text
    assert page.index("An urgent reply") < page.index("A reply to read")
    assert "urgent reply" not in client_as(Role.AUDITOR).get("/").text


def test_returned_draft_is_told_to_its_requester_only(
    client_as: Callable[..., FlaskClient], app: Flask
) -> None:
    mine = client_as(Role.REQUESTER)
    mine.post("/campaigns/new", data={"title": "Mine"})
    assert "A draft to finish" in mine.get("/").text
    other = client_as(Role.REQUESTER, email="other@example.org")
    assert "draft" not in other.get("/").text.lower()


def test_administrator_is_told_of_a_missing_worker(as_admin: FlaskClient) -> None:
    assert "No worker is running" in as_admin.get("/").text
    beat()
    db.session.rollback()
    assert "No worker is running" not in as_admin.get("/").text


def test_partner_sees_only_the_way_to_the_codes(as_partner: FlaskClient) -> None:
    page = as_partner.get("/").text
    assert "Nothing needs you now" in page
    assert "Referral codes" in page
    assert "Campaigns" not in page


def test_administrator_is_told_when_notify_refuses_the_key(
    app: Flask, as_admin: FlaskClient
) -> None:
    words = "GOV.UK Notify refused our key"
    assert words not in as_admin.get("/").text
    campaign_id = make_campaign(app, CampaignStatus.SENDING).id
    with transaction():
        pauses.stop(campaign_id, PauseKind.KEY, "Notify answered 403.")
    assert words in as_admin.get("/").text


def test_everybody_finds_something_to_do_that_they_may(
    client_as: Callable[..., FlaskClient],
) -> None:
    for role in Role:
        client = client_as(role)
        page = read_page(client.get("/").text)
        steps = [str(link["href"]) for link in page.select("h2 + ul a")]
        assert steps
        for address in steps:
            assert client.get(address, follow_redirects=True).status_code == 200, address
