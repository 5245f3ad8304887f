"""Copying a campaign: it says the same, to nobody, and nobody has approved it."""

from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from outreach.campaigns import queries
from outreach.campaigns.beginning import COPIED
from outreach.domain.campaign import CampaignStatus
from outreach.recipients import queries as recipients
from tests.campaigns.reading import events_of
from tests.conftest import both_databases
from tests.factories import cast, make_campaign


def copy(client: FlaskClient, campaign_id: UUID, title: str = "Again") -> UUID:
    answer = client.post(f"/campaigns/{campaign_id}/copy", data={"title": title})
    return UUID(answer.headers["Location"].rpartition("/")[2])


@both_databases
@pytest.mark.parametrize("status", [CampaignStatus.DRAFT, CampaignStatus.COMPLETED])
def test_copy_takes_over_the_content_and_nobody(
    app: Flask, requester: FlaskClient, status: CampaignStatus
) -> None:
    original_id = make_campaign(app, status).id
    made = queries.lock(copy(requester, original_id))
    original = queries.lock(original_id)
    assert made.status is CampaignStatus.DRAFT
    assert [getattr(made, name) for name in COPIED] == [getattr(original, name) for name in COPIED]
    assert [page.body for page in made.landing_pages] == [
        page.body for page in original.landing_pages
    ]
    assert recipients.accepted_count(made.id) == 0
    nothing = (made.start_at, made.submitted_at, made.approved_at, made.content_digest)
    assert nothing == (None,) * 4
    keys = {made.data_key_id, made.outcome_key_id, original.data_key_id, original.outcome_key_id}
    assert len(keys) == 4
    (event,) = events_of(made.id)
    assert (event.action, event.changes["from"]) == ("campaign.copied", str(original_id))


def test_copy_belongs_to_who_made_it(app: Flask, requester: FlaskClient) -> None:
    made = queries.lock(copy(requester, make_campaign(app).id))
    assert made.created_by_id == cast().requester.id
    assert made.editor_ids == []


def test_title_is_proposed_and_fits(app: Flask, requester: FlaskClient) -> None:
    campaign_id = make_campaign(app, title="x" * 120).id
    assert f'value="Copy of {"x" * 112}"' in requester.get(f"/campaigns/{campaign_id}/copy").text


def test_approver_cannot_copy(app: Flask, approver: FlaskClient) -> None:
    campaign_id = make_campaign(app).id
    assert approver.post(f"/campaigns/{campaign_id}/copy", data={"title": "x"}).status_code == 403
