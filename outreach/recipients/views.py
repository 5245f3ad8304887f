"""A campaign's lists: upload, progress, the row report, removal."""

from contextlib import closing
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, stream_with_context, url_for
from werkzeug.wrappers import Response

from outreach.domain.access import Permission
from outreach.domain.list_file import MAX_BYTES, FileRefused
from outreach.domain.refusal import RefusalReason, describe
from outreach.jobs.context import settings
from outreach.jobs.engine import engine
from outreach.recipients import jobs, queries, report, service
from outreach.recipients.forms import RemoveForm, UploadForm
from outreach.transaction import transaction
from outreach.web.current import actor
from outreach.web.permissions import requires

blueprint = Blueprint("recipients", __name__, url_prefix="/campaigns/<uuid:campaign_id>/recipients")

FIRST_PROBLEMS = 20


@blueprint.get("")
@requires(Permission.SEE_CAMPAIGNS)
def index(campaign_id: UUID) -> str:
    return _lists(campaign_id, UploadForm(formdata=None))


@blueprint.post("")
@requires(Permission.DRAFT)
def add(campaign_id: UUID) -> str | Response | tuple[str, int]:
    campaign = queries.campaign(campaign_id) or abort(404)
    form = UploadForm()
    if not form.validate_on_submit():
        return _lists(campaign_id, form), 400
    by = actor(Permission.DRAFT)
    with closing(form.file.data) as uploaded:
        data, filename = uploaded.read(MAX_BYTES + 1), uploaded.filename or ""
    try:
        file = service.open_upload(campaign, data, filename)
    except FileRefused as refusal:
        return _refused(campaign_id, refusal)
    is_short = file.row_count <= service.SMALL_LIST_ROWS
    with transaction():
        locked = service.lock_editable(campaign_id)
        upload = service.start_upload(locked, file, by=by, data=None if is_short else data)
        upload_id = upload.id
        if is_short:
            service.check_now(upload, locked, file, settings().public_url, by=by)
    if not is_short:
        engine().enqueue(jobs.check_list, str(upload_id))
    return redirect(url_for(".show", campaign_id=campaign_id, upload_id=upload_id))


@blueprint.get("/<uuid:upload_id>")
@requires(Permission.SEE_CAMPAIGNS)
def show(campaign_id: UUID, upload_id: UUID) -> str:
    upload = queries.upload(campaign_id, upload_id) or abort(404)
    if upload.status == "checked":
        with transaction():
            service.record_report_seen(upload, by=actor(Permission.SEE_CAMPAIGNS))
    return _report(campaign_id, upload_id)


@blueprint.get("/<uuid:upload_id>/progress")
@requires(Permission.SEE_CAMPAIGNS)
def progress(campaign_id: UUID, upload_id: UUID) -> Response:
    """The part of the page that updates itself; it leads to the report when the check is done."""
    upload = queries.upload(campaign_id, upload_id) or abort(404)
    return Response(
        render_template(
            "recipients/_progress.html",
            upload=upload,
            campaign_id=campaign_id,
            remaining=report.remaining_time(upload),
        )
    )


@blueprint.get("/<uuid:upload_id>/report.csv")
@requires(Permission.SEE_CAMPAIGNS, fresh=True)
def download(campaign_id: UUID, upload_id: UUID) -> Response:
    upload = queries.upload(campaign_id, upload_id) or abort(404)
    with transaction():
        service.record_report_seen(upload, by=actor(Permission.SEE_CAMPAIGNS), is_download=True)
    lines = report.csv_lines(queries.problems(upload_id))
    return Response(
        stream_with_context(lines),
        mimetype="text/csv",
        headers={"Content-Disposition": 'attachment; filename="rows-not-texted.csv"'},
    )


@blueprint.route("/<uuid:upload_id>/remove", methods=["GET", "POST"])
@requires(Permission.DRAFT)
def remove(campaign_id: UUID, upload_id: UUID) -> str | Response:
    upload = queries.upload(campaign_id, upload_id) or abort(404)
    form = RemoveForm()
    if form.validate_on_submit():
        with transaction():
            campaign = service.lock_editable(campaign_id)
            service.remove(service.lock_upload(upload_id), campaign, by=actor(Permission.DRAFT))
        flash("The list was removed.", "success")
        return redirect(url_for(".index", campaign_id=campaign_id))
    return render_template("recipients/remove.html", form=form, upload=upload)


def _lists(campaign_id: UUID, form: UploadForm) -> str:
    campaign = queries.campaign(campaign_id) or abort(404)
    return render_template(
        "recipients/index.html",
        campaign=campaign,
        uploads=queries.uploads(campaign_id),
        totals=queries.upload_totals(campaign_id),
        cost=queries.cost_summary(campaign_id),
        is_current=queries.is_checked_against(campaign),
        describe=describe,
        form=form,
    )


def _refused(campaign_id: UUID, refusal: FileRefused) -> tuple[str, int]:
    with transaction():
        service.record_refused_file(campaign_id, refusal, by=actor(Permission.DRAFT))
    page = render_template("recipients/refused.html", refusal=refusal, campaign_id=campaign_id)
    return page, 400


def _report(campaign_id: UUID, upload_id: UUID) -> str:
    upload = queries.upload(campaign_id, upload_id) or abort(404)
    reasons = [
        (describe(reason), count, list(queries.problems(upload_id, reason, FIRST_PROBLEMS)))
        for reason in RefusalReason
        if (count := upload.reasons.get(reason.value, 0))
    ]
    return render_template(
        "recipients/show.html",
        upload=upload,
        campaign_id=campaign_id,
        reasons=reasons,
        remaining=report.remaining_time(upload),
        first=FIRST_PROBLEMS,
    )
