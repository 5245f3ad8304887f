"""What the progress page says: counts, rate, expected end, and in words why nothing moves."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, func, select

from outreach import clock
from outreach.domain.campaign import CampaignStatus
from outreach.domain.message import FAILED, WAITING, MessageStatus
from outreach.extensions import db
from outreach.jobs import context, dispatcher
from outreach.models import (
    Campaign,
    CampaignRun,
    Dispatcher,
    Hold,
    Message,
    User,
    WorkerHeartbeat,
)
from outreach.recipients import queries as recipients
from outreach.sending import queries, retry, spacing
from outreach.sending.queries import Funnel
from outreach.sending.terms import Terms, holidays_cover, terms, window_of
from outreach.sending.timeline import Timeline, timeline

WORKER_LATE = timedelta(seconds=30)
_M = MessageStatus
COUNTED = (
    _M.ACCEPTED,
    _M.DELIVERED,
    _M.TEMPORARY_FAILURE,
    _M.PERMANENT_FAILURE,
    _M.TECHNICAL_FAILURE,
    _M.REFUSED,
    _M.PENDING,
    _M.SENDING,
    _M.HELD,
    _M.SUPPRESSED,
    _M.CANCELLED,
)


@dataclass(frozen=True)
class Reason:
    """Why nothing moves, or not all: a sentence that ends before `until` where that is given."""

    words: str
    until: datetime | None = None


@dataclass(frozen=True)
class Progress:
    """One look at a campaign under way."""

    campaign: Campaign
    funnel: Funnel
    counts: tuple[tuple[MessageStatus, int], ...]
    per_minute: int
    expected_end: datetime | None
    reasons: tuple[Reason, ...]
    timeline: Timeline
    retryable: int
    is_retry_asked: bool

    @property
    def total(self) -> int:
        """People with a message."""
        return sum(count for _, count in self.counts)

    @property
    def done(self) -> int:
        return self.total - self.funnel.waiting

    @property
    def is_over(self) -> bool:
        """Whether nothing on the page will change any more, but for late receipts."""
        return self.campaign.status.is_over and not self.funnel.waiting


def look(campaign: Campaign) -> Progress:
    counts = queries.message_counts(campaign.id)
    run = queries.run_of(campaign.id)
    now, bound = clock.now(), terms()
    return Progress(
        campaign=campaign,
        funnel=queries.funnel(campaign.id),
        counts=tuple((status, counts[status]) for status in COUNTED if counts[status]),
        per_minute=_per_minute(campaign, now),
        expected_end=_expected_end(campaign, counts, bound, now),
        reasons=tuple(_reasons(campaign, run, counts, bound, now)),
        timeline=timeline(campaign.id),
        retryable=retry.count_retryable(campaign.id) if _may_retry(counts) else 0,
        is_retry_asked=run is not None and run.retry_asked_by_id is not None,
    )


def _may_retry(counts: Counter[MessageStatus]) -> bool:
    return any(counts[status] for status in retry.AGAIN)


def _per_minute(campaign: Campaign, now: datetime) -> int:
    """Texts that Notify took in the last minute."""
    return (
        db.session.scalar(
            select(func.count()).where(
                Message.campaign_id == campaign.id,
                Message.accepted_at > now - timedelta(minutes=1),
            )
        )
        or 0
    )


def _expected_end(
    campaign: Campaign, counts: Counter[MessageStatus], bound: Terms, now: datetime
) -> datetime | None:
    """When the last text goes if nothing stops it: at the pace of now, only in the send window."""
    remaining = counts[_M.PENDING] + counts[_M.SENDING]
    if campaign.status is not CampaignStatus.SENDING or not remaining:
        return None
    others = len(queries.campaigns_in({CampaignStatus.SENDING}))
    row = _dispatcher()
    rate = (row.rate if row else bound.send_rate) / max(others, 1)
    start = max(now, campaign.start_at or now)
    duration = timedelta(seconds=remaining / rate)
    return window_of(campaign).finish(start, duration, bound.bank_holidays)


def _reasons(
    campaign: Campaign,
    run: CampaignRun | None,
    counts: Counter[MessageStatus],
    bound: Terms,
    now: datetime,
) -> Iterator[Reason]:
    if campaign.status is CampaignStatus.PAUSED and run is not None:
        yield _paused(campaign, run)
    if campaign.status is CampaignStatus.SENDING:
        if counts[_M.PENDING]:
            yield from _closed(campaign, bound, now)
            yield from _stopped(now)
        yield from _pilot(campaign)
        yield from _on_hold(campaign)
        yield from _for_another(campaign)
        if not any(counts[status] for status in WAITING) and counts[_M.ACCEPTED]:
            yield Reason(
                "Every text has gone. The campaign ends when the last delivery receipts are in."
            )
    if counts[_M.SENDING] and not campaign.status.is_over:
        yield from _unconfirmed(campaign, now)
    if campaign.status.is_over and counts[_M.SENDING]:
        yield Reason("Some texts are still being looked up at GOV.UK Notify.")


def _paused(campaign: Campaign, run: CampaignRun) -> Reason:
    words = campaign.pause_reason or ""
    if run.pause_kind is not None and run.pause_kind.is_automatic:
        return Reason(f"The service paused this campaign by itself. {words}".strip())
    person = db.session.get(User, run.paused_by_id) if run.paused_by_id else None
    name = person.name if person else "Somebody on the team"
    because = f", giving as reason: {words}" if words else ""
    return Reason(f"{name} paused this campaign{because}.")


def _closed(campaign: Campaign, bound: Terms, now: datetime) -> Iterator[Reason]:
    """Start time and send window."""
    start = campaign.start_at
    if start is not None and start > now:
        yield Reason("Sending has not started. It starts on", start)
        return
    if not holidays_cover(now.date(), bound.bank_holidays):
        yield Reason("This year's bank holidays are not known, so nothing is sent.")
        return
    opening = window_of(campaign).next_opening(now, bound.bank_holidays)
    if opening is None:
        yield Reason("The send window does not open within the next sixty days.")
    elif opening > now:
        yield Reason("The send window is closed until", opening)


def _stopped(now: datetime) -> Iterator[Reason]:
    """What stops all campaigns."""
    row = _dispatcher()
    if row is not None and row.paused_until is not None and row.paused_until > now:
        yield Reason(f"{row.pause_reason} All sending waits until", row.paused_until)
    last_beat = db.session.scalar(select(func.max(WorkerHeartbeat.beat_at)))
    if last_beat is None or now - last_beat > WORKER_LATE:
        yield Reason("No worker is running, so nothing is sent. Tell an administrator.")


def _pilot(campaign: Campaign) -> Iterator[Reason]:
    if campaign.is_pilot_passed:
        return
    counts = queries.message_counts(campaign.id, pilot_only=True)
    size = counts.total()
    answers = counts[_M.DELIVERED] + sum(counts[status] for status in FAILED)
    yield Reason(
        f"A pilot of {_texts(size)} goes first. The rest follows when enough delivery receipts "
        f"are in: {answers} so far."
    )


def _on_hold(campaign: Campaign) -> Iterator[Reason]:
    held = exists().where(Hold.phone_digest == Message.phone_digest, Hold.released_at.is_(None))
    count = _count_pending(campaign, held)
    if count == 1:
        yield Reason("1 text waits until the reply from its number has been read.")
    elif count:
        yield Reason(f"{_texts(count)} wait until the replies from their numbers have been read.")


def _for_another(campaign: Campaign) -> Iterator[Reason]:
    """Longer than a moment only where the other's text is being looked up, or held."""
    numbers = spacing.on_their_way(campaign.id) if recipients.frequency_cap_days() else None
    count = _count_pending(campaign, Message.phone_digest.in_(numbers)) if numbers else 0
    if count:
        yield Reason(
            f"{_texts(count)} {'waits' if count == 1 else 'wait'} until we know whether another "
            "campaign has just texted the same number. Nobody gets a text from both."
        )


def _count_pending(campaign: Campaign, which: ColumnElement[bool]) -> int:
    statement = select(func.count()).where(
        Message.campaign_id == campaign.id, Message.status == _M.PENDING, which
    )
    return db.session.scalar(statement) or 0


def _unconfirmed(campaign: Campaign, now: datetime) -> Iterator[Reason]:
    count = db.session.scalar(
        select(func.count()).where(
            Message.campaign_id == campaign.id,
            Message.status == _M.SENDING,
            Message.lease_until <= now,
        )
    )
    if count == 1:
        yield Reason(
            "1 text had no answer from GOV.UK Notify and is being looked up there. It is sent "
            "again only if Notify surely does not have it."
        )
    elif count:
        yield Reason(
            f"{_texts(count)} had no answer from GOV.UK Notify and are being looked up there. They "
            "are sent again only if Notify surely does not have them."
        )


def _texts(count: int) -> str:
    return "1 text" if count == 1 else f"{count:,} texts"


def _dispatcher() -> Dispatcher | None:
    return db.session.get(Dispatcher, dispatcher.key_name(context.settings()))
