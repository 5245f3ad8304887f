"""Uploading a list in the browser: the report, the refusals, the removal."""

from datetime import timedelta
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from outreach import clock, vault
from outreach.domain.actor import Actor
from outreach.domain.campaign import CampaignStatus
from outreach.domain.optout import SuppressionKind, SuppressionSource
from outreach.extensions import db
from outreach.models import (
    AuditEvent,
    Campaign,
    LastContact,
    Recipient,
    RowProblem,
    Upload,
)
from outreach.optouts import service as optouts
from outreach.recipients import queries, service
from outreach.transaction import transaction
from tests.conftest import both_databases
from tests.recipients.sent import send

LIST = """phone number,name
07700 900123,Ann
07700 900124,Ŵyn
07700 900123,Ann again
020 7946 0123,Landline
07700 90012,Short
07700 900125,
07700 900126,Opted out
"""


@both_databases
def test_list_is_judged_sealed_and_reported(client: FlaskClient, campaign: Campaign) -> None:
    with transaction():
        optouts.suppress(
            vault.digest("+447700900126"),
            SuppressionKind.OPT_OUT,
            SuppressionSource.STAFF,
            by=Actor.job("tests"),
        )
    page = send(client, campaign.id, LIST)
    assert page.status_code == 200
    assert "<strong>2</strong> of 7 rows will be texted" in page.text
    assert "Opted out: 1 row" in page.text
    assert "07700" not in page.text
    totals = queries.upload_totals(campaign.id)
    assert (totals.uploaded, totals.accepted, totals.suppressed, totals.refused) == (7, 2, 1, 4)
    rows = db.session.scalars(select(Recipient).order_by(Recipient.row_number)).all()
    assert [row.row_number for row in rows] == [2, 3]
    key = service.data_key(campaign)
    opened = vault.open_recipient(key, campaign.id, 2, rows[0].sealed or b"")
    assert (opened.phone, opened.values) == ("+447700900123", {"name": "Ann"})
    assert rows[0].code_digest == vault.digest(opened.code)
    assert b"900123" not in (rows[0].sealed or b"")
    assert rows[1].fragments == 2


def test_event_of_an_upload_holds_counts_and_no_numbers(
    client: FlaskClient, campaign: Campaign
) -> None:
    send(client, campaign.id, LIST)
    events = db.session.scalars(
        select(AuditEvent).where(AuditEvent.campaign_id == campaign.id)
    ).all()
    assert [event.action for event in events] == [
        "recipients.uploaded",
        "recipients.matched",
        "recipients.viewed",
    ]
    assert events[1].changes["accepted"] == 3
    assert all("9001" not in str(event.changes) for event in events)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "The file is empty"),
        (b"phone number,name\n", "no rows"),
        (b"number,name\n07700900123,Ann\n", "No column is called"),
        (b"phone number\n07700900123\n", "The message needs a column called"),
        (b"\xff\xd8\xff\xe0" + b"JFIF" * 50, "picture"),
    ],
)
def test_bad_file_names_its_fault_and_stores_nothing(
    client: FlaskClient, campaign: Campaign, content: bytes, says: str
) -> None:
    page = send(client, campaign.id, content)
    assert page.status_code == 400
    assert says in page.text
    assert "Nothing of the file was stored" in page.text
    assert db.session.scalar(select(func.count()).select_from(Upload)) == 0
    refused = db.session.scalars(
        select(AuditEvent).where(AuditEvent.action == "recipients.refused")
    ).all()
    assert len(refused) == 1


def test_file_over_ten_megabytes_is_refused(client: FlaskClient, campaign: Campaign) -> None:
    data = b"phone number,name\n" + b"07700900123,Ann\n" * 700_000
    page = send(client, campaign.id, data[: 10 * 1024 * 1024 + 1])
    assert page.status_code == 400
    assert "larger than 10 MB" in page.text


def test_request_far_over_the_limit_gets_a_page(client: FlaskClient, campaign: Campaign) -> None:
    page = client.post(
        f"/campaigns/{campaign.id}/recipients",
        data=b"x" * (12 * 1024 * 1024),
        content_type="multipart/form-data; boundary=x",
    )
    assert page.status_code == 413
    assert "govuk-heading-l" in page.text


def test_no_file_is_an_error_at_the_field(client: FlaskClient, campaign: Campaign) -> None:
    page = client.post(f"/campaigns/{campaign.id}/recipients", data={})
    assert page.status_code == 400
    assert "Choose a file to upload" in page.text


def test_second_list_leaves_out_numbers_already_there(
    client: FlaskClient, campaign: Campaign
) -> None:
    send(client, campaign.id, LIST)
    page = send(client, campaign.id, "phone number,name\n+44 7700 900123,Ann\n07700900130,Bo\n")
    assert "Already in this campaign: 1 row" in page.text
    assert queries.accepted_count(campaign.id) == 4


def test_number_texted_lately_is_withheld(client: FlaskClient, campaign: Campaign) -> None:
    with transaction():
        db.session.add(
            LastContact(
                phone_digest=vault.digest("+447700900123"),
                texted_at=clock.now() - timedelta(days=89),
            )
        )
    page = send(client, campaign.id, "phone number,name\n07700900123,Ann\n07700900130,Bo\n")
    assert "Texted recently: 1 row" in page.text


def test_report_downloads_masked_and_neutralised(client: FlaskClient, campaign: Campaign) -> None:
    send(client, campaign.id, LIST)
    upload = queries.current_upload(campaign.id)
    assert upload is not None
    report = client.get(f"/campaigns/{campaign.id}/recipients/{upload.id}/report.csv")
    lines = report.text.splitlines()
    assert lines[0].startswith("row,number,reason")
    assert len(lines) == 1 + 4
    assert "07700" not in report.text
    assert "'+44 7*** ***123" in report.text


def test_removed_list_leaves_no_row(client: FlaskClient, campaign: Campaign) -> None:
    send(client, campaign.id, LIST)
    upload = queries.current_upload(campaign.id)
    assert upload is not None
    address = f"/campaigns/{campaign.id}/recipients/{upload.id}/remove"
    assert "Remove this list?" in client.get(address).text
    page = client.post(address, follow_redirects=True)
    assert "The list was removed" in page.text
    for table in (Recipient, RowProblem):
        assert db.session.scalar(select(func.count()).select_from(table)) == 0


def test_list_of_a_submitted_campaign_cannot_change(
    client: FlaskClient, campaign: Campaign
) -> None:
    with transaction():
        db.session.get_one(Campaign, campaign.id).status = CampaignStatus.SUBMITTED
    page = send(client, campaign.id, LIST)
    assert page.status_code == 409
    assert "can no longer be changed" in page.text
    assert queries.accepted_count(campaign.id) == 0


def test_message_comes_before_the_list(client: FlaskClient, campaign: Campaign) -> None:
    with transaction():
        db.session.get_one(Campaign, campaign.id).template_body = None
    assert "Choose the message first" in client.get(f"/campaigns/{campaign.id}/recipients").text
    assert send(client, campaign.id, LIST).status_code == 409


def test_list_of_another_campaign_is_not_found(client: FlaskClient, campaign: Campaign) -> None:
    send(client, campaign.id, LIST)
    upload = queries.current_upload(campaign.id)
    assert upload is not None
    assert client.get(f"/campaigns/{uuid4()}/recipients/{upload.id}").status_code == 404
