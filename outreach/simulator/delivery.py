"""What becomes of an accepted message: its statuses, its receipt, the 72-hour rule."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from outreach.simulator.callbacks import Callbacks
from outreach.simulator.clock import Clock
from outreach.simulator.faults import Faults, fraction
from outreach.simulator.journal import Journal
from outreach.simulator.records import Channel, KeyType, Notification, Status, as_text
from outreach.simulator.scheduler import Act, Scheduler
from outreach.simulator.service import Service
from outreach.simulator.settings import Outcomes
from outreach.simulator.store import Store

TIMEOUT = timedelta(hours=72)
SILENT = "never-final"


def receipt_payload(notification: Notification) -> dict[str, Any]:
    """The body of a delivery receipt, in Notify's order (observed section 5)."""
    return {
        "id": notification.id,
        "reference": notification.reference,
        "to": notification.to,
        "status": notification.status.value,
        "created_at": as_text(notification.created_at),
        "completed_at": as_text(notification.completed_at),
        "sent_at": as_text(notification.sent_at),
        "notification_type": notification.channel.value,
        "template_id": notification.template_id,
        "template_version": notification.template_version,
    }


class Delivery:
    """Moves messages from `created` to a final status and queues their receipts."""

    def __init__(
        self,
        *,
        service: Service,
        store: Store,
        scheduler: Scheduler,
        callbacks: Callbacks,
        faults: Faults,
        journal: Journal,
        clock: Clock,
    ) -> None:
        self._service = service
        self._store = store
        self._scheduler = scheduler
        self._callbacks = callbacks
        self._faults = faults
        self._journal = journal
        self._clock = clock
        self.outcomes = Outcomes()
        self.fixed_outcomes: dict[str, str] = {}
        self.handover_delay = 0.1
        self.receipt_delay = 1.0
        self.seed = 0

    def begin(self, notification: Notification) -> None:
        """Send a stored message on its way."""
        if self._faults.strikes("receipt-early", notification.id, notification.normalised):
            self._finish_before_answer(notification)
            return
        self._scheduler.after(self.handover_delay, self._act(self._hand_over, notification))

    def resume(self, notification: Notification) -> None:
        """Take up a message again that a restart interrupted."""
        if notification.status is Status.CREATED:
            self._scheduler.after(self.handover_delay, self._act(self._hand_over, notification))
        else:
            self._plan_receipt(notification, self.outcome(notification), self._clock.now())

    def outcome(self, notification: Notification) -> str:
        """The status a message will end in, or `never-final`. The same seed and number give
        the same answer, so a dead number stays dead."""
        number = notification.normalised
        if notification.key_type is KeyType.TEST:
            return _test_key_outcome(notification.to)
        if number in self.fixed_outcomes:
            return self.fixed_outcomes[number]
        for fault in (SILENT, Status.TECHNICAL_FAILURE.value):
            if self._faults.strikes(fault, notification.id, number):
                return fault
        return self._drawn(number)

    def _drawn(self, number: str) -> str:
        drawn = fraction(self.seed, "outcome", number)
        for status, share in (
            (Status.PERMANENT_FAILURE.value, self.outcomes.permanent_failure),
            (Status.TEMPORARY_FAILURE.value, self.outcomes.temporary_failure),
            (Status.TECHNICAL_FAILURE.value, self.outcomes.technical_failure),
            (SILENT, self.outcomes.never_final),
        ):
            if drawn < share:
                return status
            drawn -= share
        return Status.DELIVERED.value

    def _hand_over(self, notification: Notification, due: datetime) -> None:
        outcome = self.outcome(notification)
        if outcome == Status.TECHNICAL_FAILURE:
            self.record(notification, Status.TECHNICAL_FAILURE, due)
            return
        notification.sent_at = due
        if self._faults.strikes("double-text", notification.id, notification.normalised):
            notification.copies += 1
        if _is_abroad(notification):
            self.record(notification, Status.SENT, due)
            return
        self.record(notification, Status.SENDING, due)
        self._plan_receipt(notification, outcome, due)

    def _plan_receipt(self, notification: Notification, outcome: str, start: datetime) -> None:
        """Let the network speak some time after `start`, about `receipt_delay` later."""
        if outcome == SILENT:
            return
        wait = self.receipt_delay * (0.5 + fraction(self.seed, "wait", notification.id))
        late = self._faults.strikes("receipt-late", notification.id, notification.normalised)
        if late:
            wait += late.seconds * fraction(self.seed, "late", notification.id)
        if self._shows_pending(notification, outcome):
            self._scheduler.at(
                start.timestamp() + wait / 2, self._act(self._show_pending, notification)
            )
        final = Status(outcome)
        self._scheduler.at(
            start.timestamp() + wait,
            lambda due: _done(self.provider_says(notification, final, due)),
        )

    def _shows_pending(self, notification: Notification, outcome: str) -> bool:
        if notification.key_type is KeyType.TEST:
            return outcome == Status.TEMPORARY_FAILURE
        return fraction(self.seed, "pending", notification.id) < self.outcomes.pending

    def _show_pending(self, notification: Notification, due: datetime) -> None:
        self.record(notification, Status.PENDING, due)

    def _finish_before_answer(self, notification: Notification) -> None:
        notification.sent_at = notification.created_at
        self.record(notification, Status.SENDING, notification.created_at)
        self.record(
            notification, Status(self._early_outcome(notification)), notification.created_at
        )
        self._callbacks.send_now(
            "receipt", self._service.receipts_to, _always(receipt_payload(notification))
        )

    def _early_outcome(self, notification: Notification) -> str:
        outcome = self.outcome(notification)
        return Status.DELIVERED.value if outcome == SILENT else outcome

    def provider_says(self, notification: Notification, status: Status, at: datetime) -> bool:
        """A provider's result: the first final status wins and only it has a receipt."""
        if not self.record(notification, status, at):
            return False
        if status.is_final:
            self._post_receipt(notification)
        return True

    def record(self, notification: Notification, status: Status, at: datetime) -> bool:
        """Move a status and write it down; says whether it moved."""
        moved = self._store.move(notification, status, at)
        if moved:
            self._journal.status(notification)
        return moved

    def _post_receipt(self, notification: Notification) -> None:
        body = receipt_payload(notification)
        number = notification.normalised
        strikes = self._faults.strikes
        if strikes("receipt-null-reference", notification.id, number):
            body["reference"] = None
        if strikes("receipt-null-sent-at", notification.id, number):
            body["sent_at"] = None
        if strikes("receipt-unknown-id", notification.id, number):
            self.post_receipt_body({**body, "id": str(uuid4())})
        if strikes("receipt-lost", notification.id, number):
            return
        self.post_receipt_body(body)
        if strikes("receipt-duplicate", notification.id, number):
            self.post_receipt_body(body)

    def post_receipt_body(self, body: dict[str, Any]) -> None:
        """Post a receipt with just this body, whatever the store says."""
        self._callbacks.send("receipt", self._service.receipts_to, _always(body))

    def time_out(self, due: datetime) -> int:
        """The nightly job: messages silent for 72 hours become temporary failures; how many."""
        old = [n for n in self._store.unfinished() if _is_timed_out(n, due)]
        for notification in old:
            self.provider_says(notification, Status.TEMPORARY_FAILURE, due)
        return len(old)

    def _act(self, method: Callable[[Notification, datetime], None], item: Notification) -> Act:
        return lambda due: method(item, due)


def _done(_moved: bool) -> None:
    """An act of the scheduler returns nothing."""


def _test_key_outcome(written: str) -> str:
    """A test key looks at the raw text, so inner spaces hide the magic numbers (section 14)."""
    if written.endswith(("7700900003", "temp-fail@simulator.notify")):
        return Status.TEMPORARY_FAILURE.value
    if written.endswith(("7700900002", "perm-fail@simulator.notify")):
        return Status.PERMANENT_FAILURE.value
    return Status.DELIVERED.value


def _is_abroad(notification: Notification) -> bool:
    return notification.channel is Channel.SMS and notification.is_international


def _is_timed_out(notification: Notification, now: datetime) -> bool:
    is_waiting = notification.status in {Status.SENDING, Status.PENDING}
    return is_waiting and now - notification.created_at > TIMEOUT


def _always(body: dict[str, Any]) -> Callable[[], dict[str, Any]]:
    return lambda: body
