"""Checking referral codes and recording outcomes, on the charity's side of the wall.

An outcome is kept under HMAC-SHA256(the campaign's outcome key, code), by ISO week. Nothing written
here holds the code, the recipient, the message or the time of day. Audit events name the campaign.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto

from sqlalchemy import delete, insert, select

from outreach import clock, vault
from outreach.audit import service as audit
from outreach.domain import outcome as outcomes
from outreach.domain.access import Role
from outreach.domain.actor import Actor
from outreach.domain.audit import ActorKind, AuditAction
from outreach.domain.errors import NotAllowed, OutreachError
from outreach.domain.outcome import OutcomeKind
from outreach.domain.referral import read_code
from outreach.domain.send_window import LONDON
from outreach.extensions import db
from outreach.models import Campaign, Outcome, PartnerAct
from outreach.partners import queries
from outreach.partners.queries import Held, OwnFigures
from outreach.referrals.queries import find_by_code

WRONG_PER_PERSON, WRONG_PER_ORGANISATION = 30, 120
WRONG_WITHIN = timedelta(hours=1)


class CampaignClosed(OutreachError):
    """The outcome key is destroyed: nothing can be said or kept under a code any more."""

    def __init__(self) -> None:
        super().__init__(
            "This campaign is closed. Its codes can no longer be checked, and outcomes can no "
            "longer be recorded or changed."
        )


class TooManyWrongCodes(OutreachError):
    """Holds how many whole minutes to wait, at least one."""

    def __init__(self, minutes: int) -> None:
        unit = "minute" if minutes == 1 else "minutes"
        super().__init__(
            "Many codes that are not genuine have been tried in the last hour. "
            f"Try again in {minutes} {unit}. Your colleagues can still check codes."
        )
        self.minutes = minutes


@dataclass(frozen=True)
class Genuine:
    """All that a partner learns of a code."""

    code: str
    campaign_name: str
    month: date
    """Its first day."""
    held: Held | None
    """What has been recorded under it."""


class Change(Enum):
    """What an attempt to record or withdraw an outcome did."""

    RECORDED = auto()
    CORRECTED = auto()
    WITHDRAWN = auto()
    UNCHANGED = auto()
    NOT_GENUINE = auto()
    """The code is none of the partner's. It is counted, so the caller must commit."""


@dataclass(frozen=True)
class _Place:
    """Where an outcome for a code belongs."""

    campaign: Campaign
    token: bytes
    month: date


def check(typed: str, *, by: Actor) -> Genuine | None:
    """Whether a code is one of the partner's own campaigns'; None where it is not.

    Raises CodeUnreadable, TooManyWrongCodes and CampaignClosed. A code that cannot be one is a slip
    of the finger: it is not looked up, so it does not count as wrong.
    """
    code = read_code(typed)
    place = _look_up(code, by)
    if place is None:
        return None
    audit.record(
        AuditAction.CODE_CHECKED, by, "campaign", place.campaign.id, campaign_id=place.campaign.id
    )
    return _shown(code, place)


def look_again(typed: str, *, by: Actor) -> Genuine | None:
    """As `check`, to show a page again that was shown: without an event of its own."""
    code = read_code(typed)
    place = _look_up(code, by)
    return _shown(code, place) if place else None


def record(typed: str, kind: OutcomeKind, *, by: Actor) -> Change:
    """Keep `kind` under the code, in place of what was there. Its week stays the first one.

    Raises what `check` raises.
    """
    place = _look_up(read_code(typed), by)
    if place is None:
        return Change.NOT_GENUINE
    held = queries.outcome_under(place.token)
    if held is not None and held.outcome is kind:
        return Change.UNCHANGED
    _keep(place, Held(kind, held.iso_week if held else outcomes.iso_week(clock.now())))
    _note(AuditAction.OUTCOME_CORRECTED if held else AuditAction.OUTCOME_RECORDED, place, by)
    return Change.CORRECTED if held else Change.RECORDED


def withdraw(typed: str, *, by: Actor) -> Change:
    """Nothing is kept under the code any more. Raises what `check` raises."""
    place = _look_up(read_code(typed), by)
    if place is None:
        return Change.NOT_GENUINE
    if queries.outcome_under(place.token) is None:
        return Change.UNCHANGED
    _keep(place, None)
    _note(AuditAction.OUTCOME_WITHDRAWN, place, by)
    return Change.WITHDRAWN


