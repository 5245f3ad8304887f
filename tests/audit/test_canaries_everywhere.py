"""Every address as every role that may, every form, every tick and every job, over planted numbers,
values, replies and codes: none of them is in an event, a log line, a file, a letter, a metric, a
flash, a redirect or a job's argument."""

import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask, Response, flash, redirect, request_finished
from govuk_bank_holidays.bank_holidays import BankHolidays

from outreach.accounts.jobs import send_letter
from outreach.audit import exporting
from outreach.audit import jobs as sealing_jobs
from outreach.audit import service as audit
from outreach.domain.actor import Actor
from outreach.domain.audit import AuditAction as A
from outreach.domain.personal_data import shows_number_or_code
from outreach.jobs import engine
from outreach.jobs.engine import ticks
from outreach.jobs.pool import close_pools
from outreach.recipients import service as lists
from outreach.sending import holidays
from outreach.transaction import transaction
from tests.audit import driving
from tests.audit.acts import ACTS
from tests.audit.canaries import NAME, NUMBER, REPLY, STOP, Watchman, leaks, pattern
from tests.audit.log import seal
from tests.notify.by_simulator import emails
from tests.security.routes import routes
from tests.security.world import World, made_world
from tests.simulator.server import SimulatorProcess

pytestmark = pytest.mark.timeout(400)


@dataclass(frozen=True)
class Driven:
    """The service after all of it."""

    world: World
    watch: Watchman
    codes: frozenset[str]


class PackagedHolidays(BankHolidays):
    """Nothing is fetched from outside this machine."""

    def __init__(self, **_: object) -> None:
        super().__init__(use_cached_holidays=True)


@pytest.fixture(scope="module")
def driven(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Driven]:
    folder = tmp_path_factory.mktemp("canaries")
    with (
        pytest.MonkeyPatch.context() as patched,
        SimulatorProcess(handover_delay=0.02, receipt_delay=0.04) as notify,
        made_world(sqlite_template, folder) as world,
        Watchman(world.app).watching() as watch,
    ):
        patched.setattr(holidays, "BankHolidays", PackagedHolidays)
        patched.setattr(lists, "SMALL_LIST_ROWS", 0)  # lists are checked by the worker
        patched.setattr(sealing_jobs, "SMALL_BATCH", 20)
        driving.plant(world)
        driving.act(world, watch)
        with driving.genuine(world.app, notify):
            driving.choose_letters(notify)
            driving.ask_everything(world, watch)
            driving.receive(world, "STOP", "07700 900874")
            notify.control.fault_on("reset-after-storing", remaining=3)
            notify.control.fault_on("error-500", remaining=2)
            driving.work(world.app, driving.soon())
            driving.type_everywhere(world, watch)
            driving.work(world.app, driving.nights())
            watch.caught["letter"] = [f"{mail.subject} {mail.body}" for mail in emails(notify)]
            sent = [m for m in notify.control.messages() if m.notification_type == "sms"]
        codes = codes_of(world, [message.body for message in sent])
        watch.caught["event"] = driving.events()
        watch.caught["export"] = whole_export()
        yield Driven(world, watch, codes)
        close_pools(world.app)


def codes_of(world: World, sent: list[str]) -> frozenset[str]:
    """Every code that was given out: in the tables, and in the texts that left."""
    given = {person.code for person in (*world.own, *world.theirs)}
    found = {code for body in sent for code in re.findall(r"/h/([0-9A-Z-]{9,})", body)}
    assert found, "no text left, so nothing was proven"
    return frozenset(given | found)


def whole_export() -> list[str]:
    seal()
    head = exporting.head(exporting.Wanted())
    return b"".join(exporting.lines(head)).decode().splitlines()


PLACES = {
    "event": 400, "export": 400, "log line": 2_500, "letter": 4, "file": 300, "flash": 40,
    "redirect": 1_000, "header": 2_000, "address on a page": 2_000, "job argument": 100,
}  # fmt: skip
"""Where is looked, and how many lines there must at least be for that to prove anything."""


@pytest.mark.parametrize("place", PLACES)
def test_no_canary_comes_out(driven: Driven, place: str) -> None:
    lines = driven.watch.caught[place]
    assert len(lines) >= PLACES[place]
    assert leaks({place: lines}, driven.codes) == []


