"""Received texts: stored first, then read by the rules, and acted on where they are certain.

Suppression and the class it follows from are written in one transaction, so nothing claimed after
it goes to a number that said stop (design section 6).
"""

import logging
import re
from collections.abc import Collection
from datetime import datetime
from secrets import token_bytes
from traceback import extract_tb
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Table, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from outreach import clock, vault
from outreach.audit import service as audit
from outreach.domain.actor import Actor
from outreach.domain.audit import AuditAction
from outreach.domain.optout import SuppressionKind, SuppressionSource
from outreach.domain.phone import Mobile, mask, parse_mobile
from outreach.domain.replies import Reading, ReplyClass, classify
from outreach.domain.reply_queue import ReplyState
from outreach.extensions import db
from outreach.models import Campaign, DataKey, ReceivedText
from outreach.optouts import service as optouts
from outreach.replies import confirming, queries

log = logging.getLogger(__name__)

RULES = Actor.job("classify_replies")
RECEIVER = Actor.job("receive_text")
UNKNOWN_CAMPAIGN_KEY = "replies {:%Y-%m}"
"""Replies that answer no campaign are sealed under a key of the month, destroyed with its
retention."""
NOT_READ = Reading(ReplyClass.REVIEW, "The rules could not read it, so a person must.", False, True)
OVERTAKEN = Reading(
    ReplyClass.OPT_IN,
    "Asks for texts again, but a stop was said after it, which stands.",
    False,
    False,
)
UNKNOWN_CAMPAIGN_KEY_START = "replies "
ERASED_AT_ONCE = 500
_DIGITS = re.compile(r"\d{7,15}")


def store(notify_id: str, sender: str, text: str, received_at: datetime) -> ReceivedText:
    """Keep a text, sealed, once: Notify may deliver one twice, even at the same moment.

    `sender` is as Notify gives it: digits without a plus, or a name (contract section 8).
    """
    known = queries.by_notify_id(notify_id)
    if known is not None:
        return known
    row = _sealed_row(readable_sender(sender), text)
    row |= {"notify_id": notify_id, "received_at": received_at, "stored_at": clock.now()}
    if _insert_unless_known(row):
        audit.record(
            AuditAction.REPLY_RECEIVED,
            RECEIVER,
            "reply",
            row["id"],
            campaign_id=row["campaign_id"],
        )
    return db.session.scalars(select(ReceivedText).where(ReceivedText.notify_id == notify_id)).one()


def classify_stored(received_id: UUID) -> None:
    """Read one stored text and do what is certain. Does nothing where it was read already."""
    row = queries.lock(received_id)
    if row.reply_class is not None or row.sealed is None:
        return
    reading = _read(row)
    row.reply_class = reading.reply_class.value
    row.why = reading.why
    row.state = ReplyState.OPEN if _needs_a_person(reading) else ReplyState.AUTOMATIC
    audit.record(
        AuditAction.REPLY_CLASSIFIED,
        RULES,
        "reply",
        row.id,
        campaign_id=row.campaign_id,
        changes={"class": reading.reply_class.value, "why": reading.why},
    )
    _act(row, reading)


def open_text(row: ReceivedText) -> vault.ReceivedSecrets | None:
    """Who wrote and what; None once it is erased. The caller records that somebody looked."""
    if row.sealed is None:
        return None
    try:
        key = vault.open_data_key(db.session.get_one(DataKey, row.data_key_id))
    except vault.KeyDestroyed:
        return None
    return vault.open_received(key, row.id, row.sealed)


def masked_number(row: ReceivedText) -> str | None:
    """The end of the number; None once it is erased."""
    secrets = open_text(row)
    return mask(secrets.sender) if secrets is not None else None


def readable_sender(sender: str) -> str:
    """E.164 where it is a number, so that it matches what was texted; else as it came."""
    number = parse_mobile(sender)
    if isinstance(number, Mobile):
        return number.e164
    digits = sender.strip().lstrip("+")
    return f"+{digits}" if _DIGITS.fullmatch(digits) else sender.strip()


