"""The funder report: figures of one campaign, a comparison of all, and both as CSV files."""

import csv
import io
from collections.abc import Iterable
from uuid import UUID

from flask import Blueprint, Response, abort, render_template

from outreach.domain.access import Permission
from outreach.domain.csv_safety import neutralise
from outreach.domain.funder_report import COMPARED, compare, sent_lines
from outreach.domain.outcome import last_day
from outreach.reports import jobs, queries, service
from outreach.transaction import transaction
from outreach.web.current import actor
from outreach.web.permissions import requires

blueprint = Blueprint("reports", __name__, url_prefix="/reports")

__all__ = ["blueprint", "jobs"]  # importing the jobs registers them


@blueprint.get("")
@requires(Permission.SEE_REPORTS)
def index() -> str:
    with transaction():
        service.record_viewed(None, by=actor(Permission.SEE_REPORTS))
    campaigns = queries.reported_campaigns()
    reports = queries.reports(campaigns)
    return render_template(
        "reports/index.html",
        columns=COMPARED,
        rows=compare(reports),
        reports=list(zip(campaigns, reports, strict=True)),
        sent_lines=sent_lines(reports),
    )


@blueprint.get("/figures.csv")
@requires(Permission.SEE_REPORTS, fresh=True)
def export_all() -> Response:
    with transaction():
        service.record_exported(None, by=actor(Permission.SEE_REPORTS))
    rows = compare(queries.reports(queries.reported_campaigns()))
    return _csv([COMPARED, *rows], "campaigns.csv")


@blueprint.get("/<uuid:campaign_id>")
@requires(Permission.SEE_REPORTS)
def show(campaign_id: UUID) -> str:
    with transaction():
        campaign = queries.reported_campaign(campaign_id) or abort(404)
        service.record_viewed(campaign, by=actor(Permission.SEE_REPORTS))
    (report,) = queries.reports([campaign])
    published = report.published
    return render_template(
        "reports/show.html",
        campaign=campaign,
        report=report,
        counted_to=last_day(published.iso_week) if published else None,
    )


@blueprint.get("/<uuid:campaign_id>/figures.csv")
@requires(Permission.SEE_REPORTS, fresh=True)
def export(campaign_id: UUID) -> Response:
    with transaction():
        campaign = queries.reported_campaign(campaign_id) or abort(404)
        service.record_exported(campaign, by=actor(Permission.SEE_REPORTS))
    (report,) = queries.reports([campaign])
    rows = [("Figure", "Value", "Note"), ("Campaign", report.name, "")]
    rows += [(line.label, line.value, line.note) for line in report.all_lines()]
    return _csv(rows, "campaign.csv")


def _csv(rows: Iterable[Iterable[str]], filename: str) -> Response:
    """A file for a spreadsheet: UTF-8 with a mark, so that Excel reads it as such; no formulas."""
    text = io.StringIO()
    csv.writer(text).writerows([neutralise(cell) for cell in row] for row in rows)
    return Response(
        text.getvalue().encode("utf-8-sig"),
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{filename}"'},
    )
