"""What is held under one number: shown, told, handed over, and to nobody else."""

import json

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from outreach import vault
from outreach.domain.access import Role
from outreach.domain.campaign import CampaignStatus
from outreach.domain.optout import SuppressionKind, SuppressionSource
from outreach.domain.personal_data import shows_number_or_code
from outreach.extensions import db
from outreach.models import Campaign
from outreach.optouts import service as optouts
from outreach.transaction import transaction
from tests.conftest import both_databases
from tests.factories import SEEDING
from tests.replies.stage import arrive
from tests.retention.stage import erase_due, events, later, recipients
from tests.retention.test_pages import words
from tests.settings import STAFF_URL
from tests.subjects.stage import ASKED, E164, NUMBER, OTHER, REASON, find, on_list


@both_databases
def test_everything_under_the_number_is_shown(app: Flask, as_approver: FlaskClient) -> None:
    on_list(app, CampaignStatus.COMPLETED, "Spring outreach")
    on_list(app, CampaignStatus.DRAFT, "Autumn outreach")
    arrive("My sister is not well, Larch Close", number=E164)
    with transaction():
        optouts.suppress(
            vault.digest(E164), SuppressionKind.OPT_OUT, SuppressionSource.STAFF, by=SEEDING
        )
    page = words(find(as_approver))
    assert "What is held under +44 7*** ***847" in page
    for wanted in ("Spring outreach", "Autumn outreach", "Zebedee", "Delivered", "None yet"):
        assert wanted in page
    assert "My sister is not well, Larch Close" in page
    assert "Does not want texts" in page
    assert "On hold" in page
    assert "uploaded a list of recipients" in page
    assert "Quill" not in page


def test_an_unknown_number_holds_nothing(app: Flask, as_approver: FlaskClient) -> None:
    on_list(app, CampaignStatus.DRAFT)
    assert "Nothing is kept under this number" in find(as_approver, "07700 900111")
    assert [event.object_id for event in events("subject.found")] == ["unknown"]


def test_after_the_retention_nobody_is_found(app: Flask, as_approver: FlaskClient) -> None:
    on_list(app, CampaignStatus.COMPLETED)
    with later(days=31):
        erase_due()
    assert "Nothing is kept under this number" in find(as_approver)


@both_databases
def test_finding_is_told_on_the_persons_rows_with_the_reason(
    app: Flask, as_approver: FlaskClient
) -> None:
    campaign_id = on_list(app, CampaignStatus.COMPLETED)
    reply_id = arrive("STOP", number=E164)
    find(as_approver)
    told = events("subject.found")
    row = recipients(campaign_id)[0]
    assert [(event.object_type, event.object_id) for event in told] == [
        ("recipient", str(row.id)),
        ("reply", str(reply_id)),
    ]
    assert {(event.category, event.reason, event.role) for event in told} == {
        ("consultation", REASON, "approver")
    }


@both_databases
def test_the_file_says_it_all_in_plain_words(app: Flask, as_approver: FlaskClient) -> None:
    campaign_id = on_list(app, CampaignStatus.COMPLETED)
    arrive("My sister is not well", number=E164)
    answer = as_approver.post("/subject-requests/file", data=ASKED)
    assert answer.headers["Content-Disposition"] == "attachment; filename=what-we-hold.txt"
    assert answer.headers["Cache-Control"] == "no-store"
    said = answer.text
    for wanted in (
        f"Mobile number: {E164}",
        "name: Zebedee",
        ": delivered",
        "My sister is not well",
        "What it was for: To offer help",
        "What is not here",
    ):
        assert wanted in said, wanted
    assert "Quill" not in said
    assert "Spring outreach" not in said  # the team's own title
    assert "LARKSPUR" not in said
    assert not [code for code in codes_of(campaign_id) if code in said or dashed(code) in said]
    assert [event.category for event in events("subject.exported")] == ["disclosure"] * 2


def codes_of(campaign_id) -> list[str]:
    campaign = db.session.get_one(Campaign, campaign_id)
    key = vault.open_data_key(db.session.get_one(vault.DataKey, campaign.data_key_id))
    return [
        vault.open_recipient(key, campaign_id, row.row_number, row.sealed).code
        for row in recipients(campaign_id)
    ]


def dashed(code: str) -> str:
    return f"{code[:4]}-{code[4:8]}-{code[8:]}"


def test_the_number_gets_into_no_event_no_address_and_no_session(
    app: Flask, as_approver: FlaskClient
) -> None:
    on_list(app, CampaignStatus.DRAFT)
    find(as_approver)
    as_approver.post("/subject-requests/file", data=ASKED)
    done = as_approver.post("/subject-requests/erase", data={**ASKED, "confirmed": "yes"})
    assert "Location" not in done.headers
    db.session.rollback()
    rows = db.session.execute(text("SELECT * FROM audit_event")).mappings().all()
    assert not [row for row in rows if shows_number_or_code(json.dumps(dict(row), default=str))]
    with as_approver.session_transaction(base_url=STAFF_URL) as session:
        assert "900847" not in str(dict(session))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"number": "", "reason": REASON}, "Enter their mobile number"),
        ({"number": "123", "reason": REASON}, "Error"),
        ({"number": NUMBER, "reason": ""}, "Enter which request it is"),
        ({"number": NUMBER, "reason": f"They rang from {OTHER}"}, "Leave out phone numbers"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_shown(
    app: Flask, as_approver: FlaskClient, data: dict[str, str], message: str
) -> None:
    on_list(app, CampaignStatus.DRAFT)
    page = as_approver.post("/subject-requests", data=data).text
    assert message in page
    assert "Zebedee" not in page
    assert events("subject.found") == []


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.APPROVER])
@pytest.mark.parametrize("path", ["", "/file", "/erase", "/correct"])
def test_nobody_else_may(app: Flask, client_as, role: Role, path: str) -> None:
    on_list(app, CampaignStatus.DRAFT)
    answer = client_as(role).post(f"/subject-requests{path}", data={**ASKED, "confirmed": "yes"})
    assert answer.status_code == 403
    assert events("subject.found", "subject.exported", "subject.erased") == []
