"""Rows of a text file whose columns are separated by commas, tabs, semicolons or bars."""

import csv
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain, islice
from typing import Protocol

from outreach.domain.list_file import (
    PHONE_ALIASES,
    PHONE_KEY,
    FileFault,
    FileRefused,
    Notice,
    NoticeKind,
    shows_number,
)
from outreach.domain.template import normalise_key

DELIMITERS = {",": "commas", "\t": "tabs", ";": "semicolons", "|": "vertical bars"}
EXPECTED = frozenset({",", "\t"})
_HEADER_SEARCH, _LINE_SEARCH = 10, 10_000
"""Lines and characters of each looked at for the delimiter: less together than a cell may have."""
_END = "\ue000 end of list \ue000"
"""Put after the last line: a quotation mark left open swallows it, so that its absence tells."""


class _Records(Protocol):
    """What `csv.reader` gives, which has no public type."""

    line_num: int

    def __iter__(self) -> Iterator[list[str]]: ...


class SeparatedText:
    """The records of UTF-8 text, numbered as a spreadsheet numbers them: the first is row 1."""

    def __init__(self, utf8: bytes) -> None:
        self._utf8 = utf8
        self._declared = _declared_delimiter(utf8)
        self.delimiter = self._declared or self._likely_delimiter()

    @property
    def notices(self) -> list[Notice]:
        if self.delimiter in EXPECTED:
            return []
        name = DELIMITERS[self.delimiter]
        return [Notice(NoticeKind.DELIMITER, f"The columns are separated by {name}.")]

    def checked_rows(self) -> Iterator[tuple[int, list[str]]]:
        """Every record, blank ones too. Raises FileRefused at a fault; nothing after it is good."""
        with self._lines() as lines:
            yield from _checked(self._records(chain(lines, [_END])))

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """The same without looking for faults: for a second reading."""
        with self._lines() as lines:
            yield from enumerate(self._records(lines), start=1)

    @contextmanager
    def _lines(self) -> Iterator[Iterator[str]]:
        with io.TextIOWrapper(io.BytesIO(self._utf8), "utf-8", newline="") as lines:
            if self._declared:
                next(lines)
            yield lines

    def _records(self, lines: Iterable[str]) -> _Records:
        return csv.reader(lines, delimiter=self.delimiter, skipinitialspace=True)

    def _likely_delimiter(self) -> str:
        """The one that shows a phone column in the first rows, else the one that splits most."""
        with io.TextIOWrapper(io.BytesIO(self._utf8), "utf-8", newline="") as lines:
            first = [line[:_LINE_SEARCH] for line in islice(lines, _HEADER_SEARCH)]
        for delimiter in DELIMITERS:
            if any(_has_phone_column(cells) for cells in csv.reader(first, delimiter=delimiter)):
                return delimiter
        return max(DELIMITERS, key=lambda delimiter: sum(line.count(delimiter) for line in first))


def _declared_delimiter(utf8: bytes) -> str | None:
    """Excel's own way of saying it: a first line `sep=;`."""
    line = utf8[:16].partition(b"\n")[0].strip()
    delimiter = line[4:].decode("latin-1")
    return delimiter if line[:4].lower() == b"sep=" and delimiter in DELIMITERS else None


def _has_phone_column(cells: list[str]) -> bool:
    keys = [normalise_key(cell) for cell in cells]
    return any(key == PHONE_KEY or key in PHONE_ALIASES for key in keys)


def _checked(records: _Records) -> Iterator[tuple[int, list[str]]]:
    """Number the records; the last must be the end mark itself, or a quotation mark is open."""
    row, suspect, line = 0, 0, 0
    cells: list[str] = []
    try:
        for cells in records:
            row += 1
            if records.line_num - line > 1 and _holds_other_rows(cells):
                suspect = suspect or row
            line = records.line_num
            if suspect:
                continue
            if len(cells) == 1 and cells[0] == _END:
                return
            yield row, cells
    except csv.Error:
        raise _record_too_long(suspect or row + 1, spans=records.line_num - line > 1) from None
    raise _quote_not_closed(suspect or row)


def _holds_other_rows(cells: list[str]) -> bool:
    """Whether a cell over several lines has swallowed what stands in other rows."""
    return any("\n" in cell and (_END in cell or shows_number(cell)) for cell in cells)


def _quote_not_closed(row: int) -> FileRefused:
    return FileRefused(
        FileFault.QUOTE_NOT_CLOSED,
        f"A quotation mark in row {row} is never closed, so the rows after it run together.",
        "Close or remove it, or save the list as .xlsx.",
        row=row,
    )


def _record_too_long(row: int, *, spans: bool) -> FileRefused:
    if spans:
        return _quote_not_closed(row)
    return cell_too_long(row)


def cell_too_long(row: int) -> FileRefused:
    return FileRefused(
        FileFault.CELL_TOO_LONG,
        f"A cell in row {row} is longer than 131,072 characters.",
        "A text message has 918 at most. Remove the cell or shorten it.",
        row=row,
    )
