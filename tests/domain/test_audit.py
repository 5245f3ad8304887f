import json
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach.domain.audit import (
    ACTION_CATEGORY,
    ActorKind,
    AuditAction,
    AuditCategory,
    AuditRecord,
    canonical,
    leaf_hash,
)
from tests.sealed_log import record

RECORD = AuditRecord(
    id="5f0a4a4e-6a53-4a0f-9d0e-0d1f6d6f1a11",
    at=datetime(2026, 3, 2, 9, 30, 0, 250, tzinfo=UTC),
    actor_kind=ActorKind.JOB,
    actor="send_batch",
    role=None,
    action=AuditAction.MESSAGES_SENT,
    object_type="campaign",
    object_id="7",
    campaign_id="7",
    changes={"count": 50, "références": "é\u2028\n\x7f", "is_pilot": True, "left": None},
    reason=None,
)


def test_the_sealed_form_is_pinned_down_to_the_byte() -> None:
    """A change here makes every log sealed before unverifiable: raise the version instead."""
    assert canonical(RECORD).decode() == (
        '{"action":"messages.sent","actor":"send_batch","actor_kind":"job",'
        '"at":"2026-03-02T09:30:00.000250Z","campaign_id":"7","category":"disclosure",'
        '"changes":{"count":50,"is_pilot":true,"left":null,"références":"é\u2028\\n\x7f"},'
        '"id":"5f0a4a4e-6a53-4a0f-9d0e-0d1f6d6f1a11","object_id":"7","object_type":"campaign",'
        '"reason":null,"role":null,"version":1}'
    )
    assert leaf_hash(RECORD) == sha256(b"\x00" + canonical(RECORD)).digest()


def test_every_field_is_sealed() -> None:
    others: dict[str, object] = {
        "id": "other",
        "at": RECORD.at + timedelta(microseconds=1),
        "actor_kind": ActorKind.PERSON,
        "actor": "other",
        "role": "admin",
        "action": AuditAction.MESSAGES_HELD,
        "object_type": "other",
        "object_id": None,
        "campaign_id": None,
        "changes": {**RECORD.changes, "count": 51},
        "reason": "other",
    }
    assert set(others) == {field.name for field in fields(AuditRecord)}
    changed = [leaf_hash(replace(RECORD, **{name: value})) for name, value in others.items()]  # type: ignore[arg-type]
    assert len({leaf_hash(RECORD), *changed}) == len(others) + 1


text = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
scalars = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | text


@settings(deadline=None)
@given(st.dictionaries(text, scalars, max_size=6), text, st.none() | text)
def test_the_sealed_form_is_rfc_8785_for_any_text(
    changes: dict[str, str | int | bool | None], actor: str, reason: str | None
) -> None:
    made = canonical(replace(RECORD, changes=changes, actor=actor, reason=reason))
    assert made == rfc8785.dumps(json.loads(made))
    read = json.loads(made)
    assert (read["changes"], read["actor"], read["reason"]) == (changes, actor, reason)


@pytest.mark.parametrize("value", [2**53, -(2**53), float("nan"), "\ud800", object()])
def test_a_value_without_a_sealed_form_is_refused(value: object) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  each encoder says it in its own words
        canonical(replace(RECORD, changes={"value": value}))  # type: ignore[dict-item]


def test_a_moment_has_one_spelling() -> None:
    elsewhere = RECORD.at.astimezone(timezone(timedelta(hours=1)))
    for at in (RECORD.at.replace(tzinfo=None), elsewhere):
        with pytest.raises(ValueError, match="aware and in UTC"):
            canonical(replace(RECORD, at=at))
    whole = canonical(replace(RECORD, at=datetime(2026, 3, 2, tzinfo=UTC)))
    assert b'"at":"2026-03-02T00:00:00.000000Z"' in whole


def test_every_action_has_one_of_the_six_statutory_categories() -> None:
    assert [category.value for category in AuditCategory] == [
        "collection",
        "alteration",
        "consultation",
        "disclosure",
        "combination",
        "erasure",
    ]
    assert set(ACTION_CATEGORY) == set(AuditAction)
    assert set(ACTION_CATEGORY.values()) == set(AuditCategory)


def test_action_names_say_what_happened_to_what() -> None:
    for action in AuditAction:
        noun, verb = action.value.split(".")
        assert action.name == f"{noun}_{verb}".upper()
        assert AuditAction(action.value) is action
        assert len(action.value) <= 40


@pytest.mark.parametrize(
    ("action", "category", "needs_reason"),
    [
        ("recipients.uploaded", AuditCategory.COLLECTION, False),
        ("campaign.approved", AuditCategory.ALTERATION, False),
        ("campaign.returned", AuditCategory.ALTERATION, True),
        ("number.revealed", AuditCategory.CONSULTATION, True),
        ("reply.read", AuditCategory.CONSULTATION, False),
        ("messages.sent", AuditCategory.DISCLOSURE, False),
        ("recipients.report_downloaded", AuditCategory.DISCLOSURE, False),
        ("recipients.matched", AuditCategory.COMBINATION, False),
        ("retention.erased", AuditCategory.ERASURE, False),
        ("optout.removed", AuditCategory.ERASURE, True),
    ],
)
def test_the_category_of_an_action(
    action: str, category: AuditCategory, needs_reason: bool
) -> None:
    found = AuditAction(action)
    assert (found.category, found.needs_reason) == (category, needs_reason)


def test_a_record_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        record(1).actor = "somebody else"  # type: ignore[misc]
