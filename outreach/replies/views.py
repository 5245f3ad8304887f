"""Received texts: Notify's callback, and the queue that people read."""

from datetime import UTC, datetime
from typing import NamedTuple

from flask import Blueprint, request
from werkzeug.exceptions import BadRequest

from outreach import clock
from outreach.replies import jobs, service
from outreach.transaction import transaction
from outreach.web.callbacks import require_token
from outreach.web.permissions import machine

blueprint = Blueprint("replies", __name__)

__all__ = ["blueprint", "jobs"]  # importing the jobs registers them

LONGEST_TEXT = 20_000


class Callback(NamedTuple):
    """A received text as Notify posts it (contract section 8; all values are strings)."""

    notify_id: str
    sender: str
    text: str
    received_at: datetime


@blueprint.post("/notify/received-text")
@machine
def receive() -> tuple[str, int]:
    """Store, then answer 204, whatever the text means. 500 where it cannot be stored: Notify
    retries."""
    require_token()
    callback = _read(request.get_json(silent=True))
    with transaction():
        row = service.store(*callback)
        received_id = row.id if row is not None else None
    if received_id is not None:
        with transaction():
            service.classify_stored(received_id)
    return "", 204


def _read(body: object) -> Callback:
    if not isinstance(body, dict):
        raise BadRequest
    match body:
        case {"id": str(notify_id), "source_number": str(sender), "message": str(text)}:
            return Callback(notify_id[:64], sender[:40], text[:LONGEST_TEXT], _time(body))
        case _:
            raise BadRequest


def _time(body: dict[str, object]) -> datetime:
    """Notify's time of receipt; ours where it cannot be read, for the text matters more."""
    try:
        return datetime.fromisoformat(str(body.get("date_received"))).astimezone(UTC)
    except ValueError:
        return clock.now()
