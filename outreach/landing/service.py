"""What a recipient's presses do. GETs only read; every act is a POST and counts by day.

Codes come as `domain.referral.code_to_look_up` gives them.
"""

from mmap import mmap
from uuid import UUID

from sqlalchemy import Engine
from sqlalchemy.dialects import postgresql, sqlite

from outreach import clock, vault
from outreach.domain.actor import Actor
from outreach.domain.guessing import MEMORY_BYTES, Guesses
from outreach.domain.landing import VISIT
from outreach.domain.optout import SuppressionKind, SuppressionSource
from outreach.domain.send_window import LONDON
from outreach.extensions import db
from outreach.landing import queries
from outreach.landing.content import Content
from outreach.models import PublicActCount
from outreach.models.referral import NO_CAMPAIGN
from outreach.optouts import service as optouts
from outreach.referrals.queries import CodeMatch, find_by_code

KINDS = {"stop": SuppressionKind.OPT_OUT, "not-me": SuppressionKind.WRONG_PERSON}
_guesses = Guesses(memory=memoryview(mmap(-1, MEMORY_BYTES)))
"""In memory that the processes of one `outreach serve` share: they are forked after this."""


class GuessedTooOften(Exception):
    """This address has tried too many codes that do not exist: nothing was looked up or done."""


def content_for(code: str, address: str | None, language: str, database: Engine) -> Content | None:
    """What the page of `code` says; None, which means general help, where there is no such code."""
    now = clock.now().timestamp()
    if not _guesses.may_look_up(address, now):
        return None
    content = queries.content_by_code(database, vault.digest(code), language)
    _guesses.count(address, now, is_known=content is not None)
    return content


def end_texts(act: str, code: str, address: str | None) -> bytes | None:
    """Suppress the number this code was sent to, as `act` of KINDS says. Raises GuessedTooOften.

    Its digest, or None where there is no such code, which the page does not tell. Nothing sent to
    the number afterwards can have been claimed after this transaction.
    """
    match = _find(code, address)
    if match is not None:
        optouts.suppress(
            match.phone_digest,
            KINDS[act],
            SuppressionSource.LANDING_PAGE,
            by=Actor.public(),
            campaign_id=match.campaign.id,
        )
    _count(act, match)
    return match.phone_digest if match else None


def visit(code: str, address: str | None) -> str | None:
    """Count one visit to the charity's site and give its address. Raises GuessedTooOften.

    None where the code does not exist.
    """
    match = _find(code, address)
    partner = match.campaign.partner if match else None
    _count(VISIT, match)
    return partner.website if partner else None


def _find(code: str, address: str | None) -> CodeMatch | None:
    now = clock.now().timestamp()
    if not _guesses.may_look_up(address, now):
        raise GuessedTooOften
    match = find_by_code(code)
    _guesses.count(address, now, is_known=match is not None)
    return match


def _count(act: str, match: CodeMatch | None) -> None:
    """One more of `act` today. A code that does not exist costs the same write."""
    campaign_id: UUID = match.campaign.id if match else NO_CAMPAIGN
    day = clock.now().astimezone(LONDON).date()
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    statement = insert(PublicActCount).values(campaign_id=campaign_id, day=day, act=act, count=1)
    db.session.execute(
        statement.on_conflict_do_update(
            index_elements=["campaign_id", "day", "act"],
            set_={"count": PublicActCount.count + 1},
        )
    )
