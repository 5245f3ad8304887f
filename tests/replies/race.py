"""STOP against the claim: a text is about to be sent while the person's STOP arrives.

Each try has one number. Its message becomes due, a sending process claims it and posts it by way of
the real slice, and another process hands in STOP by way of the real callback, at a moment drawn at
random around the claim. What counts is the order of two moments on one clock: when the STOP was
acknowledged (204), and when the request that sends the text began.
"""

import multiprocessing
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from multiprocessing.synchronize import Event
from pathlib import Path
from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy import func, select, update

from outreach import vault
from outreach.domain.campaign import CampaignStatus
from outreach.domain.message import MessageStatus
from outreach.extensions import db
from outreach.factory import create_app
from outreach.jobs.pool import close_pools
from outreach.models import Message, Suppression
from outreach.notify.results import Accepted, SendResult
from outreach.sending.delivery import run_slice
from outreach.sending.jobs import send_pool
from outreach.transaction import transaction
from tests.conftest import HostClient
from tests.factories import a_list, make_campaign
from tests.replies.stage import callback
from tests.settings import make_settings

MOST_IN_A_ROUND = 400
LATEST_STOP_SECONDS, LATEST_DUE_SECONDS = 0.06, 0.12
RECEIVERS = 4
GIVEN_UP_SECONDS = 20
PAUSE_SECONDS = 0.004
_processes = multiprocessing.get_context("spawn")


@dataclass
class Outcome:
    """How the tries ended. `after` must be 0: a text whose request began after the STOP was
    acknowledged."""

    tries: int = 0
    before: int = 0
    withheld: int = 0
    after: int = 0
    refused: int = 0
    """Callbacks answered with something else than 204; Notify would come again."""
    latest_microseconds: int = 0
    """How long after the acknowledgement the latest request began, where one did."""

    def __add__(self, other: "Outcome") -> "Outcome":
        return Outcome(
            self.tries + other.tries,
            self.before + other.before,
            self.withheld + other.withheld,
            self.after + other.after,
            self.refused + other.refused,
            max(self.latest_microseconds, other.latest_microseconds),
        )


def race(app: Flask, database_url: str, folder: Path, tries: int, seed: int) -> Outcome:
    """Run the tries, in rounds of as many numbers as there are. The database must be empty."""
    total, number = Outcome(), random.Random(seed)  # noqa: S311 - moments, not secrets
    numbers = [f"07700 900{n:03}" for n in range(301, 301 + min(tries, MOST_IN_A_ROUND))]
    while total.tries < tries:
        round_size = min(len(numbers), tries - total.tries)
        campaign_id = _release(app, numbers[:round_size])
        with _sender(database_url, folder) as posts, _receivers(database_url, folder) as stops:
            acked, posted = _run(campaign_id, numbers[:round_size], posts, stops, number)
        total += _count(numbers[:round_size], acked, posted)
        _forget()
    return total


def _release(app: Flask, numbers: list[str]) -> UUID:
    """A campaign that is sending, with every message put aside."""
    names = ["Jo"] * len(numbers)
    campaign = make_campaign(app, CampaignStatus.SENDING, recipients=a_list(numbers, names))
    campaign_id = campaign.id
    with transaction():
        campaign.is_pilot_passed = True
        db.session.execute(
            update(Message)
            .where(Message.campaign_id == campaign_id)
            .values(status=MessageStatus.CANCELLED)
        )
    return campaign_id


def _run(
    campaign_id: UUID,
    numbers: list[str],
    posts: Connection,
    stops: list[Connection],
    random_: random.Random,
) -> tuple[dict[str, tuple[int, int]], dict[str, int]]:
    """When each STOP was acknowledged, with its status, and when each text's request began."""
    acked: dict[str, tuple[int, int]] = {}
    posted: dict[str, int] = {}
    busy: dict[int, str] = {}
    for place, number in enumerate(numbers):
        which = place % len(stops)
        if which in busy:
            acked[busy[which]] = stops[which].recv()
        stops[which].send((number, random_.uniform(0, LATEST_STOP_SECONDS)))
        busy[which] = number
        time.sleep(random_.uniform(0, LATEST_DUE_SECONDS))
        _make_due(campaign_id, number)
        _collect(posts, posted)
    for which, number in busy.items():
        acked[number] = stops[which].recv()
    _wait_until_settled(campaign_id)
    _collect(posts, posted)
    return acked, posted


