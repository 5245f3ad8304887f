"""Taking a list into a campaign: judged whole, stored whole, or not at all (design section 4).

The transaction is short: reading, judging and sealing happen before it, on the worker's own time
for lists over a few thousand rows. The caller commits.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy import FromClause, delete, insert, select, update

from outreach import clock, vault
from outreach.audit import service as audit
from outreach.domain.actor import Actor
from outreach.domain.audit import AuditAction
from outreach.domain.errors import Incomplete, MoveRefused
from outreach.domain.list_file import FileRefused
from outreach.extensions import db
from outreach.keys import open_sealed, seal
from outreach.models import Campaign, DataKey, Recipient, RowProblem, Upload
from outreach.recipients import queries
from outreach.recipients.preparing import (
    Place,
    Prepared,
    ProblemRow,
    SealedRow,
    compile_message,
    prepare,
)
from outreach.recipients.reader import RecipientFile, open_list

SMALL_LIST_ROWS = 3_000
"""Up to this many rows are checked while the person waits; more are left to the worker."""
CLAIM_FOR = timedelta(seconds=30)
INSERT_ROWS = 5_000


class UploadCancelled(Exception):
    """Somebody cancelled the check while it ran."""


def open_upload(campaign: Campaign, data: bytes, filename: str) -> RecipientFile:
    """The list, looked through and found good as a whole.

    Raises FileRefused, and Incomplete where no message is chosen yet.
    """
    if campaign.template_body is None:
        raise Incomplete("Choose the message first: the list is checked against what it needs.")
    wanted = compile_message(campaign.template_body, "").gaps
    return open_list(data, filename=filename, wanted=wanted)


def record_refused_file(campaign_id: UUID, refusal: FileRefused, *, by: Actor) -> None:
    """A file that cannot be used leaves an event and nothing else."""
    audit.record(
        AuditAction.RECIPIENTS_REFUSED,
        by,
        "campaign",
        campaign_id,
        campaign_id=campaign_id,
        changes={"fault": refusal.fault.value},
    )


def start_upload(
    campaign: Campaign, file: RecipientFile, *, by: Actor, data: bytes | None = None
) -> Upload:
    """The record of a list about to be checked.

    With `data`, kept sealed for the worker till then.
    """
    upload = Upload(
        id=uuid4(),
        campaign_id=campaign.id,
        uploaded_by_id=by.user_id,
        uploaded_at=clock.now(),
        status="checking",
        sha256=file.sha256,
        rows_total=file.row_count,
        rows_done=0,
        accepted=0,
        reasons={},
        notices=[notice.text for notice in file.notices],
        summary={},
    )
    if data is not None:
        upload.spool = seal(data_key(campaign), data, upload.id.bytes)
    db.session.add(upload)
    db.session.flush()
    audit.record(
        AuditAction.RECIPIENTS_UPLOADED,
        by,
        "upload",
        upload.id,
        campaign_id=campaign.id,
        changes={"rows": file.row_count, "sha256": file.sha256},
    )
    return upload


def check_now(
    upload: Upload, campaign: Campaign, file: RecipientFile, public_url: str, *, by: Actor
) -> None:
    """Judge, seal and store a list that is short enough to wait for."""
    prepared = prepare(
        file,
        compile_message(campaign.template_body or "", public_url),
        place_for(campaign),
        lambda digests: queries.reasons_not_to_text(campaign.id, digests),
    )
    store(upload, prepared, by=by)


def store(upload: Upload, prepared: Prepared, *, by: Actor) -> None:
    """Everything in one transaction, or nothing. Raises UploadCancelled."""
    if upload.status != "checking":
        raise UploadCancelled
    _insert(upload, prepared)
    summary = prepared.summary
    upload.status = "checked"
    upload.rows_total = upload.rows_done = summary.rows
    upload.accepted = summary.accepted
    upload.reasons = {reason.value: count for reason, count in summary.refused.items()}
    upload.summary = {
        "template": list(prepared.message),
        "examples": prepared.examples,
        "rows_replaced": summary.rows_replaced,
        "replaced": sorted(summary.replaced),
        "unicode_rows": summary.unicode_rows,
        "crown_dependency": summary.crown_dependency,
        "repaired": sum(summary.repaired.values()),
    }
    upload.spool = None
    audit.record(
        AuditAction.RECIPIENTS_MATCHED,
        by,
        "upload",
        upload.id,
        campaign_id=upload.campaign_id,
        changes={"rows": summary.rows, "accepted": summary.accepted, **upload.reasons},
    )


def claim_check(upload_id: UUID) -> bool:
    """Whether this worker may check the list: nobody has shown progress on it lately."""
    now = clock.now()
    outcome = db.session.execute(
        update(Upload)
        .where(
            Upload.id == upload_id,
            Upload.status == "checking",
            Upload.spool.is_not(None),
            (Upload.progress_at.is_(None)) | (Upload.progress_at < now - CLAIM_FOR),
        )
        .values(progress_at=now)
    )
    return bool(outcome.rowcount)  # type: ignore[attr-defined]


def note_progress(upload_id: UUID, rows_done: int) -> None:
    """Raises UploadCancelled."""
    outcome = db.session.execute(
        update(Upload)
        .where(Upload.id == upload_id, Upload.status == "checking")
        .values(rows_done=rows_done, progress_at=clock.now())
    )
    if not outcome.rowcount:  # type: ignore[attr-defined]
        raise UploadCancelled


def reopen_spool(upload: Upload, campaign: Campaign) -> RecipientFile:
    """The file a worker is to check. It was found good as a whole before it was kept."""
    return open_list(open_sealed(data_key(campaign), upload.spool or b"", upload.id.bytes))


def refuse(upload: Upload, refusal: FileRefused, *, by: Actor) -> None:
    """The worker could not use the file after all; nothing of it is stored."""
    upload.status = "refused"
    upload.fault = str(refusal)
    upload.spool = None
    audit.record(
        AuditAction.RECIPIENTS_REFUSED,
        by,
        "upload",
        upload.id,
        campaign_id=upload.campaign_id,
        changes={"fault": refusal.fault.value},
    )


def lock_editable(campaign_id: UUID) -> Campaign:
    """The campaign, locked until the transaction ends. Raises MoveRefused where it is no draft."""
    statement = select(Campaign).where(Campaign.id == campaign_id).with_for_update()
    campaign = db.session.scalars(statement).one()
    if not campaign.status.is_editable:
        raise MoveRefused(
            "The list of this campaign can no longer be changed, because it was submitted or has "
            "ended. Nothing was stored or removed."
        )
    return campaign


def lock_upload(upload_id: UUID) -> Upload:
    return db.session.scalars(select(Upload).where(Upload.id == upload_id).with_for_update()).one()


def remove(upload: Upload, campaign: Campaign, *, by: Actor) -> None:
    """Take a list out of a draft, or stop its check: its rows are gone at once.

    Raises MoveRefused under a legal hold.
    """
    if queries.has_legal_hold(campaign.id):
        raise MoveRefused("A legal hold keeps this list, so it cannot be taken away.")
    was_checking = upload.status == "checking"
    db.session.execute(delete(Recipient).where(Recipient.upload_id == upload.id))
    db.session.execute(delete(RowProblem).where(RowProblem.upload_id == upload.id))
    upload.status = "cancelled" if was_checking else "removed"
    upload.spool = None
    audit.record(
        AuditAction.RECIPIENTS_UPLOAD_CANCELLED if was_checking else AuditAction.RECIPIENTS_REMOVED,
        by,
        "upload",
        upload.id,
        campaign_id=campaign.id,
        changes={"rows": upload.accepted},
    )


def record_report_seen(upload: Upload, *, by: Actor, is_download: bool = False) -> None:
    action = (
        AuditAction.RECIPIENTS_REPORT_DOWNLOADED if is_download else AuditAction.RECIPIENTS_VIEWED
    )
    audit.record(action, by, "upload", upload.id, campaign_id=upload.campaign_id)


def _insert(upload: Upload, prepared: Prepared) -> None:
    of_upload = {"upload_id": upload.id}
    of_campaign = {"campaign_id": upload.campaign_id, **of_upload}
    _insert_rows(Recipient.__table__, prepared.recipients, of_campaign)
    _insert_rows(RowProblem.__table__, prepared.problems, of_upload)


def _insert_rows(
    table: FromClause, rows: Sequence[SealedRow | ProblemRow], common: Mapping[str, UUID]
) -> None:
    """A slice at a time: dictionaries take several times the memory of the rows."""
    for start in range(0, len(rows), INSERT_ROWS):
        part = [{**common, **row._asdict()} for row in rows[start : start + INSERT_ROWS]]
        db.session.execute(insert(table), part)  # type: ignore[arg-type]


def place_for(campaign: Campaign) -> Place:
    message = (campaign.template_id, campaign.template_version)
    return Place(campaign.id, data_key(campaign), message)


def data_key(campaign: Campaign) -> bytes:
    """The campaign's data key, opened. Raises vault.KeyDestroyed."""
    return vault.open_data_key(db.session.get_one(DataKey, campaign.data_key_id))
