"""Callbacks to the service, with Notify's retries (contract section 8, observed section 5)."""

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from queue import Empty, SimpleQueue
from threading import Condition, Lock, Thread
from typing import Any
from urllib.parse import urljoin

import urllib3

from outreach.simulator.scheduler import Scheduler
from outreach.simulator.service import CallbackTarget

ATTEMPTS = 6
REDIRECTS = 30

# None when what was to be sent no longer exists.
Payload = Callable[[], dict[str, Any] | None]


@dataclass(slots=True)
class Delivery:
    """One callback under way; `attempts` counts the posts made so far. `generation` tells those
    from before a reset, of which nothing more is heard."""

    target: CallbackTarget
    payload: Payload
    kind: str
    generation: int
    attempts: int = 0


@dataclass(slots=True)
class CallbackCounts:
    """What became of callbacks of one kind, by number of posts and by end."""

    posts: int = 0
    accepted: int = 0
    retried: int = 0
    refused: int = 0
    dropped: int = 0
    by_status: dict[str, int] = field(default_factory=dict)


class Callbacks:
    """A small pool of threads that post callbacks; retries wait in the scheduler.

    `retry_delay` is in seconds (Notify: 300) and `timeout` too (Notify: 5).
    """

    def __init__(
        self,
        scheduler: Scheduler,
        *,
        threads: int = 4,
        retry_delay: float = 300,
        timeout: float = 5,
    ) -> None:
        self._scheduler = scheduler
        self.retry_delay = retry_delay
        self._timeout = urllib3.Timeout(connect=timeout, read=timeout)
        self._queue: SimpleQueue[Delivery | None] = SimpleQueue()
        self._threads = [
            Thread(target=self._work, name=f"callbacks-{n}", daemon=True) for n in range(threads)
        ]
        self._lock = Lock()
        self._quiet = Condition(self._lock)
        self._under_way = 0
        self._generation = 0
        self.counts: dict[str, CallbackCounts] = {}

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        for _ in self._threads:
            self._queue.put(None)
        for thread in self._threads:
            if thread.is_alive():
                thread.join()

    def clear(self) -> None:
        """Forget counts and whatever still waits to be posted."""
        with suppress(Empty):
            while True:
                self._queue.get_nowait()
                self._ended()
        with self._lock:
            self._generation += 1
            self.counts = {}

    def settle(self, timeout: float) -> bool:
        """Wait until no callback is queued or being posted; retries to come do not count."""
        with self._quiet:
            return self._quiet.wait_for(lambda: self._under_way == 0, timeout)

    def _put(self, delivery: Delivery) -> None:
        with self._lock:
            self._under_way += 1
        self._queue.put(delivery)

    def _ended(self) -> None:
        with self._quiet:
            self._under_way -= 1
            if self._under_way == 0:
                self._quiet.notify_all()

    def send(self, kind: str, target: CallbackTarget | None, payload: Payload) -> None:
        """Queue a callback; without a target nothing happens. Target and token travel with it."""
        if target is not None:
            self._put(Delivery(target, payload, kind, self._generation))

    def send_now(self, kind: str, target: CallbackTarget | None, payload: Payload) -> None:
        """Post in the caller's own thread, for a receipt that overtakes its 201."""
        if target is not None:
            with _pool() as pool:
                self._attempt(pool, Delivery(target, payload, kind, self._generation))

    def _work(self) -> None:
        with _pool() as pool:
            while (delivery := self._queue.get()) is not None:
                try:
                    self._attempt(pool, delivery)
                finally:
                    self._ended()

    def _attempt(self, pool: urllib3.PoolManager, delivery: Delivery) -> None:
        body = delivery.payload()
        if body is None:
            return
        delivery.attempts += 1
        status = self._post(pool, delivery.target, body)
        is_retried = status is None or status >= 500 or status == 429
        is_last = delivery.attempts >= ATTEMPTS
        if delivery.generation != self._generation:
            return
        self._note(delivery.kind, status, is_retried=is_retried, is_last=is_last)
        if is_retried and not is_last:
            self._scheduler.after(self.retry_delay, self._again(delivery))

    def _again(self, delivery: Delivery) -> Callable[[datetime], None]:
        return lambda _due: self._put(delivery)

    def _post(
        self, pool: urllib3.PoolManager, target: CallbackTarget, body: dict[str, Any]
    ) -> int | None:
        """The last status, redirects followed as a stock client does; None for no answer."""
        method, url, data = "POST", target.url, json.dumps(body).encode()
        for _ in range(REDIRECTS):
            try:
                answer = pool.request(
                    method,
                    url,
                    body=data or None,
                    headers=_headers(target.token, has_body=bool(data)),
                    timeout=self._timeout,
                    retries=False,
                    redirect=False,
                )
            except urllib3.exceptions.HTTPError:
                return None
            finally:
                pool.clear()  # Notify opens a connection for each callback, so none goes stale
            location = answer.headers.get("Location")
            if not location or answer.status not in {301, 302, 303, 307, 308}:
                return answer.status
            url = urljoin(url, location)
            if answer.status < 304:
                method, data = "GET", b""
        return None

    def _note(self, kind: str, status: int | None, *, is_retried: bool, is_last: bool) -> None:
        with self._lock:
            counts = self.counts.setdefault(kind, CallbackCounts())
            counts.posts += 1
            name = str(status) if status else "no answer"
            counts.by_status[name] = counts.by_status.get(name, 0) + 1
            if status and 200 <= status < 300:
                counts.accepted += 1
            elif not is_retried:
                counts.refused += 1
            elif is_last:
                counts.dropped += 1
            else:
                counts.retried += 1


def _pool() -> urllib3.PoolManager:
    return urllib3.PoolManager(maxsize=1, retries=False)


def _headers(token: str, *, has_body: bool) -> dict[str, str]:
    headers = {
        "User-Agent": "python-requests/2.34.2",
        "Accept-Encoding": "gzip, deflate",
        "Accept": "*/*",
        "Connection": "keep-alive",
        "Authorization": f"Bearer {token}",
    }
    return {**headers, "Content-Type": "application/json"} if has_body else headers
