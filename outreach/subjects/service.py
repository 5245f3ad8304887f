"""Answering one person's request: found, exported, erased, corrected.

Each leaves its events, on the person's own rows and without the number. The caller owns the
transaction.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, select, update

from outreach import clock, vault
from outreach.audit import service as audit
from outreach.campaigns import service as drafting
from outreach.domain.actor import Actor
from outreach.domain.audit import AuditAction, Scalar
from outreach.domain.errors import ChangedMeanwhile, NotAllowed
from outreach.domain.message import MessageStatus
from outreach.domain.subject import Held
from outreach.extensions import db
from outreach.models import Campaign, ConfirmationText, Message, ReceivedText, Recipient, Upload
from outreach.recipients.preparing import compile_message
from outreach.recipients.service import data_key
from outreach.replies import queries as replies
from outreach.retention.parts import (
    blank_confirmation,
    blank_message,
    blank_recipient,
    blank_reply,
    random_digest,
)
from outreach.sending.queries import lock_campaign
from outreach.subjects import queries

NOBODY = "unknown"
"""In place of a row's id in the event of a search that found none."""


class NotTheirs(NotAllowed):
    """The row is another number's, or is there no more."""

    def __init__(self) -> None:
        super().__init__("There is nothing to correct under this number any more.")


class DoesNotFit(NotAllowed):
    """With these values the text would be empty or too long."""


@dataclass(frozen=True)
class Erased:
    """`kept` are sentences about what could not be erased now."""

    rows: int
    kept: Sequence[str]


def find(digest: bytes, masked: str, *, by: Actor, reason: str) -> Held:
    """Everything that is held, and that somebody looked."""
    found = queries.held(digest, masked)
    _record(AuditAction.SUBJECT_FOUND, queries.rows_of(digest), by, reason)
    return found


def export(digest: bytes, masked: str, *, by: Actor, reason: str) -> Held:
    """The same, to be handed over."""
    found = queries.held(digest, masked)
    _record(AuditAction.SUBJECT_EXPORTED, queries.rows_of(digest), by, reason)
    return found


def erase(digest: bytes, *, by: Actor, reason: str) -> Erased:
    """Whatever is not unfinished: rows in every campaign, and replies. What keeps the number from
    being texted stays: opt-outs, a hold, when it was last texted."""
    rows, kept, count = queries.rows_of(digest), [], 0
    for recipient_id in rows.recipients:
        why_not = _erase_recipient(recipient_id, by, reason)
        count += why_not is None
        kept += [why_not] if why_not else []
    for reply_id in rows.replies:
        why_not = _erase_reply(reply_id, by, reason)
        count += why_not is None
        kept += [why_not] if why_not else []
    return Erased(count, kept)


def correct(
    digest: bytes,
    recipient_id: int,
    values: Mapping[str, str],
    *,
    public_url: str,
    by: Actor,
    reason: str,
) -> None:
    """Put these values in place of what the list said, before the text is sent.

    What was submitted or approved is so no more. Raises NotTheirs, NotAllowed, DoesNotFit.
    """
    row, campaign = _locked(recipient_id)
    if row.phone_digest != digest:
        raise NotTheirs
    if (why_not := queries.why_not_correct(campaign)) is not None:
        raise NotAllowed(why_not)
    before = queries.opened(row, campaign)
    fresh = {name: values.get(name, value) for name, value in before.values.items()}
    measured = compile_message(campaign.template_body or "", public_url).render_and_count(fresh)
    if measured.measured.is_too_long or measured.measured.is_empty:
        raise DoesNotFit("With these words the text would be empty or too long to send.")
    drafting.begin_change(campaign, by)
    secrets = vault.RecipientSecrets(before.phone, fresh, before.code)
    row.sealed = vault.seal_recipient(data_key(campaign), campaign.id, row.row_number, secrets)
    row.fragments = measured.fragments
    changed = sum(fresh[name] != before.values[name] for name in fresh)
    _record_one(AuditAction.SUBJECT_CORRECTED, row, by, reason, {"values": changed})


