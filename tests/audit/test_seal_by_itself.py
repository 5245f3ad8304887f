"""The sealer at work: what it refuses to sign, what it finds, whom it tells."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import text

from outreach import clock
from outreach.audit import jobs, sealing, signing, tree
from outreach.audit.sealing import TreeBroken
from outreach.extensions import db
from tests.audit.log import as_superuser, assert_whole, counts, make_log, seal, write
from tests.conftest import both_databases


@both_databases
@pytest.mark.parametrize(
    ("tamper", "message"),
    [
        ("UPDATE audit_leaf SET leaf_hash = :zero WHERE leaf_index = 290", "not those"),
        ("UPDATE audit_tile SET root = :zero WHERE level = 0 AND tile_index = 0", "not those"),
        ("DELETE FROM audit_leaf WHERE leaf_index = 299", "missing"),
        ("DELETE FROM audit_checkpoint WHERE tree_size = 301", "no head covers"),
        ("UPDATE audit_checkpoint SET note = replace(note, '301', '300')", "not ours"),
        ("DELETE FROM audit_key", "no key"),
    ],
)
def test_nothing_is_signed_on_top_of_what_was_not_signed(
    app: Flask, tamper: str, message: str
) -> None:
    make_log(10, 290)
    write(5)
    with as_superuser() as connection:
        values = {"zero": bytes(32)} if ":zero" in tamper else {}
        connection.execute(text(tamper), values)
    with pytest.raises(TreeBroken, match=message):
        seal()
    assert counts()[1] <= 301


@both_databases
def test_the_worker_seals_by_itself_and_says_when_it_cannot(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    write(5)
    jobs.seal_newest()
    db.session.rollback()
    assert tree.newest().tree_size == 6
    assert signing.origin() == "help.test/audit"
    with as_superuser() as connection:
        connection.execute(text("UPDATE audit_leaf SET leaf_hash = :zero"), {"zero": bytes(32)})
    write(1)
    jobs._alarmed_at.clear()
    jobs.seal_newest()
    jobs.seal_newest()
    said = [r.getMessage() for r in caplog.records if r.levelname == "ERROR"]
    assert len(said) == 1
    assert said[0].startswith("the audit log cannot be sealed: The sealed entries are not those")


@both_databases
def test_a_large_backlog_goes_to_a_job(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "SMALL_BATCH", 10)
    write(35)
    jobs.seal_newest()
    assert counts() == (36, 10)
    waiting = app.extensions["outreach_engine"].huey.pending()
    assert [task.name for task in waiting] == ["seal_backlog"]
    jobs.seal_backlog()
    assert_whole()


@both_databases
def test_an_event_that_was_passed_by_is_found_sealed_and_told(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    """As if a transaction had taken longer than ten minutes, or somebody had put an event in."""
    past = datetime.now(UTC) - timedelta(hours=1)
    with clock.set_to(lambda: past):
        make_log(5)
    write(5, start=50)
    seal()
    values = "(:id, :event_id, :at, 'job', 'x', 'hold.placed', 'collection', 'hold', '1', '{}')"
    columns = (
        "(id, event_id, at, actor_kind, actor, action, category, object_type, object_id, changes)"
    )
    with as_superuser() as connection:
        connection.execute(
            text(f"INSERT INTO audit_event {columns} VALUES {values}"),  # noqa: S608
            {"id": -3, "event_id": "0" * 32, "at": "2026-01-01 00:00:00.000000+00"},
        )
    assert not sealing.has_unsealed()
    assert sealing.left_behind() == 1
    jobs.seal_left_behind()
    assert sealing.left_behind() == 0
    assert "1 audit events were left unsealed" in caplog.text
    assert_whole()
