"""The process that opens a workbook: bytes in by standard input, JSON lines out, in hard limits.

The first line is a report, `{"notices": [[kind, sentence], …]}` or `{"fault": …, "row": …}`; each
further one a list of `[row number, cells]`. It reads no settings and imports nothing heavy of ours.
"""

import json
import resource
import sys
from collections.abc import Iterable, Iterator
from itertools import islice

from python_calamine import PasswordError

from outreach.recipients.workbooks.archive import ArchiveRefused
from outreach.recipients.workbooks.hidden import Protected
from outreach.recipients.workbooks.sheet import NoSheet, Sheet, open_sheet

MEMORY = 220 * 1024 * 1024
"""Bytes of data the process may hold: room for 100,000 rows of 20 columns, and an end to bombs."""
SECONDS = 7
"""Of processor time. A workbook of the most rows and 10 MB takes 2."""
MAX_OUTPUT = 64 * 1024 * 1024
MAX_CELL = 131_072
BATCH = 1_000


class CellTooLong(Exception):
    """Holds the row's number."""

    def __init__(self, row: int) -> None:
        super().__init__(row)
        self.row = row


class OutputTooBig(Exception):
    """More text than any list within the limits of rows and size has."""


def main() -> None:
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    lines = _answer(sys.stdin.buffer.read(), sys.argv[1])
    sys.stdout.buffer.write(b"\n".join(lines))


def _answer(data: bytes, kind: str) -> list[bytes]:
    """Whatever a parser raises that is not known by name means a damaged file."""
    try:
        sheet = open_sheet(data, kind)
        lines = list(_row_lines(sheet))
        return [_json({"notices": sheet.notices()}), *lines]
    except (PasswordError, Protected):
        return [_json({"fault": "password-protected"})]
    except NoSheet:
        return [_json({"fault": "no-rows"})]
    except CellTooLong as refusal:
        return [_json({"fault": "cell-too-long", "row": refusal.row})]
    except (ArchiveRefused, OutputTooBig, MemoryError, RecursionError):
        return [_json({"fault": "too-complex"})]
    except Exception:
        return [_json({"fault": "damaged-file"})]
    except BaseException as panic:
        if type(panic).__name__ != "PanicException":  # the parser's own, not an Exception
            raise
        return [_json({"fault": "damaged-file"})]


def _row_lines(sheet: Sheet) -> Iterator[bytes]:
    """Raises CellTooLong, or OutputTooBig at the price of its limit."""
    size = 0
    rows = sheet.rows()
    while batch := list(islice(rows, BATCH)):
        line = _json(batch)
        size += len(line)
        if size > MAX_OUTPUT:
            raise OutputTooBig
        if len(line) > MAX_CELL:
            _refuse_long_cells(batch)
        yield line


def _refuse_long_cells(batch: Iterable[tuple[int, list[str]]]) -> None:
    for row, cells in batch:
        if len(max(cells, key=len)) > MAX_CELL:
            raise CellTooLong(row)


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


if __name__ == "__main__":
    main()
