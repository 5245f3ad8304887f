"""Recording: what an event must carry, and what it must never hold."""

from enum import StrEnum

import pytest
from flask import Flask
from sqlalchemy import func, select

from outreach.audit import service
from outreach.domain.actor import Actor
from outreach.domain.audit import AuditAction
from outreach.domain.personal_data import PersonalDataInAudit, ReasonMissing
from outreach.extensions import db
from outreach.models import AuditEvent
from outreach.transaction import transaction
from tests.conftest import both_databases

JOB = Actor.job("tests")


class Colour(StrEnum):
    RED = "red"


def record(**values: object) -> AuditEvent:
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
