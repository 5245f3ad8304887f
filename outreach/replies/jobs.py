"""Received texts that a callback lost, or that were stored and not yet read; confirmations."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from outreach.extensions import db
from outreach.jobs import dispatcher
from outreach.jobs.context import gateway, settings
from outreach.jobs.engine import engine, job, tick
from outreach.notify.errors import NotifyError
from outreach.notify.results import ReceivedText
from outreach.replies import confirming, intake, queries, service
from outreach.transaction import transaction

log = logging.getLogger(__name__)

CLASSIFY_AT_ONCE = 200
POLL_SECONDS = 60
WALK_SECONDS = 900
MOST_PAGES = 120
"""Pages of 250 a walk looks through: 30,000 texts, more than a week's replies to 100,000 texts."""
CONFIRM_AT_ONCE = 20


@tick(1)
def classify_waiting() -> None:
    """Read what was stored when the reading did not follow at once."""
    for received_id in queries.unclassified(CLASSIFY_AT_ONCE):
        _classify(received_id)
    db.session.rollback()


@tick(POLL_SECONDS)
def look_for_lost_texts() -> None:
    engine().nudge(poll_received_texts)


@tick(WALK_SECONDS)
def look_for_long_lost_texts() -> None:
    """Callbacks may have been lost a while ago, with newer ones that came: every page tells."""
    engine().nudge(walk_received_texts)


@job
def poll_received_texts() -> None:
    """Ask Notify for texts that no callback brought (contract section 7), newest first, until a
    page brings nothing new."""
    _fetch(stops_at_known=True)


@job
def walk_received_texts() -> None:
    """The same through everything Notify still has."""
    _fetch(stops_at_known=False)


@tick(2)
def look_for_confirmations() -> None:
    if confirming.is_any_due():
        engine().nudge(send_confirmations)
    db.session.rollback()


@job
def send_confirmations() -> None:
    """Confirm opt-outs, one after the other, where an administrator chose a template for it."""
    key_name = dispatcher.key_name(settings())
    for _ in range(CONFIRM_AT_ONCE):
        with transaction():
            intent = confirming.claim(key_name)
        if intent is None:
            return
        outcome = confirming.send(intent, gateway())
        with transaction():
            confirming.record(intent, outcome, key_name)


def _fetch(*, stops_at_known: bool) -> None:
    older_than: str | None = None
    for _ in range(MOST_PAGES):
        try:
            page = gateway().received_texts(older_than)
        except NotifyError as problem:
            log.warning("received texts could not be fetched: %s", problem)
            return
        known = queries.known_notify_ids([text.id for text in page])
        db.session.rollback()
        fresh = [text for text in page if text.id not in known]
        for text in reversed(fresh):  # in the order they were sent
            _keep(text)
        if not page or (stops_at_known and not fresh):
            return
        older_than = page[-1].id


def _keep(text: ReceivedText) -> None:
    received = intake.cleaned(text.id, text.user_number, text.content, text.created_at)
    with _alone("a received text could not be kept"):
        with transaction():
            received_id = service.store(*received).id
        _classify(received_id)


def _classify(received_id: UUID) -> None:
    with _alone("a received text could not be classified"), transaction():
        service.classify_stored(received_id)


@contextmanager
def _alone(failure: str) -> Iterator[None]:
    """What goes wrong with one text is tried again later, and holds up no other."""
    try:
        yield
    except Exception:
        log.exception(failure)
