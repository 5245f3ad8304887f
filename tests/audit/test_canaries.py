"""A journey with planted numbers, values, reply texts and codes, on both databases.

None of them is in an event, a line of the export or a log line. To every address goes
`test_canaries_everywhere.py`.
"""

import json
import logging
import re
from collections.abc import Callable, Iterator
from io import BytesIO
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from outreach.audit import exporting
from outreach.domain.access import Role
from outreach.domain.campaign import CampaignStatus
from outreach.domain.personal_data import shows_number_or_code
from outreach.extensions import db
from outreach.jobs.pool import close_pools
from outreach.sending.delivery import run_slice
from outreach.sending.jobs import send_pool
from outreach.web.logs import JsonFormatter
from tests.audit.canaries import NAME, NUMBER, OTHER, REPLY, STOP, leaks
from tests.audit.log import seal
from tests.audit.pages import work
from tests.conftest import both_databases
from tests.factories import a_list, make_campaign, notify_of
from tests.settings import CALLBACK_TOKEN


@pytest.fixture
def log_lines(caplog: pytest.LogCaptureFixture) -> Callable[[], str]:
    """Everything that was logged, as the service writes it, and bare."""
    caplog.set_level(logging.DEBUG)
    form = JsonFormatter()

    def lines() -> str:
        return "\n".join(
            f"{form.format(record)} {record.getMessage()} {vars(record)}"
            for record in caplog.records
        )

    return lines


@pytest.fixture(autouse=True)
def threads_end(app: Flask) -> Iterator[None]:
    yield
    close_pools(app)


@both_databases
def test_no_canary_is_in_an_event_an_export_or_a_log_line(
    app: Flask,
    client_as: Callable[..., FlaskClient],
    recipient: FlaskClient,
    log_lines: Callable[[], str],
) -> None:
    people = {role: client_as(role, email=f"{role}2@example.org") for role in Role}
    codes = plant_by_sending(app, people[Role.REQUESTER])
    plant_by_answering(people[Role.REQUESTER], people[Role.APPROVER])
    plant_by_visiting(recipient, people[Role.PARTNER], codes)
    plant_by_typing(people)
    events, export, logged = all_events(), all_lines(), log_lines()
    assert events.count("\n") > 60
    assert "/h/<string:code>" in logged
    for where, found in (("event", events), ("export", export), ("log line", logged)):
        assert leaks({where: found.splitlines()}, codes) == []
    assert not [line for line in events.splitlines() if shows_number_or_code(line)]


def plant_by_sending(app: Flask, requester: FlaskClient) -> list[str]:
    """A list with a faulty row, previews, the report, the texts themselves; the codes they held."""
    rows = a_list([NUMBER, OTHER], [NAME, NAME]) + f"{NUMBER}99,{NAME}\n{NUMBER},{NAME}\n".encode()
    draft = make_campaign(app, title="Draft", recipients=rows)
    upload = requester.post(
        f"/campaigns/{draft.id}/recipients",
        data={"file": (BytesIO(rows), f"{NUMBER} {NAME}.csv")},
    )
    assert upload.status_code == 302
    page = upload.headers["Location"]
    for path in (page, f"{page}/report.csv", f"/campaigns/{draft.id}/check"):
        assert requester.get(path).status_code == 200, path
    requester.post(
        f"/campaigns/{draft.id}/recipients", data={"file": (BytesIO(b"\0" + rows), NUMBER)}
    )
    make_campaign(app, CampaignStatus.SENDING, title="Autumn", recipients=rows)
    assert run_slice("canaries", send_pool())
    assert send_pool().drain(20)
    sent = notify_of(app).sent
    assert len(sent) == 1  # the pilot
    receive_receipts(requester.application.test_client(), sent)
    return [mail.personalisation["link"].rpartition("/")[2] for mail in sent]


def receive_receipts(machine: FlaskClient, sent: list[object]) -> None:
    for mail in sent:
        body = {
            "id": str(uuid4()),
            "reference": mail.reference,
            "to": mail.to,
            "status": "delivered",
            "completed_at": "2026-11-24T01:11:56.000000Z",
            "notification_type": "sms",
        }
        headers = {"Authorization": f"Bearer {CALLBACK_TOKEN}"}
        machine.post("/notify/delivery-receipt", json=body, headers=headers)
        machine.post("/notify/delivery-receipt", json={**body, "id": mail.to}, headers=headers)


