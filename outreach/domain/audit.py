"""What an audit event is: the actions there are, what each must carry, the bytes that are sealed.

The categories are the six of the Data Protection Act 2018 s.62(1). Every action has exactly one,
written beside it, so that an action without a category cannot be added.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from json import JSONEncoder

import rfc8785

from outreach.domain.merkle import hash_leaf

Scalar = str | int | bool | None
"""What a change may hold. No floats: money is whole pence, a share is a whole per cent."""

_EXACT = 1 << 53
_encode = JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode

RECORD_VERSION = 1
"""Stands in every sealed event as `version`; a change of the fields of `canonical` raises it."""


class AuditCategory(StrEnum):
    """The processing operations that must be logged: Data Protection Act 2018 s.62(1)(a) to (f)."""

    COLLECTION = "collection"
    ALTERATION = "alteration"
    CONSULTATION = "consultation"
    DISCLOSURE = "disclosure"
    COMBINATION = "combination"
    ERASURE = "erasure"


COLLECTION = AuditCategory.COLLECTION
ALTERATION = AuditCategory.ALTERATION
CONSULTATION = AuditCategory.CONSULTATION
DISCLOSURE = AuditCategory.DISCLOSURE
COMBINATION = AuditCategory.COMBINATION
ERASURE = AuditCategory.ERASURE
REASON_NEEDED = True


class ActorKind(StrEnum):
    """Who acts. A command typed by an operator is a job, named `command:` and its words."""

    PERSON = "person"
    JOB = "job"
    PARTNER = "partner"
    PUBLIC = "public"


class AuditAction(StrEnum):
    """Every act the product records: the value, its s.62 category, whether it needs a reason.

    An act that touches no personal data (a setting, a draft) is an alteration. Handing numbers to
    Notify is a disclosure; matching a list with the suppression list is a combination.
    """

    category: AuditCategory
    needs_reason: bool

    def __new__(
        cls, value: str, category: AuditCategory = ALTERATION, needs_reason: bool = False
    ) -> "AuditAction":
        member = str.__new__(cls, value)
        member._value_ = value
        member.category = category
        member.needs_reason = needs_reason
        return member

    CAMPAIGN_CREATED = "campaign.created", ALTERATION
    CAMPAIGN_COPIED = "campaign.copied", ALTERATION
    CAMPAIGN_VIEWED = "campaign.viewed", CONSULTATION
    CAMPAIGN_PURPOSE_CHANGED = "campaign.purpose_changed", ALTERATION
    CAMPAIGN_MESSAGE_CHOSEN = "campaign.message_chosen", ALTERATION
    CAMPAIGN_MESSAGE_PREVIEWED = "campaign.message_previewed", DISCLOSURE
    CAMPAIGN_PARTNER_CHOSEN = "campaign.partner_chosen", ALTERATION
    CAMPAIGN_LANDING_CHANGED = "campaign.landing_changed", ALTERATION
    CAMPAIGN_SCHEDULE_CHANGED = "campaign.schedule_changed", ALTERATION
    CAMPAIGN_SUBMITTED = "campaign.submitted", ALTERATION
    CAMPAIGN_REOPENED = "campaign.reopened", ALTERATION
    CAMPAIGN_RETURNED = "campaign.returned", ALTERATION, REASON_NEEDED
    CAMPAIGN_APPROVED = "campaign.approved", ALTERATION
    CAMPAIGN_APPROVAL_VOIDED = "campaign.approval_voided", ALTERATION, REASON_NEEDED
    CAMPAIGN_RELEASED = "campaign.released", ALTERATION
    CAMPAIGN_PAUSED = "campaign.paused", ALTERATION
    CAMPAIGN_AUTO_PAUSED = "campaign.auto_paused", ALTERATION, REASON_NEEDED
    CAMPAIGN_RESUMED = "campaign.resumed", ALTERATION
    CAMPAIGN_CANCELLED = "campaign.cancelled", ALTERATION
    CAMPAIGN_PILOT_PASSED = "campaign.pilot_passed", ALTERATION
    CAMPAIGN_COMPLETED = "campaign.completed", ALTERATION

    RECIPIENTS_UPLOADED = "recipients.uploaded", COLLECTION
    RECIPIENTS_REFUSED = "recipients.refused", COLLECTION
    RECIPIENTS_UPLOAD_CANCELLED = "recipients.upload_cancelled", ERASURE
    RECIPIENTS_MATCHED = "recipients.matched", COMBINATION
    RECIPIENTS_VIEWED = "recipients.viewed", CONSULTATION
    RECIPIENTS_REPORT_DOWNLOADED = "recipients.report_downloaded", DISCLOSURE
    RECIPIENTS_REMOVED = "recipients.removed", ERASURE
    RECIPIENT_VIEWED = "recipient.viewed", CONSULTATION
    NUMBER_REVEALED = "number.revealed", CONSULTATION, REASON_NEEDED

    MESSAGES_PREPARED = "messages.prepared", COMBINATION
    MESSAGES_SENT = "messages.sent", DISCLOSURE
    MESSAGES_SUPPRESSED = "messages.suppressed", COMBINATION
    MESSAGES_REFUSED = "messages.refused", DISCLOSURE
    MESSAGES_RECONCILED = "messages.reconciled", COMBINATION
    MESSAGES_HELD = "messages.held", ALTERATION
    MESSAGES_SETTLED = "messages.settled", COLLECTION
    MESSAGES_RETRIED = "messages.retried", ALTERATION
    MESSAGE_HELD_VIEWED = "message.held_viewed", CONSULTATION
    MESSAGE_HELD_RESOLVED = "message.held_resolved", ALTERATION
    SENDING_PAUSED = "sending.paused", ALTERATION, REASON_NEEDED
    SENDING_RESUMED = "sending.resumed", ALTERATION
    RECEIPTS_RECEIVED = "receipts.received", COLLECTION
    RECEIPT_REFUSED = "receipt.refused", COLLECTION

    REPLY_RECEIVED = "reply.received", COLLECTION
    REPLY_CLASSIFIED = "reply.classified", COMBINATION
    REPLY_LISTED = "reply.listed", CONSULTATION
    REPLY_READ = "reply.read", CONSULTATION
    REPLY_ASSIGNED = "reply.assigned", ALTERATION
    REPLY_UNASSIGNED = "reply.unassigned", ALTERATION
    REPLY_RESOLVED = "reply.resolved", ALTERATION
    REPLY_UNDONE = "reply.undone", ALTERATION
    REPLY_ERASED = "reply.erased", ERASURE

    OPTOUT_ADDED = "optout.added", COLLECTION
    OPTOUT_REMOVED = "optout.removed", ERASURE, REASON_NEEDED
    OPTOUT_REVOKED = "optout.revoked", ERASURE
    OPTOUT_CONFIRMED = "optout.confirmed", DISCLOSURE
    OPTOUT_LOOKED_UP = "optout.looked_up", CONSULTATION
    OPTOUT_IMPORTED = "optout.imported", COLLECTION
    OPTOUT_EXPORTED = "optout.exported", DISCLOSURE
    HOLD_PLACED = "hold.placed", COLLECTION
    HOLD_RELEASED = "hold.released", ALTERATION

    REFERRALS_ISSUED = "referrals.issued", COMBINATION
    LANDING_ACTED = "landing.acted", COLLECTION
    CODE_CHECKED = "code.checked", DISCLOSURE
    CODE_REFUSED = "code.refused", CONSULTATION
    OUTCOME_RECORDED = "outcome.recorded", COLLECTION
    OUTCOME_CORRECTED = "outcome.corrected", ALTERATION
    OUTCOME_WITHDRAWN = "outcome.withdrawn", ERASURE
    OUTCOMES_VIEWED = "outcomes.viewed", CONSULTATION

    SESSION_SIGNED_IN = "session.signed_in", CONSULTATION
    SESSION_REFUSED = "session.refused", CONSULTATION
    SESSION_CONFIRMED = "session.confirmed", CONSULTATION
    SESSION_SIGNED_OUT = "session.signed_out", CONSULTATION
    SESSION_ENDED = "session.ended", ALTERATION
    PERMISSION_REFUSED = "permission.refused", CONSULTATION
    USER_INVITED = "user.invited", COLLECTION
    USER_INVITED_AGAIN = "user.invited_again", DISCLOSURE
    USER_JOINED = "user.joined", COLLECTION
    USER_LINKED = "user.linked", ALTERATION
    USER_UNLINKED = "user.unlinked", ALTERATION
    USER_ROLE_CHANGED = "user.role_changed", ALTERATION
    USER_ROLE_CHANGE_ASKED = "user.role_change_asked", ALTERATION
    USER_ROLE_CHANGE_REFUSED = "user.role_change_refused", ALTERATION
    USER_PASSWORD_CHANGED = "user.password_changed", ALTERATION
    USER_PASSWORD_RESET_ASKED = "user.password_reset_asked", ALTERATION
    USER_SECOND_FACTOR_CHANGED = "user.second_factor_changed", ALTERATION
    USER_RECOVERY_CODES_MADE = "user.recovery_codes_made", ALTERATION
    USER_DETAILS_CHANGED = "user.details_changed", ALTERATION
    USER_DISABLED = "user.disabled", ALTERATION
    USER_ENABLED = "user.enabled", ALTERATION
    USERS_VIEWED = "users.viewed", CONSULTATION
    ORGANISATION_CREATED = "organisation.created", ALTERATION
    ORGANISATION_CHANGED = "organisation.changed", ALTERATION
    ORGANISATION_DISABLED = "organisation.disabled", ALTERATION
    TEMPLATE_ALLOWED = "template.allowed", ALTERATION
    TEMPLATE_WITHDRAWN = "template.withdrawn", ALTERATION
    SETTING_CHANGED = "setting.changed", ALTERATION

    KEY_CREATED = "key.created", ALTERATION
    KEY_ROTATED = "key.rotated", ALTERATION
    KEY_DESTROYED = "key.destroyed", ERASURE
    RETENTION_PREVIEWED = "retention.previewed", CONSULTATION
    RETENTION_ERASED = "retention.erased", ERASURE
    LEGAL_HOLD_PLACED = "legal_hold.placed", ALTERATION, REASON_NEEDED
    LEGAL_HOLD_LIFTED = "legal_hold.lifted", ALTERATION, REASON_NEEDED
    SUBJECT_FOUND = "subject.found", CONSULTATION, REASON_NEEDED
    SUBJECT_EXPORTED = "subject.exported", DISCLOSURE, REASON_NEEDED
    SUBJECT_CORRECTED = "subject.corrected", ALTERATION, REASON_NEEDED
    SUBJECT_ERASED = "subject.erased", ERASURE, REASON_NEEDED
    DATABASE_SEEDED = "database.seeded", COLLECTION

    REPORT_VIEWED = "report.viewed", CONSULTATION
    REPORT_EXPORTED = "report.exported", DISCLOSURE
    AUDIT_VIEWED = "audit.viewed", CONSULTATION
    AUDIT_EVENT_VIEWED = "audit.event_viewed", CONSULTATION
    AUDIT_ACCESS_VIEWED = "audit.access_viewed", CONSULTATION
    AUDIT_NUMBER_TRACED = "audit.number_traced", CONSULTATION
    AUDIT_EXPORTED = "audit.exported", DISCLOSURE
    AUDIT_VERIFIED = "audit.verified", CONSULTATION
    AUDIT_CHECKPOINT_EMAILED = "audit.checkpoint_emailed", DISCLOSURE
    AUDIT_COSIGNED = "audit.cosigned", ALTERATION
    MAIL_SENT = "mail.sent", DISCLOSURE
    MAIL_REFUSED = "mail.refused", DISCLOSURE


ACTION_CATEGORY: Mapping[AuditAction, AuditCategory] = {a: a.category for a in AuditAction}


@dataclass(frozen=True, slots=True)
class AuditRecord:
    """One event as it is sealed.

    `id` is a UUID in text; `at` is aware UTC; `actor` is a user's id, a job's name or, for the
    public, a fixed word; `role` is the one under which the act was allowed, or None. An object is
    named by type and id; a partner's acts name the campaign and never the code.
    """

    id: str
    at: datetime
    actor_kind: ActorKind
    actor: str
    role: str | None
    action: AuditAction
    object_type: str
    object_id: str | None
    campaign_id: str | None
    changes: Mapping[str, Scalar]
    reason: str | None


def canonical(record: AuditRecord) -> bytes:
    """The RFC 8785 JSON that is hashed, exported and verified. ValueError where it has none."""
    return encode_event(
        {
            "action": record.action.value,
            "actor": record.actor,
            "actor_kind": record.actor_kind.value,
            "at": _utc(record.at),
            "campaign_id": record.campaign_id,
            "category": record.action.category.value,
            "changes": dict(record.changes),
            "id": record.id,
            "object_id": record.object_id,
            "object_type": record.object_type,
            "reason": record.reason,
            "role": record.role,
            "version": RECORD_VERSION,
        }
    )


def encode_event(fields: Mapping[str, object]) -> bytes:
    """The fields of an event as RFC 8785 JSON, whatever they hold: what was once sealed stays
    provable when this version no longer knows its action. ValueError where there is no such JSON.
    """
    changes = fields["changes"]
    if isinstance(changes, dict) and all(_is_plain(name, changes[name]) for name in changes):
        return _encode(fields).encode()
    return rfc8785.dumps(fields)  # type: ignore[arg-type]  # it says itself what it cannot write


def leaf_hash(record: AuditRecord) -> bytes:
    """The event's hash in the tree."""
    return hash_leaf(canonical(record))


def _utc(at: datetime) -> str:
    if at.utcoffset() != timedelta(0):
        raise ValueError("an audit event's time must be aware and in UTC")
    return instant(at)


def _is_plain(name: str, value: object) -> bool:
    """Whether the standard library's encoder, ten times as fast, writes just what RFC 8785 asks.

    It does but for the order of names outside ASCII, for floats and for whole numbers past 2**53.
    """
    if type(value) is int:
        return name.isascii() and -_EXACT < value < _EXACT
    return name.isascii() and (value is None or type(value) in (str, bool))


def instant(at: datetime) -> str:
    """RFC 3339 in UTC, always with six decimals and Z, so that a moment has one spelling."""
    if at.tzinfo is None:
        raise ValueError("an audit event's time must be aware")
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
