"""What is hidden in an Excel 97 to 2003 workbook, from its records ([MS-XLS] 2.4)."""

import struct
from collections.abc import Iterator

from outreach.recipients.workbooks.hidden import Hidden, Protected
from outreach.recipients.workbooks.ole import Ole

_BEGIN, _END = 0x0809, 0x000A
_SHEET, _ROW, _COLUMNS, _FORMULA = 0x0085, 0x0208, 0x007D, 0x0006
_PASSWORD = 0x002F
_ROW_HIDDEN = 0x20
_COLUMN_HIDDEN = 0x01
_MOST_COLUMNS = 256

Record = tuple[int, bytes]


class XlsRecords:
    """A workbook's records. Raises Protected, or ValueError or struct.error where it is damaged."""

    def __init__(self, data: bytes) -> None:
        self._stream = Ole(data).stream("Workbook", "Book")
        self._starts: list[int] = []
        for kind, content in _records(self._stream, 0):
            if kind == _PASSWORD:
                raise Protected
            if kind == _SHEET:
                self._starts += struct.unpack_from("<I", content)

    def hidden(self, place: int) -> Hidden:
        """Of the sheet at this place in the workbook's order."""
        if place >= len(self._starts):
            return Hidden()
        return _hidden_in_sheet(_records(self._stream, self._starts[place]))


def _hidden_in_sheet(records: Iterator[Record]) -> Hidden:
    rows: set[int] = set()
    columns: set[int] = set()
    has_formulas = False
    for kind, content in records:
        if kind == _ROW and len(content) >= 16 and content[12] & _ROW_HIDDEN:
            rows.add(int.from_bytes(content[:2], "little") + 1)
        elif kind == _COLUMNS and len(content) >= 10 and content[8] & _COLUMN_HIDDEN:
            first, last = struct.unpack_from("<HH", content)
            columns.update(range(first, min(last + 1, _MOST_COLUMNS)))
        has_formulas = has_formulas or kind == _FORMULA
    return Hidden(frozenset(rows), frozenset(columns), has_formulas)


def _records(stream: bytes, at: int) -> Iterator[Record]:
    """Kind and content of each record from here to the end of this part, charts within skipped."""
    depth = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        depth += (kind == _BEGIN) - (kind == _END)
        if kind == _END and depth <= 0:
            return
        if depth == 1:
            yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length
