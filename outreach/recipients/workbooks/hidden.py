"""Which rows and columns of a sheet are hidden, and whether it has formulas: no parser tells.

An analyst filters a list and sends the file: the rows filtered out are still in it. Texting them
would be texting people nobody chose.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.parsers import expat

from outreach.recipients.workbooks.archive import Archive
from outreach.recipients.workbooks.sentences import rows_sentence

_HIDDEN_TAG = re.compile(rb'<(?:\w+:)?(row|col)\b([^>]*\bhidden="(?:1|true)"[^>]*)>')
_ATTRIBUTE = re.compile(rb'\b(r|min|max)="(\d{1,7})"')
_FORMULAS = (b"<f>", b"<f ")
_RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_ID = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
_MOST_COLUMNS = 16_384
_MOST_ROWS = 1_048_576


@dataclass(frozen=True, slots=True)
class Hidden:
    """`rows` are numbers from 1, `columns` places from 0."""

    rows: frozenset[int] = frozenset()
    columns: frozenset[int] = frozenset()
    has_formulas: bool = False

    def seen(self, cells: Sequence[str]) -> list[str]:
        """Hidden cells as empty ones, so that the columns after them keep their letters."""
        return ["" if place in self.columns else cell for place, cell in enumerate(cells)]

    def notices(self) -> Iterator[tuple[str, str]]:
        if self.rows:
            yield "hidden-rows", rows_sentence(len(self.rows), "hidden", "not read")
        if self.columns:
            yield "hidden-rows", "Hidden columns were not read."
        if self.has_formulas:
            yield "formulas", "Formulas were read by the value last saved with the workbook."


def look_for_hidden(kind: str, archive: Archive | None, place: int) -> Hidden:
    """Of the sheet at this place in the workbook's order."""
    if archive is None:
        return Hidden()
    if kind == "ods":
        return _hidden_in_ods(archive, place)
    part = _sheet_part(archive, place)
    return _hidden_in_xlsx(archive, part) if part else Hidden()


def _sheet_part(archive: Archive, place: int) -> str | None:
    """The archive's part that holds the sheet, by way of the workbook's relations."""
    workbook = _parse(archive.read("xl/workbook.xml"))
    sheets = [node for node in workbook.iter() if node.tag.endswith("}sheet")]
    if place >= len(sheets) or "xl/_rels/workbook.xml.rels" not in archive.names:
        return None
    wanted = sheets[place].get(_RELATION_ID) or sheets[place].get(_STRICT_ID)
    relations = _parse(archive.read("xl/_rels/workbook.xml.rels"))
    for relation in relations:
        if relation.get("Id") == wanted:
            target = relation.get("Target", "")
            part = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
            return part if part in archive.names else None
    return None


def _parse(xml: bytes) -> ElementTree.Element:
    """Small parts of a stranger's file, read under this process's limits of memory and time."""
    try:
        return ElementTree.fromstring(xml)  # noqa: S314 limits, and expat's own, end entity bombs
    except ElementTree.ParseError as error:
        raise ValueError("not XML") from error


def _hidden_in_xlsx(archive: Archive, part: str) -> Hidden:
    rows: set[int] = set()
    columns: set[int] = set()
    has_formulas = False
    for text in _whole_tags(archive.pieces(part)):
        has_formulas = has_formulas or any(tag in text for tag in _FORMULAS)
        if b'hidden="' in text:
            for tag, attributes in _HIDDEN_TAG.findall(text):
                numbers = {name: int(value) for name, value in _ATTRIBUTE.findall(attributes)}
                if tag == b"row":
                    rows.add(numbers.get(b"r", 0))
                else:
                    first, last = numbers.get(b"min", 1), numbers.get(b"max", 0)
                    columns.update(range(first - 1, min(last, _MOST_COLUMNS)))
    return Hidden(frozenset(rows), frozenset(columns), has_formulas)


def _whole_tags(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The same bytes, cut so that no tag is split."""
    rest = b""
    for piece in pieces:
        text = rest + piece
        end = text.rfind(b">") + 1
        yield text[:end]
        rest = text[end:]


def _hidden_in_ods(archive: Archive, place: int) -> Hidden:
    pieces = list(archive.pieces("content.xml"))
    has_formulas = any(b"table:formula=" in text for text in _whole_tags(iter(pieces)))
    if not any(b"table:visibility=" in text for text in _whole_tags(iter(pieces))):
        return Hidden(has_formulas=has_formulas)
    table = _OdsTable(place)
    for piece in pieces:
        table.parser.Parse(piece, False)
    return Hidden(frozenset(table.rows), frozenset(table.columns), has_formulas)


class _OdsTable:
    """Counts rows and columns of one table as they stream by, and notes those not visible."""

    def __init__(self, place: int) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._start
        self._tables_before = place
        self._row = 0
        self._column = 0
        self.rows: set[int] = set()
        self.columns: set[int] = set()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == f"{_TABLE} table":
            self._tables_before -= 1
        elif self._tables_before == -1 and name == f"{_TABLE} table-row":
            self._row = self._pass(self._row, self.rows, attributes, "number-rows-repeated", 1)
        elif self._tables_before == -1 and name == f"{_TABLE} table-column":
            repeated = "number-columns-repeated"
            self._column = self._pass(self._column, self.columns, attributes, repeated, 0)

    @staticmethod
    def _pass(
        count: int, hidden: set[int], attributes: dict[str, str], repeated: str, first: int
    ) -> int:
        """Count on past one element, which may stand for many. Returns the new count."""
        after = count + min(int(attributes.get(f"{_TABLE} {repeated}", "1")), _MOST_ROWS)
        if attributes.get(f"{_TABLE} visibility", "visible") != "visible":
            hidden.update(range(count + first, min(after, _MOST_ROWS) + first))
        return after