def _erase_recipient(recipient_id: int, by: Actor, reason: str) -> str | None:
    """None where it is done, else why not."""
    row, campaign = _locked(recipient_id)
    why_not = queries.why_not_erase(row, campaign)
    if why_not is not None:
        return f"{campaign.title}: {why_not}"
    if campaign.released_at is None and not campaign.status.is_over:
        _take_off_list(row, campaign, by, reason)
    else:
        _blank(row, by, reason)
    return None


def _take_off_list(row: Recipient, campaign: Campaign, by: Actor, reason: str) -> None:
    """As if it had never stood in the file. What was approved is another list now."""
    _record_one(AuditAction.SUBJECT_ERASED, row, by, reason, {"removed_from_list": True})
    drafting.begin_change(campaign, by)
    upload = db.session.get_one(Upload, row.upload_id, with_for_update=True)
    upload.accepted -= 1
    upload.rows_total -= 1
    upload.rows_done -= 1
    db.session.execute(delete(Recipient).where(Recipient.id == row.id))


def _blank(row: Recipient, by: Actor, reason: str) -> None:
    """A text that waits is withheld. One whose receipt may come keeps its reference till then."""
    now = clock.now()
    texts = queries.messages_of(row)
    waiting = [each.id for each in texts if each.status is MessageStatus.PENDING]
    open_ended = [each.id for each in texts if each.status is MessageStatus.ACCEPTED]
    changes: dict[str, Scalar] = {"texts": len(texts), "texts_withheld": len(waiting)}
    _record_one(AuditAction.SUBJECT_ERASED, row, by, reason, changes)
    _update(Message, waiting, status=MessageStatus.SUPPRESSED, final_at=now)
    _update(Message, [each.id for each in texts if each.id not in open_ended], **blank_message())
    _update(Message, open_ended, phone_digest=random_digest())
    _update(Recipient, [row.id], **blank_recipient(now))


def _erase_reply(reply_id: UUID, by: Actor, reason: str) -> str | None:
    row = replies.lock(reply_id)
    why_not = queries.why_not_erase_reply(row)
    if why_not is not None:
        return f"A reply: {why_not}"
    audit.record(
        AuditAction.SUBJECT_ERASED,
        by,
        "reply",
        row.id,
        campaign_id=row.campaign_id,
        reason=reason,
    )
    confirmation = select(ConfirmationText.id).where(ConfirmationText.received_text_id == row.id)
    _update(ConfirmationText, db.session.scalars(confirmation).all(), **blank_confirmation())
    _update(ReceivedText, [row.id], **blank_reply())
    return None


def _locked(recipient_id: int) -> tuple[Recipient, Campaign]:
    """The campaign first, as everywhere. Raises NotTheirs, ChangedMeanwhile."""
    row = db.session.get(Recipient, recipient_id)
    if row is None:
        raise NotTheirs
    campaign = lock_campaign(row.campaign_id)
    db.session.refresh(row, with_for_update=True)
    if campaign is None or campaign.erased_at is not None or row.sealed is None:
        raise ChangedMeanwhile("This campaign’s data was erased in the meantime.")
    return row, campaign


def _update(model: type, ids: Sequence[object], **values: object) -> None:
    if ids:
        statement = update(model).where(model.id.in_(ids)).values(**values)  # type: ignore[attr-defined]
        db.session.execute(statement.execution_options(synchronize_session=False))


def _record(action: AuditAction, rows: queries.Rows, by: Actor, reason: str) -> None:
    """One event for each row that is the number's, so that a later trace shows this one too."""
    objects = [("recipient", str(each)) for each in rows.recipients]
    objects += [("reply", str(each)) for each in rows.replies]
    for object_type, object_id in objects or [("recipient", NOBODY)]:
        audit.record(action, by, object_type, object_id, reason=reason)


def _record_one(
    action: AuditAction, row: Recipient, by: Actor, reason: str, changes: Mapping[str, Scalar]
) -> None:
    audit.record(
        action,
        by,
        "recipient",
        row.id,
        campaign_id=row.campaign_id,
        changes=changes,
        reason=reason,
    )
