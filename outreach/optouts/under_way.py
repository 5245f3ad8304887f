"""Texts that may be leaving at the very moment their number is suppressed.

A sending thread looks at the suppression list a moment before it makes its request. Whoever
suppresses and then says "acknowledged" in that moment would have said so before the text left. So
the acknowledgement waits until such a request has its answer: no text can begin after it, because
every later look sees the suppression. It is rare, for a number that replies was mostly texted a
while ago, and short.
"""

import time
from datetime import timedelta

from sqlalchemy import select

from outreach import clock
from outreach.domain.message import MessageStatus
from outreach.extensions import db
from outreach.models import Message

MAY_STILL_BEGIN = timedelta(seconds=15)
"""A claimed message is posted within seconds of its claim or given back (sending/claim.py)."""
LONGEST_WAIT_SECONDS = 1.0
"""Longer than Notify takes to answer; a request without an answer began long before that."""
LOOK_AGAIN_SECONDS = 0.02


def wait_for_texts_under_way(phone_digest: bytes) -> None:
    """After the commit that suppresses or holds: return when no text to this number can begin."""
    deadline = time.monotonic() + LONGEST_WAIT_SECONDS
    while _is_any_under_way(phone_digest) and time.monotonic() < deadline:
        time.sleep(LOOK_AGAIN_SECONDS)


def _is_any_under_way(phone_digest: bytes) -> bool:
    db.session.rollback()  # as it is now, not as it was when this was first asked
    found = db.session.scalar(
        select(Message.id)
        .where(
            Message.phone_digest == phone_digest,
            Message.status == MessageStatus.SENDING,
            Message.claimed_at > clock.now() - MAY_STILL_BEGIN,
        )
        .limit(1)
    )
    db.session.rollback()
    return found is not None
