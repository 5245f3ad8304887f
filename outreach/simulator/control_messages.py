"""The control API for messages, received texts, receipts and templates."""

from typing import Any

from flask import Blueprint, Response, request

from outreach.simulator.catalogue import TemplateVersion
from outreach.simulator.control import refuse
from outreach.simulator.control_body import Body, ControlRefusedError
from outreach.simulator.delivery import receipt_payload
from outreach.simulator.records import Channel, Notification, ReceivedText, Status, as_text
from outreach.simulator.wire import answer, simulator

blueprint = Blueprint("control_messages", __name__, url_prefix="/_control")
blueprint.register_error_handler(ControlRefusedError, refuse)

LARGEST_PAGE = 10_000


@blueprint.get("/counts")
def counts() -> Response:
    """Texts taken for each number (447…), what nobody may be sent twice being judged by."""
    per_number = simulator().store.counts_per_number()
    return answer({"counts": per_number, "total": sum(per_number.values())})


@blueprint.get("/messages")
def messages() -> Response:
    """Newest first. Query: number, reference, limit (1000), older_than (an id)."""
    store = simulator().store
    number, reference = request.args.get("number"), request.args.get("reference")
    limit = min(request.args.get("limit", 1000, type=int), LARGEST_PAGE)
    if reference is not None:
        found = list(reversed(store.with_reference(reference)))
    elif number is not None:
        found = list(reversed(store.by_number.get(simulator().number_of(number) or number, [])))
    else:
        found = store.newest(limit + 1, request.args.get("older_than"))
    shown = found[:limit]
    following = shown[-1].id if len(found) > limit else None
    return answer({"messages": [_shown(n) for n in shown], "next": following})


def _shown(notification: Notification) -> dict[str, Any]:
    return {
        **receipt_payload(notification),
        "number": notification.normalised,
        "key_type": notification.key_type.value,
        "body": notification.body,
        "sent_text": notification.sent_text,
        "subject": notification.subject,
        "fragments": notification.fragments,
        "copies": notification.copies,
    }


@blueprint.get("/received")
def received() -> Response:
    """Every received text the service still has, newest first."""
    return answer({"received": [_received(text) for text in reversed(simulator().store.received)]})


def _received(text: ReceivedText) -> dict[str, Any]:
    return {
        "id": text.id,
        "from": text.user_number,
        "text": text.content,
        "created_at": as_text(text.created_at),
    }


@blueprint.post("/received")
def receive() -> Response:
    """Somebody texts the service. Members: from, text."""
    body = Body.of_request()
    sender, text = body.need("from", str), body.need("text", str)
    body.done()
    taken = simulator().receive(sender, text)
    return answer({"received": [_received(item) for item in taken]}, 201)


@blueprint.post("/receipts")
def inject_receipt() -> Response:
    """A provider's result for one message, found by id, reference or number. Members: status, and
    one of these three. With `body` instead, a receipt with just that body is posted, and nothing
    in the store changes: any id, any reference, any status."""
    body = Body.of_request()
    raw = body.take("body", dict)
    if raw is not None:
        body.done()
        simulator().delivery.post_receipt_body(raw)
        return answer({"moved": False})
    notification = _find(body)
    status = _status(body.need("status", str))
    body.done()
    sim = simulator()
    moved = sim.delivery.provider_says(notification, status, sim.clock.now())
    return answer({"moved": moved, "status": notification.status.value})


def _find(body: Body) -> Notification:
    store = simulator().store
    found: list[Notification] = []
    if notification_id := body.take("id", str):
        one = store.get(notification_id)
        found = [one] if one else []
    elif reference := body.take("reference", str):
        found = store.with_reference(reference)
    elif number := body.take("number", str):
        found = store.by_number.get(simulator().number_of(number) or number, [])
    if not found:
        raise ControlRefusedError("There is no such message.")
    return found[-1]


def _status(name: str) -> Status:
    try:
        return Status(name)
    except ValueError:
        raise ControlRefusedError(f"There is no status {name}.") from None


@blueprint.get("/templates")
def templates() -> Response:
    """All templates, archived ones too."""
    catalogue = simulator().catalogue
    return answer({"templates": [_template(item) for item in catalogue.everything()]})


@blueprint.post("/templates")
def add_template() -> Response:
    """Members: name, body, type (sms or email), subject, id."""
    body = Body.of_request()
    template = simulator().catalogue.add(
        name=body.need("name", str),
        body=body.need("body", str),
        channel=Channel(body.take("type", str, "sms") or "sms"),
        subject=body.take("subject", str),
        template_id=body.take("id", str),
        now=simulator().clock.now(),
    )
    body.done()
    return answer(_template(template), 201)


@blueprint.patch("/templates/<template_id>")
def edit_template(template_id: str) -> Response:
    """Save a new version. Members: name, body, subject."""
    body = Body.of_request()
    try:
        template = simulator().catalogue.edit(
            template_id,
            now=simulator().clock.now(),
            name=body.take("name", str),
            body=body.take("body", str),
            subject=body.take("subject", str),
        )
    except KeyError:
        raise ControlRefusedError("There is no such template.") from None
    body.done()
    return answer(_template(template))


@blueprint.post("/templates/<template_id>/archive")
def archive_template(template_id: str) -> Response:
    """From now on it can be read but not sent."""
    try:
        simulator().catalogue.archive(template_id)
    except KeyError:
        raise ControlRefusedError("There is no such template.") from None
    return answer({})


def _template(template: TemplateVersion) -> dict[str, Any]:
    return {
        **template.as_dict(),
        "is_archived": simulator().catalogue.is_archived(template.id),
    }
