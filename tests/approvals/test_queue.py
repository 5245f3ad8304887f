"""What waits for whom."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from outreach.campaigns import queries, service
from outreach.domain.access import Role
from outreach.domain.campaign import CampaignStatus
from outreach.models import User
from outreach.transaction import transaction
from tests.campaigns.reading import words
from tests.factories import acting, cast, give_role, make_campaign

See = Callable[..., BeautifulSoup]


def table(soup: BeautifulSoup, caption: str) -> str:
    for found in soup.select("table"):
        if found.caption is not None and found.caption.get_text(strip=True) == caption:
            return " ".join(found.get_text(" ").split())
    return ""


@pytest.fixture
def both_roles(app: Flask, signed_in: Callable[[User], FlaskClient]) -> FlaskClient:
    """Rosa, who has been made an approver as well."""
    give_role(cast().requester, Role.APPROVER)
    return signed_in(cast().requester)


def test_empty_queue_says_so(approver: FlaskClient, see: See) -> None:
    assert "Nothing waits for your decision" in words(see(approver, "/approvals"))


def test_queue_holds_what_waits_for_a_decision_and_for_release(
    app: Flask, approver: FlaskClient, see: See
) -> None:
    for status in CampaignStatus:
        make_campaign(app, status, title=f"Is {status}")
    soup = see(approver, "/approvals")
    assert "Is submitted 5 Rosa Requester" in table(soup, "Waiting for your decision")
    assert "Is approved 5 Rosa Requester" in table(soup, "Approved, to be released")
    assert len(soup.select("tbody tr")) == 2


def test_own_work_is_listed_apart_with_the_reason(
    app: Flask, both_roles: FlaskClient, see: See
) -> None:
    make_campaign(app, CampaignStatus.SUBMITTED)
    soup = see(both_roles, "/approvals")
    assert "Nothing waits for your decision" in words(soup)
    own = table(soup, "Waiting for another approver")
    assert "because you drafted it, changed the draft" not in own
    assert "because you drafted it, uploaded recipients and submitted it" in own


def test_who_changed_a_colleagues_draft_is_told_so(
    app: Flask, approver: FlaskClient, see: See
) -> None:
    campaign_id = make_campaign(app).id
    people = cast()
    with transaction():
        by = acting(people.approver, Role.REQUESTER)
        service.set_title(queries.lock(campaign_id), "By a colleague", by=by)
    with transaction():
        campaign = queries.lock(campaign_id)
        live = app.extensions["outreach_gateway"].templates[campaign.template_id]
        service.submit(campaign, live, by=acting(people.requester, Role.REQUESTER))
    own = table(see(approver, "/approvals"), "Waiting for another approver")
    assert "because you changed the draft" in own


def test_only_approvers_have_a_queue(requester: FlaskClient) -> None:
    assert requester.get("/approvals").status_code == 403