def test_every_place_that_was_listened_to_is_searched(driven: Driven) -> None:
    assert driven.watch.caught.keys() == PLACES.keys()


def test_no_event_shows_what_looks_like_a_number_or_a_code(driven: Driven) -> None:
    assert [line for line in driven.watch.caught["event"] if shows_number_or_code(line)] == []


def test_metrics_and_reports_are_among_the_files(driven: Driven) -> None:
    files = "\n".join(driven.watch.caught["file"])
    for part in ("# TYPE outreach_", "help.test/audit", "Autumn support", "opt_out"):
        assert part in files, part


def test_every_address_was_asked_by_every_role_that_may(driven: Driven) -> None:
    wanted = {
        (role, route.rule.endpoint, route.method)
        for route in routes(driven.world.app)
        for role in driving.EVERYBODY
        if route.access is not None and route.opens_to(role)
    }
    assert wanted - driven.watch.asked == set()
    assert len(wanted) > 300


def test_every_act_was_done_and_not_only_refused(driven: Driven) -> None:
    assert {(act.endpoint, "POST") for act in ACTS} <= driven.watch.answered


def test_every_tick_was_called_and_every_job_ended_well(driven: Driven) -> None:
    assert driven.watch.failed == []
    ours = {name for name, job in engine._jobs.items() if job.__module__.startswith("outreach.")}
    assert ours - driven.watch.done == set()
    assert len(ours) > 5
    assert len(ticks()) > 20


def leave_in_a_log(app: Flask) -> None:
    logging.getLogger("outreach.sending.delivery").warning("refused: %s", "+44 7700-900871")


def leave_in_a_log_of_its_own(app: Flask) -> None:
    """Of a library that hands nothing on to the root."""
    ALOOF.debug("posting", extra={"body": {"personalisation": NAME}})


def leave_in_an_event(app: Flask) -> None:
    """A name and a reply's words look like nothing, so no guard of ours could refuse them."""
    changes = {"note": REPLY.replace(NUMBER, "me")}
    with transaction():
        audit.record(A.SETTING_CHANGED, Actor.job("tests"), "setting", 1, changes=changes)


def leave_in_a_flash(app: Flask) -> None:
    with app.test_request_context():
        flash("07700900872 will get no more texts.")


def leave_in_a_redirect(app: Flask) -> None:
    with app.test_request_context("/opt-outs/add"):
        request_finished.send(app, response=redirect("/opt-outs?number=447700900871"))


def leave_in_a_file(app: Flask) -> None:
    with app.test_request_context("/reports/figures.csv"):
        answer = Response(f"campaign,who\nSpring,{NAME}\n", mimetype="text/csv")
        request_finished.send(app, response=answer)


def leave_in_a_job(app: Flask) -> None:
    jobs: engine.Engine = app.extensions["outreach_engine"]
    jobs.enqueue(send_letter, NUMBER)
    assert jobs.huey.dequeue() is not None


ALOOF = logging.getLogger("tests.aloof")
ALOOF.propagate = False
PLANTINGS = {
    leave_in_a_log: "log line", leave_in_a_log_of_its_own: "log line",
    leave_in_an_event: "event", leave_in_a_flash: "flash", leave_in_a_redirect: "redirect",
    leave_in_a_file: "file", leave_in_a_job: "job argument",
}  # fmt: skip


@pytest.mark.parametrize("plant", PLANTINGS, ids=lambda plant: plant.__name__)
def test_a_canary_that_does_come_out_is_found(
    driven: Driven, plant: Callable[[Flask], None]
) -> None:
    """Last, as it spoils the log."""
    watch, place = Watchman(driven.world.app), PLANTINGS[plant]
    with watch.watching():
        plant(driven.world.app)
    watch.caught["event"] = driving.events() if place == "event" else []
    (found, *_) = leaks(watch.caught, driven.codes)
    assert found.startswith(place)


@pytest.mark.parametrize(
    "planted", [NUMBER, "447700900846", "+44 7700-900847", "00447700900847.0", NAME, REPLY, STOP]
)
def test_what_is_looked_for_is_what_was_planted(planted: str) -> None:
    assert pattern(()).search(planted)
    assert leaks({"place": [f"before {planted} after"]}, ())
