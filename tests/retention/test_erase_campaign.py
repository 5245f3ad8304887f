"""What is erased with a campaign, what stays, and that nothing of it can be found or opened."""

import subprocess
from itertools import product
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from outreach import clock, vault
from outreach.domain.optout import SuppressionKind
from outreach.domain.retention import ErasureKind
from outreach.extensions import db
from outreach.keys import SealBroken, open_sealed
from outreach.models import (
    ConfirmationText,
    DataKey,
    Erasure,
    LastContact,
    Outcome,
    ReceivedText,
    RowProblem,
    Upload,
)
from outreach.optouts import queries as optouts
from outreach.referrals.queries import find_by_code
from outreach.reports import queries as reports
from outreach.reports import service as publishing
from outreach.retention import running, service
from outreach.sending import queries as sending
from outreach.transaction import transaction
from tests.conftest import both_databases
from tests.databases import binary
from tests.retention.stage import (
    E164,
    NUMBER,
    Planted,
    all_blobs,
    erase_due,
    events,
    later,
    messages,
    plant,
    recipients,
)

SURVIVING = ("suppression", "hold", "last_contact")
"""Tables whose digests of numbers are meant to outlive the campaign."""


def record_outcome(code: str, as_partner: FlaskClient) -> None:
    answer = as_partner.post("/partner/outcome", data={"code": code, "outcome": "made_contact"})
    assert answer.status_code == 302, answer.text


@both_databases
def test_every_row_is_blanked(app: Flask) -> None:
    planted = plant(app)
    erase_due()
    for row in recipients(planted.campaign_id):
        assert (row.sealed, row.code_digest, row.row_number) == (None, None, 0)
        assert row.erased_at is not None
    for message in messages(planted.campaign_id):
        assert (message.notification_id, message.reason) == (None, None)
        assert message.reference not in planted.references
    replies = db.session.scalars(select(ReceivedText)).all()
    assert {(reply.sealed, reply.state) for reply in replies} == {
        (None, "automatic"),
        (None, "closed"),
    }
    assert db.session.scalars(select(RowProblem)).all() == []
    upload = db.session.scalars(select(Upload)).one()
    assert (upload.spool, upload.notices, upload.accepted) == (None, [], 2)
    assert "examples" not in upload.summary
    assert upload.summary["template"]
    confirmation = db.session.scalars(select(ConfirmationText)).one()
    assert (confirmation.notification_id, confirmation.status) == (None, "sent")


@both_databases
def test_nothing_planted_is_left_in_any_column(app: Flask) -> None:
    planted = plant(app)
    assert set(planted.sealed) | set(planted.digests) <= all_blobs()
    erase_due()
    left = all_blobs(but=SURVIVING)
    assert left.isdisjoint(planted.sealed)
    assert left.isdisjoint(planted.digests)
    assert left.isdisjoint({vault.digest(E164), *map(vault.digest, planted.codes)})


@both_databases
def test_nothing_that_is_left_opens_to_what_was_planted(app: Flask) -> None:
    """With the root key in hand, every live data key, and the sealed rows as a backup has them."""
    planted = plant(app)
    erase_due()
    db.session.rollback()
    live = [vault.open_data_key(row) for row in db.session.scalars(select(DataKey)) if row.wrapped]
    candidates = {*live, *(blob for blob in all_blobs() if len(blob) == 32)}
    row_places = [planted.campaign_id.bytes + n.to_bytes(4, "big") for n in range(1, 6)]
    for key, sealed, place in product(candidates, planted.sealed, row_places):
        with pytest.raises(SealBroken):
            open_sealed(key, sealed, place)


@both_databases
def test_no_dump_shows_it(app: Flask, database_url: str, as_partner: FlaskClient) -> None:
    planted = plant(app)
    record_outcome(planted.codes[0], as_partner)
    before = dump(database_url)
    assert hex_of(planted.digests[0]) in before
    erase_due()
    running.wipe_traces()
    after = dump(database_url)
    plain = [NUMBER.replace(" ", "")[1:], "Zebedee", "Larch", *planted.codes]
    hidden = [*planted.sealed, *planted.digests[2:]]
    for needle in [*plain, *map(hex_of, hidden), *(str(ref) for ref in planted.references)]:
        assert needle.lower() not in after, needle
    tables = [line for line in after.splitlines() if hex_of(planted.digests[0]) in line]
    assert len(tables) == 3  # suppressed, on hold, last texted
    assert all("recipient" not in line and "message" not in line for line in tables)


def test_the_bytes_of_the_file_are_overwritten(app: Flask, database_url: str) -> None:
    planted = plant(app)
    file = Path(urlsplit(database_url).path)
    secret = [*planted.sealed, *planted.digests[2:]]
    running.wipe_traces()
    assert all(each in file.read_bytes() for each in secret)
    erase_due()
    running.wipe_traces()
    db.session.remove()
    whole = file.read_bytes() + wal_of(file)
    assert [each for each in secret if each in whole] == []


