"""Threads that make requests, and one that writes down in groups what came of them.

A request may hang for as long as its time limit; so that one slow answer does not hold up the next
slice, the pool outlives slices, and results are written by a thread of its own. Nothing here is the
truth: what is lost with the process is found again in the tables.
"""

import logging
import queue
import threading
import time
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from flask import Flask
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

log = logging.getLogger(__name__)

T = TypeVar("T")
R = TypeVar("R")

GROUP_SECONDS = 0.25
RETRY_SECONDS = 0.5


class Pool(Generic[T, R]):
    """`work` runs in one of `threads` threads, and must not raise for anything it expects; `write`
    gets results in groups, in an application context, and is called again with the same group
    where it raised."""

    def __init__(
        self,
        app: Flask,
        work: Callable[[T], R],
        write: Callable[[list[R]], None],
        *,
        threads: int = 48,
    ) -> None:
        self._app, self._work, self._write = app, work, write
        self._items: queue.SimpleQueue[T | None] = queue.SimpleQueue()
        self._results: queue.SimpleQueue[R] = queue.SimpleQueue()
        self._room = threading.Semaphore(threads)
        self._open = 0
        self._change = threading.Condition()
        self._is_closing = False
        self._workers = [self._start(self._run, f"send-{n}") for n in range(threads)]
        self._writer = self._start(self._write_groups, "record")

    def wait_for_room(self, timeout: float) -> bool:
        """Reserve a free thread, for `submit`; False where none became free within `timeout`
        seconds."""
        return self._room.acquire(timeout=max(timeout, 0))

    def give_back_room(self) -> None:
        """For a reservation that was not used."""
        self._room.release()

    def submit(self, item: T) -> None:
        """Have it worked on at once, by the thread reserved before."""
        with self._change:
            self._open += 1
        self._items.put(item)

    def add_result(self, result: R) -> None:
        """Have a result written that needed no work."""
        with self._change:
            self._open += 1
        self._results.put(result)

    def drain(self, timeout: float) -> bool:
        """Wait until everything handed in is written; False where that took longer."""
        with self._change:
            return self._change.wait_for(lambda: self._open == 0, timeout)

    def close(self, timeout: float = 30) -> bool:
        """Finish what is under way, then end the threads. False where some was left to the
        tables."""
        is_empty = self.drain(timeout)
        self._is_closing = True
        for _ in self._workers:
            self._items.put(None)
        self._writer.join(timeout=5)
        return is_empty

    def _start(self, target: Callable[[], None], name: str) -> threading.Thread:
        thread = threading.Thread(target=target, name=name, daemon=True)
        thread.start()
        return thread

    def _run(self) -> None:
        while (item := self._items.get()) is not None:
            try:
                self._results.put(self._work(item))
            except Exception:
                log.exception("a request failed in an unexpected way; it is left unconfirmed")
                self._count_down(1)
            finally:
                self._room.release()

    def _write_groups(self) -> None:
        while not self._is_closing:
            time.sleep(GROUP_SECONDS)
            group = self._take()
            if group:
                self._write_until_done(group)
                self._count_down(len(group))

    def _take(self) -> list[R]:
        group: list[R] = []
        while True:
            try:
                group.append(self._results.get_nowait())
            except queue.Empty:
                return group

    def _write_until_done(self, group: list[R]) -> None:
        """Again and again while the database does not answer; in halves where a result cannot be
        written at all, so that one such does not hold up the rest."""
        while not self._is_closing:
            try:
                with self._app.app_context():
                    self._write(group)
                return
            except (OperationalError, InterfaceError, PoolTimeout) as error:
                log.warning("results not written yet (%s)", type(error).__name__)
                time.sleep(RETRY_SECONDS)
            except Exception:
                if len(group) == 1:
                    log.exception("a result could not be written; it is left unconfirmed")
                    return
                middle = len(group) // 2
                self._write_until_done(group[:middle])
                self._write_until_done(group[middle:])
                return

    def _count_down(self, count: int) -> None:
        with self._change:
            self._open -= count
            self._change.notify_all()


_POOLS = "outreach_pools"
_making = threading.Lock()


def shared_pool(app: Flask, name: str, make: Callable[[], Pool[Any, Any]]) -> Pool[Any, Any]:
    """The application's pool of that name, made when first asked for."""
    with _making:
        pools: dict[str, Pool[Any, Any]] = app.extensions.setdefault(_POOLS, {})
        if name not in pools:
            pools[name] = make()
        return pools[name]


def close_pools(app: Flask, timeout: float = 30) -> None:
    """Finish and end every pool of the application."""
    with _making:
        pools: dict[str, Pool[Any, Any]] = app.extensions.pop(_POOLS, {})
    for pool in pools.values():
        pool.close(timeout)
