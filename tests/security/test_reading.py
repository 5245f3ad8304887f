"""A GET changes nothing: no row of any table, but for the record that somebody looked.

Allowed are the audit log (looking at personal data is an event, Data Protection Act 2018 s.62), the
session's own time of last use, and who has a reply open: one reader at a time.
"""

import hashlib

import pytest
from sqlalchemy import Table, column, select

from outreach.domain.access import Role
from outreach.extensions import db
from outreach.models import Base
from tests.security.routes import routes
from tests.security.test_permissions import ask
from tests.security.world import World

READ_RECORDS = frozenset({"audit_event", "user_session"})
LEASE_COLUMNS = {"received_text": {"assigned_to_id", "assigned_at"}}


def contents() -> dict[str, str]:
    """A digest of every table's rows, leaving out what reading may write."""
    db.session.rollback()
    tables = [table for table in Base.metadata.sorted_tables if table.name not in READ_RECORDS]
    return {table.name: _digest(table) for table in tables}


def _digest(table: Table) -> str:
    left_out = LEASE_COLUMNS.get(table.name, set())
    columns = [column(name) for name in table.columns.keys() if name not in left_out]  # noqa: SIM118
    statement = select(*columns).select_from(table)
    rows = sorted(repr(tuple(row)) for row in db.session.execute(statement))
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_no_get_of_any_role_writes_anything(world: World, role: Role) -> None:
    before = contents()
    changed = {}
    for route in routes(world.app):
        if route.method != "GET" or not route.opens_to(role):
            continue
        ask(world.browser(role), world, route)
        after = contents()
        if after != before:
            changed[str(route)] = [name for name in after if after[name] != before[name]]
            before = after
    assert changed == {}


def test_the_rule_sees_a_write(world: World) -> None:
    before = contents()
    browser = world.browser(Role.REQUESTER)
    browser.post("/campaigns/new", data={"title": "Seen"})
    assert contents()["campaign"] != before["campaign"]
