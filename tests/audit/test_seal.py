"""Sealing: every committed event once, in one tree, whoever seals and whenever it was committed."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import event as on
from sqlalchemy import select, text

from outreach import clock
from outreach.audit import jobs, sealing, service, signing, tree
from outreach.audit.stored import event_bytes, sealed_columns
from outreach.domain.audit import AuditAction, canonical
from outreach.domain.checkpoint import open_checkpoint
from outreach.domain.merkle import root_of, verify_consistency, verify_inclusion
from outreach.extensions import db
from outreach.models import AuditCheckpoint, AuditEvent, AuditKey, AuditLeaf, AuditTile, DataKey
from outreach.transaction import transaction
from tests.audit.log import NAME, WRITER, assert_whole, counts, make_log, seal, write
from tests.conftest import both_databases
from tests.sealed_log import record

postgresql_only = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
"""SQLite has one writer at a time: numbers are given in the order of commits, and locks are one."""


@both_databases
def test_events_are_sealed_once_in_the_order_of_their_numbers(app: Flask) -> None:
    make_log(3, 1, 600, 0)
    assert counts() == (605, 605)
    assert seal() == 0
    assert_whole()
    assert db.session.scalars(select(AuditCheckpoint.tree_size)).all() == [4, 5, 605]


@both_databases
def test_what_is_sealed_is_what_the_domain_says_an_event_is(app: Flask) -> None:
    """Rows come back as the bytes of the record, in every shape a record has."""
    records = [record(number) for number in range(30)]
    with transaction():
        for one in records:
            db.session.add(
                AuditEvent(
                    event_id=UUID(one.id),
                    at=one.at,
                    actor_kind=one.actor_kind,
                    actor=one.actor,
                    role=one.role,
                    action=one.action.value,
                    category=one.action.category.value,
                    object_type=one.object_type,
                    object_id=one.object_id,
                    campaign_id=None,
                    changes=dict(one.changes),
                    reason=one.reason,
                )
            )
    rows = db.session.execute(select(*sealed_columns()).order_by(AuditEvent.id)).all()
    assert [event_bytes(row) for row in rows] == [canonical(one) for one in records]


@both_databases
def test_a_backlog_is_sealed_in_batches_and_full_tiles_are_kept(app: Flask) -> None:
    write(1_200)
    assert [seal(500), seal(500), seal(500)] == [500, 500, 201]
    assert_whole()
    tiles = db.session.execute(select(AuditTile.level, AuditTile.tile_index)).all()
    assert sorted(map(tuple, tiles)) == [(0, 0), (0, 1), (0, 2), (0, 3)]


@both_databases
def test_proofs_come_from_the_tables(app: Flask) -> None:
    make_log(40, 300, 400)
    size = tree.newest().tree_size
    root = tree.signed_text(tree.newest()).root
    leaves = list(db.session.scalars(select(AuditLeaf.leaf_hash).order_by(AuditLeaf.leaf_index)))
    for index in (0, 1, 39, 40, 255, 256, 511, 512, size - 1):
        verify_inclusion(index, size, leaves[index], tree.prove_inclusion(index, size), root)
    for old in (1, 41, 256, 341, 512, size):
        proof = tree.prove_consistency(old, size)
        verify_consistency(old, size, root_of(leaves[:old]), root, proof)


@postgresql_only
def test_an_open_transaction_is_sealed_when_it_commits_however_late(app: Flask) -> None:
    """Its number is lower than what was sealed meanwhile, also while no worker ran."""
    write(3)
    seal()
    with slow_writer(app) as commit:
        write(3, start=100)
        seal()
        assert counts() == (7, 7)
        commit()
    later = datetime.now(UTC) + timedelta(hours=5)
    with clock.set_to(lambda: later):
        assert sealing.has_unsealed()
        assert seal() == 1
    assert_whole()


@contextmanager
def slow_writer(app: Flask) -> Iterator[Callable[[], None]]:
    """An event that has its number and is not committed until the function is called."""
    written, go = threading.Event(), threading.Event()

    def act() -> None:
        with app.app_context(), transaction():
            service.record(AuditAction.HOLD_PLACED, WRITER, "hold", 1)
            db.session.flush()
            written.set()
            assert go.wait(20)

    thread = threading.Thread(target=act)
    thread.start()
    assert written.wait(20)

    def commit() -> None:
        go.set()
        thread.join()

    yield commit
    commit()


class Crew:
    """Threads with a database session each; what goes wrong in one is kept."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.faults: list[BaseException] = []

    def run(self, work: Callable[[], None]) -> threading.Thread:
        thread = threading.Thread(target=self._act, args=[work])
        thread.start()
        return thread

    def _act(self, work: Callable[[], None]) -> None:
        try:
            with self.app.app_context():
                work()
                db.session.remove()
        except BaseException as fault:
            self.faults.append(fault)


