"""Every column of text or bytes has a rule for how long it is kept, or a reason to need none."""

from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import JSON, LargeBinary, String, TypeDecorator

from outreach.domain.retention_rules import IMPERSONAL, RULES, Rule
from outreach.models import Base

DOCUMENT = Path(__file__).parents[2] / "docs" / "retention.md"


def could_be_personal() -> set[str]:
    found = set()
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            kind = column.type
            plain = kind.impl_instance if isinstance(kind, TypeDecorator) else kind
            if isinstance(plain, String | LargeBinary | JSON):
                found.add(f"{table.name}.{column.name}")
    return found


def test_every_column_that_could_be_personal_has_a_rule() -> None:
    """If this names your new column: add it to RULES, with what erases it, or say in IMPERSONAL
    why it holds nothing of a person."""
    ruled = Counter(column for rule in RULES for column in rule.columns)
    ruled.update(column for columns in IMPERSONAL.values() for column in columns.split())
    assert set(ruled) ^ could_be_personal() == set()
    assert {column for column, count in ruled.items() if count > 1} == set()


def test_the_walk_finds_what_it_is_for() -> None:
    assert {
        "recipient.sealed",
        "recipient.phone_digest",
        "user.email",
        "audit_event.changes",
        "campaign.purpose",
    } <= could_be_personal()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.what)
def test_the_document_shows_the_rule(rule: Rule) -> None:
    row = f"| {rule.what} | {rule.until} | {rule.ends} | {rule.why} |"
    assert row in DOCUMENT.read_text()
