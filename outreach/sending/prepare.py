"""Making messages, each with a reference of its own, by one statement whatever their number."""

from typing import TypeAlias
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Uuid, func, insert, literal, text, type_coerce

from outreach.domain.message import MessageStatus
from outreach.extensions import db
from outreach.models import Message

COLUMNS = (
    "campaign_id",
    "recipient_id",
    "phone_digest",
    "fragments",
    "price_multiplier",
    "reference",
    "status",
    "retry",
    "attempt",
    "is_pilot",
)

People: TypeAlias = Select[UUID, int, bytes, int, int]
"""Campaign, recipient, digest of the number, fragments, price multiplier."""


def insert_messages(people: People, retry: int) -> None:
    """One pending message for each row of `people`, in its order. `retry` is 0 for a first text."""
    rest = (
        random_uuid(),
        literal(MessageStatus.PENDING.value),
        literal(retry),
        literal(0),
        literal(False),
    )
    wanted = people.add_columns(*rest)
    db.session.execute(insert(Message).from_select(COLUMNS, wanted, include_defaults=False))


def random_uuid() -> ColumnElement[object]:
    """Random in the database. It is no secret: it only has to be unique."""
    if db.engine.dialect.name == "postgresql":
        return func.gen_random_uuid()
    return type_coerce(text("lower(hex(randomblob(16)))"), Uuid())
