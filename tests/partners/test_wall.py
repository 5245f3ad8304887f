"""The wall: from everything the force holds, nobody can tell which person turned to the charity.

The attacker has a full dump of the database, the list of people with their numbers and codes, the
logs, and knows how all of it works. What it lacks is the campaign's outcome key. First the worlds:
where two courses of events leave the same dump, no attack at all can tell them apart. Then attacks
by name: key, order, time, row ids, sequence of the audit log.
"""

import hashlib
import hmac
import logging
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice, permutations
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError

from outreach import clock
from outreach.domain.referral import spoken
from outreach.extensions import db
from outreach.factory import create_app
from outreach.models import Outcome, User
from outreach.partners import service
from outreach.transaction import transaction
from tests.conftest import HostClient, sign_in
from tests.databases import PostgresCluster
from tests.partners.dumps import Dump, blobs, dump
from tests.referrals.released import Person
from tests.settings import PUBLIC_URL, STAFF_URL, make_settings

MONDAY = datetime(2026, 11, 23, 10, tzinfo=UTC)
Act = tuple[timedelta, int, str]
"""When in the week, whose code, what came of it."""


@dataclass
class World:
    """What an attacker finds after a course of events."""

    tables: Dump
    log: list[str]


@contextmanager
def opened(url: str, folder: Path) -> Iterator[Flask]:
    app = create_app(make_settings(database_url=url, instance_path=folder))
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def copies(
    request: pytest.FixtureRequest, tmp_path: Path, sqlite_template: Path
) -> Callable[[], str]:
    """A function that gives the address of a fresh copy of one and the same prepared database."""
    if request.param == "sqlite":
        prepared = tmp_path / "prepared.db"
        shutil.copy(sqlite_template, prepared)
        _prepare(f"sqlite:///{prepared}", tmp_path)

        def copy() -> str:
            fresh = tmp_path / f"copy-{len(list(tmp_path.glob('copy-*.db')))}.db"
            shutil.copy(prepared, fresh)
            return f"sqlite:///{fresh}"

        return copy
    cluster: PostgresCluster = request.getfixturevalue("postgres")
    template = cluster.new_database()
    _prepare(template, tmp_path)
    return lambda: cluster.new_database(template.rpartition("/")[2])


PEOPLE: list[Person] = []


def _prepare(url: str, folder: Path) -> None:
    from outreach.accounts import service as accounts
    from outreach.domain.actor import Actor
    from tests.partners.conftest import partner
    from tests.referrals.released import release

    with opened(url, folder):
        with transaction():
            organisation = accounts.add_organisation(
                name="Riverside", phone="1", website="https://r.example", by=Actor.job("tests")
            )
        partner("ann@riverside.example.org", organisation)
        PEOPLE[:] = release(12, organisation=organisation).people


def live(url: str, folder: Path, course: list[Act], caplog: pytest.LogCaptureFixture) -> World:
    """Let a partner work through the course by the real pages, and a week go by; then look."""
    caplog.clear()
    with opened(url, folder) as app, caplog.at_level(logging.INFO):
        app.test_client_class = HostClient
        ann = db.session.query(User).filter_by(email="ann@riverside.example.org").one()
        client = sign_in(app.test_client(), ann)
        for after, who, outcome in course:
            with clock.set_to(lambda after=after: MONDAY + after):
                _call(app, client, PEOPLE[who].code, outcome)
        with clock.set_to(lambda: MONDAY + timedelta(days=7)), transaction():
            service.publish_acts()
        log = [
            f"{r.name} {r.getMessage()} {getattr(r, 'fields', {}).get('route')}"
            for r in caplog.records
        ]
        return World(dump(), log)


def _call(app: Flask, client: FlaskClient, code: str, outcome: str) -> None:
    """The person opens the link and goes on to the charity; the charity checks and records."""
    recipient = app.test_client()
    recipient.get(f"/h/{code}", base_url=PUBLIC_URL)
    recipient.post(f"/h/{code}/visit", base_url=PUBLIC_URL)
    for path, data in (("", {}), ("/outcome", {"outcome": outcome})):
        answer = client.post(f"/partner{path}", base_url=STAFF_URL, data={"code": code, **data})
        assert answer.status_code in {200, 302}


def without_tokens(tables: Dump) -> Dump:
    """The dump with each token, which looks random without the key, taken out."""
    hidden: Dump = dict(tables)
    hidden["outcome"] = [{**row, "token": None} for row in tables["outcome"]]
    return hidden


def hours(number: int) -> timedelta:
    return timedelta(hours=number)


