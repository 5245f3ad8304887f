"""A long list is checked by the worker: taken over, cancelled, whole or not at all."""

from datetime import timedelta
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from outreach import clock
from outreach.domain.actor import Actor
from outreach.extensions import db
from outreach.models import (
    Campaign,
)
from outreach.recipients import jobs, queries, service
from outreach.transaction import transaction
from tests.conftest import both_databases
from tests.recipients.sent import send


def long_list(rows: int = service.SMALL_LIST_ROWS + 1) -> str:
    return "phone number,name\n" + "".join(f"07400{100_000 + n},Person {n}\n" for n in range(rows))


@both_databases
def test_long_list_is_checked_by_the_worker(client: FlaskClient, campaign: Campaign) -> None:
    page = send(client, campaign.id, long_list())
    assert "The list is being checked" in page.text
    upload = queries.current_upload(campaign.id)
    assert upload is not None
    assert upload.spool is not None
    assert b"Person" not in upload.spool
    jobs.check_list(str(upload.id))
    db.session.rollback()
    assert upload.status == "checked"
    assert upload.spool is None
    assert upload.accepted == queries.accepted_count(campaign.id) == service.SMALL_LIST_ROWS + 1
    page = client.get(f"/campaigns/{campaign.id}/recipients/{upload.id}")
    assert "What was found in the list" in page.text


def test_check_of_a_dead_worker_is_taken_over_and_a_live_one_is_not(
    client: FlaskClient, campaign: Campaign
) -> None:
    send(client, campaign.id, long_list())
    upload = queries.current_upload(campaign.id)
    assert upload is not None
    with transaction():
        assert service.claim_check(upload.id) is True
    with transaction():
        assert service.claim_check(upload.id) is False
    assert queries.stalled_uploads(clock.now() - jobs.STALLED_AFTER) == []
    later = clock.now() + timedelta(seconds=31)
    with clock.set_to(lambda: later):
        assert queries.stalled_uploads(clock.now() - jobs.STALLED_AFTER) == [upload.id]
        jobs.check_list(str(upload.id))
    db.session.rollback()
    assert upload.status == "checked"


def test_check_cancelled_while_it_runs_stores_nothing(
    client: FlaskClient, campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(client, campaign.id, long_list())
    upload = queries.current_upload(campaign.id)
    assert upload is not None
    upload_id, campaign_id, note = upload.id, campaign.id, service.note_progress

    def cancel_then_note(checked: UUID, rows: int) -> None:
        service.remove(
            service.lock_upload(upload_id), service.lock_editable(campaign_id), by=Actor.job("x")
        )
        db.session.commit()
        note(checked, rows)

    monkeypatch.setattr(service, "note_progress", cancel_then_note)
    jobs.check_list(str(upload_id))
    found = queries.upload(campaign_id, upload_id)
    assert found is not None
    assert (found.status, found.spool) == ("cancelled", None)
    assert queries.accepted_count(campaign_id) == 0
