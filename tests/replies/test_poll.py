"""Texts whose callback was lost: found by asking Notify, in memory and with the real simulator."""

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from outreach import clock, vault
from outreach.extensions import db
from outreach.factory import create_app
from outreach.models import ReceivedText
from outreach.notify.results import ReceivedText as Received
from outreach.optouts import queries as suppressions
from outreach.replies import jobs, service
from tests.fakes.notify import FakeNotify
from tests.replies.stage import arrive
from tests.settings import make_settings
from tests.simulator.server import SimulatorProcess


def told(number: int, text: str = "STOP", sender: str = "") -> Received:
    at = clock.now() - timedelta(minutes=number)
    return Received(f"id-{number}", sender or f"4477009003{number:02}", "447700900500", text, at)


def stored() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(ReceivedText)) or 0


class PagedNotify(FakeNotify):
    """Pages of two, and a count of those that were asked for."""

    asked = 0

    def received_texts(self, older_than: str | None = None) -> list[Received]:
        self.asked += 1
        ids = [text.id for text in self.received]
        start = ids.index(older_than) + 1 if older_than else 0
        return self.received[start : start + 2]


@pytest.fixture
def paged(app: Flask) -> PagedNotify:
    fake = PagedNotify()
    app.extensions["outreach_gateway"] = fake
    fake.received = [told(number) for number in range(6)]
    return fake


def test_every_lost_text_is_stored_and_read_once(app: Flask, paged: PagedNotify) -> None:
    for _ in range(2):
        jobs.poll_received_texts()
    assert stored() == 6
    digests = [vault.digest(f"+4477009003{number:02}") for number in range(6)]
    assert set(suppressions.withheld(digests)) == set(digests)
    assert paged.asked == 5  # three pages and the empty one, then one with nothing new


def test_the_quick_look_stops_at_what_is_known_and_the_walk_does_not(
    app: Flask, paged: PagedNotify
) -> None:
    """Callbacks that were lost a while ago, with newer ones that came."""
    for number in (0, 1, 2, 3):
        arrive("STOP", number=f"+4477009003{number:02}", notify_id=f"id-{number}")
    jobs.poll_received_texts()
    assert stored() == 4
    jobs.walk_received_texts()
    assert stored() == 6


@pytest.mark.parametrize(
    ("older", "newer", "is_withheld"), [("START", "STOP", True), ("STOP", "START", False)]
)
def test_lost_texts_of_one_number_count_in_the_order_they_were_sent(
    app: Flask, paged: PagedNotify, older: str, newer: str, is_withheld: bool
) -> None:
    number = "447700900399"
    arrive("STOP", number=f"+{number}", minutes_ago=60)
    paged.received = [told(1, newer, number), told(2, older, number)]
    jobs.poll_received_texts()
    assert bool(suppressions.withheld([vault.digest(f"+{number}")])) is is_withheld


def test_a_text_that_cannot_be_kept_holds_up_no_other(
    app: Flask, paged: PagedNotify, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep = service.store

    def sometimes(notify_id: str, *rest: object) -> ReceivedText:
        if notify_id == "id-1":
            raise RuntimeError("a fault of ours")
        return keep(notify_id, *rest)

    with monkeypatch.context() as patch:
        patch.setattr(service, "store", sometimes)
        jobs.poll_received_texts()
    assert stored() == 5
    jobs.walk_received_texts()
    assert stored() == 6


def test_a_text_that_cannot_be_read_by_the_rules_holds_up_no_other(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    classify = service.classify_stored
    with monkeypatch.context() as patch:
        patch.setattr(service, "classify_stored", lambda _: None)
        first, second = arrive(minutes_ago=9), arrive("STOP", number="+447700900302")

    def fail_once(reply_id: object) -> None:
        if reply_id == first:
            raise RuntimeError("a fault of ours")
        classify(reply_id)

    with monkeypatch.context() as patch:
        patch.setattr(service, "classify_stored", fail_once)
        jobs.classify_waiting()
    assert db.session.get_one(ReceivedText, second).reply_class == "opt_out"
    assert db.session.get_one(ReceivedText, first).reply_class is None
    jobs.classify_waiting()
    assert db.session.get_one(ReceivedText, first).reply_class == "review"


@pytest.mark.parametrize("fault", ["is_down", "is_key_refused"])
def test_a_notify_that_does_not_answer_is_asked_again_later(
    app: Flask, fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    notify = FakeNotify.installed_in(app)
    notify.received = [told(1)]
    setattr(notify, fault, True)
    jobs.poll_received_texts()
    assert "could not be fetched" in caplog.text
    assert stored() == 0
    setattr(notify, fault, False)
    jobs.poll_received_texts()
    assert stored() == 1


@pytest.fixture
def simulator() -> Iterator[SimulatorProcess]:
    """A Notify whose callbacks nobody hears."""
    with SimulatorProcess() as running:
        yield running


def test_with_the_simulator_what_no_callback_brought_is_found(
    simulator: SimulatorProcess, sqlite_template: Path, tmp_path: Path
) -> None:
    path = tmp_path / "outreach.db"
    path.write_bytes(sqlite_template.read_bytes())
    settings = make_settings(
        database_url=f"sqlite:///{path}",
        instance_path=tmp_path,
        notify_base_url=simulator.base_url,
        notify_api_key=simulator.api_key,
    )
    app = create_app(settings)
    for number in range(252):  # a page of Notify's holds 250
        simulator.control.receive(f"07700900{number % 100 + 301:03}", "STOP" if number else "ok?")
    with app.app_context():
        began = time.monotonic()
        jobs.poll_received_texts()
        assert time.monotonic() - began < 60
        assert stored() == 252
        jobs.walk_received_texts()
        assert stored() == 252
        assert suppressions.count_active() == 100
        app.extensions["outreach_gateway"].close()
        app.extensions["outreach_engine"].close()
        db.session.remove()
        db.engine.dispose()
