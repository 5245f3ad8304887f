"""Received texts that a callback lost, or that were stored and not yet read."""

import logging

from outreach.extensions import db
from outreach.jobs.context import gateway
from outreach.jobs.engine import tick
from outreach.notify.errors import NotifyError
from outreach.notify.results import ReceivedText
from outreach.replies import queries, service
from outreach.transaction import transaction

log = logging.getLogger(__name__)

CLASSIFY_AT_ONCE = 200
POLL_SECONDS = 60
MOST_PAGES = 40
"""Pages of 250 a poll looks through; more are left to the next one."""


@tick(1)
def classify_waiting() -> None:
    """Read what was stored when the reading did not follow at once."""
    for received_id in queries.unclassified(CLASSIFY_AT_ONCE):
        with transaction():
            service.classify_stored(received_id)


@tick(POLL_SECONDS)
def poll_received_texts() -> None:
    """Ask Notify for texts no callback brought (contract section 7), newest first."""
    older_than: str | None = None
    for _ in range(MOST_PAGES):
        try:
            page = gateway().received_texts(older_than)
        except NotifyError as problem:
            log.warning("received texts could not be fetched: %s", problem)
            return
        fresh = [text for text in page if queries.by_notify_id(text.id) is None]
        db.session.rollback()
        for text in fresh:
            _keep(text)
        if not page or len(fresh) < len(page):
            return
        older_than = page[-1].id


def _keep(text: ReceivedText) -> None:
    with transaction():
        row = service.store(text.id, text.user_number, text.content, text.created_at)
        received_id = row.id if row is not None else None
    if received_id is not None:
        with transaction():
            service.classify_stored(received_id)