def erase_before(
    when: datetime, *, by: Actor, keep: Collection[UUID] = (), limit: int = ERASED_AT_ONCE
) -> int:
    """Erase the texts received before `when` that are dealt with; how many. Call again until 0.

    One that still waits for a person is kept until it is read: `queries.open_in_campaign` counts
    them. So are those of the campaigns `keep`. When none are left, keys of past months with nothing
    under them are destroyed.
    """
    rows = db.session.scalars(
        select(ReceivedText)
        .where(
            ReceivedText.received_at < when,
            ReceivedText.state != ReplyState.OPEN,
            ReceivedText.sealed.is_not(None),
            or_(ReceivedText.campaign_id.is_(None), ReceivedText.campaign_id.not_in(keep)),
        )
        .order_by(ReceivedText.received_at)
        .limit(limit)
        .with_for_update()
    ).all()
    confirming.forget([row.id for row in rows])
    for row in rows:
        row.sealed, row.phone_digest = None, token_bytes(32)
        audit.record(AuditAction.REPLY_ERASED, by, "reply", row.id, campaign_id=row.campaign_id)
    if not rows:
        _destroy_keys_of_past_months(by)
    return len(rows)


def _destroy_keys_of_past_months(by: Actor) -> None:
    now = clock.now()
    for key in queries.unused_keys(UNKNOWN_CAMPAIGN_KEY_START):
        if key.purpose != UNKNOWN_CAMPAIGN_KEY.format(now):
            vault.destroy_data_key(key, now)
            audit.record(
                AuditAction.KEY_DESTROYED, by, "data_key", key.id, changes={"for": key.purpose}
            )


def _read(row: ReceivedText) -> Reading:
    """What the rules say; whatever goes wrong with them, the text is held for a person."""
    campaign = queries.campaign(row.campaign_id)
    own = [campaign.template_body] if campaign and campaign.template_body else []
    try:
        secrets = open_text(row)
        reading = classify(secrets.text, own_texts=own) if secrets else NOT_READ
    except Exception as fault:  # said without its words, which may be the reply's
        place = extract_tb(fault.__traceback__)[-1]
        told = (row.id, type(fault).__name__, place.name, place.lineno)
        log.error("the rules could not read reply %s: %s in %s, line %s", *told)
        return NOT_READ
    is_opt_in = reading.reply_class is ReplyClass.OPT_IN
    return OVERTAKEN if is_opt_in and queries.is_stop_later(row) else reading


def _needs_a_person(reading: Reading) -> bool:
    return reading.reply_class is ReplyClass.URGENT or reading.holds


def _act(row: ReceivedText, reading: Reading) -> None:
    if reading.reply_class is ReplyClass.OPT_IN:
        if reading is not OVERTAKEN:
            optouts.opt_in(row.phone_digest, by=RULES)
        return
    if reading.suppresses:
        is_wrong = reading.reply_class is ReplyClass.WRONG_PERSON
        kind = SuppressionKind.WRONG_PERSON if is_wrong else SuppressionKind.OPT_OUT
        is_new = optouts.suppress(
            row.phone_digest, kind, SuppressionSource.REPLY, by=RULES, campaign_id=row.campaign_id
        )
        if is_new and reading.reply_class is ReplyClass.OPT_OUT:
            confirming.plan(row)  # an urgent reply is answered by a person or not at all
    if reading.holds:
        optouts.hold(row.phone_digest, by=RULES)


def _data_key(campaign: Campaign | None) -> DataKey:
    """The campaign's own key while it lives, else the key of the month.

    Locked, so that nobody destroys it before what is sealed under it is there to be seen.
    """
    if campaign is not None:
        key = db.session.get_one(
            DataKey, campaign.data_key_id, with_for_update={"read": True}, populate_existing=True
        )
        if key.wrapped is not None:
            return key
    now = clock.now()
    purpose = UNKNOWN_CAMPAIGN_KEY.format(now)
    found = queries.data_key_for(purpose)
    if found is None:
        found = vault.make_data_key(purpose, now)
        db.session.add(found)
        db.session.flush()
    return found


def _sealed_row(number: str, text: str) -> dict[str, Any]:
    digest = vault.digest(number)
    campaign = queries.last_campaign_that_texted(digest)
    key, reply_id = _data_key(campaign), uuid4()
    secrets = vault.ReceivedSecrets(number, text)
    return {
        "id": reply_id,
        "data_key_id": key.id,
        "sealed": vault.seal_received(vault.open_data_key(key), reply_id, secrets),
        "phone_digest": digest,
        "campaign_id": campaign.id if campaign else None,
        "state": ReplyState.OPEN.value,
    }


def _insert_unless_known(row: dict[str, Any]) -> bool:
    """Waits for whoever stores the same text; False where it is there then."""
    table: Table = ReceivedText.__table__  # type: ignore[assignment]
    insert: Any = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    statement = insert(table).values(row).on_conflict_do_nothing(index_elements=["notify_id"])
    return db.session.execute(statement.returning(table.c.id)).scalar() is not None
