"""An auditor reads the log: every event in words, filters, pages, and one event."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from outreach.audit import queries
from outreach.domain.access import Role
from outreach.domain.actor import Actor
from outreach.domain.audit import ActorKind, AuditAction
from outreach.domain.audit_words import ACTION_WORDS
from outreach.extensions import db
from outreach.models import AuditEvent, User
from outreach.transaction import transaction
from tests.audit.pages import cells, newest_events, put
from tests.conftest import both_databases
from tests.factories import acting, cast, make_campaign

NOON = datetime(2031, 11, 24, 12, 0, tzinfo=UTC)
A = AuditAction


def read(client: FlaskClient, **filters: object) -> BeautifulSoup:
    response = client.get("/audit", query_string=filters)
    assert response.status_code == 200
    return BeautifulSoup(response.text, "html.parser")


def whats(page: BeautifulSoup) -> list[str]:
    """What each shown event says was done, without the auditor's own looking."""
    return [row[2] for row in cells(page) if row[2] != "Read the audit log"]


def test_every_action_has_words() -> None:
    assert set(ACTION_WORDS) == set(AuditAction)
    assert len(set(ACTION_WORDS.values())) == len(ACTION_WORDS)


@both_databases
def test_an_auditor_reads_who_did_what_on_what_and_why(app: Flask, as_auditor: FlaskClient) -> None:
    people = cast()
    campaign = make_campaign(app, title="Spring outreach")
    put(
        A.NUMBER_REVEALED,
        acting(people.approver, Role.APPROVER),
        at=NOON,
        object_type="recipient",
        object_id=12,
        campaign_id=campaign.id,
        changes={"times": 3, "is_held": True},
        reason="She asked us to ring back.",
    )
    (when, who, what, on, details), *_ = cells(read(as_auditor))
    assert when.startswith("24 November 2031 at midday")
    assert who == "Ade Approver approver"
    assert what == "Saw one full phone number"
    assert on == "recipient 12 in campaign “Spring outreach”"
    assert details == "Times: 3 Is held: yes Reason: She asked us to ring back."


def test_jobs_partners_and_strangers_are_named_as_such(app: Flask, as_auditor: FlaskClient) -> None:
    put(A.MESSAGES_SENT, Actor.job("send_batch"), at=NOON)
    put(A.SESSION_REFUSED, Actor.public(), at=NOON)
    put(A.USER_INVITED, Actor.job("command:user add"), at=NOON)
    put(A.AUDIT_COSIGNED, Actor.job("witness:charity.example/w"), at=NOON)
    put(A.CODE_CHECKED, Actor(ActorKind.PARTNER, "999", "partner"), at=NOON)
    people = [row[1] for row in cells(read(as_auditor))][:5]
    assert people == [
        "Account 999 partner",
        "The second body charity.example/w",
        "Somebody at the command line (user add)",
        "Somebody not signed in",
        "The service itself (send batch)",
    ]


@both_databases
def test_filters_narrow_to_what_was_asked_for(app: Flask, as_auditor: FlaskClient) -> None:
    people = cast()
    campaign = make_campaign(app)
    ade, rosa = acting(people.approver, Role.APPROVER), acting(people.requester, Role.REQUESTER)
    put(A.REPLY_READ, ade, at=NOON + timedelta(days=1), object_type="reply", object_id="77")
    put(A.REPORT_EXPORTED, rosa, at=NOON + timedelta(days=2), campaign_id=campaign.id)
    put(A.HOLD_PLACED, Actor.job("gate"), at=NOON + timedelta(days=3))
    days = {"since": ["24", "11", "2031"], "until": ["30", "11", "2031"]}

    def found(**filters: object) -> list[str]:
        return whats(read(as_auditor, **days, **filters))

    assert found() == ["Put a number on hold", "Exported a report", "Read a reply"]
    assert found(person=ade.name) == ["Read a reply"]
    assert found(person="kind:job") == ["Put a number on hold"]
    assert found(role="requester") == ["Exported a report"]
    assert found(action="reply.read") == ["Read a reply"]
    assert found(category="collection") == ["Put a number on hold"]
    assert found(campaign=str(campaign.id)) == ["Exported a report"]
    assert found(object_type="reply", object_id="77") == ["Read a reply"]
    assert found(object_type="Reply") == ["Read a reply"]
    put(A.RECIPIENTS_VIEWED, rosa, at=NOON + timedelta(days=1), object_type="upload")
    assert found(object_type="list") == found(object_type="Upload") == ["Looked at a list's report"]
    assert found(person=ade.name, category="collection") == []
    assert whats(read(as_auditor, since=["26", "11", "2031"], until=["26", "11", "2031"])) == [
        "Exported a report"
    ]


