"""Partner figures are published once a week, and what is published stands."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from sqlalchemy import delete, insert, select, update

from outreach import clock
from outreach.domain.outcome import OutcomeKind
from outreach.extensions import db
from outreach.models import Campaign, Organisation, Outcome, PublicActCount, PublishedFigure
from outreach.reports import jobs, queries, service
from outreach.transaction import transaction
from tests.conftest import both_databases
from tests.referrals.released import Released, release

WEEK_46_END = datetime(2026, 11, 15, 23, 59, tzinfo=UTC)
WEEK_47 = datetime(2026, 11, 18, 12, tzinfo=UTC)
WEEK_48 = datetime(2026, 11, 23, 0, 1, tzinfo=UTC)
WEEK_49 = datetime(2026, 12, 2, 12, tzinfo=UTC)


@pytest.fixture
def released(app: Flask, partner_organisation: Organisation) -> Released:
    """Released in week 45, to eight people."""
    return release(8)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    with clock.set_to(lambda: moment):
        yield


def add_outcomes(released: Released, kind: OutcomeKind, week: str, count: int) -> None:
    with transaction():
        start = db.session.query(Outcome).count()
        db.session.execute(
            insert(Outcome),
            [
                {
                    "token": number.to_bytes(32),
                    "campaign_id": released.campaign_id,
                    "iso_week": week,
                    "outcome": kind,
                }
                for number in range(start, start + count)
            ],
        )


def publish() -> int:
    with transaction():
        return service.publish_week()


def shown(released: Released) -> tuple[str, dict[str, int | None]] | None:
    db.session.rollback()
    found = queries.latest_published([released.campaign_id]).get(released.campaign_id)
    return (found.iso_week, dict(found.shown)) if found else None


@both_databases
def test_a_week_is_published_when_it_is_over(released: Released) -> None:
    add_outcomes(released, OutcomeKind.MADE_CONTACT, "2026-W46", 9)
    add_outcomes(released, OutcomeKind.DECLINED, "2026-W46", 3)
    add_outcomes(released, OutcomeKind.MADE_CONTACT, "2026-W47", 40)
    with at(WEEK_47):
        assert publish() == 1
        assert publish() == 0
    assert shown(released) == (
        "2026-W46",
        {
            "made_contact": 10,
            "started_support": 0,
            "already_supported": 0,
            "declined": None,
            "visits": 0,
        },
    )
    with at(WEEK_48):
        assert publish() == 1
    week, figures = shown(released) or ("", {})
    assert (week, figures["made_contact"]) == ("2026-W47", 50)


def test_what_is_published_stands_whatever_is_corrected(released: Released) -> None:
    """Otherwise who looks again after each withdrawal sees the moment eight became seven."""
    add_outcomes(released, OutcomeKind.MADE_CONTACT, "2026-W46", 8)
    with at(WEEK_47):
        publish()
        before = shown(released)
        with transaction():
            db.session.execute(delete(Outcome).where(Outcome.token == (0).to_bytes(32)))
        assert publish() == 0
        assert shown(released) == before
    with at(WEEK_48):
        publish()
    assert (shown(released) or ("", {}))[1]["made_contact"] is None


@pytest.mark.parametrize(("people", "nought"), [(7, None), (8, 0)])
def test_of_a_few_people_not_even_a_nought_is_published(
    app: Flask, partner_organisation: Organisation, people: int, nought: int | None
) -> None:
    """Whoever made a list of one would learn from it that this person did not call."""
    few = release(people)
    add_outcomes(few, OutcomeKind.MADE_CONTACT, "2026-W46", 1)
    with at(WEEK_47):
        publish()
    assert (shown(few) or ("", {}))[1] == {
        "made_contact": None,
        "started_support": nought,
        "already_supported": nought,
        "declined": nought,
        "visits": nought,
    }


def test_only_published_figures_are_stored(released: Released) -> None:
    """A dump of the table holds no true count."""
    add_outcomes(released, OutcomeKind.MADE_CONTACT, "2026-W46", 33)
    add_outcomes(released, OutcomeKind.DECLINED, "2026-W46", 6)
    with at(WEEK_47):
        publish()
    stored = set(db.session.scalars(select(PublishedFigure.shown)))
    assert stored == {35, None, 0}


def test_visits_count_to_the_end_of_the_week(released: Released) -> None:
    with transaction():
        db.session.execute(
            insert(PublicActCount),
            [
                {"campaign_id": released.campaign_id, "day": day, "act": act, "count": count}
                for day, act, count in (
                    (date(2026, 11, 9), "visit", 10),
                    (date(2026, 11, 15), "visit", 4),
                    (date(2026, 11, 15), "stop", 50),
                    (date(2026, 11, 16), "visit", 60),
                )
            ],
        )
    with at(WEEK_47):
        publish()
    assert (shown(released) or ("", {}))[1]["visits"] == 15


def test_nothing_is_published_before_the_first_week_is_over(released: Released) -> None:
    with transaction():
        db.session.execute(update(Campaign).values(released_at=WEEK_47))
    with at(WEEK_47):
        assert publish() == 0
    assert shown(released) is None


def test_an_erased_campaign_is_published_once_more_and_then_rests(released: Released) -> None:
    with transaction():
        db.session.execute(update(Campaign).values(erased_at=WEEK_47))
    published = []
    for moment in (WEEK_47, WEEK_48, WEEK_49):
        with at(moment):
            published.append(publish())
    assert published == [1, 1, 0]


def test_a_campaign_never_released_has_no_figures(
    app: Flask, partner_organisation: Organisation
) -> None:
    release(1, is_released=False)
    with at(WEEK_47):
        assert publish() == 0


def test_the_tick_publishes(released: Released) -> None:
    with at(WEEK_47):
        jobs.publish_partner_figures()
        jobs.publish_partner_figures()
    assert (shown(released) or ("", {}))[0] == "2026-W46"


def test_another_worker_may_be_quicker(released: Released, monkeypatch: pytest.MonkeyPatch) -> None:
    with at(WEEK_47):
        publish()
        before = shown(released)
        monkeypatch.setattr(queries, "published_weeks", lambda _: set())
        jobs.publish_partner_figures()
    assert shown(released) == before
