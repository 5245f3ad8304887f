"""Of messages about to be claimed, those that the person forbids, whatever the list said."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import TypeAlias
from uuid import UUID

from sqlalchemy import Row, update

from outreach import clock
from outreach.audit import service as audit
from outreach.domain.audit import AuditAction
from outreach.domain.message import MessageStatus, move
from outreach.domain.refusal import RefusalReason
from outreach.extensions import db
from outreach.models import Message
from outreach.optouts.queries import Withheld, withheld
from outreach.sending import spacing
from outreach.sending.pauses import DISPATCHER

PendingRow: TypeAlias = Row[int, int, int, UUID, bytes, int, int, int, bytes | None]


def withhold(
    campaign_id: UUID, rows: Sequence[PendingRow], taken: Collection[bytes], *, is_capped: bool
) -> list[PendingRow]:
    """Suppress those who are not to be texted, and return those who are. Who has to wait is left
    pending: on hold, or with a text of another campaign on its way, as to the numbers `taken`."""
    barred = withheld({row.phone_digest for row in rows})
    waiting = {number for number, why in barred.items() if why is Withheld.HOLD}
    reasons = {number: why.value for number, why in barred.items() if number not in waiting}
    first = {row.phone_digest for row in rows if not row.retry}
    if is_capped and first:
        waiting |= first & (spacing.on_their_way(campaign_id) | set(taken))
        lately = spacing.texted_lately(first - waiting)
        reasons = dict.fromkeys(lately, RefusalReason.FREQUENCY_CAP.value) | reasons
    _suppress(
        campaign_id,
        {row.id: reasons[row.phone_digest] for row in rows if row.phone_digest in reasons},
    )
    return [row for row in rows if row.phone_digest not in reasons.keys() | waiting]


def _suppress(campaign_id: UUID, reasons: Mapping[int, str]) -> None:
    """Messages by id, each with why it is not sent."""
    if not reasons:
        return
    status = move(MessageStatus.PENDING, MessageStatus.SUPPRESSED)
    now = clock.now()
    db.session.execute(
        update(Message),
        [
            {"id": row_id, "status": status, "reason": why, "final_at": now}
            for row_id, why in reasons.items()
        ],
    )
    audit.record(
        AuditAction.MESSAGES_SUPPRESSED,
        DISPATCHER,
        "campaign",
        campaign_id,
        campaign_id=campaign_id,
        changes={"suppressed": len(reasons), **Counter(reasons.values())},
    )
