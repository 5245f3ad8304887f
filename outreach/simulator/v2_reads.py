"""Notify's public API: reading notifications, templates and received texts."""

from flask import Blueprint, Response, request

from outreach.simulator import bodies
from outreach.simulator.catalogue import TemplateVersion
from outreach.simulator.errors import not_found, validation_error
from outreach.simulator.intake import read_json, require_values
from outreach.simulator.records import Channel, Notification
from outreach.simulator.schema import (
    canonical,
    check_list_query,
    check_path_id,
    check_received_query,
    check_templates_query,
    personalisation_faults,
)
from outreach.simulator.store import expand_statuses
from outreach.simulator.text import fill, render_text
from outreach.simulator.wire import answer, broken, caller, hang, simulator, wait_for_latency

blueprint = Blueprint("v2_reads", __name__, url_prefix="/v2")

BROKEN_READS = ("read-error-500", "read-html-503", "read-timeout-504", "read-reset")


@blueprint.before_request
def break_reads() -> Response | None:
    """Faults of reads strike before the view runs, tokens or not."""
    faults = simulator().faults
    key = request.query_string.decode("latin-1") or request.path
    if fault := faults.first(BROKEN_READS, key):
        return broken(fault)
    hang(faults.first(("read-hang",), key))
    wait_for_latency()
    return None


def _root() -> str:
    return request.host_url.rstrip("/")


def _shown(notification: Notification) -> dict[str, object]:
    is_ready = simulator().is_cost_ready(notification)
    return bodies.one(notification, simulator().service, _root(), is_cost_ready=is_ready)


@blueprint.get("/notifications/<notification_id>")
def one_notification(notification_id: str) -> Response:
    """Any key of the service reads any of its messages."""
    caller()
    notification = simulator().store.get(check_path_id("notification_id", notification_id))
    if notification is None:
        raise not_found()
    return answer(_shown(notification))


@blueprint.get("/notifications")
def notifications() -> Response:
    """One page, newest first, of what was sent with the caller's type of key."""
    key = caller()
    query = request.args
    check_list_query(query)
    older_than = query.get("older_than")
    page = simulator().store.page(
        key.type,
        older_than=canonical(older_than) if older_than else None,
        reference=query.get("reference"),
        statuses=expand_statuses(query.getlist("status")),
        channels=frozenset(query.getlist("template_type")),
    )
    last_id = page[-1].id if page else None
    return answer(
        {
            "notifications": [_shown(notification) for notification in page],
            "links": bodies.links(request.base_url, query.items(multi=True), last_id),
        }
    )


@blueprint.get("/received-text-messages")
def received_texts() -> Response:
    """One page of received texts, newest first; any type of key reads them."""
    caller()
    check_received_query(request.args)
    older_than = request.args.get("older_than")
    store, service = simulator().store, simulator().service
    page = store.received_page(canonical(older_than) if older_than else None)
    page = page if service.may_receive else []
    last_id = page[-1].id if page else None
    return answer(
        {
            "received_text_messages": [bodies.received(text, service) for text in page],
            "links": bodies.links(request.base_url, request.args.items(multi=True), last_id),
        }
    )


@blueprint.get("/templates")
def templates() -> Response:
    caller()
    check_templates_query(request.args)
    wanted = request.args.getlist("type")
    listed = [t for t in simulator().catalogue.live() if not wanted or t.channel.value in wanted]
    return answer({"templates": [template.as_dict() for template in listed]})


@blueprint.get("/template/<template_id>")
def template(template_id: str) -> Response:
    """Archived templates are answered too, with nothing to tell them by."""
    caller()
    return answer(_find_template(template_id).as_dict())


@blueprint.get("/template/<template_id>/version/<int:number>")
def template_version(template_id: str, number: int) -> Response:
    caller()
    found = simulator().catalogue.version(check_path_id("id", template_id), number)
    if found is None:
        raise not_found()
    return answer(found.as_dict())


@blueprint.post("/template/<template_id>/preview")
def preview(template_id: str) -> Response:
    """Missing values are refused; length, emptiness and archiving are not looked at."""
    caller()
    found = _find_template(template_id)
    body = read_json(request.get_data())
    values = body.get("personalisation", {})
    if faults := personalisation_faults(values):
        raise validation_error(*faults)
    require_values(found, values)
    if found.channel is Channel.SMS:
        return answer(bodies.preview(found, render_text(found.body, values), None, None))
    text = fill(found.body, values).strip()
    subject = fill(found.subject or "", values).strip()
    return answer(bodies.preview(found, text, subject, f"<p>{text}</p>"))


def _find_template(template_id: str) -> TemplateVersion:
    found = simulator().catalogue.current(check_path_id("id", template_id))
    if found is None:
        raise not_found()
    return found