@both_databases
def test_counts_and_reports_are_the_same_afterwards(app: Flask, as_partner: FlaskClient) -> None:
    planted = plant(app, size=9)
    for code in planted.codes:
        record_outcome(code, as_partner)
    with later(days=8), transaction():
        publishing.publish_week()
    before = told(planted)
    assert before[1][0].published.shown["made_contact"] == 10
    erase_due()
    assert told(planted) == before
    assert len(db.session.scalars(select(Outcome)).all()) == 9


def told(planted: Planted) -> tuple[object, list[object], object]:
    campaign = planted.campaign
    return (
        sending.funnel(campaign.id),
        reports.reports([campaign]),
        optouts.list_quality(campaign.id),
    )


@both_databases
def test_suppression_and_frequency_cap_outlive_it(app: Flask) -> None:
    plant(app)
    erase_due()
    db.session.rollback()
    digest = vault.digest(E164)
    assert optouts.active_suppression(digest, SuppressionKind.OPT_OUT) is not None
    assert len(db.session.scalars(select(LastContact)).all()) == 2


@both_databases
def test_both_keys_are_destroyed_and_codes_are_unknown(
    app: Flask, as_partner: FlaskClient, recipient: FlaskClient
) -> None:
    planted = plant(app)
    erase_due()
    campaign = planted.campaign
    for key_id in (campaign.data_key_id, campaign.outcome_key_id):
        key = db.session.get_one(DataKey, key_id)
        assert key.wrapped is None
        assert key.destroyed_at == campaign.erased_at
        assert vault.store().share(key_id) is None
    assert find_by_code(planted.codes[0]) is None
    assert recipient.get(f"/h/{planted.codes[0]}").status_code == 200
    page = as_partner.post("/partner", data={"code": planted.codes[0]})
    assert "not genuine" in page.text


@both_databases
def test_the_key_store_gives_nothing_back_after_a_rollback(app: Flask) -> None:
    """What cannot be rolled back happens only once what can be is committed."""
    planted = plant(app)
    key_id = planted.campaign.data_key_id
    with pytest.raises(KeyboardInterrupt):
        begin_and_die(planted)
    assert vault.store().share(key_id) is not None
    assert vault.open_data_key(db.session.get_one(DataKey, key_id))
    erase_due()
    assert vault.store().share(key_id) is None


@both_databases
def test_one_event_a_kind_says_how_many_and_nothing_erased(app: Flask) -> None:
    planted = plant(app)
    erase_due()
    told = {event.changes["kind"]: event for event in events("retention.erased")}
    assert set(told) == {kind.value for kind in ErasureKind}
    assert len(events("retention.erased")) == len(ErasureKind)
    assert {kind: event.changes["rows"] for kind, event in told.items()} == {
        "keys": 2,
        "recipients": 2,
        "messages": 2,
        "list-reports": 1,
        "lists": 1,
        "replies": 2,
        "confirmations": 1,
    }
    for event in told.values():
        assert (event.category, event.campaign_id) == ("erasure", planted.campaign_id)
        assert set(event.changes) == {"kind", "rows"}
    assert [event.changes for event in events("key.destroyed")] == [
        {"for": "campaign"},
        {"for": "outcomes"},
    ]


@both_databases
def test_a_second_run_does_nothing(app: Flask) -> None:
    plant(app)
    erase_due()
    count = len(events("retention.erased", "key.destroyed"))
    before = all_blobs()
    erase_due()
    assert len(events("retention.erased", "key.destroyed")) == count
    assert all_blobs() == before


@both_databases
def test_a_campaign_not_yet_due_is_left_alone(app: Flask) -> None:
    planted = plant(app, days_ago=29)
    erase_due()
    assert planted.campaign.erased_at is None
    assert set(planted.sealed) <= all_blobs()
    with later(days=1, minutes=1):
        erase_due()
    assert planted.campaign.erased_at is not None


@both_databases
def test_progress_is_kept_with_the_kinds(app: Flask) -> None:
    planted = plant(app)
    erase_due()
    rows = db.session.scalars(select(Erasure)).all()
    assert {row.kind for row in rows} == set(ErasureKind)
    assert all(row.ended_at is not None and row.ended_at <= clock.now() for row in rows)
    assert {row.campaign_id for row in rows} == {planted.campaign_id}


def begin_and_die(planted: Planted) -> None:
    with transaction():
        service.begin(planted.campaign_id, by=service.RETENTION)
        raise KeyboardInterrupt


def dump(database_url: str) -> str:
    """The database as its own tool writes it out."""
    db.session.rollback()
    if database_url.startswith("sqlite"):
        connection = db.engine.raw_connection()
        lines = "\n".join(connection.driver_connection.iterdump())
        connection.close()
        return lines.lower()
    command = [binary("pg_dump"), "--inserts", database_url]
    return subprocess.run(  # noqa: S603 - PostgreSQL’s own program
        command, capture_output=True, text=True, check=True
    ).stdout.lower()


def hex_of(value: bytes) -> str:
    return value.hex()


def wal_of(file: Path) -> bytes:
    wal = file.with_name(f"{file.name}-wal")
    return wal.read_bytes() if wal.exists() else b""
