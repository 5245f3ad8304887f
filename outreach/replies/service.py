"""Received texts: stored first, then read by the rules, and acted on where they are certain.

Suppression and the class it follows from are written in one transaction, so nothing claimed after
it goes to a number that said stop (design section 6).
"""

import re
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select

from outreach import clock, vault
from outreach.audit import service as audit
from outreach.domain.actor import Actor
from outreach.domain.audit import AuditAction
from outreach.domain.optout import SuppressionKind, SuppressionSource
from outreach.domain.phone import Mobile, parse_mobile
from outreach.domain.replies import Reading, ReplyClass, classify
from outreach.extensions import db
from outreach.models import Campaign, DataKey, ReceivedText
from outreach.optouts import service as optouts
from outreach.replies import queries

RULES = Actor.job("classify_replies")
UNKNOWN_CAMPAIGN_KEY = "replies {:%Y-%m}"
"""Replies that answer no campaign are sealed under a key of the month, destroyed with its
retention."""
_DIGITS = re.compile(r"\d{7,15}")


def store(notify_id: str, sender: str, text: str, received_at: datetime) -> ReceivedText | None:
    """Keep a text, sealed. None where it is there already: Notify may deliver one twice.

    `sender` is as Notify gives it: digits without a plus, or a name (contract section 8).
    """
    if queries.by_notify_id(notify_id) is not None:
        return None
    number = readable_sender(sender)
    digest = vault.digest(number)
    campaign = queries.last_campaign_that_texted(digest)
    key = _data_key(campaign)
    row = ReceivedText(
        id=uuid4(),
        notify_id=notify_id,
        received_at=received_at,
        stored_at=clock.now(),
        data_key_id=key.id,
        phone_digest=digest,
        campaign_id=campaign.id if campaign else None,
        state="open",
    )
    secrets = vault.ReceivedSecrets(number, text)
    row.sealed = vault.seal_received(vault.open_data_key(key), row.id, secrets)
    db.session.add(row)
    db.session.flush()
    audit.record(
        AuditAction.REPLY_RECEIVED,
        Actor.job("receive_text"),
        "reply",
        row.id,
        campaign_id=row.campaign_id,
    )
    return row


def classify_stored(received_id: UUID) -> None:
    """Read one stored text and do what is certain. Does nothing where it was read already."""
    row = _lock(received_id)
    if row is None or row.reply_class is not None or row.sealed is None:
        return
    secrets = open_text(row)
    campaign = db.session.get(Campaign, row.campaign_id) if row.campaign_id else None
    own = [campaign.template_body] if campaign and campaign.template_body else []
    reading = classify(secrets.text, own_texts=own)
    row.reply_class = reading.reply_class.value
    row.why = reading.why
    row.state = "open" if _needs_a_person(reading) else "automatic"
    audit.record(
        AuditAction.REPLY_CLASSIFIED,
        RULES,
        "reply",
        row.id,
        campaign_id=row.campaign_id,
        changes={"class": reading.reply_class.value, "why": reading.why},
    )
    _act(row, reading)


def open_text(row: ReceivedText) -> vault.ReceivedSecrets:
    """Who wrote and what. The caller records that somebody looked. Raises vault.KeyDestroyed."""
    key = vault.open_data_key(db.session.get_one(DataKey, row.data_key_id))
    return vault.open_received(key, row.id, row.sealed or b"")


def readable_sender(sender: str) -> str:
    """E.164 where it is a number, so that it matches what was texted; else as it came."""
    number = parse_mobile(sender)
    if isinstance(number, Mobile):
        return number.e164
    digits = sender.strip().lstrip("+")
    return f"+{digits}" if _DIGITS.fullmatch(digits) else sender.strip()


def _needs_a_person(reading: Reading) -> bool:
    return reading.reply_class is ReplyClass.URGENT or reading.holds


def _act(row: ReceivedText, reading: Reading) -> None:
    if reading.reply_class is ReplyClass.OPT_IN:
        optouts.opt_in(row.phone_digest, by=RULES)
        return
    if reading.suppresses:
        is_wrong = reading.reply_class is ReplyClass.WRONG_PERSON
        kind = SuppressionKind.WRONG_PERSON if is_wrong else SuppressionKind.OPT_OUT
        optouts.suppress(
            row.phone_digest, kind, SuppressionSource.REPLY, by=RULES, campaign_id=row.campaign_id
        )
    if reading.holds:
        optouts.hold(row.phone_digest, by=RULES)


def _data_key(campaign: Campaign | None) -> DataKey:
    """The campaign's own key while it lives, else the key of the month."""
    if campaign is not None:
        key = db.session.get_one(DataKey, campaign.data_key_id)
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


def _lock(received_id: UUID) -> ReceivedText | None:
    statement = select(ReceivedText).where(ReceivedText.id == received_id).with_for_update()
    return db.session.scalars(statement).first()
