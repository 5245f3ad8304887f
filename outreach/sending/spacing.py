"""Days between two texts to one number, looked at once more at the moment of sending.

An upload is checked against the texts that had gone by then. Two lists that waited at once may hold
the same number: the first text to leave counts, and the other is withheld. While nobody can tell
whether the first has left, the other waits.

A second text after a temporary failure is not held back: the first has counted since it went, so
that no other campaign can have texted the number in between.
"""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import ColumnElement, exists, select, union_all
from sqlalchemy.orm import aliased

from outreach.domain.message import MessageStatus
from outreach.extensions import db
from outreach.models import Message
from outreach.recipients import queries as recipients

MAY_BE_ON_ITS_WAY = (MessageStatus.SENDING, MessageStatus.HELD)

_other = aliased(Message)


def waits_for_another() -> ColumnElement[bool]:
    """Of a message: whether another campaign's text to its number may be on its way.

    It serves to look past such messages. It compares digests as they are stored, and so finds not
    all while keys are changed; what may be sent is decided with `on_their_way`.
    """
    return (Message.retry == 0) & exists().where(
        _other.phone_digest == Message.phone_digest,
        _other.campaign_id != Message.campaign_id,
        _other.status.in_(MAY_BE_ON_ITS_WAY),
    )


def on_their_way(campaign_id: UUID) -> set[bytes]:
    """The numbers that another campaign's text may be on its way to: few, and looked through in
    Python, where a digest is always in its newest form (see `models.digest`)."""
    each = [
        select(Message.phone_digest).where(
            Message.status == status, Message.campaign_id != campaign_id
        )
        for status in MAY_BE_ON_ITS_WAY
    ]  # one index search for each: for both in one, SQLite reads the whole table
    return set(db.session.scalars(union_all(*each)))


def texted_lately(digests: Collection[bytes]) -> set[bytes]:
    """Those of the numbers that were texted within the cap. Ask for `on_their_way` first: a text
    that arrives at Notify between the two questions is then seen by the second."""
    return set(recipients.texted_lately(list(digests)))