def own_figures(*, by: Actor) -> list[OwnFigures]:
    """What the partner's organisation recorded itself, exact. Looking at it is an event."""
    organisation = _organisation(by)
    audit.record(AuditAction.OUTCOMES_VIEWED, by, "organisation", organisation)
    return queries.own_figures(organisation)


def publish_acts() -> int:
    """Turn what partners did in weeks that are over into audit events; how many there were.

    One event for a person, campaign, act and week, however often and whenever it was done.
    """
    this_week = outcomes.iso_week(clock.now())
    acts = db.session.scalars(
        select(PartnerAct)
        .where(PartnerAct.iso_week < this_week)
        .order_by(PartnerAct.campaign_id, PartnerAct.user_id, PartnerAct.action)
        .with_for_update(skip_locked=True)
    ).all()
    for act in acts:
        audit.record(
            act.action,
            Actor(ActorKind.PARTNER, str(act.user_id), Role.PARTNER, act.user_id),
            "campaign",
            act.campaign_id,
            campaign_id=act.campaign_id,
            changes={"week": act.iso_week},
        )
        db.session.delete(act)
    return len(acts)


def _look_up(code: str, by: Actor) -> _Place | None:
    """Where outcomes for the code belong; None, and an event, where it is none of the partner's."""
    organisation = _organisation(by)
    _refuse_guessing(by, organisation)
    match = find_by_code(code)
    sent_at = queries.sent_at(match.recipient_id) if match else None
    if match is None or sent_at is None or match.campaign.partner_id != organisation:
        audit.record(AuditAction.CODE_REFUSED, by, "organisation", organisation)
        return None
    try:
        key = vault.open_data_key(queries.lock_outcome_key(match.campaign))
    except vault.KeyDestroyed as destroyed:
        raise CampaignClosed from destroyed
    month = sent_at.astimezone(LONDON).date().replace(day=1)
    return _Place(match.campaign, outcomes.token(key, code), month)


def _organisation(by: Actor) -> int:
    organisation = queries.organisation_id(by.user_id) if by.user_id else None
    if organisation is None:
        raise NotAllowed("These pages are for people of a partner organisation.")
    return organisation


def _refuse_guessing(by: Actor, organisation: int) -> None:
    now = clock.now()
    limits = (
        ([by.user_id] if by.user_id else [], WRONG_PER_PERSON),
        (queries.colleagues(organisation), WRONG_PER_ORGANISATION),
    )
    for people, limit in limits:
        times = queries.refusals_since(people, now - WRONG_WITHIN)
        if len(times) >= limit:
            wait = times[-limit] + WRONG_WITHIN - now
            raise TooManyWrongCodes(max(1, -(-int(wait.total_seconds()) // 60)))


def _shown(code: str, place: _Place) -> Genuine:
    held = queries.outcome_under(place.token)
    return Genuine(code, place.campaign.name_outside, place.month, held)


def _keep(place: _Place, fresh: Held | None) -> None:
    """Write or replace the outcome, or remove it where `fresh` is None.

    All outcomes of the campaign are written anew in the order of their tokens, in one transaction:
    rows of a table lie in the order they were written and carry the number of the transaction that
    wrote them, and either would put outcomes beside the acts of the same moment.
    """
    campaign_id = place.campaign.id
    kept = queries.outcomes_of(campaign_id)
    kept.pop(place.token, None)
    if fresh is not None:
        kept[place.token] = fresh
    db.session.execute(delete(Outcome).where(Outcome.campaign_id == campaign_id))
    if kept:
        db.session.execute(
            insert(Outcome),
            [
                {
                    "token": token,
                    "campaign_id": campaign_id,
                    "iso_week": kept[token].iso_week,
                    "outcome": kept[token].outcome,
                }
                for token in sorted(kept)
            ],
        )


def _note(action: AuditAction, place: _Place, by: Actor) -> None:
    """That this person did this in this campaign this week, for the week's audit event."""
    act = {
        "user_id": by.user_id,
        "campaign_id": place.campaign.id,
        "iso_week": outcomes.iso_week(clock.now()),
        "action": action,
    }
    if db.session.get(PartnerAct, act) is None:
        db.session.add(PartnerAct(**act))
