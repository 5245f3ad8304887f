"""Recording: what an event must carry, and what it must never hold."""

from enum import StrEnum

import pytest
from flask import Flask
from sqlalchemy import func, select

from outreach.audit import service
from outreach.campaigns import beginning
from outreach.domain.access import Role
from outreach.domain.actor import Actor
from outreach.domain.audit import AuditAction, AuditRecord
from outreach.domain.personal_data import PersonalDataInAudit, ReasonMissing
from outreach.extensions import db
from outreach.models import AuditEvent
from outreach.transaction import transaction
from tests.conftest import both_databases
from tests.factories import acting, cast

JOB = Actor.job("tests")


class Colour(StrEnum):
    RED = "red"


def record(**values: object) -> AuditRecord:
    return service.record(AuditAction.SETTING_CHANGED, JOB, "setting", "price", **values)


@both_databases
def test_an_event_is_kept_with_the_act_it_tells_of(app: Flask) -> None:
    with transaction():
        record(changes={"was": 1, "is": Colour.RED, "known": True, "note": None}, reason="Agreed.")
    kept = db.session.scalars(select(AuditEvent)).one()
    assert kept.changes == {"was": 1, "is": "red", "known": True, "note": None}
    assert (kept.action, kept.category) == ("setting.changed", "alteration")
    assert (kept.actor_kind, kept.actor, kept.reason) == ("job", "tests", "Agreed.")


@both_databases
def test_an_act_that_fails_leaves_no_event(app: Flask) -> None:
    def act_and_fail() -> None:
        with transaction():
            record()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        act_and_fail()
    assert db.session.scalar(select(func.count()).select_from(AuditEvent)) == 0


@both_databases
def test_what_is_rolled_back_is_in_no_later_transaction(app: Flask) -> None:
    """However little was done in it, and however it ended."""
    record()
    db.session.rollback()
    record()
    db.session.close()
    record()
    db.session.remove()
    with transaction():
        record(reason="Kept.")
    assert db.session.scalars(select(AuditEvent.reason)).all() == ["Kept."]


@both_databases
def test_a_transaction_reads_its_own_events(app: Flask) -> None:
    with transaction():
        record(reason="One.")
        record(reason="Two.")
        query = select(AuditEvent.reason).order_by(AuditEvent.id)
        assert db.session.scalars(query).all() == ["One.", "Two."]
        record(reason="Three.")
    assert db.session.scalars(query).all() == ["One.", "Two.", "Three."]


@both_databases
def test_a_savepoint_takes_its_events_back(app: Flask) -> None:
    with transaction():
        record(reason="Before.")
        with pytest.raises(RuntimeError), db.session.begin_nested():
            _record_and_fail()
        record(reason="After.")
    query = select(AuditEvent.reason).order_by(AuditEvent.id)
    assert db.session.scalars(query).all() == ["Before.", "After."]


def _record_and_fail() -> None:
    record(reason="Within.")
    raise RuntimeError


@both_databases
def test_an_event_may_tell_of_what_was_made_in_the_same_transaction(app: Flask) -> None:
    requester = cast().requester
    with transaction():
        made = beginning.create("Spring", by=acting(requester, Role.REQUESTER))
        record(campaign_id=made.id)
        campaign_id = made.id
    kept = db.session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert kept is not None
    assert kept.campaign_id == campaign_id


@pytest.mark.parametrize(
    "values",
    [
        {"changes": {"sent_to": "+44 7700 900123"}},
        {"changes": {"07700 900123": 1}},
        {"changes": {"number": 447700900123}},
        {"reason": "He rang from 07700 900123 and asked."},
        {"reason": "Opened /h/ABCD-EFGH-J"},
    ],
)
def test_a_number_or_a_code_is_refused(app: Flask, values: dict[str, object]) -> None:
    with pytest.raises(PersonalDataInAudit) as refusal:
        record(**values)
    assert "900123" not in str(refusal.value)


@pytest.mark.parametrize("reason", [None, "", "   "])
def test_an_action_that_needs_a_reason_is_refused_without(app: Flask, reason: str | None) -> None:
    with pytest.raises(ReasonMissing):
        service.record(AuditAction.NUMBER_REVEALED, JOB, "recipient", 7, reason=reason)


@pytest.mark.parametrize("value", [1.5, ["a"], {"a": 1}, b"x", 1 << 53])
def test_what_cannot_be_sealed_is_refused(app: Flask, value: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        record(changes={"value": value})


@both_databases
def test_a_reason_may_hold_any_character_but_nul_is_dropped(app: Flask) -> None:
    with transaction():
        record(reason="Ŵyn \x00said “yes” \u2028\x7f🙂", changes={"note": "a\x00b"})
    kept = db.session.scalars(select(AuditEvent)).one()
    assert (kept.reason, kept.changes) == ("Ŵyn said “yes” \u2028\x7f🙂", {"note": "ab"})
