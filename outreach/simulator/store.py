"""Everything the service has sent and received, in memory, with the look-ups Notify answers."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import datetime
from threading import RLock

from outreach.simulator.records import Channel, KeyType, Notification, ReceivedText, Status

PAGE = 250

FAILED = frozenset({"technical-failure", "temporary-failure", "permanent-failure"})


def expand_statuses(statuses: list[str]) -> frozenset[str]:
    """`failed` stands for every kind of failure (contract section 5)."""
    expanded = set(statuses) - {"failed"}
    return frozenset(expanded | FAILED) if "failed" in statuses else frozenset(expanded)


class Store:
    """Notifications in order of creation, and indexes by id, reference and number.

    `by_number`, `texts_from` and `emails` are what phones and mailboxes hold; they outlive
    Notify's retention. The phone used last comes last in `by_number`.
    """

    def __init__(self) -> None:
        self.lock = RLock()
        self.clear()

    def clear(self) -> None:
        with self.lock:
            self._in_order: list[Notification] = []
            self.by_id: dict[str, Notification] = {}
            self.by_number: dict[str, list[Notification]] = {}
            self.emails: list[Notification] = []
            self.texts_from: dict[str, list[ReceivedText]] = defaultdict(list)
            self._by_key_type: dict[KeyType, list[Notification]] = defaultdict(list)
            self._by_reference: dict[tuple[KeyType, str], list[Notification]] = defaultdict(list)
            self.received: list[ReceivedText] = []
            self.received_by_id: dict[str, ReceivedText] = {}

    def add(self, notification: Notification, now: Callable[[], datetime] | None = None) -> None:
        """Keep a message. With `now` its creation time is set here, so that order holds."""
        with self.lock:
            if now:
                notification.created_at = now()
            self.by_id[notification.id] = notification
            self._index(notification)
            if notification.channel is Channel.EMAIL:
                self.emails.append(notification)
            else:
                self._phone(notification.normalised).append(notification)

    def _phone(self, number: str) -> list[Notification]:
        """What a phone got, the phone moved to the end as the one used last."""
        texts = self.by_number[number] = self.by_number.pop(number, [])
        return texts

    def _index(self, notification: Notification) -> None:
        self._in_order.append(notification)
        self._by_key_type[notification.key_type].append(notification)
        if notification.reference is not None:
            key = (notification.key_type, notification.reference)
            self._by_reference[key].append(notification)

    def get(self, notification_id: str) -> Notification | None:
        return self.by_id.get(notification_id)

    def with_reference(self, reference: str) -> list[Notification]:
        """Messages of any key type with this reference, oldest first."""
        with self.lock:
            return [n for kind in KeyType for n in self._by_reference.get((kind, reference), [])]

    def move(self, notification: Notification, status: Status, at: datetime) -> bool:
        """Change a status unless a final one came first; says whether it changed."""
        with self.lock:
            if notification.status.is_final or notification.status is status:
                return False
            if status is Status.SENT and notification.status is Status.PENDING:
                return False
            notification.status = status
            notification.updated_at = at
            return True

    def page(
        self,
        key_type: KeyType,
        *,
        older_than: str | None = None,
        reference: str | None = None,
        statuses: frozenset[str] = frozenset(),
        channels: frozenset[str] = frozenset(),
    ) -> list[Notification]:
        """Newest first, at most one page; an unknown `older_than` gives an empty page."""
        with self.lock:
            source = self._by_key_type[key_type]
            if reference is not None:
                source = self._by_reference.get((key_type, reference), [])
            end = len(source)
            if older_than is not None:
                limit = self.by_id.get(older_than)
                if limit is None:
                    return []
                end = bisect_left(source, limit.created_at, key=lambda n: n.created_at)
            found: list[Notification] = []
            for index in range(end - 1, -1, -1):
                notification = source[index]
                if _matches(notification, statuses, channels):
                    found.append(notification)
                    if len(found) == PAGE:
                        break
            return found

    def add_received(self, text: ReceivedText) -> None:
        with self.lock:
            self.received.append(text)
            self.received_by_id[text.id] = text
            self.texts_from[text.user_number].append(text)
            self._phone(text.user_number)

    def received_page(self, older_than: str | None = None) -> list[ReceivedText]:
        """Newest first, at most one page."""
        with self.lock:
            end = len(self.received)
            if older_than is not None:
                limit = self.received_by_id.get(older_than)
                if limit is None:
                    return []
                end = bisect_left(self.received, limit.created_at, key=lambda t: t.created_at)
            return self.received[max(0, end - PAGE) : end][::-1]

    def purge_sent(self, before: datetime) -> int:
        """Forget notifications created before a moment, as the nightly job does; how many."""
        with self.lock:
            kept = [n for n in self.by_id.values() if n.created_at >= before]
            gone = len(self.by_id) - len(kept)
            self.by_id = {n.id: n for n in kept}
            self._in_order = []
            self._by_key_type = defaultdict(list)
            self._by_reference = defaultdict(list)
            for notification in kept:
                self._index(notification)
        return gone

    def purge_received(self, before: datetime) -> int:
        """Forget received texts created before a moment; how many."""
        with self.lock:
            gone = len(self.received)
            self.received = [text for text in self.received if text.created_at >= before]
            self.received_by_id = {text.id: text for text in self.received}
        return gone - len(self.received)

    def unfinished(self) -> list[Notification]:
        with self.lock:
            return [n for n in self.by_id.values() if not n.status.is_complete]

    def counts_per_number(self) -> dict[str, int]:
        """How many texts each number was sent, provider's doubles included."""
        with self.lock:
            return {
                number: sum(notification.copies for notification in texts)
                for number, texts in self.by_number.items()
                if texts
            }

    def statuses(self) -> dict[str, int]:
        """How many remembered messages have each status."""
        with self.lock:
            return Counter(notification.status.value for notification in self._in_order)

    def newest(self, limit: int, older_than: str | None = None) -> list[Notification]:
        """Remembered messages of every key type, newest first."""
        with self.lock:
            end = len(self._in_order)
            if older_than is not None:
                last = self.by_id.get(older_than)
                end = 0 if last is None else self._place(last)
            return self._in_order[max(0, end - limit) : end][::-1]

    def _place(self, notification: Notification) -> int:
        """Where a message stands in order of creation."""
        start = bisect_left(
            self._in_order, notification.created_at, key=lambda item: item.created_at
        )
        return self._in_order.index(notification, start)


def _matches(
    notification: Notification, statuses: frozenset[str], channels: frozenset[str]
) -> bool:
    if statuses and notification.status.value not in statuses:
        return False
    return not channels or notification.channel.value in channels
