"""From Notify's JSON to our own frozen values. A wrong shape raises Unreadable."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, TypeVar

from outreach.notify.results import (
    Accepted,
    NotificationRecord,
    Preview,
    ReceivedText,
    Template,
)

T = TypeVar("T")


class Unreadable(Exception):
    """An answer that is JSON but not in the shape that Notify documents."""


def read(reader: Callable[[Any], T], body: Any) -> T:
    """Apply a reader. Raises Unreadable for any wrong shape, without echoing the content."""
    try:
        return reader(body)
    except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError):
        raise Unreadable from None


def accepted(body: Any) -> Accepted:
    content = body["content"]
    return Accepted(
        notification_id=_text(body["id"]),
        template_version=int(body["template"]["version"]),
        body=_text(content["body"]),
        from_number=str(content.get("from_number") or content.get("from_email") or ""),
    )


def notification(body: Any) -> NotificationRecord:
    details = body.get("cost_details") or {}
    cost = body.get("cost_in_pounds")
    fragments = details.get("billable_sms_fragments")
    return NotificationRecord(
        id=_text(body["id"]),
        reference=body["reference"],
        status=_text(body["status"]),
        created_at=moment(body["created_at"]),
        sent_at=_moment_or_none(body["sent_at"]),
        completed_at=_moment_or_none(body["completed_at"]),
        template_id=_text(body["template"]["id"]),
        template_version=int(body["template"]["version"]),
        fragments=None if fragments is None else int(fragments),
        cost=None if cost is None else Decimal(str(cost)),
    )


def notification_page(body: Any) -> list[NotificationRecord]:
    return [notification(item) for item in _list(body["notifications"])]


def template(body: Any) -> Template:
    return Template(
        id=_text(body["id"]),
        name=_text(body["name"]),
        type=_text(body["type"]),
        version=int(body["version"]),
        body=_text(body["body"]),
        subject=body.get("subject"),
        placeholders=tuple(body.get("personalisation") or {}),
        created_at=moment(body["created_at"]),
        updated_at=_moment_or_none(body.get("updated_at")),
    )


def templates(body: Any) -> list[Template]:
    return [template(item) for item in _list(body["templates"])]


def preview(body: Any) -> Preview:
    return Preview(_text(body["body"]), int(body["version"]), body.get("subject"))


def received_text(body: Any) -> ReceivedText:
    return ReceivedText(
        id=_text(body["id"]),
        user_number=_text(body["user_number"]),
        notify_number=_text(body["notify_number"]),
        content=_text(body["content"]),
        created_at=moment(body["created_at"]),
    )


def received_page(body: Any) -> list[ReceivedText]:
    return [received_text(item) for item in _list(body["received_text_messages"])]


def moment(value: Any) -> datetime:
    """An aware UTC time from Notify's text; older forms without a zone count as UTC."""
    when = datetime.fromisoformat(_text(value))
    return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)


def _moment_or_none(value: Any) -> datetime | None:
    return None if value is None else moment(value)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError
    return value
