"""The only door to GOV.UK Notify: questions in, typed answers out (contract sections 3 to 7).

Sending never raises for an answer of Notify's, or for the lack of one: the caller has to decide
on each. Reading raises the named errors of `outreach.notify.errors`, except for the look-ups a
reconciler lives by, which answer with a value.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar
from uuid import UUID

from outreach.notify import reading
from outreach.notify.client import UNREADABLE, ErrorAnswer, NoAnswer, NotifyClients
from outreach.notify.errors import (
    NotifyKeyRefused,
    NotifyUnavailable,
    PreviewRefused,
    TemplateMissing,
)
from outreach.notify.reading import Unreadable, read
from outreach.notify.results import (
    Ambiguous,
    DailyLimitReached,
    KeyRefused,
    LookupFailed,
    NotFound,
    NotificationRecord,
    Preview,
    RateLimited,
    ReceivedText,
    Refused,
    SendResult,
    Template,
)
from outreach.notify.scrub import scrub

T = TypeVar("T")
Ask = Callable[[Any], Any]
NOTHING_TAKEN = frozenset({401, 403, 404, 405})


class NotifyGateway:
    """Thread-safe. `timeout` is in seconds, for connecting and for each wait for bytes."""

    def __init__(self, api_key: str, base_url: str, timeout: float = 10.0) -> None:
        self._clients = NotifyClients(api_key, base_url, timeout)

    def close(self) -> None:
        """Close all connections; the gateway may be used again afterwards."""
        self._clients.close()

    def send_text(
        self,
        *,
        phone_number: str,
        template_id: str,
        personalisation: Mapping[str, str],
        reference: str,
        sms_sender_id: str | None = None,
    ) -> SendResult:
        """Send one text. Never raises for what Notify answers or fails to answer."""
        submitted = [phone_number, reference, *personalisation.values()]
        return self._send(
            lambda client: client.send_sms_notification(
                phone_number=phone_number,
                template_id=template_id,
                personalisation=dict(personalisation),
                reference=reference,
                sms_sender_id=sms_sender_id,
            ),
            submitted,
        )

    def send_email(
        self,
        *,
        email_address: str,
        template_id: str,
        personalisation: Mapping[str, str],
        reference: str,
    ) -> SendResult:
        """Send one email, with the same answers as `send_text`."""
        submitted = [email_address, reference, *personalisation.values()]
        return self._send(
            lambda client: client.send_email_notification(
                email_address=email_address,
                template_id=template_id,
                personalisation=dict(personalisation),
                reference=reference,
            ),
            submitted,
        )

    def _send(self, ask: Ask, submitted: list[str]) -> SendResult:
        try:
            return read(reading.accepted, self._clients.call(ask))
        except ErrorAnswer as answer:
            return _send_error(answer, submitted)
        except NoAnswer as silence:
            return Ambiguous(silence.reason, silence.status_code)
        except Unreadable:
            return Ambiguous(UNREADABLE)

    def find_by_reference(self, reference: str) -> list[NotificationRecord] | LookupFailed:
        """Messages with this reference sent by this type of key, newest first.

        An empty list is Notify's word that it has none. One page is enough: a reference of ours
        belongs to one message.
        """
        found = self._look_up(
            lambda client: client.get_all_notifications(reference=reference),
            reading.notification_page,
        )
        if isinstance(found, list) and any(record.reference != reference for record in found):
            return LookupFailed("the list holds messages that were not asked for")
        return found

    def list_notifications(
        self, older_than: str | None = None, status: str | None = None
    ) -> list[NotificationRecord] | LookupFailed:
        """One page, newest first, of messages sent by this type of key; an empty one ends it."""
        return self._look_up(
            lambda client: client.get_all_notifications(status=status, older_than=older_than),
            reading.notification_page,
        )

    def get_notification(
        self, notification_id: str
    ) -> NotificationRecord | NotFound | LookupFailed:
        """One message by Notify's id, whatever key sent it."""
        return self._look_up(
            lambda client: client.get_notification_by_id(notification_id),
            reading.notification,
            absent=NotFound(),
        )

    def _look_up(
        self, ask: Ask, reader: Callable[[Any], T], absent: T | None = None
    ) -> T | LookupFailed:
        try:
            return read(reader, self._clients.call(ask))
        except ErrorAnswer as answer:
            if answer.error == "NoResultFound" and absent is not None:
                return absent
            return LookupFailed(_said(answer), answer.status_code)
        except NoAnswer as silence:
            return LookupFailed(silence.reason)
        except Unreadable:
            return LookupFailed(UNREADABLE)

    def list_templates(self, template_type: str | None = "sms") -> list[Template]:
        """Live templates by name. Raises NotifyUnavailable or NotifyKeyRefused."""
        return self._ask(
            lambda client: client.get_all_templates(template_type=template_type),
            reading.templates,
        )

    def get_template(self, template_id: str) -> Template:
        """A template's current version, archived or not. Also raises TemplateMissing."""
        _require_uuid(template_id)
        return self._ask(
            lambda client: client.get_template(template_id), reading.template, template_id
        )

    def preview(self, template_id: str, personalisation: Mapping[str, str]) -> Preview:
        """Values put into a template by Notify itself.

        Raises PreviewRefused, TemplateMissing, NotifyUnavailable or NotifyKeyRefused. A preview
        that works does not mean that sending will: length is not checked.
        """
        _require_uuid(template_id)
        return self._ask(
            lambda client: client.post_template_preview(template_id, dict(personalisation)),
            reading.preview,
            template_id,
            tuple(personalisation.values()),
        )

    def received_texts(self, older_than: str | None = None) -> list[ReceivedText]:
        """One page, newest first; an empty one ends it. Raises as `list_templates`."""
        return self._ask(
            lambda client: client.get_received_texts(older_than=older_than),
            reading.received_page,
        )

    def _ask(
        self,
        ask: Ask,
        reader: Callable[[Any], T],
        template_id: str | None = None,
        submitted: tuple[str, ...] = (),
    ) -> T:
        try:
            return read(reader, self._clients.call(ask))
        except ErrorAnswer as answer:
            raise _question_error(answer, template_id, submitted) from None
        except NoAnswer as silence:
            raise NotifyUnavailable(silence.reason) from None
        except Unreadable:
            raise NotifyUnavailable(UNREADABLE) from None


