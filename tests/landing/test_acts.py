"""What a recipient's presses do, and that a look does nothing."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from outreach import clock
from outreach.domain.message import MessageStatus
from outreach.domain.optout import SuppressionKind, SuppressionSource
from outreach.domain.referral import new_code, spoken
from outreach.extensions import db
from outreach.models import AuditEvent, Message, Organisation, PublicActCount, Suppression
from outreach.models.referral import NO_CAMPAIGN
from outreach.optouts import queries as optouts
from outreach.optouts import under_way
from outreach.transaction import transaction
from tests.conftest import both_databases
from tests.referrals.released import Released, release


@pytest.fixture
def released(partner_organisation: Organisation) -> Released:
    return release(3, message_status=MessageStatus.PENDING)


def counts() -> dict[tuple[UUID, date, str], int]:
    db.session.rollback()
    rows = db.session.scalars(select(PublicActCount))
    return {(row.campaign_id, row.day, row.act): row.count for row in rows}


@both_databases
@pytest.mark.parametrize(
    ("act", "kind"),
    [("stop", SuppressionKind.OPT_OUT), ("not-me", SuppressionKind.WRONG_PERSON)],
)
def test_a_press_suppresses_the_number_the_code_was_sent_to(
    recipient: FlaskClient, released: Released, act: str, kind: SuppressionKind
) -> None:
    person, *others = released.people
    answer = recipient.post(f"/h/{spoken(person.code)}/{act}")
    assert answer.status_code == 200
    assert "no more texts like this one" in answer.text
    db.session.rollback()
    row = db.session.scalars(select(Suppression)).one()
    assert row.phone_digest == person.phone_digest
    assert (row.kind, row.source) == (kind, SuppressionSource.LANDING_PAGE)
    assert row.campaign_id == released.campaign_id
    assert set(optouts.withheld([p.phone_digest for p in released.people])) == {row.phone_digest}
    statuses = dict(db.session.execute(select(Message.recipient_id, Message.status)).all())
    assert statuses[person.recipient_id] is MessageStatus.SUPPRESSED
    assert {statuses[p.recipient_id] for p in others} == {MessageStatus.PENDING}


@pytest.mark.parametrize(("seconds_ago", "waits"), [(1, True), (60, False)])
def test_the_page_says_so_once_no_text_to_the_number_can_begin(
    recipient: FlaskClient,
    released: Released,
    monkeypatch: pytest.MonkeyPatch,
    seconds_ago: int,
    waits: bool,
) -> None:
    """A text claimed a moment ago may have passed its last look: its answer is waited for."""
    claimed_at = clock.now() - timedelta(seconds=seconds_ago)
    with transaction():
        db.session.execute(update(Message).values(status="sending", claimed_at=claimed_at))
    looks: list[float] = []
    monkeypatch.setattr(under_way.time, "sleep", looks.append)
    monkeypatch.setattr(under_way, "LONGEST_WAIT_SECONDS", 0.05)
    assert recipient.post(f"/h/{new_code()}/stop").status_code == 200
    assert not looks
    assert recipient.post(f"/h/{released.people[0].code}/stop").status_code == 200
    assert bool(looks) is waits


def test_the_event_of_a_stop_names_the_campaign_and_nobody(
    recipient: FlaskClient, released: Released
) -> None:
    recipient.post(f"/h/{released.people[0].code}/stop")
    db.session.rollback()
    event = db.session.scalars(
        select(AuditEvent).where(AuditEvent.campaign_id == released.campaign_id)
    ).one()
    assert (event.action, event.actor_kind, event.actor) == ("optout.added", "public", "public")
    assert released.people[0].code not in str(event.changes)


def test_pressing_twice_suppresses_once(recipient: FlaskClient, released: Released) -> None:
    address = f"/h/{released.people[0].code}/stop"
    first, second = recipient.post(address), recipient.post(address)
    assert first.data == second.data
    assert db.session.scalar(select(func.count()).select_from(Suppression)) == 1


def test_an_unknown_code_suppresses_nobody(recipient: FlaskClient, released: Released) -> None:
    recipient.post(f"/h/{new_code()}/stop")
    recipient.post("/h/nonsense/not-me")
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Suppression)) == 0


@both_databases
def test_acts_are_counted_by_campaign_and_day_and_nothing_finer(
    recipient: FlaskClient, released: Released
) -> None:
    code = released.people[0].code
    with clock.set_to(
        lambda: datetime(2026, 6, 1, 23, 30, tzinfo=UTC)
    ):  # 00:30 on 2 June in London
        recipient.post(f"/h/{code}/visit")
        recipient.post(f"/h/{released.people[1].code}/cy/visit")
        recipient.post(f"/h/{code}/stop")
        recipient.post(f"/h/{new_code()}/visit")
    with clock.set_to(lambda: datetime(2026, 6, 2, 23, 30, tzinfo=UTC)):
        recipient.post(f"/h/{code}/visit")
    assert counts() == {
        (released.campaign_id, date(2026, 6, 2), "visit"): 2,
        (released.campaign_id, date(2026, 6, 2), "stop"): 1,
        (released.campaign_id, date(2026, 6, 3), "visit"): 1,
        (NO_CAMPAIGN, date(2026, 6, 2), "visit"): 1,
    }


def test_a_look_changes_nothing(recipient: FlaskClient, released: Released) -> None:
    """Previews and scanners fetch pages; no fetch counts as an act."""
    before = db.session.scalar(select(func.max(AuditEvent.id)))
    for method in ("GET", "HEAD", "OPTIONS"):
        for end in ("", "/cy", "/stop", "/not-me", "/visit"):
            recipient.open(f"/h/{released.people[0].code}{end}", method=method)
    assert counts() == {}
    assert db.session.scalar(select(func.count()).select_from(Suppression)) == 0
    assert db.session.scalar(select(func.max(AuditEvent.id))) == before


def test_a_visit_leads_to_the_charity_and_carries_nothing(
    recipient: FlaskClient, released: Released
) -> None:
    answer = recipient.post(f"/h/{released.people[0].code}/visit")
    assert answer.status_code == 303
    assert answer.headers["Location"] == "https://riverside.example.org"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.data == b""


def test_a_visit_under_an_unknown_code_leads_to_general_help(
    recipient: FlaskClient, released: Released
) -> None:
    answer = recipient.post(f"/h/{new_code()}/visit")
    assert (answer.status_code, answer.headers["Location"]) == (303, "https://111.nhs.uk/")
    answer = recipient.post(f"/h/{new_code()}/cy/visit")
    assert answer.headers["Location"] == "https://111.wales.nhs.uk/"


def test_another_site_cannot_press_for_somebody(recipient: FlaskClient, released: Released) -> None:
    """There is no cookie to borrow; a browser that says so is refused even if it knows the code."""
    for site in ("cross-site", "same-site"):
        for act in ("stop", "not-me", "visit"):
            for code in (released.people[0].code, new_code()):
                answer = recipient.post(f"/h/{code}/{act}", headers={"Sec-Fetch-Site": site})
                assert answer.status_code == 403
    assert counts() == {}
    assert db.session.scalar(select(func.count()).select_from(Suppression)) == 0


@pytest.mark.parametrize("site", ["same-origin", "none"])
def test_our_own_page_can(recipient: FlaskClient, released: Released, site: str) -> None:
    address = f"/h/{released.people[0].code}/stop"
    assert recipient.post(address, headers={"Sec-Fetch-Site": site}).status_code == 200
