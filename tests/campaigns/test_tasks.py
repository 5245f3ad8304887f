"""One campaign's page: the task list of a draft, and an overview of anything else."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from outreach.domain.campaign import CampaignStatus
from tests.campaigns.reading import words
from tests.factories import make_campaign

See = Callable[..., BeautifulSoup]


def statuses(soup: BeautifulSoup) -> list[str]:
    return [each.get_text(strip=True) for each in soup.select(".govuk-task-list__status")]


def links(soup: BeautifulSoup) -> set[str]:
    assert soup.main is not None
    return {str(link["href"]) for link in soup.main.select("a[href]")}


def test_new_draft_has_everything_to_do(app: Flask, requester: FlaskClient, see: See) -> None:
    campaign = make_campaign(app, is_complete=False)
    soup = see(requester, f"/campaigns/{campaign.id}")
    assert statuses(soup) == [
        *["Not yet started"] * 4,
        "Cannot start yet",
        "Cannot start yet",
    ]
    assert "completed 0 of 5 tasks" in words(soup)


def test_complete_draft_has_only_the_check_left(
    app: Flask, requester: FlaskClient, see: See
) -> None:
    campaign = make_campaign(app)
    soup = see(requester, f"/campaigns/{campaign.id}")
    assert statuses(soup) == [*["Completed"] * 5, "Not yet started"]
    base = f"/campaigns/{campaign.id}"
    pages = ("purpose", "message", "partner", "schedule", "recipients", "check")
    assert {f"{base}/{page}" for page in pages} <= links(soup)


def test_problem_is_named_with_a_link(app: Flask, requester: FlaskClient, see: See) -> None:
    campaign = make_campaign(app, budget_pence=1)
    soup = see(requester, f"/campaigns/{campaign.id}")
    assert "There is a problem" in statuses(soup)
    assert "more than the budget" in words(soup)


@pytest.mark.parametrize("status", list(CampaignStatus))
def test_page_of_every_status_offers_what_may_be_done(
    app: Flask, requester: FlaskClient, approver: FlaskClient, see: See, status: CampaignStatus
) -> None:
    campaign = make_campaign(app, status)
    base = f"/campaigns/{campaign.id}"
    own, others = links(see(requester, base)), links(see(approver, base))
    is_before_release = not (status.is_running or status.is_over)
    assert (f"{base}/cancel" in own) == is_before_release
    assert (f"{base}/reopen" in own) == status.is_waiting
    assert f"{base}/reopen" not in others
    assert f"{base}/copy" in own
    assert f"{base}/copy" not in others
    assert (f"/approvals/{campaign.id}" in others) == status.is_waiting
    was_released = status in {
        CampaignStatus.SENDING,
        CampaignStatus.PAUSED,
        CampaignStatus.COMPLETED,
    }
    assert (f"{base}/progress" in own) == was_released


def test_unknown_campaign_is_not_found(requester: FlaskClient) -> None:
    for page in ("", "/purpose", "/message", "/partner", "/schedule", "/check", "/reopen", "/copy"):
        assert requester.get(f"/campaigns/{uuid4()}{page}").status_code == 404


def test_approver_sees_a_draft_without_its_tasks(
    app: Flask, approver: FlaskClient, see: See
) -> None:
    campaign = make_campaign(app)
    soup = see(approver, f"/campaigns/{campaign.id}")
    assert statuses(soup) == []
    assert "Public task: prevention of harm" in words(soup)
