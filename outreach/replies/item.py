"""One reply as its page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from outreach import clock
from outreach.domain import reply_queue
from outreach.domain.optout import SuppressionKind
from outreach.domain.reply_queue import ReplyState, Resolution
from outreach.models import Campaign, ReceivedText
from outreach.optouts import queries as suppressions
from outreach.replies import deciding, queries, service
from outreach.replies.conversation import Said, conversation


class Stands(StrEnum):
    """How a reply stands to the person who opens its page."""

    WAITING = "waiting"
    """Nobody has it: it may be taken."""
    WITH_ANOTHER = "with another"
    MINE = "mine"
    DONE = "done"


@dataclass(frozen=True)
class Item:
    """`said` is empty where the text is not for this person to see now."""

    reply: ReceivedText
    stands: Stands
    person: str | None
    """Who has it, or who decided."""
    campaign: Campaign | None
    masked: str | None
    said: Sequence[Said]
    suppressed: Sequence[SuppressionKind]
    is_on_hold: bool
    others_open: Sequence[ReceivedText]
    why_no_undo: str | None
    waited: str

    @property
    def is_shown(self) -> bool:
        return self.stands in {Stands.MINE, Stands.DONE}

    @property
    def decision(self) -> Resolution | None:
        return Resolution(self.reply.resolution) if self.reply.resolution else None


def look(reply_id: UUID, person_id: int) -> Item | None:
    """The caller records that the text was read where `is_shown`."""
    reply = queries.get(reply_id)
    if reply is None:
        return None
    stands = _stands(reply, person_id)
    is_shown = stands in {Stands.MINE, Stands.DONE}
    kinds = [
        kind
        for kind in SuppressionKind
        if suppressions.active_suppression(reply.phone_digest, kind) is not None
    ]
    person = reply.resolved_by_id if stands is Stands.DONE else reply.assigned_to_id
    return Item(
        reply=reply,
        stands=stands,
        person=queries.person_name(person),
        campaign=queries.campaign(reply.campaign_id),
        masked=service.masked_number(reply),
        said=conversation(reply) if is_shown else (),
        suppressed=kinds,
        is_on_hold=suppressions.active_hold(reply.phone_digest) is not None,
        others_open=queries.others_open(reply),
        why_no_undo=deciding.why_no_undo(reply),
        waited=reply_queue.waited(reply.received_at, clock.now()),
    )


def _stands(reply: ReceivedText, person_id: int) -> Stands:
    if reply.state != ReplyState.OPEN:
        return Stands.DONE
    if reply.assigned_to_id == person_id:
        return Stands.MINE
    is_taken = reply_queue.is_with_another(
        person_id, reply.assigned_to_id, reply.assigned_at, clock.now()
    )
    return Stands.WITH_ANOTHER if is_taken else Stands.WAITING
