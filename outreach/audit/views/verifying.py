"""Proving that nothing was changed: how the log stands, verification now, the export."""

from uuid import UUID

from flask import Response, abort, redirect, render_template, stream_with_context, url_for
from werkzeug.wrappers import Response as Redirect

from outreach.audit import checking, exporting, jobs, standing
from outreach.audit.forms import CheckForm, ExportForm
from outreach.audit.views.common import blueprint
from outreach.domain.access import Permission
from outreach.domain.audit_export import Head
from outreach.jobs.engine import engine
from outreach.transaction import transaction
from outreach.web.current import actor
from outreach.web.permissions import requires

MOST_BY_PAGE = 250_000
"""Entries a web process sends in one answer; more takes the command."""


@blueprint.route("/verification", methods=["GET", "POST"])
@requires(Permission.READ_AUDIT)
def verification() -> str | Redirect:
    form = CheckForm()
    if form.validate_on_submit():
        with transaction():
            check_id = checking.ask(by=actor(Permission.READ_AUDIT), checkpoint=form.kept())
        engine().nudge(jobs.verify_log, str(check_id))
        return redirect(url_for(".check", check_id=check_id))
    return render_template("audit/verification.html", form=form, standing=standing.standing())


@blueprint.get("/verification/<uuid:check_id>")
@requires(Permission.READ_AUDIT)
def check(check_id: UUID) -> str:
    found = checking.find(check_id) or abort(404)
    return render_template("audit/check.html", check=found)


@blueprint.get("/verification/<uuid:check_id>/progress")
@requires(Permission.READ_AUDIT)
def check_progress(check_id: UUID) -> str:
    """The part of the page that updates itself; it leads to the result when there is one."""
    found = checking.find(check_id) or abort(404)
    return render_template("audit/_check_progress.html", check=found)


@blueprint.route("/export", methods=["GET", "POST"])
@requires(Permission.READ_AUDIT, fresh=True)
def export() -> str | Response:
    form = ExportForm()
    if form.validate_on_submit():
        wanted = exporting.wanted(form.days(), form.entries(), has_proofs=form.has_proofs.data)
        with transaction():
            head = exporting.head(wanted)
            exporting.refuse_over(MOST_BY_PAGE, head)
            exporting.record_export(head, by=actor(Permission.READ_AUDIT), where="page")
        return _download(head, has_proofs=wanted.has_proofs)
    return render_template("audit/export.html", form=form, most=MOST_BY_PAGE)


def _download(head: Head, *, has_proofs: bool) -> Response:
    name = f"audit-{head.start}-{max(head.start, head.end - 1)}-of-{head.size}.jsonl"
    lines = exporting.lines(head, has_proofs=has_proofs)
    return Response(
        stream_with_context(lines),
        mimetype="application/jsonl",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
