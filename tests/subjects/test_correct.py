"""What a list said of a person, put right before the text goes."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from outreach import vault
from outreach.campaigns import queries as campaigns
from outreach.domain.access import Role
from outreach.domain.campaign import CampaignStatus
from outreach.extensions import db
from outreach.models import DataKey
from tests.conftest import both_databases
from tests.retention.stage import events, recipients
from tests.subjects.stage import ASKED, OTHER, REASON, find, on_list


def values_of(campaign_id, place: int = 0) -> dict[str, str]:
    db.session.rollback()
    campaign = campaigns.get(campaign_id)
    key = vault.open_data_key(db.session.get_one(DataKey, campaign.data_key_id))
    row = recipients(campaign_id)[place]
    return dict(vault.open_recipient(key, campaign_id, row.row_number, row.sealed).values)


def correct(client: FlaskClient, row_id: int, value: str, number: str = ASKED["number"]):
    data = {**ASKED, "number": number, "recipient_id": row_id, "confirmed": "yes", "value_0": value}
    return client.post("/subject-requests/correct", data=data)


def test_it_shows_what_is_there_first(app: Flask, as_approver: FlaskClient) -> None:
    campaign_id = on_list(app, CampaignStatus.DRAFT)
    assert "Correct the details in" in find(as_approver)
    row_id = recipients(campaign_id)[0].id
    page = as_approver.post("/subject-requests/correct", data={**ASKED, "recipient_id": row_id})
    assert 'value="Zebedee"' in page.text
    assert values_of(campaign_id) == {"name": "Zebedee"}


@both_databases
@pytest.mark.parametrize("status", [CampaignStatus.DRAFT, CampaignStatus.APPROVED])
def test_the_new_words_are_sealed_and_the_approval_is_void(
    app: Flask, as_approver: FlaskClient, status: CampaignStatus
) -> None:
    campaign_id = on_list(app, status)
    assert correct(as_approver, recipients(campaign_id)[0].id, "Zed").status_code == 302
    assert values_of(campaign_id) == {"name": "Zed"}
    assert values_of(campaign_id, 1) == {"name": "Quill"}
    assert campaigns.get(campaign_id).status is CampaignStatus.DRAFT
    (event,) = events("subject.corrected")
    assert (event.category, event.reason, event.changes) == ("alteration", REASON, {"values": 1})


def test_the_cost_follows_the_words(app: Flask, as_approver: FlaskClient) -> None:
    campaign_id = on_list(app, CampaignStatus.DRAFT)
    before = recipients(campaign_id)[0].fragments
    correct(as_approver, recipients(campaign_id)[0].id, "Z" * 200)
    db.session.rollback()
    assert recipients(campaign_id)[0].fragments > before


def test_words_that_do_not_fit_are_refused(app: Flask, as_approver: FlaskClient) -> None:
    campaign_id = on_list(app, CampaignStatus.DRAFT)
    row_id = recipients(campaign_id)[0].id
    answer = correct(as_approver, row_id, "Z" * 401)
    assert "The value must be 400 characters or fewer" in answer.text
    assert values_of(campaign_id) == {"name": "Zebedee"}


def test_another_persons_row_is_not_reached(app: Flask, as_approver: FlaskClient) -> None:
    campaign_id = on_list(app, CampaignStatus.DRAFT)
    row_id = recipients(campaign_id)[0].id
    answer = correct(as_approver, row_id, "Zed", number=OTHER)
    assert answer.status_code >= 400
    assert "Zebedee" not in answer.text
    assert values_of(campaign_id) == {"name": "Zebedee"}


@pytest.mark.parametrize("status", [CampaignStatus.SENDING, CampaignStatus.COMPLETED])
def test_after_the_release_it_is_too_late(
    app: Flask, as_approver: FlaskClient, status: CampaignStatus
) -> None:
    campaign_id = on_list(app, status)
    assert "Correct the details in" not in find(as_approver)
    assert correct(as_approver, recipients(campaign_id)[0].id, "Zed").status_code >= 400
    assert values_of(campaign_id) == {"name": "Zebedee"}


def test_who_corrected_may_not_approve(app: Flask, client_as) -> None:
    campaign_id = on_list(app, CampaignStatus.SUBMITTED)
    correct(client_as(Role.APPROVER), recipients(campaign_id)[0].id, "Zed")
    db.session.rollback()
    who = int(events("subject.corrected")[0].actor)
    assert who in campaigns.hands(campaigns.get(campaign_id)).edited_by
