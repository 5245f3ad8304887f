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
    "key_store": "which key store was used last, by its name; keys in it are told of themselves",
    "erasure": "how far an erasure has come; its end is told by retention.erased",
    "audit_mailing": "a day's email on its way; its leaving is told",
    "mail": "a letter on its way: what it is about is told by the act, its leaving by mail.sent",
}
"""Tables that change without an act of somebody's, and why no event is missing."""

USED = "how often a passkey was used, so that no copy of it is; what it opens is told"
ROWS_OF_PEOPLE = frozenset(
    {"confirmation_text", "message", "received_text", "recipient", "row_problem", "upload"}
)
BY_THE_WEEK = "told by the week, so that no event tells when the charity was called"
PROGRESS = "how far a check has come, and who does it; its asking and its end are told"
QUIET_PLACES: Mapping[str, tuple[frozenset[str], str]] = {
    "accounts/proving.py:_is_right_code": (
        frozenset({"user"}),
        "which code was used last, so that none counts twice; the proof is told after it",
    ),
    "rekeying/service.py:give_shares": (
        frozenset({"data_key"}),
        "keys of an older release get the half that lies apart; what they open stays the same",
    ),
    "replies/views/receiving.py:receive": (
        frozenset({"data_key"}),
        "the month's key, where the same text came twice at once; storing the text is told",
    ),
    "replies/jobs.py:send_confirmations": (
        frozenset({"confirmation_text"}),
        "the intent, kept before the text leaves; that it left is told",
    ),
    "security.wan_register": (
        frozenset({"user"}),
        "a handle by which passkeys will know the account; a passkey that is made is told",
    ),
    "retention/jobs.py:run_retention": (
        frozenset({"setting"}),
        "when the worker last looked; what it erased is told",
    ),
    "retention/running.py:blank": (
        ROWS_OF_PEOPLE,
        "rows whose key is gone, which was told, are blanked a part at a time; its end is told",
    ),
    "partners/views.py:record": (frozenset({"outcome"}), BY_THE_WEEK),
    "partners/views.py:withdraw": (frozenset({"outcome"}), BY_THE_WEEK),
    "recipients/jobs.py:check_list": (frozenset({"upload"}), PROGRESS),
    "recipients/jobs.py:on_progress": (frozenset({"upload"}), PROGRESS),
    "sending/daily.py:check_page": (frozenset({"setting"}), "how far Notify's list has been read"),
    "sending/holidays.py:refresh": (
        frozenset({"setting"}),
        "when bank holidays were last fetched; others than before are told",
    ),
    "sending/reconcile.py:take_due": (
        frozenset({"message"}),
        "which worker looks a text up, and when it is looked up next; what it finds is told",
    ),
    "sending/record.py:write": (
        frozenset({"message"}),
        "that no clear answer came; what became of the text is told once it is known",
    ),
    "sending/silence.py:write": (
        frozenset({"message"}),
        "when Notify was asked about a silent text; a result is told",
    ),
    "security.wan_signin_response": (frozenset({"passkey"}), USED),
    "security.wan_verify_response": (frozenset({"passkey"}), USED),
}
"""Commits that change a watched table and tell nothing, by where they are: which, and why."""

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
