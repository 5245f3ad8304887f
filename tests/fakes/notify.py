"""A Notify in memory, with the methods of `outreach.notify.gateway.NotifyGateway`.

It keeps templates with their versions and the texts that were sent, and can be made to fail. For
how Notify behaves on the wire there is the simulator; this is for what our pages and services do
with its answers.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from uuid import uuid4

from flask import Flask

from outreach.domain.template import MissingPersonalisation, placeholders, render
from outreach.notify.errors import (
    NotifyKeyRefused,
    NotifyUnavailable,
    PreviewRefused,
    TemplateMissing,
)
from outreach.notify.results import (
    Accepted,
    Ambiguous,
    LookupFailed,
    NotFound,
    NotificationRecord,
    Preview,
    ReceivedText,
    SendResult,
    Template,
)

BEGAN = datetime(2026, 11, 2, 9, tzinfo=UTC)
HELLO = (
    "Hello ((name)). Riverside offers free, private support. Nobody will ask you to explain. "
    "See ((link)) or call 0808 157 0123. Reply STOP to opt out."
)


LOST = Ambiguous("the answer was lost")


@dataclass(frozen=True)
class SentText:
    """One text or email as it was handed over."""

    to: str
    template_id: str
    personalisation: Mapping[str, str]
    reference: str


@dataclass
class FakeNotify:
    """`is_down` and `is_key_refused` make every question fail; `answers` are given to the next
    sends in their order, and an acceptance once they are used up. `LOST` takes the text, too, but
    nobody hears of it."""

    templates: dict[str, Template] = field(default_factory=dict)
    archived: set[str] = field(default_factory=set)
    sent: list[SentText] = field(default_factory=list)
    records: list[NotificationRecord] = field(default_factory=list)
    received: list[ReceivedText] = field(default_factory=list)
    answers: list[SendResult] = field(default_factory=list)
    previews: list[tuple[str, Mapping[str, str]]] = field(default_factory=list)
    is_down: bool = False
    is_key_refused: bool = False

    @classmethod
    def installed_in(cls, app: Flask) -> "FakeNotify":
        """In the place of the application's own gateway."""
        fake = cls()
        app.extensions["outreach_gateway"] = fake
        return fake

    def add_template(
        self, name: str = "Help is available", body: str = HELLO, *, kind: str = "sms"
    ) -> Template:
        template = Template(
            id=str(uuid4()),
            name=name,
            type=kind,
            version=1,
            body=body,
            subject=None,
            placeholders=placeholders(body),
            created_at=BEGAN,
            updated_at=None,
        )
        self.templates[template.id] = template
        return template

    def edit_template(self, template_id: str, body: str) -> Template:
        """As an editor does at Notify: the version goes up by one."""
        old = self.templates[template_id]
        new = replace(
            old,
            version=old.version + 1,
            body=body,
            placeholders=placeholders(body),
            updated_at=BEGAN,
        )
        self.templates[template_id] = new
        return new

    def archive_template(self, template_id: str) -> None:
        self.archived.add(template_id)

    def close(self) -> None:
        """Nothing to close."""

    def list_templates(self, template_type: str | None = "sms") -> list[Template]:
        self._check()
        live = [each for each in self.templates.values() if each.id not in self.archived]
        wanted = [each for each in live if template_type in {None, each.type}]
        return sorted(wanted, key=lambda template: template.name)

    def get_template(self, template_id: str) -> Template:
        self._check()
        if template_id not in self.templates:
            raise TemplateMissing(template_id)
        return self.templates[template_id]

    def preview(self, template_id: str, personalisation: Mapping[str, str]) -> Preview:
        template = self.get_template(template_id)
        self.previews.append((template_id, personalisation))
        try:
            return Preview(render(template.body, personalisation), template.version)
        except MissingPersonalisation as missing:
            raise PreviewRefused(f"Missing personalisation: {', '.join(missing.names)}") from None

    def send_text(
        self,
        *,
        phone_number: str,
        template_id: str,
        personalisation: Mapping[str, str],
        reference: str,
        sms_sender_id: str | None = None,
    ) -> SendResult:
        return self._send(SentText(phone_number, template_id, personalisation, reference))

    def send_email(
        self,
        *,
        email_address: str,
        template_id: str,
        personalisation: Mapping[str, str],
        reference: str,
    ) -> SendResult:
        return self._send(SentText(email_address, template_id, personalisation, reference))

    def _send(self, text: SentText) -> SendResult:
        answer = self.answers.pop(0) if self.answers else self._accepted(text)
        taken = self._accepted(text) if answer is LOST else answer
        if isinstance(taken, Accepted):
            self.sent.append(text)
            self.records.insert(0, _record(taken, text))
        return answer

    def _accepted(self, text: SentText) -> Accepted:
        template = self.templates[text.template_id]
        body = render(template.body, text.personalisation)
        return Accepted(str(uuid4()), template.version, body, "447700900500")

    def find_by_reference(self, reference: str) -> list[NotificationRecord] | LookupFailed:
        if self.is_down:
            return LookupFailed("the connection failed")
        return [record for record in self.records if record.reference == reference]

    def list_notifications(
        self, older_than: str | None = None, status: str | None = None
    ) -> list[NotificationRecord] | LookupFailed:
        """All of them on the first page."""
        if self.is_down:
            return LookupFailed("the connection failed")
        if older_than is not None:
            return []
        return [record for record in self.records if status in {None, record.status}]

    def get_notification(
        self, notification_id: str
    ) -> NotificationRecord | NotFound | LookupFailed:
        if self.is_down:
            return LookupFailed("the connection failed")
        found = [record for record in self.records if record.id == notification_id]
        return found[0] if found else NotFound()

    def received_texts(self, older_than: str | None = None) -> list[ReceivedText]:
        self._check()
        return [] if older_than else list(self.received)

    def _check(self) -> None:
        if self.is_down:
            raise NotifyUnavailable("the connection failed")
        if self.is_key_refused:
            raise NotifyKeyRefused("Invalid token: API key not found")


def _record(answer: Accepted, text: SentText) -> NotificationRecord:
    return NotificationRecord(
        id=answer.notification_id,
        reference=text.reference,
        status="created",
        created_at=BEGAN,
        sent_at=None,
        completed_at=None,
        template_id=text.template_id,
        template_version=answer.template_version,
        fragments=None,
        cost=None,
    )
