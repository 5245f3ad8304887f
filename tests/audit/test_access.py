"""The access report: who looked at whose data, how often, who stands out, and why."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from flask import Flask
from flask.testing import FlaskClient

from outreach import clock
from outreach.domain.access import Role
from outreach.domain.actor import Actor
from outreach.domain.audit import AuditAction as A
from outreach.models import User
from tests.audit.pages import cells, newest_events, parse, put, words
from tests.conftest import both_databases
from tests.factories import acting, cast, make_campaign

MONDAY = datetime(2031, 3, 3, 10, tzinfo=UTC)
FRIDAY = MONDAY + timedelta(days=4)


def report(client: FlaskClient, **query: object) -> str:
    with clock.set_to(lambda: FRIDAY):
        answer = client.get("/audit/access", query_string=query)
    assert answer.status_code == 200
    return answer.text


@both_databases
def test_an_auditor_sees_who_looked_how_often_at_which_campaign_and_why(
    app: Flask, as_auditor: FlaskClient, person: Callable[..., User]
) -> None:
    people = cast()
    campaign = make_campaign(app, title="Spring outreach")
    ade, rosa = acting(people.approver, Role.APPROVER), acting(people.requester, Role.REQUESTER)
    for n in range(3):
        put(A.REPLY_READ, ade, at=MONDAY + timedelta(hours=n), campaign_id=campaign.id)
    put(A.RECIPIENTS_VIEWED, rosa, at=MONDAY + timedelta(days=1), campaign_id=campaign.id)
    put(
        A.NUMBER_REVEALED,
        ade,
        at=MONDAY + timedelta(days=1, hours=11),
        object_type="reply",
        object_id=7,
        campaign_id=campaign.id,
        reason="She asked us to ring back.",
    )
    put(A.REPLY_CLASSIFIED, Actor.job("rules"), at=MONDAY)
    put(A.SESSION_SIGNED_IN, ade, at=MONDAY)
    html = report(as_auditor)
    rows = cells(parse(html))
    assert ["Ade Approver approver", "4", "1", "1", "1", "3 March 2031: 3", ""] in rows
    assert ["Rosa Requester requester", "1", "0", "1", "0", "4 March 2031: 1", ""] in rows
    assert ["Spring outreach", "5", "2"] in rows
    assert rows[-1][1:] == ["Ade Approver", "reply 7", "She asked us to ring back."]
    assert ["3 March 2031", "3", "0"] in rows
    assert ["4 March 2031", "2", "1"] in rows


def test_the_picture_has_a_bar_for_each_day_on_which_somebody_looked(
    app: Flask, as_auditor: FlaskClient
) -> None:
    ade = acting(cast().approver, Role.APPROVER)
    for _ in range(4):
        put(A.REPLY_READ, ade, at=MONDAY)
    put(A.NUMBER_REVEALED, ade, at=FRIDAY, reason="She asked.")
    picture = parse(report(as_auditor, days="7")).svg
    bars = [(bar["x"], bar["height"]) for bar in picture.select("rect.app-bar__fill")]
    assert bars == [("21", "100.0"), ("61", "25.0"), ("61", "25.0")]
    assert len(picture.select("rect.app-bar__fill--bad")) == 1
    assert "style" not in str(picture)


def test_somebody_who_looks_far_more_often_comes_first_and_is_marked(
    app: Flask, as_auditor: FlaskClient
) -> None:
    people = cast()
    put(A.REPLY_READ, acting(people.requester, Role.REQUESTER), at=MONDAY)
    put(A.REPLY_READ, acting(people.approver, Role.APPROVER), at=MONDAY)
    for n in range(21):
        put(A.REPLY_READ, acting(people.other_approver, Role.APPROVER),
            at=MONDAY + timedelta(minutes=n))  # fmt: skip
    rows = [row for row in cells(parse(report(as_auditor))) if len(row) == 7]
    assert rows[0][0] == "Olive Approver approver"
    assert rows[0][6] == "Stands out looks far more often than the others"
    assert [row[6] for row in rows[1:]] == ["", ""]


@both_databases
def test_the_period_is_whole_days_in_london(app: Flask, as_auditor: FlaskClient) -> None:
    ade = acting(cast().approver, Role.APPROVER)
    in_london = datetime(2031, 3, 1, 0, 0, tzinfo=UTC)  # seven days to Friday the 7th
    put(A.REPLY_READ, ade, at=in_london - timedelta(seconds=1))
    assert "Nobody looked" in words(report(as_auditor, days="7"))
    put(A.REPLY_READ, ade, at=in_london)
    assert "Nobody looked" not in words(report(as_auditor, days="7"))
    assert "1 March 2031: 1" in words(report(as_auditor, days="7"))


def test_an_odd_period_is_the_usual_one(app: Flask, as_auditor: FlaskClient) -> None:
    for odd in ("", "0", "-3", "x", "99999999999"):
        assert "In the last 30 days nobody" in words(report(as_auditor, days=odd))


def test_reading_the_report_is_an_event(app: Flask, as_auditor: FlaskClient) -> None:
    report(as_auditor, days="90")
    (event,) = newest_events(1)
    assert (event.action, event.changes) == ("audit.access_viewed", {"days": 90})