def test_days_begin_and_end_at_midnight_in_london(app: Flask, as_auditor: FlaskClient) -> None:
    just_before = datetime(2031, 6, 30, 22, 59, tzinfo=UTC)
    put(A.HOLD_PLACED, Actor.job("gate"), at=just_before)
    put(A.HOLD_RELEASED, Actor.job("gate"), at=just_before + timedelta(minutes=1))
    july = {"since": ["1", "7", "2031"], "until": ["1", "7", "2031"]}
    assert whats(read(as_auditor, **july)) == ["Released a hold"]


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        ({"since": ["31", "2", "2031"]}, "The first day must be a real date"),
        ({"since": ["2", "2", "2031"], "until": ["1", "2", "2031"]}, "The last day must be on or"),
        ({"object_id": "07700 900123"}, "Leave out phone numbers and referral codes"),
        ({"action": "drop.table"}, "Not a valid choice"),
        ({"campaign": "1"}, "Not a valid choice"),
    ],
)
def test_a_bad_filter_shows_its_error_and_no_events(
    app: Flask, as_auditor: FlaskClient, filters: dict[str, object], message: str
) -> None:
    put(A.HOLD_PLACED, Actor.job("gate"))
    page = read(as_auditor, **filters)
    assert message in page.select_one(".govuk-error-summary").get_text()
    assert cells(page) == []


def test_nothing_found_offers_a_way_back(app: Flask, as_auditor: FlaskClient) -> None:
    page = read(as_auditor, action="audit.exported")
    assert "No events match" in page.get_text()
    assert [a["href"] for a in page.select(".app-empty a")] == ["/audit"]


def test_odd_places_and_numbers_do_no_harm(app: Flask, as_auditor: FlaskClient) -> None:
    for place in ("-1", "0", "x", str(1 << 80), ""):
        assert as_auditor.get(f"/audit?before={place}&after={place}").status_code == 200


@both_databases
def test_pages_lead_through_every_event_once_and_back(
    app: Flask, as_auditor: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "PAGE_SIZE", 4)
    wanted = [f"Number: {n}" for n in range(9)]
    for n in range(9):
        put(A.HOLD_PLACED, Actor.job("gate"), changes={"number": n})
    seen: list[list[str]] = []
    href: str | None = "/audit?action=hold.placed"
    while href:
        page = BeautifulSoup(as_auditor.get(href).text, "html.parser")
        seen.append([row[4] for row in cells(page)])
        older = page.select_one(".govuk-pagination__next a")
        newer = page.select_one(".govuk-pagination__prev a")
        href = older and older["href"]
    assert [each for page in seen for each in page] == wanted[::-1]
    assert parse_qs(urlsplit(newer["href"]).query)["action"] == ["hold.placed"]
    back = BeautifulSoup(as_auditor.get(newer["href"]).text, "html.parser")
    assert [row[4] for row in cells(back)] == seen[-2]


def test_one_event_tells_all_it_holds(app: Flask, as_auditor: FlaskClient) -> None:
    kept = put(
        A.OPTOUT_REMOVED,
        acting(cast().approver, Role.APPROVER),
        at=NOON,
        changes={"kind": "opt_out"},
        reason="She asked in writing.",
    )
    page = BeautifulSoup(as_auditor.get(f"/audit/events/{kept.event_id}").text, "html.parser")
    assert page.h1.get_text() == "Ade Approver took a number off the suppression list"
    text = " ".join(page.main.get_text(" ").split())
    for part in ("2031-11-24 12:00:00.000000 UTC", "optout.removed", "Erasure", "Kind opt_out",
                 "She asked in writing.", str(kept.event_id)):  # fmt: skip
        assert part in text


def test_an_unknown_event_is_not_found(app: Flask, as_auditor: FlaskClient) -> None:
    assert as_auditor.get(f"/audit/events/{uuid4()}").status_code == 404
    assert as_auditor.get("/audit/events/7").status_code == 404


def test_looking_is_one_event_a_request_and_says_what_was_filtered(
    app: Flask, as_auditor: FlaskClient, person: Callable[..., User]
) -> None:
    kept = put(A.HOLD_PLACED, Actor.job("gate"))
    before = _count()
    as_auditor.get("/audit?action=hold.placed")
    as_auditor.get(f"/audit/events/{kept.event_id}")
    look, view = newest_events(2)
    assert _count() == before + 2
    assert (view.action, view.category, view.role) == ("audit.viewed", "consultation", "auditor")
    assert view.changes == {"action": "hold.placed", "events": 1}
    assert (look.action, look.object_id) == ("audit.event_viewed", str(kept.event_id))


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.AUDITOR])
def test_nobody_else_reads_the_log(
    app: Flask, client_as: Callable[..., FlaskClient], role: Role
) -> None:
    client = client_as(role)
    kept = put(A.HOLD_PLACED, Actor.job("gate"))
    before = _count()
    for path in ("/audit", f"/audit/events/{kept.event_id}"):
        assert client.get(path).status_code == 403
    assert not [e for e in newest_events(_count() - before) if e.action.startswith("audit.")]


def test_an_event_by_a_later_version_still_reads(app: Flask, as_auditor: FlaskClient) -> None:
    kept = put(A.HOLD_PLACED, Actor.job("gate"))
    with transaction():
        later = AuditEvent(
            **{c.name: getattr(kept, c.name) for c in AuditEvent.__table__.columns}
            | {"id": None, "event_id": uuid4(), "action": "hold.moved_away", "category": "other"}
        )
        db.session.add(later)
    page = read(as_auditor)
    assert re.match("hold: moved away", cells(page)[0][2], re.IGNORECASE)
    assert as_auditor.get(f"/audit/events/{later.event_id}").status_code == 200


def _count() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(AuditEvent)) or 0
