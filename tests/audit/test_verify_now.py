"""An auditor verifies the log from a page: progress, the verdict, a kept checkpoint, the event."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text

from outreach import clock
from outreach.audit import checking, jobs, signing, tree
from outreach.domain.audit_damage import Damage
from outreach.domain.audit_verify import Trust, Verification
from outreach.domain.checkpoint import sign_checkpoint
from outreach.extensions import db
from outreach.models import AuditCheck, AuditCheckpoint, AuditEvent
from tests.audit.attacks import BATCHES, EDITS, PLACE, edit, make_anew
from tests.audit.log import as_superuser, make_log, seal, write
from tests.audit.pages import words, work
from tests.conftest import both_databases


def start(client: FlaskClient, checkpoint: str = "") -> str:
    answer = client.post("/audit/verification", data={"checkpoint": checkpoint})
    assert answer.status_code == 302, words(answer.text)
    return answer.headers["Location"]


def heads() -> list[AuditCheckpoint]:
    """The signed heads, the oldest first."""
    return list(db.session.scalars(select(AuditCheckpoint).order_by(AuditCheckpoint.tree_size)))


@both_databases
def test_a_log_that_holds_is_said_to(app: Flask, as_auditor: FlaskClient) -> None:
    make_log(*BATCHES)
    place = start(as_auditor)
    assert "The log is being verified" in words(as_auditor.get(place).text)
    assert as_auditor.get(f"{place}/progress").status_code == 200
    work(app)
    size = tree.newest().tree_size
    assert f"Nothing was changed All {size:,} sealed entries are as they were signed." in words(
        as_auditor.get(place).text
    )
    assert f'data-live-done="{place}"' in as_auditor.get(f"{place}/progress").text
    assert "Last verified" in words(as_auditor.get("/audit/verification").text)


@both_databases
def test_damage_is_named_and_warned_of_on_the_first_page(
    app: Flask, as_auditor: FlaskClient
) -> None:
    make_log(*BATCHES)
    with as_superuser() as connection:
        edit(connection, EDITS[0])
    place = start(as_auditor)
    work(app)
    said = words(as_auditor.get(place).text)
    assert "The log is damaged" in said
    assert f"Entry {PLACE}: changed." in said
    for kind in Damage:  # an outsider finds each word explained
        assert f"{kind.value.capitalize()}:" in said
    assert f"The last verification found damage: entry {PLACE}" in words(
        as_auditor.get("/audit").text
    )


@both_databases
def test_damage_that_stops_the_sealing_is_named_by_its_entry(
    app: Flask, as_auditor: FlaskClient
) -> None:
    make_log(*BATCHES)
    with as_superuser() as connection:
        connection.execute(text("DELETE FROM audit_leaf WHERE leaf_index = 310"))
    assert "Nothing more is sealed: Sealed entries are missing." in words(
        as_auditor.get("/audit").text
    )
    place = start(as_auditor)
    work(app)
    assert "Entry 310: removed." in words(as_auditor.get(place).text)


@both_databases
def test_an_event_slipped_in_under_the_sealed_ones_is_told(
    app: Flask, as_auditor: FlaskClient
) -> None:
    hour_ago = datetime.now(UTC) - timedelta(hours=1)
    with clock.set_to(lambda: hour_ago):
        make_log(30)
    make_log(3)
    with as_superuser() as connection:
        connection.execute(
            text(
                "INSERT INTO audit_event (id, event_id, at, actor_kind, actor, action, category,"
                " object_type, object_id, changes) SELECT -7, 'abcdefabcdefabcdefabcdefabcdefab',"
                " at, actor_kind, actor, action, category, object_type, object_id, changes"
                " FROM audit_event WHERE id = 5"
            )
        )
    place = start(as_auditor)
    work(app)
    assert "1 events are in the table that the log never sealed" in words(
        as_auditor.get(place).text
    )


def test_a_checkpoint_from_an_email_is_compared_however_it_was_mangled(
    app: Flask, as_auditor: FlaskClient
) -> None:
    make_log(*BATCHES)
    first = heads()[0]
    kept, size = first.note, first.tree_size
    mangled = "\r\n".join(
        f">  {line} " for line in f"Keep this message.\n\n{kept}\nBye".split("\n")
    )
    place = start(as_auditor, mangled)
    work(app)
    said = words(as_auditor.get(place).text)
    assert f"begins with the {size} entries of the checkpoint you kept" in said


@both_databases
def test_a_rewritten_log_does_not_fit_the_checkpoint_that_was_kept(
    app: Flask, as_auditor: FlaskClient
) -> None:
    make_log(*BATCHES)
    kept, own = heads()[1].note, signing.signer()
    with as_superuser() as connection:
        edit(connection, EDITS[0], 100)
        make_anew(connection, lambda head: sign_checkpoint(head, own))
    place = start(as_auditor, kept)
    work(app)
    assert "Split view. The log's own signatures tell two histories" in words(
        as_auditor.get(place).text
    )


def test_what_is_no_checkpoint_is_refused_on_the_form(app: Flask, as_auditor: FlaskClient) -> None:
    make_log(5)
    answer = as_auditor.post("/audit/verification", data={"checkpoint": "hello\nthere\nyou\nall"})
    assert "There is no checkpoint in what you pasted" in words(answer.text)
    assert db.session.scalars(select(AuditCheck)).all() == []


def test_a_checkpoint_of_another_log_proves_nothing(app: Flask, as_auditor: FlaskClient) -> None:
    from tests.sealed_log import SealedLog

    make_log(5)
    place = start(as_auditor, SealedLog(3).checkpoint(3))
    work(app)
    assert "The log could not be checked" in words(as_auditor.get(place).text)


@both_databases
def test_asking_and_the_result_are_events(app: Flask, as_auditor: FlaskClient) -> None:
    make_log(5)
    start(as_auditor)
    work(app)
    query = select(AuditEvent).where(AuditEvent.action == "audit.verified").order_by(AuditEvent.id)
    asked, ended = db.session.scalars(query).all()
    assert (asked.actor_kind, asked.role) == ("person", "auditor")
    assert (ended.actor, ended.changes["outcome"]) == ("verify_log", "holds")


def test_a_second_request_joins_the_verification_under_way(
    app: Flask, as_auditor: FlaskClient
) -> None:
    make_log(5)
    assert start(as_auditor) == start(as_auditor)
    assert start(as_auditor, tree.newest().note) != start(as_auditor)


@both_databases
def test_a_verification_whose_worker_died_begins_again(
    app: Flask, as_auditor: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_log(*BATCHES)
    check_id = UUID(start(as_auditor).rpartition("/")[2])
    app.extensions["outreach_engine"].huey.flush()
    monkeypatch.setattr(checking, "verify_export", _die)
    with pytest.raises(KeyboardInterrupt):
        checking.run(check_id)
    monkeypatch.undo()
    checking.run(check_id)  # another worker leaves it for half a minute
    db.session.rollback()
    assert checking.find(check_id).ended_at is None
    later = datetime.now(UTC) + timedelta(minutes=1)
    with clock.set_to(lambda: later):
        jobs.find_checks()
        work(app)
    assert checking.find(check_id).outcome == "holds"


def _die(*_: object) -> None:
    raise KeyboardInterrupt


@both_databases
def test_progress_is_told_while_it_runs(
    app: Flask, as_auditor: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "PROGRESS_SECONDS", 0)
    make_log(1_300)
    place = start(as_auditor)
    seen: list[int] = []
    record_result = checking.verify_export

    def verify(lines: Iterable[bytes], trust: Trust) -> Verification:
        def watched() -> Iterator[bytes]:
            for line in lines:
                seen.append(checking.find(UUID(place.rpartition("/")[2])).done)
                yield line

        return record_result(watched(), trust)

    monkeypatch.setattr(checking, "verify_export", verify)
    work(app)
    assert {512, 1024} <= set(seen)
    assert "Nothing was changed" in words(as_auditor.get(place).text)


def test_the_log_is_verified_every_day_by_itself(app: Flask) -> None:
    jobs.ask_for_daily_check()
    assert db.session.scalars(select(AuditCheck)).all() == []
    make_log(5)
    for _ in range(2):
        jobs.ask_for_daily_check()
        work(app)
    (check,) = db.session.scalars(select(AuditCheck)).all()
    assert (check.outcome, check.asked_by_id) == ("holds", None)
    tomorrow = datetime.now(UTC) + timedelta(hours=25)
    with clock.set_to(lambda: tomorrow):
        jobs.ask_for_daily_check()
    assert len(db.session.scalars(select(AuditCheck)).all()) == 2


def test_events_that_wait_too_long_are_warned_of(app: Flask, as_auditor: FlaskClient) -> None:
    make_log(5)
    write(1)
    assert "waited" not in words(as_auditor.get("/audit").text)
    later = datetime.now(UTC) + timedelta(minutes=3)
    with clock.set_to(lambda: later):
        assert "Events have waited for 3 minutes to be sealed." in words(
            as_auditor.get("/audit").text
        )
        seal()
        assert "to be sealed" not in words(as_auditor.get("/audit").text)