@both_databases
def test_many_writers_and_two_sealers_leave_no_gap(app: Flask) -> None:
    """Rolled-back transactions leave holes in the numbers, and none in the log."""
    stop, crew = threading.Event(), Crew(app)

    def seal_all_the_time() -> None:
        while not stop.is_set():
            seal(40)

    sealers = [crew.run(seal_all_the_time) for _ in range(2)]
    for thread in [crew.run(write_and_fail_at_times) for _ in range(4)]:
        thread.join()
    stop.set()
    for thread in sealers:
        thread.join()
    while seal():
        pass
    assert crew.faults == []
    assert counts() == (4 * 25 * 3 + 1,) * 2
    assert_whole()
    assert sealing.left_behind() == 0


def write_and_fail_at_times() -> None:
    for turn in range(25):
        if turn % 5 == 4:
            with pytest.raises(RuntimeError):
                fail_after_writing()
        write(3, start=turn)


def fail_after_writing() -> None:
    with transaction():
        service.record(AuditAction.HOLD_PLACED, WRITER, "hold", 1)
        db.session.flush()
        raise RuntimeError


@postgresql_only
def test_another_workers_sealing_is_left_alone(app: Flask) -> None:
    make_log(2)
    write(2)
    with db.engine.connect() as other, other.begin():
        taken = other.scalar(text(f"SELECT pg_try_advisory_xact_lock({sealing._LOCK})"))
        assert taken
        assert seal() == 0
    assert seal() == 2


@both_databases
def test_a_stop_between_storing_and_signing_leaves_nothing(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_log(2)
    write(300)
    with monkeypatch.context() as patched:
        patched.setattr(sealing, "_sign", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            seal()
    assert counts() == (303, 3)
    assert seal() == 300
    assert_whole()


@both_databases
def test_the_key_is_sealed_under_the_ring_and_its_making_is_an_event(app: Flask) -> None:
    make_log(1)
    key = db.session.scalars(select(AuditKey)).one()
    row = db.session.get_one(DataKey, key.data_key_id)
    seed = signing.signer().private.private_bytes_raw()
    assert seed not in row.wrapped
    actions = db.session.scalars(select(AuditEvent.action)).all()
    assert actions.count("key.created") == 1
    assert signing.verifiers()[0].text() == key.verifier


@both_databases
def test_after_a_change_of_key_both_are_named_and_the_log_goes_on(app: Flask) -> None:
    make_log(3)
    first = signing.verifiers()
    with transaction():
        signing.make_key("another.example/audit", by=WRITER)
    write(1)
    seal()
    newest, oldest = signing.verifiers()
    assert (oldest,) == first
    assert newest.name == oldest.name == NAME
    assert open_checkpoint(tree.newest().note, [newest]).checkpoint.size == 6
    assert_whole()


def test_a_tick_with_nothing_to_do_takes_no_lock(app: Flask) -> None:
    make_log(2)
    begun: list[str] = []
    on.listen(db.engine, "before_cursor_execute", lambda *a: begun.append(a[2]))
    jobs.seal_newest()
    assert begun
    assert not [s for s in begun if "IMMEDIATE" in s or s.startswith("INSERT")]
