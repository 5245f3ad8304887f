"""Rows of a workbook, read by a child process that can neither hang us nor eat our memory.

A workbook from a stranger may be a bomb: a small archive that unpacks to gigabytes, or two cells in
far corners, for which the parser allocates all that lies between and aborts. The child has hard
limits of memory and time; whatever becomes of it, the caller gets rows or a named refusal. It gets
the file through a pipe, none of our settings, and writes nothing to disk.
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import outreach
from outreach.domain.list_file import FileFault, FileRefused, Notice, NoticeKind
from outreach.recipients.reader.kinds import KIND_NAMES, Kind, damaged, password_protected
from outreach.recipients.reader.separated import cell_too_long
from outreach.recipients.reader.shape import Row

CHILD = "outreach.recipients.workbooks.child"
SECONDS = 20
"""By the clock, on however busy a machine. The child's own limit of processor time ends first."""
_ROOT = str(Path(outreach.__file__).parent.parent)


@dataclass(frozen=True, slots=True)
class Workbook:
    """What the child made of it: notices, and rows as JSON lines, some thousand rows a line."""

    notices: tuple[Notice, ...]
    _lines: Sequence[bytes]

    def rows(self) -> Iterator[Row]:
        for line in self._lines:
            yield from json.loads(line)


def open_workbook(data: bytes, kind: Kind) -> Workbook:
    """Raises FileRefused for whatever is wrong with it."""
    try:
        done = subprocess.run(  # noqa: S603 our own module, no shell, nothing a user gave  # nosec B603
            [sys.executable, "-P", "-m", CHILD, kind.value],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"PYTHONPATH": _ROOT, "PYTHONUTF8": "1"},
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _too_complex() from None
    report, *lines = done.stdout.splitlines() or [b""]
    if done.returncode != 0 or not report:
        raise _too_complex()
    return _workbook(json.loads(report), lines, kind)


def _workbook(report: dict[str, Any], lines: Sequence[bytes], kind: Kind) -> Workbook:
    fault = report.get("fault")
    if fault is not None:
        raise _refusal(FileFault(fault), report.get("row"), kind)
    notices = tuple(Notice(NoticeKind(name), text) for name, text in report["notices"])
    return Workbook(notices, lines)


def _refusal(fault: FileFault, row: int | None, kind: Kind) -> FileRefused:
    if fault is FileFault.ENCRYPTED:
        return password_protected()
    if fault is FileFault.CELL_TOO_LONG and row is not None:
        return cell_too_long(row)
    if fault is FileFault.NO_ROWS:
        return FileRefused(
            fault,
            "The workbook has no sheet that can be seen.",
            "Unhide the sheet with the list, save the workbook and upload it again.",
        )
    return damaged(KIND_NAMES[kind]) if fault is FileFault.DAMAGED else _too_complex()


def _too_complex() -> FileRefused:
    return FileRefused(
        FileFault.TOO_COMPLEX,
        "The workbook is far larger when opened than its size says, and was not read.",
        "Copy the list into a new workbook, or save it as .csv, and upload that.",
    )
