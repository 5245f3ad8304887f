"""Taking a message in: every check of POST sms and POST email, in Notify's order.

The order is that of contract section 4; the first failure wins. Authentication and the limits
come before this module is called.
"""

import json
from typing import Any
from uuid import uuid4

from outreach.simulator.catalogue import Catalogue, TemplateVersion
from outreach.simulator.clock import Clock
from outreach.simulator.errors import ApiError, bad_request
from outreach.simulator.limits import Limits
from outreach.simulator.phone import Recipient, read_number
from outreach.simulator.records import ApiKey, Channel, KeyType, Notification, Sender
from outreach.simulator.schema import canonical, check_email_body, check_sms_body
from outreach.simulator.service import Service
from outreach.simulator.text import MAX_CHARACTERS, Rendered, fill, missing_names, render

SMOKE_NUMBERS = frozenset({"447700900000", "447700900111", "447700900222"})
SMOKE_ADDRESSES = frozenset(
    {f"simulate-delivered{n}@notifications.service.gov.uk" for n in ("", "-2", "-3")}
)
TRIAL_PAGE = "https://www.notifications.service.gov.uk/trial-mode"


def read_json(raw: bytes) -> dict[str, Any]:
    """The body as an object; anything else that parses counts as an empty one."""
    try:
        body = json.loads(raw)
    except ValueError:
        raise bad_request("Invalid JSON supplied in POST data") from None
    return body if isinstance(body, dict) else {}


class Intake:
    """Checks a body and makes the notification; it does not store it."""

    def __init__(
        self, service: Service, catalogue: Catalogue, limits: Limits, clock: Clock
    ) -> None:
        self._service = service
        self._catalogue = catalogue
        self._limits = limits
        self._clock = clock

    def text(self, key: ApiKey, body: dict[str, Any]) -> Notification:
        """A text message from a body. Raises ApiError with Notify's refusal."""
        check_sms_body(body, self._clock.now())
        if not self._service.may_text:
            raise bad_request("Service is not allowed to send text messages")
        values = body.get("personalisation", {})
        template = self._template(body["template_id"], Channel.SMS, values)
        rendered = render(template.body, values, self._service.prefix)
        if rendered.length == 0:
            raise bad_request("Your message is empty.")
        refuse_files(values)
        sender = self._sender(body.get("sms_sender_id"))
        recipient = read_number(body["phone_number"])
        self._check_may_reach(key, recipient.normalised)
        self._check_number(recipient)
        self._check_length(rendered)
        return self._make_text(key, body, template, rendered, sender, recipient)

    def _make_text(
        self,
        key: ApiKey,
        body: dict[str, Any],
        template: TemplateVersion,
        rendered: Rendered,
        sender: Sender,
        recipient: Recipient,
    ) -> Notification:
        return Notification(
            id=str(uuid4()),
            channel=Channel.SMS,
            key_type=key.type,
            to=body["phone_number"].strip(),
            normalised=recipient.normalised,
            reference=body.get("reference"),
            template_id=template.id,
            template_version=template.version,
            body=rendered.body,
            sent_text=rendered.sent,
            subject=None,
            from_text=sender.shown,
            fragments=rendered.fragments,
            created_at=self._clock.now(),
            is_international=recipient.is_international,
            multiplier=recipient.multiplier,
        )

    def email(self, key: ApiKey, body: dict[str, Any]) -> Notification:
        """An email from a body. Raises ApiError with Notify's refusal."""
        check_email_body(body, self._clock.now())
        if not self._service.may_email:
            raise bad_request("Service is not allowed to send emails")
        values = body.get("personalisation", {})
        template = self._template(body["template_id"], Channel.EMAIL, values)
        rendered = fill(template.body, values).strip()
        if not rendered:
            raise bad_request("Your message is empty.")
        address = body["email_address"].strip()
        self._check_may_reach(key, address.lower())
        return Notification(
            id=str(uuid4()),
            channel=Channel.EMAIL,
            key_type=key.type,
            to=address,
            normalised=address.lower(),
            reference=body.get("reference"),
            template_id=template.id,
            template_version=template.version,
            body=rendered,
            sent_text=rendered,
            subject=fill(template.subject or "", values).strip(),
            from_text=self._service.email_address,
            fragments=0,
            created_at=self._clock.now(),
            unsubscribe_url=body.get("one_click_unsubscribe_url"),
        )

    def _template(self, given: str, channel: Channel, values: dict[str, Any]) -> TemplateVersion:
        template = self._catalogue.current(canonical(given))
        if template is None:
            raise bad_request("Template not found")
        if template.channel is not channel:
            raise bad_request(
                f"{template.channel} template is not suitable for {channel} notification"
            )
        if self._catalogue.is_archived(template.id):
            raise bad_request("Template has been deleted")
        require_values(template, values)
        return template

    def _sender(self, sender_id: str | None) -> Sender:
        if sender_id is None:
            return self._service.default_sender
        sender = self._service.sender(canonical(sender_id))
        if sender is None:
            raise bad_request(
                f"sms_sender_id {sender_id} does not exist in database for service id "
                f"{self._service.id}"
            )
        return sender

    def _check_may_reach(self, key: ApiKey, recipient: str) -> None:
        if key.type is KeyType.TEST or recipient in self._service.guest_list:
            return
        if key.type is KeyType.TEAM:
            raise bad_request("Can’t send to this recipient using a team-only API key")
        if self._service.is_trial:
            raise bad_request(
                f"Can’t send to this recipient when service is in trial mode – see {TRIAL_PAGE}"
            )

    def _check_number(self, recipient: Recipient) -> None:
        if recipient.needs_international_permission:
            if not self._service.may_text_abroad:
                raise bad_request("Cannot send to international mobile numbers")
            self._limits.check_international()
        elif recipient.is_landline and not self._service.may_text_landlines:
            raise ApiError(400, ("InvalidPhoneError", "Not a UK mobile number"))

    def _check_length(self, rendered: Rendered) -> None:
        """The prefix does not count against the limit but does count in the message."""
        if rendered.length > MAX_CHARACTERS:
            raise bad_request(
                f"Your message is too long. Text messages cannot be longer than {MAX_CHARACTERS} "
                f"characters. Your message is {len(rendered.sent)} characters long."
            )


def require_values(template: TemplateVersion, values: dict[str, Any]) -> None:
    """Refuse when a placeholder has no value. Raises ApiError."""
    source = f"{template.subject or ''}\n{template.body}"
    missing = missing_names(source, values)
    if missing:
        raise bad_request(f"Missing personalisation: {', '.join(missing)}")


def refuse_files(values: dict[str, Any]) -> None:
    if any(isinstance(value, dict) and "file" in value for value in values.values()):
        raise bad_request("Can only send a file by email")


def is_smoke_test(notification: Notification) -> bool:
    """Numbers and addresses that Notify answers for and never stores (contract section 14)."""
    return notification.normalised in SMOKE_NUMBERS | SMOKE_ADDRESSES