def test_whoever_calls_leaves_the_same_dump(
    copies: Callable[[], str], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """One call, made by any of three people: nothing but the token's bytes differs."""
    worlds = [
        live(copies(), tmp_path, [(hours(1), who, "made_contact")], caplog) for who in range(3)
    ]
    assert len(worlds[0].tables["outcome"]) == 1
    assert worlds[0].log
    for world in worlds[1:]:
        assert without_tokens(world.tables) == without_tokens(worlds[0].tables)
        assert world.log == worlds[0].log
    tokens = {bytes(world.tables["outcome"][0]["token"]) for world in worlds}
    assert len(tokens) == 3


def test_whatever_the_order_of_the_calls_the_dump_is_the_same(
    copies: Callable[[], str], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Three people, three outcomes, three moments, in three orders: not one byte differs."""
    calls = [(0, "made_contact"), (1, "started_support"), (2, "declined")]
    worlds = [
        live(
            copies(),
            tmp_path,
            [(hours(20 * place), who, outcome) for place, (who, outcome) in enumerate(order)],
            caplog,
        )
        for order in islice(permutations(calls), 0, None, 2)
    ]
    assert len(worlds[0].tables["outcome"]) == 3
    for world in worlds[1:]:
        assert world.tables == worlds[0].tables
        assert world.log == worlds[0].log


def test_a_correction_or_a_withdrawal_leaves_nothing_of_before(
    copies: Callable[[], str], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A first outcome that was corrected cannot be read off what is left."""
    firsts = ("made_contact", "declined", "already_supported")
    worlds = [
        live(
            copies(),
            tmp_path,
            [(hours(1), 0, first), (hours(2), 1, "declined"), (hours(9), 0, "started_support")],
            caplog,
        )
        for first in firsts
    ]
    assert worlds[0].tables == worlds[1].tables == worlds[2].tables


# Attacks by name, on a course of many calls.


@pytest.fixture
def attacked(
    copies: Callable[[], str], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> tuple[World, list[Act]]:
    kinds = ["made_contact", "started_support", "already_supported", "declined"]
    course = [
        (hours(7 * place), who, kinds[who % 4]) for place, who in enumerate((5, 0, 3, 9, 1, 7))
    ]
    return live(copies(), tmp_path, course, caplog), course


Attacked = tuple[World, list[Act]]


def test_attack_by_key(attacked: Attacked) -> None:
    """Every value in the database tried as a key, and every plain digest of every code."""
    world, _ = attacked
    tokens = {bytes(row["token"]) for row in world.tables["outcome"]}
    assert len(tokens) == 6
    codes = [form.encode() for p in PEOPLE for form in (p.code, spoken(p.code))]
    plain = {
        digest(code).digest() for code in codes for digest in (hashlib.sha256, hashlib.blake2s)
    }
    assert tokens.isdisjoint(plain)
    assert tokens.isdisjoint(blobs({k: v for k, v in world.tables.items() if k != "outcome"}))
    keys = {key for key in blobs(world.tables) if key}
    for code in codes:
        assert tokens.isdisjoint(hmac.digest(key, code, "sha256") for key in keys)
        assert tokens.isdisjoint(hashlib.sha256(key + code).digest() for key in keys)


def test_attack_by_order_of_rows(attacked: Attacked) -> None:
    """Rows lie in the order of their tokens, which is nobody's order, and one moment wrote all."""
    world, _ = attacked
    tokens = [bytes(row["token"]) for row in world.tables["outcome"]]
    assert tokens == sorted(tokens)
    assert len({row.get("writer") for row in world.tables["outcome"]}) == 1


def test_attack_by_time(attacked: Attacked) -> None:
    """An outcome has a week; what tells of recording has the next week's time, the same for all."""
    world, _ = attacked
    columns = {column.name: column.type.python_type for column in Outcome.__table__.columns}
    assert set(columns) == {"token", "campaign_id", "iso_week", "outcome"}
    assert datetime not in columns.values()
    assert {row["iso_week"] for row in world.tables["outcome"]} == {"2026-W48"}
    told = [e for e in world.tables["audit_event"] if str(e["action"]).startswith("outcome.")]
    assert len(told) == 1
    assert str(told[0]["at"]).startswith("2026-11-30 10:00:00")


def test_attack_by_row_ids(attacked: Attacked) -> None:
    """No number counts up: on SQLite the table has no row numbers at all."""
    world, _ = attacked
    assert all(not isinstance(row["token"], int) for row in world.tables["outcome"])


def test_outcomes_have_no_row_numbers(app: Flask) -> None:
    with db.engine.connect() as connection, pytest.raises(OperationalError, match="rowid"):
        connection.exec_driver_sql("SELECT rowid FROM outcome")


def test_attack_by_sequence_of_the_audit_log(attacked: Attacked) -> None:
    """Checks stand in the log in their order; nothing about outcomes stands among them."""
    world, course = attacked
    actions = [event["action"] for event in world.tables["audit_event"]]
    checks = [place for place, action in enumerate(actions) if action == "code.checked"]
    assert len(checks) == len(course)
    told = [place for place, action in enumerate(actions) if action.startswith("outcome.")]
    assert min(told) > max(checks)
    for event in world.tables["audit_event"]:
        if event["action"] in {"code.checked", "outcome.recorded"}:
            assert event["object_type"] == "campaign"
            assert event["object_id"] == str(event["campaign_id"]) or event["object_id"].replace(
                "-", ""
            ) == str(event["campaign_id"]).replace("-", "")
            assert event["changes"] in ({}, "{}", '{"week": "2026-W48"}', {"week": "2026-W48"})


def test_attack_by_links_between_tables(attacked: Attacked) -> None:
    """Nothing refers to an outcome, and an outcome refers to nothing but its campaign."""
    assert [key.target_fullname for key in Outcome.__table__.foreign_keys] == ["campaign.id"]
    others = [t for t in Outcome.metadata.tables.values() if t is not Outcome.__table__]
    assert not [
        k for table in others for k in table.foreign_keys if k.column.table.name == "outcome"
    ]


def test_no_code_is_in_the_database_or_the_log(attacked: Attacked) -> None:
    world, _ = attacked
    everything = repr(world.tables) + "\n".join(world.log)
    for person in PEOPLE:
        assert person.code not in everything
        assert spoken(person.code) not in everything
        assert person.phone not in everything