def _make_due(campaign_id: UUID, number: str) -> None:
    with transaction():
        db.session.execute(
            update(Message)
            .where(
                Message.campaign_id == campaign_id,
                Message.phone_digest == vault.digest(_e164(number)),
            )
            .values(status=MessageStatus.PENDING)
        )


def _collect(posts: Connection, posted: dict[str, int]) -> None:
    while posts.poll():
        number, moment = posts.recv()
        assert number not in posted, "texted twice"
        posted[number] = moment


def _wait_until_settled(campaign_id: UUID) -> None:
    open_ = (MessageStatus.PENDING, MessageStatus.SENDING)
    counted = select(func.count()).where(
        Message.campaign_id == campaign_id, Message.status.in_(open_)
    )
    deadline = time.monotonic() + GIVEN_UP_SECONDS
    while time.monotonic() < deadline:
        db.session.rollback()
        if db.session.scalar(counted) == 0:
            return
        time.sleep(0.1)
    raise AssertionError("messages are still open")


def _count(
    numbers: list[str], acked: dict[str, tuple[int, int]], posted: dict[str, int]
) -> Outcome:
    found = Outcome(tries=len(numbers))
    for number in numbers:
        moment, status = acked[number]
        sent_at = posted.get(_e164(number))
        found.refused += status != 204
        if sent_at is None:
            found.withheld += 1
        elif sent_at <= moment:
            found.before += 1
        else:
            found.after += 1
            late = (sent_at - moment) // 1000
            found.latest_microseconds = max(found.latest_microseconds, late)
    return found


def _forget() -> None:
    """Let the same numbers be texted again in the next round."""
    with transaction():
        db.session.execute(update(Suppression).values(removed_at=func.current_timestamp()))


@contextmanager
def _sender(database_url: str, folder: Path) -> Iterator[Connection]:
    """A process that sends whatever is due; what it tells is when each request began."""
    mine, theirs = _processes.Pipe(duplex=False)
    ending = _processes.Event()
    process = _processes.Process(target=_send, args=(database_url, folder, theirs, ending))
    with _running([process], ending):
        assert mine.recv() == "ready"
        yield mine


@contextmanager
def _receivers(database_url: str, folder: Path) -> Iterator[list[Connection]]:
    """Processes that hand in STOP when told to."""
    pairs = [_processes.Pipe() for _ in range(RECEIVERS)]
    ending = _processes.Event()
    processes = [
        _processes.Process(target=_receive, args=(database_url, folder, theirs, ending))
        for _, theirs in pairs
    ]
    with _running(processes, ending):
        for mine, _ in pairs:
            assert mine.recv() == "ready"
        yield [mine for mine, _ in pairs]


@contextmanager
def _running(processes: list[BaseProcess], ending: Event) -> Iterator[None]:
    for process in processes:
        process.start()
    try:
        yield
    finally:
        ending.set()
        for process in processes:
            process.join(30)
            if process.is_alive():
                process.kill()
                process.join()
            process.close()


class _Clocked:
    """A Notify that takes every text at once and tells when it was asked."""

    def __init__(self, tell: Connection) -> None:
        self._tell = tell

    def send_text(self, *, phone_number: str, **_: object) -> SendResult:
        self._tell.send((phone_number, time.monotonic_ns()))
        return Accepted(str(uuid4()), 1, "", "447700900500")


def _send(database_url: str, folder: Path, tell: Connection, ending: Event) -> None:
    app = _app(database_url, folder)
    app.extensions["outreach_gateway"] = _Clocked(tell)
    with app.app_context():
        tell.send("ready")
        while not ending.is_set():
            run_slice("race", send_pool())
            time.sleep(PAUSE_SECONDS)
        close_pools(app)
        _leave(app)


def _receive(database_url: str, folder: Path, talk: Connection, ending: Event) -> None:
    app = _app(database_url, folder)
    with app.app_context():
        app.test_client_class = HostClient
        client = app.test_client()
        talk.send("ready")
        while not ending.is_set():
            if not talk.poll(0.05):
                continue
            number, wait = talk.recv()
            time.sleep(wait)
            status = callback(client, "STOP", number=_e164(number))
            talk.send((time.monotonic_ns(), status))
        _leave(app)


def _app(database_url: str, folder: Path) -> Flask:
    return create_app(make_settings(database_url=database_url, instance_path=folder))


def _leave(app: Flask) -> None:
    app.extensions["outreach_engine"].close()
    db.session.remove()
    db.engine.dispose()


def _e164(number: str) -> str:
    return f"+44{number.replace(' ', '')[1:]}"
