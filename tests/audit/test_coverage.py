"""Every table's changes are told by events, and what finds a silent change does find it."""

import ast
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

import outreach
from outreach.domain.access import Role
from outreach.domain.audit import AuditAction
from outreach.extensions import db
from outreach.models import Base, Setting
from outreach.transaction import transaction
from tests.audit.coverage import QUIET, THE_LOG, TOLD, Watch

PACKAGE = Path(outreach.__path__[0])


def recorded_actions() -> set[str]:
    """The names of actions that stand in the code outside the list of them."""
    found = set()
    for path in PACKAGE.rglob("*.py"):
        if path.parent.name == "domain" and path.name.startswith("audit"):
            continue
        tree = ast.parse(path.read_text())
        found |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    return found


def test_every_table_says_how_its_changes_are_told() -> None:
    tables = {table.name for table in Base.metadata.sorted_tables}
    assert tables == THE_LOG | QUIET.keys() | TOLD.keys()
    assert not QUIET.keys() & TOLD.keys()
    assert all(len(reason) > 10 for reason in QUIET.values())


@pytest.mark.parametrize("table", sorted(TOLD))
def test_the_events_that_tell_of_a_table_are_recorded_somewhere(table: str) -> None:
    missing = {action.name for action in TOLD[table]} - recorded_actions()
    assert missing == set()


def test_a_change_without_an_event_is_found(app: Flask) -> None:
    with Watch() as seen, transaction():
        db.session.add(Setting(name="price", value=3))
    with pytest.raises(AssertionError, match="changed without an event: setting"):
        seen.assert_told()


def test_a_change_with_its_event_passes(app: Flask, client_as: Callable[..., FlaskClient]) -> None:
    client = client_as(Role.REQUESTER)
    with Watch() as seen:
        client.post("/campaigns/new", data={"title": "Spring outreach"})
    assert "campaign" in seen.changed
    assert AuditAction.CAMPAIGN_CREATED in seen.actions
    seen.assert_told()


def test_reading_changes_nothing(app: Flask, as_auditor: FlaskClient) -> None:
    with Watch() as seen:
        as_auditor.get("/audit/verification")
    assert seen.changed <= QUIET.keys()
    seen.assert_told()
