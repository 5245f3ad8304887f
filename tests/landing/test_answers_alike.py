"""Valid, unknown, unreadable, expired and opted-out codes: nobody learns which codes exist."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from outreach import clock
from outreach.domain.actor import Actor
from outreach.domain.landing import PAGE_BYTES
from outreach.domain.optout import SuppressionKind, SuppressionSource
from outreach.domain.referral import new_code, spoken
from outreach.extensions import db
from outreach.landing import queries
from outreach.models import Campaign, Organisation
from outreach.optouts import service as optouts
from outreach.transaction import transaction
from tests.conftest import both_databases
from tests.referrals.released import HEADING, release

KINDS = (
    "valid",
    "valid in lower case",
    "opted out",
    "expired",
    "not released",
    "unknown",
    "wrong check symbol",
    "too short",
    "not a code",
)


@pytest.fixture
def codes(app: Flask, partner_organisation: Organisation) -> dict[str, str]:
    """One code of every kind."""
    live, expired = release(3), release(1)
    with transaction():
        db.session.execute(
            update(Campaign).where(Campaign.id == expired.campaign_id).values(erased_at=clock.now())
        )
        optouts.suppress(
            live.people[1].phone_digest,
            SuppressionKind.OPT_OUT,
            SuppressionSource.REPLY,
            by=Actor.job("tests"),
        )
    valid = live.people[0].code
    wrong_end = "0" if valid[-1] != "0" else "1"
    return {
        "valid": spoken(valid),
        "valid in lower case": valid.lower(),
        "opted out": spoken(live.people[1].code),
        "expired": spoken(expired.people[0].code),
        "not released": spoken(release(1, is_released=False).people[0].code),
        "unknown": spoken(new_code()),
        "wrong check symbol": spoken(valid[:-1] + wrong_end),
        "too short": "ABCD",
        "not a code": "<script>alert(1)",
    }


@contextmanager
def statements() -> Iterator[list[str]]:
    """Every statement SQLite runs within the block, as the driver tells it."""
    seen: list[str] = []
    with db.engine.connect() as connection:
        driver = connection.connection.driver_connection
    driver.set_trace_callback(lambda sql: seen.append(sql))
    try:
        yield seen
    finally:
        driver.set_trace_callback(None)
        quiet = ("BEGIN", "ROLLBACK", "SELECT 1")
        seen[:] = [sql for sql in seen if not sql.startswith(quiet)]


def answer(
    recipient: FlaskClient, method: str, path: str
) -> tuple[int, list[tuple[str, str]], int]:
    """Status, headers and length; the request's own random id and where a visit leads left out."""
    response = recipient.open(path, method=method)
    headers = [
        (name, value)
        for name, value in response.headers.items()
        if name not in {"X-Request-Id", "Location"}
    ]
    return response.status_code, headers, len(response.data)


def test_status_headers_and_length_are_the_same_for_every_code(
    recipient: FlaskClient, codes: dict[str, str]
) -> None:
    for method, end, length in (
        ("GET", "", PAGE_BYTES),
        ("GET", "/cy", PAGE_BYTES),
        ("GET", "/stop", PAGE_BYTES),
        ("GET", "/cy/not-me", PAGE_BYTES),
        ("HEAD", "", 0),
        ("POST", "/visit", 0),
        ("POST", "/stop", PAGE_BYTES),
        ("POST", "/not-me", PAGE_BYTES),
        ("POST", "/cy/stop", PAGE_BYTES),
    ):
        answers = {kind: answer(recipient, method, f"/h/{codes[kind]}{end}") for kind in KINDS}
        expected = answers["unknown"]
        assert expected[0] == (303 if end == "/visit" else 200)
        assert expected[2] == length
        assert {kind: found for kind, found in answers.items() if found != expected} == {}


def test_an_address_that_cannot_be_a_code_gets_the_same_page(
    recipient: FlaskClient, codes: dict[str, str]
) -> None:
    """Nothing of what was asked for comes back in the page."""
    response = recipient.get(f"/h/{codes['not a code']}")
    assert response.status_code == 200
    assert len(response.data) == PAGE_BYTES
    assert b"alert" not in response.data


def test_a_look_reads_once_and_renders_nothing_for_every_code(
    app: Flask, recipient: FlaskClient, codes: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Time cannot be compared without flaking; what takes the time can: reads and templates."""
    for code in codes.values():
        recipient.get(f"/h/{code}")  # every page rendered once
    rendered: list[str] = []
    monkeypatch.setattr(
        "outreach.landing.rendering._render", lambda name, *_, **__: rendered.append(name) or b""
    )
    reads = {}
    for kind, code in codes.items():
        with statements() as seen:
            recipient.get(f"/h/{code}")
        reads[kind] = seen
    assert rendered == []
    assert all(len(seen) == 1 for seen in reads.values()), reads
    shapes = {re.sub(r"[xX]?'[^']*'", "?", seen[0]) for seen in reads.values()}
    assert len(shapes) == 1, shapes


@both_databases
def test_the_one_read_goes_by_indexes_alone(app: Flask, partner_organisation: Organisation) -> None:
    read = queries._CONTENT.params(digest=b"x", language="en")
    sql = str(read.compile(db.engine, compile_kwargs={"literal_binds": True}))
    with db.engine.connect() as connection:
        if db.engine.dialect.name == "postgresql":
            connection.exec_driver_sql("SET enable_seqscan = off")  # few rows need no index
            explained = connection.exec_driver_sql(f"EXPLAIN {sql}")
        else:
            explained = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}")
        plan = " / ".join(str(row) for row in explained)
    assert "uq_recipient_code_digest" in plan or "(code_digest=?)" in plan
    assert "Seq Scan" not in plan
    assert "SCAN" not in plan


@pytest.mark.parametrize("act", ["stop", "not-me", "visit"])
def test_every_act_is_one_transaction_with_a_write_for_every_code(
    recipient: FlaskClient, codes: dict[str, str], act: str
) -> None:
    for kind, code in codes.items():
        with statements() as seen:
            recipient.post(f"/h/{code}/{act}")
        writes = [s for s in seen if s.startswith("INSERT INTO public_act_count")]
        assert len(writes) == 1, kind
        assert seen.count("COMMIT") == 1, kind


def test_a_valid_code_shows_the_campaign_and_no_other_code_does(
    recipient: FlaskClient, codes: dict[str, str]
) -> None:
    """The page is the same kind of page; only whoever was given a code sees what it is for."""
    shown = {kind: HEADING in recipient.get(f"/h/{code}").text for kind, code in codes.items()}
    assert [kind for kind in KINDS if shown[kind]] == ["valid", "valid in lower case", "opted out"]
