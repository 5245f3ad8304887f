"""One event's page takes its proof step by step, and says so where the proof fails."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text

from outreach import clock
from outreach.audit import tree
from outreach.extensions import db
from outreach.models import AuditEvent, AuditLeaf
from tests.audit.attacks import BATCHES, EDITS, edit
from tests.audit.log import as_superuser, make_log, seal, write
from tests.audit.pages import parse, text_of, words
from tests.conftest import both_databases


def page_of(client: FlaskClient, place: int) -> str:
    db.session.rollback()
    event_id = db.session.scalar(
        select(AuditEvent.event_id)
        .join(AuditLeaf, AuditLeaf.event_row_id == AuditEvent.id)
        .where(AuditLeaf.leaf_index == place)
    )
    answer = client.get(f"/audit/events/{event_id}")
    assert answer.status_code == 200
    return answer.text


@both_databases
@pytest.mark.parametrize("place", [0, 100, 255, 256, 319])
def test_the_steps_on_the_page_lead_to_the_signed_hash(
    app: Flask, as_auditor: FlaskClient, place: int
) -> None:
    """Worked out from nothing but what a person reads there."""
    make_log(*BATCHES)
    html = page_of(as_auditor, place)
    assert f"exactly what was sealed as entry {place}" in words(html)
    first, second, *steps, last = parse(html).select("ol li")
    current = bytes.fromhex(first.code.get_text())
    assert "That is the hash that was sealed" in text_of(second)
    for step in steps:
        neighbour, result = (bytes.fromhex(code.get_text()) for code in step.select("code"))
        is_left = "neighbour on its left" in text_of(step)
        pair = (neighbour, current) if is_left else (current, neighbour)
        current = sha256(b"\x01" + pair[0] + pair[1]).digest()
        assert current == result
    assert current.hex() == last.code.get_text()
    assert "so the event is in the signed log" in text_of(last)
    assert current == tree.signed_text(tree.newest()).root


@both_databases
def test_a_changed_event_is_shown_not_to_be_what_was_sealed(
    app: Flask, as_auditor: FlaskClient
) -> None:
    make_log(*BATCHES)
    with as_superuser() as connection:
        edit(connection, EDITS[0])
    said = words(page_of(as_auditor, 200))
    assert "Warning What the event says now is not what was sealed" in said
    assert "This event cannot be proven" in said
    assert "The hash that was sealed for entry 200 is another" in said


@both_databases
def test_a_changed_tree_is_shown_not_to_lead_to_the_signature(
    app: Flask, as_auditor: FlaskClient
) -> None:
    make_log(*BATCHES)
    with as_superuser() as connection:
        connection.execute(
            text("UPDATE audit_leaf SET leaf_hash = :zero WHERE leaf_index = 310"),
            {"zero": bytes(32)},
        )
    assert "does not lead to the signed root" in words(page_of(as_auditor, 315))
    assert "not what was sealed" in words(page_of(as_auditor, 310))


@both_databases
def test_a_head_by_another_key_is_not_believed(app: Flask, as_auditor: FlaskClient) -> None:
    make_log(5)
    with as_superuser() as connection:
        connection.execute(text("UPDATE audit_checkpoint SET note = 'gone'"))
    assert "The newest signed head cannot be believed." in words(page_of(as_auditor, 3))


@both_databases
def test_an_event_sealed_long_after_its_time_is_marked(app: Flask, as_auditor: FlaskClient) -> None:
    make_log(5)
    hours_ago = datetime.now(UTC) - timedelta(hours=3)
    with clock.set_to(lambda: hours_ago):
        write(1)
    seal()
    last = tree.newest().tree_size - 1
    assert "more than ten minutes after the time it names" in words(page_of(as_auditor, last))
    assert "more than ten minutes" not in words(page_of(as_auditor, 1))


def test_an_event_that_is_not_sealed_yet_says_so(app: Flask, as_auditor: FlaskClient) -> None:
    write(1)
    event_id = db.session.scalar(select(AuditEvent.event_id).order_by(AuditEvent.id.desc()))
    answer = as_auditor.get(f"/audit/events/{event_id}")
    assert "This event is not sealed yet." in words(answer.text)


def test_the_only_entry_of_a_log_is_its_own_proof(app: Flask, as_auditor: FlaskClient) -> None:
    seal(1)
    html = page_of(as_auditor, 0)
    assert "exactly what was sealed as entry 0" in words(html)
    assert len(parse(html).select("ol li")) == 3
