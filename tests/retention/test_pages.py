"""The administrator's pages, and what the requester sees."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from outreach import clock
from outreach.domain.campaign import CampaignStatus
from outreach.extensions import db
from outreach.models import Upload
from outreach.web.filters import as_date
from tests.audit.pages import work
from tests.factories import make_campaign
from tests.replies.stage import arrive
from tests.retention.stage import E164, erase_due, events, later, plant, recipients

REASON = {"reason": "The court asked for it"}


def words(page: str) -> str:
    return " ".join(BeautifulSoup(page, "html.parser").get_text(" ").split())


def test_the_list_says_what_is_due_when_and_why_not(app: Flask, as_admin: FlaskClient) -> None:
    planted = plant(app)
    make_campaign(app, CampaignStatus.PAUSED, title="Paused one")
    young = make_campaign(app, CampaignStatus.COMPLETED, title="Young one")
    due = as_date(young.ended_at + timedelta(days=30))
    said = words(as_admin.get("/admin/retention").text)
    assert f"Spring outreach Rosa Requester Completed {as_date(due_of(planted))} (due)" in said
    assert "It has not ended. Complete or cancel it first." in said
    assert f"Young one Rosa Requester Completed {due} Nothing" in said
    assert "It has not done so yet." in said


def due_of(planted):
    return planted.campaign.ended_at + timedelta(days=30)


def test_one_campaign_shows_counts_and_what_remains(app: Flask, as_admin: FlaskClient) -> None:
    planted = plant(app)
    said = words(as_admin.get(f"/admin/retention/{planted.campaign_id}").text)
    assert "Numbers, personalisation and referral codes 2" in said
    assert "Replies 2" in said
    assert "What will remain the counts" in said
    told = events("retention.previewed")
    assert [(event.category, event.campaign_id) for event in told] == [
        ("consultation", planted.campaign_id)
    ]


def test_an_admin_erases_early_with_a_reason(app: Flask, as_admin: FlaskClient) -> None:
    planted = plant(app, days_ago=1)
    address = f"/admin/retention/{planted.campaign_id}/erase"
    assert "Enter why it is erased now" in as_admin.post(address, data={}).text
    page = words(as_admin.get(address).text)
    assert "nobody can read the 2 people’s data any more, in backups neither" in page
    assert planted.campaign.erased_at is None
    answer = as_admin.post(address, data=REASON, follow_redirects=True)
    assert "The keys are destroyed" in answer.text
    assert "Rows are still being blanked" in answer.text
    work(app)
    assert [row.sealed for row in recipients(planted.campaign_id)] == [None, None]
    assert "Rows are still being blanked" not in as_admin.get("/admin/retention").text
    assert {event.reason for event in events("key.destroyed")} == {REASON["reason"]}
    assert as_admin.get(address).status_code == 404


def test_what_is_unfinished_is_not_erased_early(app: Flask, as_admin: FlaskClient) -> None:
    planted = plant(app, days_ago=1)
    address = f"/admin/retention/{planted.campaign_id}/erase"
    arrive("Who is this? My mother is ill", number=E164)
    answer = as_admin.post(address, data=REASON, follow_redirects=True)
    assert "1 reply waits to be read." in words(answer.text)
    assert "Erase it now" not in answer.text
    assert planted.campaign.erased_at is None


@pytest.mark.parametrize("status", [CampaignStatus.DRAFT, CampaignStatus.SENDING])
def test_what_has_not_ended_is_not_erased_early(
    app: Flask, as_admin: FlaskClient, status: CampaignStatus
) -> None:
    campaign_id = make_campaign(app, status).id
    as_admin.post(f"/admin/retention/{campaign_id}/erase", data=REASON)
    db.session.rollback()
    assert all(row.sealed for row in recipients(campaign_id))


def test_a_hold_is_placed_shown_and_lifted(
    app: Flask, as_admin: FlaskClient, as_requester: FlaskClient
) -> None:
    planted = plant(app)
    address = f"/admin/retention/{planted.campaign_id}"
    as_admin.post(f"{address}/hold", data=REASON)
    page = words(as_admin.get(address).text)
    assert "A legal hold keeps it: The court asked for it." in page
    assert "Erase it now" not in page
    shown = words(as_requester.get(f"/campaigns/{planted.campaign_id}").text)
    assert "A legal hold keeps this campaign’s data: The court asked for it" in shown
    erase_due()
    assert planted.campaign.erased_at is None
    as_admin.post(f"{address}/lift", data={"reason": "The case is over"})
    erase_due()
    assert planted.campaign.erased_at is not None


def test_a_reason_may_hold_no_number(app: Flask, as_admin: FlaskClient) -> None:
    planted = plant(app)
    address = f"/admin/retention/{planted.campaign_id}/hold"
    assert "Leave out phone numbers" in as_admin.post(address, data={"reason": E164}).text
    assert events("legal_hold.placed") == []


def test_the_requester_sees_when_and_afterwards_that(app: Flask, as_requester: FlaskClient) -> None:
    planted = plant(app, days_ago=10)
    address = f"/campaigns/{planted.campaign_id}"
    due = as_date(planted.campaign.ended_at + timedelta(days=30))
    assert f"will be erased on {due}" in words(as_requester.get(address).text)
    with later(days=21):
        erase_due()
    page = words(as_requester.get(address).text)
    assert f"were erased on {as_date(planted.campaign.erased_at)}" in page


def test_a_draft_says_that_it_will_go(app: Flask, as_requester: FlaskClient) -> None:
    campaign_id = make_campaign(app).id
    page = words(as_requester.get(f"/campaigns/{campaign_id}").text)
    due = as_date(clock.now() + timedelta(days=30))
    assert (
        f"If nobody changes this campaign, it will be cancelled and its list erased on {due}"
        in page
    )


def test_every_page_of_an_erased_campaign_still_answers(
    app: Flask, as_requester: FlaskClient, as_auditor: FlaskClient
) -> None:
    planted = plant(app)
    erase_due()
    db.session.rollback()
    upload_id = db.session.query(Upload.id).scalar()
    base = f"/campaigns/{planted.campaign_id}"
    pages = [base, f"{base}/progress", f"{base}/recipients", f"{base}/copy", f"{base}/held"]
    pages += [f"{base}/recipients/{upload_id}", f"{base}/recipients/{upload_id}/report.csv"]
    pages += [f"/reports/{planted.campaign_id}", "/campaigns", "/replies", "/replies/dealt-with"]
    answers = {page: as_requester.get(page).status_code for page in pages}
    assert {page for page, status in answers.items() if status >= 500} == set()
    assert answers[base] == answers[f"{base}/progress"] == answers[f"{base}/recipients"] == 200
    assert as_auditor.get(f"/audit?campaign_id={planted.campaign_id}").status_code == 200
