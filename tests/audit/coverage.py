"""Does everything that changes leave its event? For tests of endpoints, and to walk the tables.

with Watch() as seen:
    client.post("/campaigns/new", data=form)
seen.assert_told()
"""

import hashlib
from collections.abc import Mapping
from types import TracebackType
from typing import Self

from sqlalchemy import Table, func, select

from outreach.domain.audit import AuditAction as A
from outreach.extensions import db
from outreach.models import AuditEvent, Base

THE_LOG = frozenset(
    {
        "audit_event",
        "audit_leaf",
        "audit_tile",
        "audit_checkpoint",
        "audit_cosignature",
        "audit_key",
    }
)

QUIET: Mapping[str, str] = {
    "worker_heartbeat": "a worker's pulse",
    "known_key": "which keys a start found; the end of a change is told by key.rotated",
    "key_store": "which key store the first start made",
    "rekeying_progress": "how far a change of keys is; its end is told by key.rotated",
    "dispatcher": "the pace of sending; a pause is told by sending.paused",
    "role": "the five roles, made once",
    "last_contact": "kept with the messages that messages.sent tells of",
    "public_act_count": "landing.acted would tell when somebody acted; counts by day are all",
    "partner_act": "becomes one event a week, so that no event tells when the charity was called",
    "published_figure": "what a report showed, which report.viewed tells of",
    "sign_in_try": "counts wrong tries, which session.refused tells of",
    "user_session": "when a session was last used; its beginning and end are told",
    "audit_check": "progress of a verification; asking and ending are told",
    "erasure": "how far an erasure has come; its end is told by retention.erased",
    "audit_mailing": "a day's email on its way; its leaving is told",
}
"""Tables that change without an act of somebody's, and why no event is missing."""

TOLD: Mapping[str, frozenset[A]] = {
    "campaign": frozenset({A.CAMPAIGN_CREATED, A.CAMPAIGN_SUBMITTED, A.CAMPAIGN_APPROVED}),
    "campaign_run": frozenset({A.CAMPAIGN_RELEASED, A.CAMPAIGN_PAUSED, A.CAMPAIGN_AUTO_PAUSED}),
    "landing_page": frozenset({A.CAMPAIGN_LANDING_CHANGED}),
    "upload": frozenset({A.RECIPIENTS_UPLOADED, A.RECIPIENTS_REMOVED}),
    "recipient": frozenset({A.RECIPIENTS_MATCHED, A.RECIPIENTS_REMOVED}),
    "row_problem": frozenset({A.RECIPIENTS_MATCHED}),
    "message": frozenset({A.CAMPAIGN_RELEASED, A.MESSAGES_SENT, A.RECEIPTS_RECEIVED}),
    "received_text": frozenset({A.REPLY_RECEIVED, A.REPLY_CLASSIFIED, A.REPLY_RESOLVED}),
    "suppression": frozenset({A.OPTOUT_ADDED, A.OPTOUT_REMOVED, A.OPTOUT_IMPORTED}),
    "hold": frozenset({A.HOLD_PLACED, A.HOLD_RELEASED}),
    "confirmation_text": frozenset({A.OPTOUT_CONFIRMED}),
    "outcome": frozenset({A.OUTCOME_RECORDED, A.OUTCOME_CORRECTED, A.OUTCOME_WITHDRAWN}),
    "user": frozenset({A.USER_INVITED, A.USER_JOINED, A.USER_DISABLED}),
    "user_role": frozenset({A.USER_INVITED, A.USER_ROLE_CHANGED}),
    "role_request": frozenset({A.USER_ROLE_CHANGE_ASKED, A.USER_ROLE_CHANGE_REFUSED}),
    "passkey": frozenset({A.USER_SECOND_FACTOR_CHANGED}),
    "organisation": frozenset({A.ORGANISATION_CREATED, A.ORGANISATION_CHANGED}),
    "allowed_template": frozenset({A.TEMPLATE_ALLOWED, A.TEMPLATE_WITHDRAWN}),
    "setting": frozenset({A.SETTING_CHANGED}),
    "data_key": frozenset({A.CAMPAIGN_CREATED, A.KEY_CREATED, A.KEY_DESTROYED}),
    "legal_hold": frozenset({A.LEGAL_HOLD_PLACED, A.LEGAL_HOLD_LIFTED}),
    "mail": frozenset({A.MAIL_SENT, A.MAIL_REFUSED}),
}
"""The acts that change a table, each of which leaves an event."""


class Watch:
    """What changed in the tables within the block, and which events were left."""

    def __enter__(self) -> Self:
        self._before, self._last = _digests(), _last_event()
        self.changed: frozenset[str] = frozenset()
        self.actions: tuple[str, ...] = ()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        after = _digests()
        self.changed = frozenset(name for name in after if after[name] != self._before[name])
        rows = db.session.scalars(
            select(AuditEvent.action).where(AuditEvent.id > self._last).order_by(AuditEvent.id)
        )
        self.actions = tuple(rows)

    def assert_told(self) -> None:
        """Fails where a table changed that is not a quiet one and no event was left."""
        acts = self.changed - QUIET.keys()
        assert not acts or self.actions, f"changed without an event: {', '.join(sorted(acts))}"


def _digests() -> dict[str, str]:
    """A fingerprint of every table outside the log."""
    db.session.rollback()
    tables = [table for table in Base.metadata.sorted_tables if table.name not in THE_LOG]
    return {table.name: _digest(table) for table in tables}


def _digest(table: Table) -> str:
    rows = sorted(repr(tuple(row)) for row in db.session.execute(select(table)))
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def _last_event() -> int:
    return db.session.scalar(select(func.max(AuditEvent.id))) or 0
