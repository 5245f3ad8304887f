"""Erasing campaigns: first their keys, in one transaction, then their rows, a slice at a time.

With the first commit the service can read nothing of the campaign any more. What is left to do
stands in `erasure`, and is found again after any stop: first the keys' halves in the key store,
without which backups open nothing either, and which no rollback could bring back; then the rows. A
slice that was done is not done again. The caller owns the transactions.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update

from outreach import clock, vault
from outreach.audit import service as audit
from outreach.campaigns import keeping
from outreach.campaigns import service as drafting
from outreach.domain.actor import Actor
from outreach.domain.audit import AuditAction
from outreach.domain.retention import ErasureBlocked, ErasureKind
from outreach.extensions import db
from outreach.models import Campaign, Erasure, RowProblem, Setting, Upload
from outreach.retention import queries
from outreach.retention.parts import PARTS, Part
from outreach.sending.queries import lock_campaign

RETENTION = Actor.job("retention")
SLICE = 1_000
UNCHANGED = "Nobody changed it for {days} days, so its list is erased. A copy can go on with it."


def begin(campaign_id: UUID, *, by: Actor, reason: str | None = None) -> bool:
    """Close the campaign's keys for good; `advance` destroys them and blanks the rows.

    False where that was so. A campaign that was never released is cancelled with it. Raises
    ErasureBlocked.
    """
    campaign = lock_campaign(campaign_id)
    if campaign is None or campaign.erased_at is not None:
        return False
    keys = [queries.lock_key(id) for id in (campaign.data_key_id, campaign.outcome_key_id)]
    reasons = queries.unfinished(campaign, keeping.active_hold(campaign)).reasons
    if reasons:
        raise ErasureBlocked(reasons)
    _end(campaign, by)
    campaign.erased_at = now = clock.now()
    for key in keys:
        vault.close_data_key(key, now)
        audit.record(
            AuditAction.KEY_DESTROYED,
            by,
            "data_key",
            key.id,
            campaign_id=campaign.id,
            changes={"for": key.purpose},
            reason=reason,
        )
    db.session.add_all(
        Erasure(campaign_id=campaign.id, kind=kind, begun_at=now, count=0) for kind in ErasureKind
    )
    return True


def advance(*, by: Actor) -> bool:
    """Blank the next slice of whatever was begun. False where nothing is left, or another worker
    has it."""
    row = queries.next_unfinished()
    if row is None:
        return False
    campaign = db.session.get_one(Campaign, row.campaign_id)
    if row.kind is ErasureKind.KEYS:
        more = _destroy_keys(row, campaign)
    elif row.kind is ErasureKind.LIST_REPORTS:
        more = _remove_reports(row, campaign)
    elif row.kind is ErasureKind.LISTS:
        more = _blank_lists(row, campaign)
    else:
        more = _blank_slice(row, campaign, PARTS[row.kind])
    if not more:
        row.ended_at = clock.now()
        _record(row, by)
    return True


def note_run() -> None:
    """That today's run is through."""
    db.session.merge(Setting(name=queries.LAST_RUN, value=clock.now().isoformat()))


def record_preview(campaign_id: UUID | None, *, by: Actor) -> None:
    """Somebody looked at what would be erased."""
    audit.record(
        AuditAction.RETENTION_PREVIEWED,
        by,
        "campaign",
        campaign_id or "all",
        campaign_id=campaign_id,
    )


def _end(campaign: Campaign, by: Actor) -> None:
    """Nothing may begin on it any more: neither its sending nor the check of a list."""
    if not campaign.status.is_over:
        days = keeping.keep_for().days
        drafting.cancel(campaign, by=by, reason=UNCHANGED.format(days=days))
    db.session.execute(
        update(Upload)
        .where(Upload.campaign_id == campaign.id, Upload.status == "checking")
        .values(status="cancelled", spool=None)
    )


def _destroy_keys(row: Erasure, campaign: Campaign) -> bool:
    """Nothing is left of them once this returns, whatever becomes of the transaction."""
    keys = [queries.lock_key(id) for id in (campaign.data_key_id, campaign.outcome_key_id)]
    for key in keys:
        vault.destroy_data_key(key, row.begun_at)
    row.count = len(keys)
    return False


def _blank_slice(row: Erasure, campaign: Campaign, part: Part) -> bool:
    """The next rows after the last one, whether they hold something still or not."""
    belongs = part.belongs(campaign)
    ids = select(part.model.id).where(belongs).order_by(part.model.id).limit(SLICE)
    if row.cursor is not None:
        ids = ids.where(part.model.id > part.key(row.cursor))
    found = db.session.scalars(ids).all()
    if not found:
        return False
    statement: Any = update(part.model).where(part.model.id.in_(found))
    is_open = part.is_open()
    if is_open is not None:
        statement = statement.where(is_open)
    blanks = part.blanks(row.begun_at)
    row.count += _rows(statement.values(blanks).execution_options(synchronize_session=False))
    row.cursor = str(found[-1])
    return len(found) == SLICE


def _remove_reports(row: Erasure, campaign: Campaign) -> bool:
    """Rows of lists that were refused go altogether: their counts are kept with the list."""
    lists = select(Upload.id).where(Upload.campaign_id == campaign.id)
    found = db.session.execute(
        select(RowProblem.upload_id, RowProblem.row_number)
        .where(RowProblem.upload_id.in_(lists))
        .order_by(RowProblem.upload_id, RowProblem.row_number)
        .limit(SLICE)
    ).all()
    if not found:
        return False
    upload_id = found[0].upload_id
    last = max(each.row_number for each in found if each.upload_id == upload_id)
    row.count += _rows(
        delete(RowProblem).where(RowProblem.upload_id == upload_id, RowProblem.row_number <= last)
    )
    return True


def _blank_lists(row: Erasure, campaign: Campaign) -> bool:
    """Few rows, so all at once: what names rows or may quote a cell."""
    found = db.session.scalars(select(Upload).where(Upload.campaign_id == campaign.id)).all()
    for upload in found:
        upload.spool, upload.fault, upload.notices = None, None, []
        upload.summary = {k: v for k, v in upload.summary.items() if k != "examples"}
    row.count = len(found)
    return False


def _record(row: Erasure, by: Actor) -> None:
    audit.record(
        AuditAction.RETENTION_ERASED,
        by,
        "campaign",
        row.campaign_id,
        campaign_id=row.campaign_id,
        changes={"kind": row.kind.value, "rows": row.count},
    )


def _rows(statement: Any) -> int:
    return int(db.session.execute(statement).rowcount)  # type: ignore[attr-defined]
