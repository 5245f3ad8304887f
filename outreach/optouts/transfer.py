"""Files of opt-outs: numbers that somebody brings, and digests as this service exports them.

The list holds no numbers, so none can be exported: what leaves is the keyed digest, which only a
service with the same key can use. Reading never stores anything and never repeats a number.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from outreach import vault
from outreach.domain.errors import OutreachError
from outreach.domain.optout import SuppressionKind
from outreach.domain.phone import Mobile, parse_mobile
from outreach.optouts.queries import Entry

COLUMNS = ("digest", "key", "kind", "source", "added_on")
MOST_LINES = 200_000
NUMBER_COLUMNS = ("phone number", "phone", "mobile", "mobile number", "number", "telephone")
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # ZIP, and OLE, as all office files are
_SHOWN = 20


class FileUnreadable(OutreachError):
    """The file as a whole cannot be read; the message says why and what to do."""


@dataclass(frozen=True)
class BadLine:
    """A line that was left out, and why. The number is not repeated."""

    line: int
    why: str


@dataclass(frozen=True)
class OptoutFile:
    """What a file holds: digests to suppress, and the lines that could not be read."""

    entries: Sequence[tuple[bytes, SuppressionKind]]
    bad: Sequence[BadLine]

    @property
    def shown(self) -> Sequence[BadLine]:
        return self.bad[:_SHOWN]

    @property
    def reasons(self) -> list[tuple[str, int]]:
        """Why lines were left out, the most frequent reason first."""
        return Counter(bad.why for bad in self.bad).most_common()


def read_file(data: bytes, kind: SuppressionKind) -> OptoutFile:
    """A list of numbers, one a line or in a column, each as `kind`; or an export of ours, with its
    own kinds. Raises FileUnreadable."""
    rows = _rows(_text(data))
    header = [cell.strip().lower() for cell in rows[0][1]] if rows else []
    if not header:
        raise FileUnreadable("The file is empty.")
    if header[:2] == list(COLUMNS[:2]):
        read = [_read_digest(line, cells) for line, cells in rows[1:]]
    else:
        column, first = _number_column(header)
        read = [_read_number(line, cells, column, kind) for line, cells in rows[first:]]
    entries = [each for each in read if isinstance(each, tuple)]
    return OptoutFile(entries, [each for each in read if isinstance(each, BadLine)])


def export_lines(entries: Iterable[Entry]) -> Iterator[str]:
    """The lines of a CSV file, its header first. No cell can be taken for a formula."""
    yield f"{','.join(COLUMNS)}\n"
    key_id = vault.ring().newest.key_id  # read from a table, a digest is in its newest form
    for entry in entries:
        yield (
            f"{entry.phone_digest.hex()},{key_id},{entry.kind.value},"
            f"{entry.source.value},{entry.added_at:%Y-%m-%d}\n"
        )


def _text(data: bytes) -> str:
    """UTF-8, UTF-16 with its mark, or what an old spreadsheet writes."""
    if data.startswith(_WORKBOOKS):
        raise FileUnreadable("This is a workbook. Save it as CSV, and choose that file.")
    encodings = ("utf-16",) if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FileUnreadable("The file is not text. Save the list as CSV or as plain text.")


def _rows(text: str) -> list[tuple[int, list[str]]]:
    """Lines with something in them, with their numbers."""
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    rows = []
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((reader.line_num, cells))
            if len(rows) > MOST_LINES:
                raise FileUnreadable(
                    f"The file has over {MOST_LINES:,} lines. Split it into smaller ones."
                )
    except csv.Error as fault:
        raise FileUnreadable(
            f"Line {reader.line_num} of the file cannot be read. Save the list as CSV again."
        ) from fault
    return rows


def _number_column(header: list[str]) -> tuple[int, int]:
    """Which column the numbers are in, and the first line that has one."""
    for name in NUMBER_COLUMNS:
        if name in header:
            return header.index(name), 1
    for place, cell in enumerate(header):
        if isinstance(parse_mobile(cell), Mobile):
            return place, 0
    if len(header) == 1:
        return 0, 0
    raise FileUnreadable("The file has several columns, and none is named “phone number”.")


def _read_number(
    line: int, cells: list[str], column: int, kind: SuppressionKind
) -> tuple[bytes, SuppressionKind] | BadLine:
    number = parse_mobile(cells[column] if column < len(cells) else "")
    if isinstance(number, Mobile):
        return vault.digest(number.e164), kind
    return BadLine(line, number.detail)


def _read_digest(line: int, cells: list[str]) -> tuple[bytes, SuppressionKind] | BadLine:
    try:
        digest, key_id, kind = bytes.fromhex(cells[0]), cells[1].strip(), SuppressionKind(cells[2])
    except (ValueError, IndexError):
        return BadLine(line, "This is not a line of an exported suppression list.")
    if len(digest) != 32:
        return BadLine(line, "This digest is damaged: it has not 64 hexadecimal digits.")
    current = _under_newest_key(digest, key_id)
    if current is None:
        return BadLine(line, "This digest was made with a key that this service does not have.")
    return current, kind


def _under_newest_key(digest: bytes, key_id: str) -> bytes | None:
    """Digests are chained from key to key (see keys.KeyRing), so an older one is brought on."""
    generation = vault.ring().generation_of(key_id)
    if generation is None:
        return None
    *older, newest = vault.ring().later_forms(digest, generation)
    return vault.Digest(newest, older)
