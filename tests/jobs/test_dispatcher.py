"""One dispatcher at a time for a Notify key, and the pace all share."""

import threading
from datetime import timedelta

import pytest
from flask import Flask

from outreach import clock
from outreach.extensions import db
from outreach.jobs import dispatcher
from outreach.models import Dispatcher
from outreach.transaction import transaction
from tests.conftest import both_databases
from tests.settings import API_KEY, make_settings


def take(name: str, holder: str) -> bool:
    with transaction():
        row = dispatcher.lock_dispatcher(name)
        if dispatcher.is_leased_to_another(row, holder, clock.now()):
            return False
        dispatcher.take_lease(row, holder, clock.now())
        return True


@both_databases
def test_the_lease_belongs_to_one_until_it_is_given_up_or_runs_out(app: Flask) -> None:
    assert take("key", "first")
    assert not take("key", "second")
    assert take("key", "first")
    with transaction():
        dispatcher.give_up_lease("key", "second")
    assert not take("key", "second")
    with transaction():
        dispatcher.give_up_lease("key", "first")
    assert take("key", "second")
    moment = clock.now() + dispatcher.LEASE + timedelta(seconds=1)
    with clock.set_to(lambda: moment):
        assert take("key", "third")


@both_databases
def test_of_many_workers_at_once_one_gets_the_lease(app: Flask) -> None:
    taken: list[str] = []

    def try_it(name: str) -> None:
        with app.app_context():
            if take("key", name):
                taken.append(name)
            db.session.remove()

    assert take("key", "made-the-row")
    with transaction():
        dispatcher.give_up_lease("key", "made-the-row")
    threads = [threading.Thread(target=try_it, args=(f"w{n}",)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == 1


def test_the_name_of_a_key_tells_the_service_and_never_the_key() -> None:
    name = dispatcher.key_name(make_settings())
    assert name.startswith("00000000-1111-4222-8333-444444444444-")
    assert API_KEY[-36:] not in name
    other = API_KEY[:-1] + "8"
    assert dispatcher.key_name(make_settings(notify_api_key=other)) != name


def test_several_refusals_of_one_stop_count_once(app: Flask) -> None:
    now = clock.now()
    with transaction():
        row = dispatcher.lock_dispatcher("key")
        assert dispatcher.pause_after_refusal(row, now)
        rate = row.rate
        assert not dispatcher.pause_after_refusal(row, now + timedelta(milliseconds=50))
        assert row.rate == rate < 48


@pytest.mark.parametrize(("silences", "seconds"), [(11, None), (12, 15), (24, 30), (1_000, 300)])
def test_a_notify_that_is_silent_is_left_alone_for_longer_and_longer(
    app: Flask, silences: int, seconds: int | None
) -> None:
    now = clock.now()
    with transaction():
        row = dispatcher.lock_dispatcher("key")
        row.silences = 0
        assert dispatcher.note_silences(row, silences, now) is (seconds is not None)
        if seconds is not None:
            assert row.paused_until == now + timedelta(seconds=seconds)


@both_databases
def test_a_clock_far_from_the_databases_is_a_problem(app: Flask, monkeypatch) -> None:
    assert dispatcher.clock_problem() is None
    monkeypatch.setattr(dispatcher.time, "time", lambda: 0.0)
    is_postgresql = db.engine.dialect.name == "postgresql"
    assert (dispatcher.clock_problem() is not None) is is_postgresql


def test_a_new_key_starts_at_the_usual_pace(app: Flask) -> None:
    with transaction():
        dispatcher.lock_dispatcher("key")
    row = db.session.get(Dispatcher, "key")
    assert (row.rate, row.accepted, row.silences) == (48.0, 0, 0)
