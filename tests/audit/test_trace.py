"""Who saw a number: typed by an auditor, found by its digest, told in events, kept nowhere."""

import logging
import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from outreach import vault
from outreach.domain.access import Role
from outreach.domain.audit import AuditAction as A
from outreach.domain.optout import SuppressionKind, SuppressionSource
from outreach.extensions import db
from outreach.models import AuditEvent, Recipient, Suppression
from outreach.optouts import service as optouts
from outreach.transaction import transaction
from tests.audit.pages import cells, newest_events, parse, put, words
from tests.conftest import both_databases
from tests.factories import NUMBERS, acting, cast, make_campaign

TYPED = NUMBERS[0]
E164 = "+44" + TYPED.replace(" ", "")[1:]


def ask(client: FlaskClient, number: str = TYPED) -> str:
    answer = client.post("/audit/number", data={"phone": number})
    assert answer.status_code == 200
    return answer.text


def recipient_id() -> int:
    query = select(Recipient.id).where(Recipient.phone_digest == vault.digest(E164))
    return db.session.scalars(query).one()


@both_databases
def test_every_look_at_the_number_and_at_its_lists_is_told(
    app: Flask, as_auditor: FlaskClient
) -> None:
    campaign = make_campaign(app, title="Spring outreach")
    ade = acting(cast().approver, Role.APPROVER)
    put(A.NUMBER_REVEALED, ade, object_type="recipient", object_id=recipient_id(),
        campaign_id=campaign.id, reason="She asked us to ring back.")  # fmt: skip
    put(A.NUMBER_REVEALED, ade, object_type="recipient", object_id=recipient_id() + 1,
        campaign_id=campaign.id, reason="Another person.")  # fmt: skip
    html = ask(as_auditor)
    assert "The number +44 7*** ***123" in words(html)
    assert "It is in 1 campaign: Spring outreach." in words(html)
    single, among = parse(html).select("table")
    assert [row[1:] for row in cells(single.parent)[:1]] == [
        ["Ade Approver", "Saw one full phone number", "Spring outreach",
         "She asked us to ring back."]
    ]  # fmt: skip
    assert "Another person." not in html
    assert "Uploaded a list of recipients" in among.get_text()


@both_databases
def test_opt_outs_and_holds_of_the_number_are_told(app: Flask, as_auditor: FlaskClient) -> None:
    ade = acting(cast().approver, Role.APPROVER)
    kinds = (SuppressionKind.OPT_OUT, SuppressionKind.WRONG_PERSON)
    with transaction():
        for kind in kinds:
            optouts.suppress(vault.digest(E164), kind, SuppressionSource.STAFF, by=ade)
        optouts.hold(vault.digest(E164), by=ade)
    ids = db.session.scalars(select(Suppression.id).order_by(Suppression.id)).all()
    put(A.OPTOUT_LOOKED_UP, ade, object_type="suppression", object_id=" ".join(map(str, ids)))
    found = [row[2] for row in cells(parse(ask(as_auditor))) if len(row) == 5]
    assert found.count("Put a number on the suppression list") == 2
    assert "Put a number on hold" in found
    assert "Looked up a number on the suppression list" in found
    assert "It is in no campaign." in words(ask(as_auditor))


@both_databases
def test_asking_is_an_event_that_a_later_question_shows(
    app: Flask, as_auditor: FlaskClient
) -> None:
    make_campaign(app)
    ask(as_auditor)
    (event,) = newest_events(1)
    assert (event.action, event.object_type) == ("audit.number_traced", "recipient")
    assert event.object_id == str(recipient_id())
    assert event.changes == {"campaigns": 1, "replies": 0, "is_suppressed": False}
    assert "Asked who saw a number" in ask(as_auditor)


def test_an_unknown_number_is_said_to_be_unknown_and_asking_is_an_event(
    app: Flask, as_auditor: FlaskClient
) -> None:
    assert "Nothing is kept under this number" in words(ask(as_auditor, "07700 900555"))
    (event,) = newest_events(1)
    assert (event.action, event.object_id) == ("audit.number_traced", "unknown")


def test_the_number_is_in_no_event_no_log_line_and_no_address(
    app: Flask, as_auditor: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    make_campaign(app)
    with caplog.at_level(logging.DEBUG):
        html = ask(as_auditor)
    digits = re.compile("900123|9 0 0 1 2 3|900 123")
    assert not digits.search(re.sub(r"\s", "", html))
    said = " ".join(f"{r.getMessage()} {vars(r).get('fields')}" for r in caplog.records)
    assert not digits.search(said)
    kept = [f"{e.object_id} {e.changes} {e.reason}" for e in db.session.scalars(select(AuditEvent))]
    assert not digits.search(" ".join(kept))
    assert vault.digest(E164).hex() not in " ".join(kept)
    assert as_auditor.get("/audit/number", query_string={"phone": TYPED}).status_code == 200
    assert newest_events(1)[0].action == "audit.number_traced"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Enter a mobile number"),
        ("020 7946 0000", "landline"),
        ("hello", "number"),
        ("+7 700 900 1234", "number"),
    ],
)
def test_what_is_no_mobile_number_is_refused_on_the_form_and_looked_up_nowhere(
    app: Flask, as_auditor: FlaskClient, typed: str, said: str
) -> None:
    html = ask(as_auditor, typed)
    assert said in parse(html).select_one(".govuk-error-summary").get_text()
    assert newest_events(1)[0].action != "audit.number_traced"


def test_only_auditors_may_ask(app: Flask, client_as: Callable[..., FlaskClient]) -> None:
    for role in (Role.REQUESTER, Role.APPROVER, Role.PARTNER, Role.ADMIN):
        answer = client_as(role).post("/audit/number", data={"phone": TYPED})
        assert answer.status_code == 403
