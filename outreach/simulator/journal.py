"""An append-only file of JSON lines, so that a restarted simulator still knows its messages."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from os import SEEK_END
from pathlib import Path
from threading import Lock
from typing import Any, TextIO

from outreach.simulator.records import (
    Channel,
    KeyType,
    Notification,
    ReceivedText,
    Status,
)
from outreach.simulator.store import Store

TIMES = ("created_at", "sent_at", "updated_at", "received_at")


class Journal:
    """Writes what changes; without a file it writes nothing."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._file: TextIO | None = None
        self._lock = Lock()

    def open(self) -> None:
        if self._path is not None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            is_torn = _ends_within_a_line(self._path)
            self._file = self._path.open("a", encoding="utf-8")
            if is_torn:
                self._file.write("\n")

    def close(self) -> None:
        with self._lock:
            if self._file is not None:
                self._file.close()
                self._file = None

    def accepted(self, notification: Notification) -> None:
        if self._file is not None:
            self._write("accepted", asdict(notification))

    def status(self, notification: Notification) -> None:
        if self._file is not None:
            changed = {
                "id": notification.id,
                "status": notification.status,
                "sent_at": notification.sent_at,
                "updated_at": notification.updated_at,
                "copies": notification.copies,
            }
            self._write("status", changed)

    def received(self, text: ReceivedText) -> None:
        if self._file is not None:
            self._write("received", asdict(text))

    def reset(self) -> None:
        """Start an empty file after everything was forgotten."""
        with self._lock:
            if self._file is not None:
                self._file.truncate(0)
                self._file.seek(0)

    def _write(self, kind: str, item: dict[str, Any]) -> None:
        line = json.dumps({"kind": kind, **item}, default=_plain, ensure_ascii=False)
        with self._lock:
            if self._file is not None:
                self._file.write(line + "\n")
                self._file.flush()

    def replay(self, store: Store) -> int:
        """Put back what an earlier run wrote; how many lines. A torn last line is left out.

        Two threads may have written their lines in another order than that of creation, on which
        the store's lists depend.
        """
        entries = list(self._entries())
        made = [entry for entry in entries if entry["kind"] in {"accepted", "received"}]
        for entry in sorted(made, key=lambda entry: entry["created_at"]):
            _add(store, entry)
        for entry in entries:
            if entry["kind"] == "status":
                _set_status(store, entry)
        return len(entries)

    def _entries(self) -> Iterator[dict[str, Any]]:
        if self._path is None or not self._path.exists():
            return
        with self._path.open(encoding="utf-8") as lines:
            for line in lines:
                try:
                    entry: dict[str, Any] = json.loads(line)
                except ValueError:
                    continue
                yield _with_times(entry)


def _ends_within_a_line(path: Path) -> bool:
    """Whether a crash cut the last line short, so that the next one must not join it."""
    if not path.exists() or path.stat().st_size == 0:
        return False
    with path.open("rb") as file:
        file.seek(-1, SEEK_END)
        return file.read(1) != b"\n"


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{type(value)} does not belong in the journal")


def _with_times(entry: dict[str, Any]) -> dict[str, Any]:
    for name in TIMES:
        if entry.get(name):
            entry[name] = datetime.fromisoformat(entry[name])
    return entry


def _add(store: Store, entry: dict[str, Any]) -> None:
    values = {name: value for name, value in entry.items() if name != "kind"}
    if entry["kind"] == "received":
        store.add_received(ReceivedText(**values))
    else:
        store.add(_notification(values))


def _set_status(store: Store, entry: dict[str, Any]) -> None:
    notification = store.get(entry["id"])
    if notification is not None:
        notification.status = Status(entry["status"])
        notification.sent_at = entry["sent_at"]
        notification.updated_at = entry["updated_at"]
        notification.copies = entry["copies"]


def _notification(entry: dict[str, Any]) -> Notification:
    entry["channel"] = Channel(entry["channel"])
    entry["key_type"] = KeyType(entry["key_type"])
    entry["status"] = Status(entry["status"])
    return Notification(**entry)
