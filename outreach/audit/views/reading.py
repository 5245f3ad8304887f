"""The list of events, and one of them with its proof."""

from urllib.parse import urlencode
from uuid import UUID

from flask import abort, render_template, request, url_for

from outreach.audit import proving, queries, standing
from outreach.audit.forms import FilterForm
from outreach.audit.queries import Filters, Page
from outreach.audit.views.common import blueprint, record_look
from outreach.domain.access import Permission
from outreach.domain.audit import AuditAction, Scalar
from outreach.web.permissions import requires

FARTHEST = 1 << 62
"""Past any row's number, and still a number to both databases."""


@blueprint.get("")
@requires(Permission.READ_AUDIT)
def index() -> str:
    form = FilterForm(request.args)
    form.offer(queries.people(), queries.campaigns())
    is_valid = form.validate()
    filters = form.chosen() if is_valid else Filters()
    page = queries.events(filters, before=_place("before"), after=_place("after"))
    shown = page if is_valid else Page((), None, None)
    warnings = standing.standing().warnings
    seen: dict[str, Scalar] = {**filters.named(), "events": len(shown.rows)}
    record_look(AuditAction.AUDIT_VIEWED, seen=seen)
    return render_template(
        "audit/index.html",
        form=form,
        page=shown,
        warnings=warnings,
        is_filtered=filters.is_on or not is_valid,
        newer_href=_page_href(after=shown.newer) if shown.newer else None,
        older_href=_page_href(before=shown.older) if shown.older else None,
    )


@blueprint.get("/events/<uuid:event_id>")
@requires(Permission.READ_AUDIT)
def event(event_id: UUID) -> str:
    found = queries.event(event_id) or abort(404)
    proof = proving.prove(event_id)
    record_look(AuditAction.AUDIT_EVENT_VIEWED, "audit_event", event_id)
    return render_template("audit/event.html", event=found, proof=proof)


def _place(name: str) -> int | None:
    place = request.args.get(name, type=int)
    return place if place is not None and 0 <= place < FARTHEST else None


def _page_href(**place: int) -> str:
    """This page's address with the same filters from another place."""
    filters = request.args.to_dict(flat=False)
    kept = {name: values for name, values in filters.items() if name not in {"before", "after"}}
    return f"{url_for('.index')}?{urlencode({**kept, **place}, doseq=True)}"
