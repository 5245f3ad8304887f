"""What Notify tells of a received text, made fit to be kept, whatever somebody's phone sent."""

from datetime import UTC, datetime
from typing import NamedTuple

from outreach import clock

LONGEST_ID, LONGEST_SENDER, LONGEST_TEXT = 64, 40, 20_000


class NotAReceivedText(ValueError):
    """The body is not one that Notify posts for a received text."""


class Received(NamedTuple):
    """A received text; `sender` is digits without a plus, or a name."""

    notify_id: str
    sender: str
    text: str
    received_at: datetime


def read_callback(body: object) -> Received:
    """A received text as Notify posts it (contract section 8). Raises NotAReceivedText."""
    date_received = body.get("date_received") if isinstance(body, dict) else None
    match body:
        case {"id": str(notify_id), "source_number": str(sender), "message": str(text)}:
            received = cleaned(notify_id, sender, text, _time(date_received))
        case _:
            raise NotAReceivedText
    if not received.notify_id:
        raise NotAReceivedText
    return received


def cleaned(notify_id: str, sender: str, text: str, received_at: datetime) -> Received:
    """Without what no database keeps (NUL, half a surrogate pair), and no longer than there is room
    for. Never in the future, where it would stand at the end of the queue."""
    return Received(
        _storable(notify_id)[:LONGEST_ID],
        _storable(sender)[:LONGEST_SENDER],
        _storable(text)[:LONGEST_TEXT],
        min(received_at, clock.now()),
    )


def _storable(text: str) -> str:
    return text.encode(errors="replace").decode().replace("\x00", "")


def _time(date_received: object) -> datetime:
    """Notify's time of receipt; ours where it cannot be read, for the text matters more."""
    try:
        told = datetime.fromisoformat(str(date_received))
        return (told if told.tzinfo else told.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return clock.now()
