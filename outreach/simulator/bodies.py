"""The JSON objects of Notify's answers (contract sections 4 to 7)."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from outreach.simulator.catalogue import TemplateVersion
from outreach.simulator.records import Channel, Notification, ReceivedText, Status, as_text
from outreach.simulator.service import Service

NO_ADDRESS_LINES = dict.fromkeys([f"line_{n}" for n in range(1, 7)])


def accepted(notification: Notification, service: Service, root: str) -> dict[str, Any]:
    """The body of the 201. The text comes without the service-name prefix."""
    template = {
        "id": notification.template_id,
        "version": notification.template_version,
        "uri": f"{root}/services/{service.id}/templates/{notification.template_id}",
    }
    return {
        "id": notification.id,
        "reference": notification.reference,
        "content": _content(notification),
        "uri": f"{root}/v2/notifications/{notification.id}",
        "template": template,
        "scheduled_for": None,
    }


def _content(notification: Notification) -> dict[str, Any]:
    if notification.channel is Channel.SMS:
        return {"body": notification.body, "from_number": notification.from_text}
    return {
        "body": notification.body,
        "subject": notification.subject,
        "from_email": notification.from_text,
        "one_click_unsubscribe_url": notification.unsubscribe_url,
    }


def one(
    notification: Notification, service: Service, root: str, *, is_cost_ready: bool
) -> dict[str, Any]:
    """A notification as reads show it; every field is always present."""
    is_text = notification.channel is Channel.SMS
    template_path = f"/v2/template/{notification.template_id}/version"
    return {
        "id": notification.id,
        "reference": notification.reference,
        "email_address": None if is_text else notification.to,
        "phone_number": notification.to if is_text else None,
        **NO_ADDRESS_LINES,
        "postcode": None,
        "type": notification.channel.value,
        "status": notification.status.value,
        "template": {
            "version": notification.template_version,
            "id": notification.template_id,
            "uri": f"{root}{template_path}/{notification.template_version}",
        },
        "body": notification.body,
        "subject": notification.subject,
        "created_at": as_text(notification.created_at),
        "created_by_name": None,
        "sent_at": as_text(notification.sent_at),
        "completed_at": as_text(notification.completed_at),
        "scheduled_for": None,
        "postage": None,
        "one_click_unsubscribe_url": notification.unsubscribe_url,
        **_cost(notification, service, is_ready=is_cost_ready),
    }


def _cost(notification: Notification, service: Service, *, is_ready: bool) -> dict[str, Any]:
    if not is_ready:
        return {"is_cost_data_ready": False, "cost_in_pounds": None, "cost_details": {}}
    if notification.channel is Channel.EMAIL:
        return {"is_cost_data_ready": True, "cost_in_pounds": 0.0, "cost_details": {}}
    is_free = notification.status is Status.TECHNICAL_FAILURE
    fragments = 0 if is_free else notification.fragments
    details = {
        "billable_sms_fragments": fragments,
        "international_rate_multiplier": float(notification.multiplier),
        "sms_rate": service.sms_rate,
    }
    cost = round(fragments * notification.multiplier * service.sms_rate, 6)
    return {"is_cost_data_ready": True, "cost_in_pounds": cost, "cost_details": details}


def links(path: str, query: Iterable[tuple[str, str]], last_id: str | None) -> dict[str, str]:
    """`current` always, `next` whenever the page has a row, even if it is the last one.

    `path` is absolute; `next` repeats the filters and ends with `older_than`.
    """
    pairs = list(query)
    found = {"current": _address(path, pairs)}
    if last_id is not None:
        kept = [(name, value) for name, value in pairs if name != "older_than"]
        found["next"] = _address(path, [*kept, ("older_than", last_id)])
    return found


def _address(path: str, pairs: list[tuple[str, str]]) -> str:
    return f"{path}?{urlencode(pairs)}" if pairs else path


def received(text: ReceivedText, service: Service) -> dict[str, Any]:
    return {
        "id": text.id,
        "created_at": as_text(text.created_at),
        "service_id": service.id,
        "notify_number": text.notify_number,
        "user_number": text.user_number,
        "content": text.content,
    }


def preview(
    template: TemplateVersion, body: str, subject: str | None, html: str | None
) -> dict[str, Any]:
    return {
        "id": template.id,
        "type": template.channel.value,
        "version": template.version,
        "body": body,
        "html": html,
        "subject": subject,
        "postage": None,
    }