def plant_by_answering(requester: FlaskClient, approver: FlaskClient) -> None:
    """Replies come in, are read, acted on, and the number is looked at in full."""
    for words, number in ((REPLY, NUMBER), (STOP, OTHER), (REPLY, "07700 900849")):
        receive(requester.application.test_client(), words, number)
    receive(requester.application.test_client(), REPLY, NUMBER, token="not-the-token")
    work(requester.application)
    listing = requester.get("/replies")
    places = sorted(set(re.findall(r"/replies/[0-9a-f-]{36}", listing.text)))
    assert places
    for place in places:
        requester.post(f"{place}/take")
        assert "Larch Close" in requester.get(place).text  # it did come in
        requester.post(f"{place}/number", data={"reason": f"ring {NUMBER}"})
        shown = requester.post(f"{place}/number", data={"reason": "They asked us to ring."})
        assert shown.status_code == 200
    requester.post(f"{places[0]}/no-action")
    requester.post(f"{places[-1]}/opt-out")
    approver.get("/replies/dealt-with")


def receive(machine: FlaskClient, words: str, number: str, token: str = CALLBACK_TOKEN) -> None:
    body = {
        "id": str(uuid4()),
        "source_number": "44" + number.replace(" ", "")[1:],
        "destination_number": "07700900500",
        "message": words,
        "date_received": "2026-11-24T01:11:56.000000Z",
    }
    headers = {"Authorization": f"Bearer {token}"}
    machine.post("/notify/received-text", json=body, headers=headers)


def plant_by_visiting(recipient: FlaskClient, partner: FlaskClient, codes: list[str]) -> None:
    """The landing page is opened and acted on; the charity checks the code and records."""
    for code in codes:
        assert recipient.get(f"/h/{code}").status_code == 200
        recipient.post(f"/h/{code}/visit")
        assert partner.post("/partner", data={"code": code}).status_code == 200
        partner.post("/partner/outcome", data={"code": code, "outcome": "made_contact"})
        partner.post("/partner/withdrawal", data={"code": code})
        recipient.post(f"/h/{code}/stop")
        recipient.post(f"/h/{code}/not-me")


def plant_by_typing(people: dict[Role, FlaskClient]) -> None:
    """What people type where it does not belong, or where it does and must go no further."""
    requester, approver, auditor = (
        people[role] for role in (Role.REQUESTER, Role.APPROVER, Role.AUDITOR)
    )
    requester.post("/opt-outs/look-up", data={"number": NUMBER})
    requester.post("/opt-outs/add", data={"number": "07700 900845", "kind": "opt_out"})
    auditor.post("/audit/number", data={"phone": NUMBER})
    asked = {"number": NUMBER, "reason": "Request 117", "confirmed": "yes"}
    for path in ("", "/file", "/correct", "/erase"):
        approver.post(f"/subject-requests{path}", data=asked | {"reason": f"from {NUMBER}"})
        assert approver.post(f"/subject-requests{path}", data=asked).status_code < 500
    auditor.get("/audit", query_string={"object_id": NUMBER})
    auditor.get("/audit/events/" + NUMBER)
    title = {"title": f"Call {NAME} on {NUMBER}"}
    requester.post("/campaigns/new", data=title)
    approver.get(f"/campaigns/{uuid4()}?note={NUMBER}")
    stranger = requester.application.test_client()
    stranger.post("/sign-in", data={"email": f"{NUMBER}@example.org", "password": NAME})
    people[Role.PARTNER].post("/partner", data={"code": NUMBER})


def all_events() -> str:
    """Every column of every event, one a line."""
    db.session.rollback()
    rows = db.session.execute(text("SELECT * FROM audit_event ORDER BY id")).mappings()
    return "\n".join(json.dumps({k: str(v) for k, v in row.items()}) for row in rows)


def all_lines() -> str:
    seal()
    head = exporting.head(exporting.Wanted())
    return b"".join(exporting.lines(head)).decode()