def _require_uuid(template_id: str) -> None:
    """What is no id cannot be a template, and must not become part of a path."""
    try:
        UUID(template_id)
    except ValueError:
        raise TemplateMissing(template_id) from None


def _said(answer: ErrorAnswer, submitted: list[str] | tuple[str, ...] = ()) -> str:
    """What was answered, fit to store."""
    return scrub(answer.message, submitted) or f"status {answer.status_code}"


def _send_error(answer: ErrorAnswer, submitted: list[str]) -> SendResult:
    message = _said(answer, submitted)
    if answer.status_code == 429:
        is_daily = answer.error == "TooManyRequestsError"
        return DailyLimitReached(message) if is_daily else RateLimited(message)
    if answer.status_code == 400 and answer.is_readable:
        return Refused(answer.status_code, answer.error, message)
    if answer.status_code in NOTHING_TAKEN or 300 <= answer.status_code < 400:
        return KeyRefused(answer.status_code, answer.error, message)
    return Ambiguous(message, answer.status_code)


def _question_error(
    answer: ErrorAnswer, template_id: str | None, submitted: tuple[str, ...]
) -> NotifyUnavailable | NotifyKeyRefused | TemplateMissing | PreviewRefused:
    message = _said(answer, submitted)
    if template_id is not None and answer.error == "NoResultFound":
        return TemplateMissing(template_id)
    if template_id is not None and answer.error == "BadRequestError":
        return PreviewRefused(message)
    if answer.status_code in NOTHING_TAKEN or 300 <= answer.status_code < 400:
        return NotifyKeyRefused(message)
    return NotifyUnavailable(message)
