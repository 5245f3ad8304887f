"""The one sheet of a workbook that is the list, and what of it can be seen.

As in Notify's own upload (contract section 13): the first visible sheet, without hidden rows and
columns, merged cells repeating their first value, formulas by the value last saved.
"""

import io
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from python_calamine import (
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
    load_workbook,
)

from outreach.recipients.workbooks.archive import Archive
from outreach.recipients.workbooks.cells import as_text
from outreach.recipients.workbooks.hidden import Hidden
from outreach.recipients.workbooks.in_ods import hidden_in_ods, refuse_protected
from outreach.recipients.workbooks.in_xls import XlsRecords
from outreach.recipients.workbooks.in_xlsx import hidden_in_xlsx
from outreach.recipients.workbooks.sentences import rows_sentence

Notices = list[tuple[str, str]]
Cells = list[str]


class NoSheet(Exception):
    """No worksheet can be seen."""


class Sheet:
    """Rows of a sheet as text, numbered as the spreadsheet numbers them."""

    def __init__(self, sheet: CalamineSheet, hidden: Hidden, notices: Notices) -> None:
        self._sheet = sheet
        self._hidden = hidden
        self._left = (sheet.start or (0, 0))[1]
        self._merged = _merged_values(sheet)
        self._notices = notices
        self._blank = 0

    def notices(self) -> Notices:
        """Whole only once the rows have been read."""
        notices = [*self._notices, *self._hidden.notices()]
        if self._merged:
            notices.append(("merged-cells", "Merged cells repeat their first value."))
        if self._blank:
            notices.append(("blank-rows", rows_sentence(self._blank, "blank", "skipped")))
        return notices

    def rows(self) -> Iterator[tuple[int, Cells]]:
        """Each row that can be seen and is not blank."""
        passed, begun = 0, False
        for row, cells in self._seen_rows():
            if not (cells[0].strip() or any(map(str.strip, cells))):
                passed += 1
                continue
            self._blank += passed if begun else 0
            passed, begun = 0, True
            yield row, cells

    def _seen_rows(self) -> Iterator[tuple[int, Cells]]:
        hidden_rows, hidden_columns = self._hidden.rows, self._hidden.columns
        left = [""] * self._left
        for row, values in enumerate(self._sheet.iter_rows(), start=1):
            if row in hidden_rows:
                continue
            cells = [value if type(value) is str else as_text(value) for value in values]
            if left:
                cells = left + cells
            for place, value in self._merged.get(row, ()):
                cells[place] = value
            yield row, self._hidden.seen(cells) if hidden_columns else cells


def open_sheet(data: bytes, kind: str) -> Sheet:
    """Raises NoSheet, Protected, ArchiveRefused, and the parsers' own errors."""
    hidden_at = _looker(data, kind)
    workbook = load_workbook(io.BytesIO(data))
    place, sheet = _first_seen(workbook)
    return Sheet(sheet, hidden_at(place), _sheet_notices(workbook, place))


def _looker(data: bytes, kind: str) -> Callable[[int], Hidden]:
    """What tells what is hidden in the sheet at a place; made before the parser sees the file."""
    if kind == "xls":
        return XlsRecords(data).hidden
    archive = Archive(data)
    if kind == "ods":
        refuse_protected(archive)
        return partial(hidden_in_ods, archive)
    return partial(hidden_in_xlsx, archive)


def _first_seen(workbook: CalamineWorkbook) -> tuple[int, CalamineSheet]:
    """The first visible sheet that has anything on it; an empty one if all are."""
    seen = [place for place in range(len(workbook.sheet_names)) if _is_seen(workbook, place)]
    if not seen:
        raise NoSheet
    for place in seen:
        sheet = workbook.get_sheet_by_index(place)
        if sheet.height:
            return place, sheet
    return seen[0], workbook.get_sheet_by_index(seen[0])


def _is_seen(workbook: CalamineWorkbook, place: int) -> bool:
    about = workbook.sheets_metadata[place]
    return about.typ == SheetTypeEnum.WorkSheet and about.visible == SheetVisibleEnum.Visible


def _sheet_notices(workbook: CalamineWorkbook, place: int) -> Notices:
    places = range(len(workbook.sheet_names))
    others = [other for other in places if other != place and _is_seen(workbook, other)]
    unseen = [
        about for about in workbook.sheets_metadata if about.visible != SheetVisibleEnum.Visible
    ]
    notices = []
    if others:
        name = workbook.sheet_names[place]
        notices.append(("other-sheets", f"Only the sheet “{name}” was read."))
    if unseen:
        notices.append(("hidden-sheet", "Hidden sheets were not read."))
    return notices


def _merged_values(sheet: CalamineSheet) -> dict[int, list[tuple[int, str]]]:
    """Per row number, the cells that repeat the first value of a merged range."""
    ranges = sheet.merged_cell_ranges
    if not ranges or sheet.end is None:
        return {}
    first_values = _values_at([top_left for top_left, _ in ranges], sheet)
    repeated: dict[int, list[tuple[int, str]]] = {}
    last_row, last_column = sheet.end
    for (top, left), (bottom, right) in ranges:
        value = first_values.get((top, left), "")
        for row in range(top, min(bottom, last_row) + 1):
            places = range(left, min(right, last_column) + 1)
            repeated.setdefault(row + 1, []).extend((place, value) for place in places)
    return repeated


def _values_at(
    wanted: Sequence[tuple[int, int]], sheet: CalamineSheet
) -> dict[tuple[int, int], str]:
    """The texts of some cells, by row and column counted from 0."""
    start_column = (sheet.start or (0, 0))[1]
    by_row: dict[int, list[int]] = {}
    for row, column in wanted:
        by_row.setdefault(row, []).append(column)
    found = {}
    for row, values in enumerate(sheet.iter_rows()):
        for column in by_row.get(row, ()):
            if 0 <= column - start_column < len(values):
                found[row, column] = as_text(values[column - start_column])
    return found
