"""Checking a long list in the worker: progress as it goes, one transaction at the end, or none."""

import logging
from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from outreach import clock
from outreach.domain.actor import Actor
from outreach.domain.list_file import FileRefused
from outreach.domain.refusal import RefusalReason
from outreach.extensions import db
from outreach.jobs.context import settings
from outreach.jobs.engine import engine, job, tick
from outreach.models import Campaign, Upload
from outreach.recipients import queries, service
from outreach.recipients.preparing import compile_message, prepare
from outreach.transaction import transaction

log = logging.getLogger(__name__)

CHECKER = Actor.job("check_list")
STALLED_AFTER = timedelta(seconds=30)


@job
def check_list(upload: str) -> None:
    """Check one list. Does nothing where another worker is at it or it was cancelled."""
    upload_id = UUID(upload)
    with transaction():
        if not service.claim_check(upload_id):
            return
    try:
        _check(upload_id)
    except service.UploadCancelled:
        log.info("the check of list %s was cancelled", upload_id)


@tick(5)
def find_stalled_lists() -> None:
    """Lists whose worker died are checked again, from the start."""
    for upload_id in queries.stalled_uploads(clock.now() - STALLED_AFTER):
        engine().nudge(check_list, str(upload_id))


def _check(upload_id: UUID) -> None:
    row = db.session.get_one(Upload, upload_id)
    campaign = db.session.get_one(Campaign, row.campaign_id)
    try:
        file = service.reopen_spool(row, campaign)
    except FileRefused as refusal:
        with transaction():
            service.refuse(db.session.get_one(Upload, upload_id), refusal, by=CHECKER)
        return
    template = compile_message(campaign.template_body or "", settings().public_url)
    place = service.place_for(campaign)
    campaign_id = campaign.id
    db.session.rollback()

    def known(digests: Mapping[str, bytes]) -> Mapping[str, RefusalReason]:
        reasons = queries.reasons_not_to_text(campaign_id, digests)
        db.session.rollback()
        return reasons

    def on_progress(rows: int) -> None:
        with transaction():
            service.note_progress(upload_id, rows)

    prepared = prepare(file, template, place, known, on_progress)
    with transaction():
        upload = service.lock_upload(upload_id)
        service.store(upload, prepared, by=CHECKER)
