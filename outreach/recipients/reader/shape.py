"""The shape every list must have, whatever its file: names, then rows no wider than those."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from outreach.domain.list_file import (
    MAX_ROWS,
    FileFault,
    FileRefused,
    Notice,
    NoticeKind,
    looks_like_data,
    match_columns,
)
from outreach.recipients.workbooks.sentences import rows_sentence

MAX_COLUMNS = 250
_TITLE_ROWS = 10
_INVISIBLE = str.maketrans("", "", "\u00ad\u180e\u200b\u200c\u200d\u2060\ufeff")

Row = tuple[int, list[str]]


class Shape(NamedTuple):
    """A list that has been looked through whole and found good."""

    header_row: int
    header: tuple[str, ...]
    row_count: int
    notices: tuple[Notice, ...]


def examine(rows: Iterable[Row], wanted: Sequence[str] | None = None) -> Shape:
    """Look through every row once. Raises FileRefused at the first fault of the list as a whole."""
    numbered = iter(rows)
    header_row, header, notices = _find_header(numbered, wanted)
    count, blank = _count_rows(numbered, len(header))
    if count > MAX_ROWS:
        raise _too_many_rows(count)
    if count == 0:
        raise _no_rows()
    if blank:
        sentence = rows_sentence(blank, "blank", "skipped")
        notices = (*notices, Notice(NoticeKind.BLANK_ROWS, sentence))
    return Shape(header_row, header, count, notices)


def data_rows(rows: Iterable[Row], shape: Shape) -> Iterator[Row]:
    """The rows below the header that are not blank, each exactly as wide as the header."""
    width = len(shape.header)
    for row, cells in rows:
        if row <= shape.header_row:
            continue
        if len(cells) == width and cells[0].strip():
            yield row, cells
        elif not is_blank(cells):
            yield row, [*cells[:width], *[""] * (width - len(cells))]


def is_blank(cells: Sequence[str]) -> bool:
    return not any(map(str.strip, cells))


def _find_header(
    rows: Iterator[Row], wanted: Sequence[str] | None
) -> tuple[int, tuple[str, ...], tuple[Notice, ...]]:
    """The first row that is not blank, with its columns recognised and its spare ones cut off."""
    found = next((row for row in rows if not is_blank(row[1])), None)
    if found is None:
        raise _empty()
    number, header = found[0], trim(found[1])
    if len(header) > MAX_COLUMNS:
        raise _too_many_columns(len(header))
    try:
        columns = match_columns(header, wanted)
    except FileRefused as refusal:
        raise _header_further_down(rows, wanted) or refusal from None
    return number, header, columns.notices


def trim(cells: Sequence[str]) -> tuple[str, ...]:
    """Column names without invisible characters, up to the last that has a name."""
    names = [cell.translate(_INVISIBLE).strip() for cell in cells]
    while names and not names[-1]:
        names.pop()
    return tuple(names)


def _header_further_down(rows: Iterator[Row], wanted: Sequence[str] | None) -> FileRefused | None:
    """A list with a title above its column names is named as such; it is not read by guesswork."""
    for _, (number, cells) in zip(range(_TITLE_ROWS), rows, strict=False):
        names = trim(cells)
        if looks_like_data(names):
            return None
        try:
            match_columns(names, wanted)
        except FileRefused:
            continue
        return FileRefused(
            FileFault.NO_HEADER,
            f"The column names are in row {number}, with something else above them.",
            "Delete the rows above the column names.",
            row=number,
        )
    return None


def _count_rows(rows: Iterator[Row], width: int) -> tuple[int, int]:
    """How many rows hold something, and how many blank ones stand between them."""
    count, blank, passed = 0, 0, 0
    for number, cells in rows:
        if not cells or (not cells[0].strip() and is_blank(cells)):
            passed += 1
            continue
        if len(cells) > width and not is_blank(cells[width:]):
            raise _row_too_wide(number, cells, width)
        count += 1
        blank += passed
        passed = 0
    return count, blank


def column_letter(place: int) -> str:
    """How spreadsheets name a column: 0 is A, 25 is Z, 26 is AA."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _row_too_wide(row: int, cells: Sequence[str], width: int) -> FileRefused:
    place = next(index for index in range(width, len(cells)) if cells[index].strip())
    return FileRefused(
        FileFault.ROW_TOO_WIDE,
        f"Row {row} has something in column {column_letter(place)}, which has no name in row 1.",
        "If a comma splits one cell in two, put the cell in quotation marks or save as .xlsx.",
        row=row,
    )


def _empty() -> FileRefused:
    return FileRefused(
        FileFault.EMPTY, "The file is empty.", "Choose the file that holds the list."
    )


def _no_rows() -> FileRefused:
    return FileRefused(
        FileFault.NO_ROWS,
        "The list has column names but no rows under them.",
        "Add a row for each person, or choose another file.",
    )


def _too_many_rows(count: int) -> FileRefused:
    return FileRefused(
        FileFault.TOO_MANY_ROWS,
        f"The list has {count:,} rows. {MAX_ROWS:,} is the most for one list.",
        "Split it and upload the parts to separate campaigns.",
        row=MAX_ROWS + 2,
    )


def _too_many_columns(count: int) -> FileRefused:
    return FileRefused(
        FileFault.TOO_MANY_COLUMNS,
        f"The list has {count:,} columns. {MAX_COLUMNS} is the most.",
        "Remove the columns that the message does not use.",
        row=1,
    )
