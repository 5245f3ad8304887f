"""One slice: claim, commit, post each message at its slot, and leave the results to the recorder.

Just before a message goes, suppression, the campaign's status and any stop are looked at once more,
so that a STOP, a pause or a cancellation that came after the claim still counts.
"""

import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from itertools import islice
from uuid import UUID

from sqlalchemy import exists, select

from outreach import clock, vault
from outreach.domain.campaign import CampaignStatus
from outreach.domain.referral import spoken
from outreach.extensions import db
from outreach.jobs import context, dispatcher
from outreach.jobs.pool import Pool
from outreach.models import Campaign, Dispatcher
from outreach.notify.gateway import NotifyGateway
from outreach.notify.results import DailyLimitReached, KeyRefused, RateLimited, SendResult
from outreach.optouts.queries import Withheld, withheld
from outreach.sending.batch import Batch, Claimed
from outreach.sending.claim import claim
from outreach.transaction import transaction

GROUP = 24
"""Messages looked at together. Each has a thread reserved, so the look is fresh when they go."""
GATHER_SECONDS = 0.02
ROOM_SECONDS = 5.0
LONGEST_WAIT_SECONDS = 2.0


class Unsent(StrEnum):
    """Why a claimed message was surely not posted."""

    STOPPED = "stopped"
    """Sending was paused, the campaign was, or its lease was about to run out."""
    OPT_OUT = "opt_out"
    WRONG_PERSON = "wrong_person"
    UNREADABLE = "unreadable"
    """The stored row does not open, or is not the number that was checked."""


@dataclass(frozen=True)
class Posting:
    """A message on its way to a thread, with the batch that may still be stopped."""

    message: Claimed
    batch: Batch


@dataclass(frozen=True)
class Tried:
    """A claimed message and what came of it."""

    message: Claimed
    outcome: SendResult | Unsent


SendPool = Pool[Posting, Tried]


def run_slice(holder: str, pool: SendPool) -> bool:
    """Send up to a second's worth. False where there was nothing to do now."""
    settings = context.settings()
    key_name = dispatcher.key_name(settings)
    with transaction():
        batch = claim(key_name, holder, settings.public_url)
    if batch is None:
        return False
    try:
        post_all(batch, key_name, pool)
    finally:
        with transaction():
            dispatcher.give_up_lease(key_name, holder)
    return True


def post_all(batch: Batch, key_name: str, pool: SendPool) -> None:
    """Hand each message to a thread at its slot; whatever may not go is recorded as unsent."""
    rest = deque(batch.messages)
    try:
        while rest and not batch.is_stopped.is_set() and clock.now() < batch.until:
            group = _next_group(rest, pool)
            if not group:
                break
            verdicts = _last_look(group, key_name)
            for _ in group:
                message = rest.popleft()
                _hand_over(message, verdicts.get(message.message_id), batch, pool)
    finally:
        for message in rest:
            pool.add_result(Tried(message, Unsent.STOPPED))


def _next_group(rest: deque[Claimed], pool: SendPool) -> list[Claimed]:
    """The messages that are due, with a thread reserved for each; waits for the first, and a moment
    for more where more are due."""
    wait = (rest[0].slot - clock.now()) / timedelta(seconds=1)
    if wait > 0:
        time.sleep(min(wait, LONGEST_WAIT_SECONDS))
    if not pool.wait_for_room(ROOM_SECONDS):
        return []
    now, deadline = clock.now(), time.monotonic() + GATHER_SECONDS
    group = [rest[0]]
    for message in islice(rest, 1, GROUP):
        if message.slot > now or not pool.wait_for_room(deadline - time.monotonic()):
            break
        group.append(message)
    return group


def _last_look(group: Sequence[Claimed], key_name: str) -> dict[int, Unsent]:
    """Which of them may not go after all. Raises where it cannot be told, so that none goes."""
    barred = withheld({message.phone_digest for message in group})
    going = _going_campaigns({message.order.campaign_id for message in group}, key_name)
    db.session.rollback()
    verdicts = {}
    for message in group:
        why = barred.get(message.phone_digest)
        if message.order.campaign_id not in going or why is Withheld.HOLD:
            verdicts[message.message_id] = Unsent.STOPPED
        elif why is not None:
            verdicts[message.message_id] = Unsent(why.value)
    return verdicts


def _going_campaigns(campaign_ids: set[UUID], key_name: str) -> set[UUID]:
    """Those still sending; none while all sending is paused."""
    is_paused = exists().where(
        Dispatcher.key_name == key_name, Dispatcher.paused_until > clock.now()
    )
    return set(
        db.session.scalars(
            select(Campaign.id).where(
                Campaign.id.in_(campaign_ids),
                Campaign.status == CampaignStatus.SENDING,
                ~is_paused,
            )
        )
    )


def _hand_over(message: Claimed, why_not: Unsent | None, batch: Batch, pool: SendPool) -> None:
    if why_not is None:
        pool.submit(Posting(message, batch))
        return
    pool.give_back_room()
    pool.add_result(Tried(message, why_not))


def poster(gateway: Callable[[], NotifyGateway]) -> Callable[[Posting], Tried]:
    """The work of a sending thread."""
    return lambda posting: Tried(posting.message, _post(gateway(), posting))


def _post(gateway: NotifyGateway, posting: Posting) -> SendResult | Unsent:
    """Post one message, unless its lease is about to run out (a worker that slept) or all was
    stopped."""
    message = posting.message
    if posting.batch.is_stopped.is_set() or clock.now() >= message.latest_start:
        return Unsent.STOPPED
    secrets = _open(message)
    if secrets is None:
        return Unsent.UNREADABLE
    outcome = gateway.send_text(
        phone_number=secrets.phone,
        template_id=message.order.template_id,
        personalisation=_personalisation(secrets, message.order.public_url),
        reference=str(message.reference),
        sms_sender_id=message.order.sender_id,
    )
    if isinstance(outcome, RateLimited | DailyLimitReached | KeyRefused):
        posting.batch.is_stopped.set()
    return outcome


def _open(message: Claimed) -> vault.RecipientSecrets | None:
    """None unless it opens and is the very number that was checked for opt-outs."""
    if message.sealed is None:
        return None
    try:
        secrets = vault.open_recipient(
            message.order.data_key, message.order.campaign_id, message.row_number, message.sealed
        )
    except vault.SealBroken:
        return None
    return secrets if vault.digest(secrets.phone) == message.phone_digest else None


def _personalisation(secrets: vault.RecipientSecrets, public_url: str) -> dict[str, str]:
    code = spoken(secrets.code)
    return {**secrets.values, "link": f"{public_url}/h/{code}", "code": code}
