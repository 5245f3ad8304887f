"""The simulator as one object: its parts put together, and the acts that touch several."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from outreach.simulator.auth import Authenticator
from outreach.simulator.builtin import builtin_templates
from outreach.simulator.callbacks import Callbacks
from outreach.simulator.catalogue import Catalogue, read_template_file
from outreach.simulator.clock import Clock
from outreach.simulator.delivery import SILENT, Delivery
from outreach.simulator.faults import Faults
from outreach.simulator.intake import Intake, is_smoke_test
from outreach.simulator.journal import Journal
from outreach.simulator.limits import Limits
from outreach.simulator.nightly import Nightly
from outreach.simulator.phone import PhoneRefused, normalise_sender, read_number
from outreach.simulator.records import (
    ApiKey,
    Channel,
    KeyType,
    Notification,
    ReceivedText,
    Status,
    as_text,
)
from outreach.simulator.scheduler import Scheduler
from outreach.simulator.service import Service
from outreach.simulator.settings import Settings
from outreach.simulator.store import Store


class Simulator:
    """One simulated Notify with one service. Started and stopped once."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.clock = Clock()
        self.service: Service = settings.service()
        self.auth = Authenticator(self.service)
        self.store = Store()
        self.limits = Limits(self.service, self.clock)
        self.catalogue = Catalogue()
        self.faults = Faults(settings.seed)
        self.journal = Journal(settings.journal_file)
        self.scheduler = Scheduler(self.clock)
        self.callbacks = Callbacks(
            self.scheduler,
            threads=settings.callback_threads,
            retry_delay=settings.callback_retry_delay,
            timeout=settings.callback_timeout,
        )
        self.delivery = Delivery(
            service=self.service,
            store=self.store,
            scheduler=self.scheduler,
            callbacks=self.callbacks,
            faults=self.faults,
            journal=self.journal,
            clock=self.clock,
        )
        self.intake = Intake(self.service, self.catalogue, self.limits, self.clock)
        self.nightly = Nightly(self.service, self.store, self.scheduler, self.delivery, self.clock)
        self.latency = settings.latency
        self.accepted = 0
        self._apply_settings()

    def _apply_settings(self) -> None:
        settings = self.settings
        self.accepted = 0
        self.latency = settings.latency
        self.delivery.outcomes = settings.outcomes
        self.delivery.fixed_outcomes = {}
        self.delivery.handover_delay = settings.handover_delay
        self.delivery.receipt_delay = settings.receipt_delay
        self.delivery.seed = settings.seed
        items = builtin_templates()
        if settings.templates_file is not None:
            items = read_template_file(settings.templates_file)
        self.catalogue.load(items, self.clock.now())

    def start(self) -> None:
        """Replay the journal, take up unfinished messages, start the threads."""
        self.journal.replay(self.store)
        self.journal.open()
        for notification in self.store.unfinished():
            self.delivery.resume(notification)
        self.nightly.plan()
        self.scheduler.start()
        self.callbacks.start()

    def stop(self) -> None:
        self.scheduler.stop()
        self.callbacks.stop()
        self.journal.close()

    def reset(self) -> None:
        """Back to the state of a fresh start, the journal emptied too."""
        self.scheduler.clear()
        self.callbacks.clear()
        self.callbacks.retry_delay = self.settings.callback_retry_delay
        self.store.clear()
        self.limits.clear()
        self.faults.clear(self.settings.seed)
        self.journal.reset()
        self.clock.reset()
        self.restore_service()
        self.catalogue.clear()
        self._apply_settings()
        self.nightly.plan()

    def restore_service(self) -> None:
        """Set every field of the service back in place, as its parts hold on to the object."""
        fresh = self.settings.service()
        for name in Service.__dataclass_fields__:
            setattr(self.service, name, getattr(fresh, name))
        self.auth.forget()

    def accept(self, key: ApiKey, channel: Channel, body: dict[str, Any]) -> Notification:
        """Check, store and send on one message. Raises ApiError with Notify's refusal."""
        notification = (
            self.intake.text(key, body) if channel is Channel.SMS else self.intake.email(key, body)
        )
        self.accepted += 1
        if is_smoke_test(notification):
            return notification
        self.store.add(notification, self.clock.now)
        self._count(notification)
        self.journal.accepted(notification)
        self.delivery.begin(notification)
        return notification

    def number_of(self, written: object) -> str | None:
        """The normal form of a number as submitted, or None when it is no number."""
        if not isinstance(written, str):
            return None
        try:
            return read_number(written).normalised
        except PhoneRefused:
            return None

    def _count(self, notification: Notification) -> None:
        if notification.key_type is KeyType.TEST:
            return
        self.limits.count(notification.channel.value)
        is_foreign = notification.is_international and not notification.normalised.startswith("44")
        if is_foreign:
            self.limits.count("international_sms")

    def receive(
        self, from_number: str, content: str, *, received_at: datetime | None = None
    ) -> list[ReceivedText]:
        """Take in a text that somebody sent; none when the service cannot receive."""
        if not self.service.may_receive:
            return []
        number = normalise_sender(from_number)
        times = 2 if self.faults.strikes("received-twice", number, number) else 1
        return [self._receive_once(number, content, received_at) for _ in range(times)]

    def _receive_once(self, number: str, content: str, at: datetime | None) -> ReceivedText:
        now = self.clock.now()
        text = ReceivedText(
            id=str(uuid4()),
            user_number=number,
            notify_number=self.service.inbound_number,
            content=content,
            created_at=now,
            received_at=(at or now).replace(microsecond=0),
        )
        self.store.add_received(text)
        self.journal.received(text)
        self._post_received(text)
        return text

    def _post_received(self, text: ReceivedText) -> None:
        if self.faults.strikes("received-lost", text.id, text.user_number):
            return
        times = 2 if self.faults.strikes("received-duplicate", text.id, text.user_number) else 1
        for _ in range(times):
            self.callbacks.send(
                "received", self.service.received_to, lambda: self._received_payload(text.id)
            )

    def _received_payload(self, text_id: str) -> dict[str, Any] | None:
        """Re-read at each attempt, so nothing is sent once retention has passed."""
        text = self.store.received_by_id.get(text_id)
        if text is None:
            return None
        return {
            "id": text.id,
            "source_number": text.user_number,
            "destination_number": text.notify_number,
            "message": text.content,
            "date_received": as_text(text.received_at),
        }

    def advance(self, seconds: float) -> None:
        """Push the clock forward; whatever falls due happens in order."""
        self.clock.advance(seconds)
        self.scheduler.wake()

    def settle(self, timeout: float) -> bool:
        """Wait until nothing is overdue and no callback is under way; false if it takes longer
        than `timeout` seconds."""
        is_quiet = self.scheduler.settle(timeout)
        return is_quiet and self.callbacks.settle(timeout)

    def fix_outcome(self, number: str, outcome: str | None) -> None:
        """What texts to a number end in from now on; None forgets it. Raises ValueError for a
        word that is neither a status nor `never-final`."""
        normal = self.number_of(number) or number
        if outcome not in {None, SILENT}:
            Status(outcome)
        if outcome is None:
            self.delivery.fixed_outcomes.pop(normal, None)
        else:
            self.delivery.fixed_outcomes[normal] = outcome

    def is_cost_ready(self, notification: Notification) -> bool:
        """Cost comes shortly after the hand-over to the network."""
        if notification.sent_at is None:
            return notification.status.is_final
        ready_at = notification.sent_at + timedelta(seconds=self.settings.cost_delay)
        return self.clock.now() >= ready_at
