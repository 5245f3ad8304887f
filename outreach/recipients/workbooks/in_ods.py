"""What is hidden in an OpenDocument spreadsheet."""

from xml.parsers import expat

from outreach.recipients.workbooks.archive import Archive, whole_tags
from outreach.recipients.workbooks.hidden import Hidden, Protected

_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
_MOST_ROWS = 1_048_576


def refuse_protected(archive: Archive) -> None:
    """Raises Protected where the manifest says how the parts are encrypted (ODF 1.2 part 3)."""
    manifest = "META-INF/manifest.xml"
    if manifest in archive.names and b"encryption-data" in archive.read(manifest):
        raise Protected


def hidden_in_ods(archive: Archive, place: int) -> Hidden:
    pieces = list(archive.pieces("content.xml"))
    has_formulas = any(b"table:formula=" in text for text in whole_tags(iter(pieces)))
    if not any(b"table:visibility=" in text for text in whole_tags(iter(pieces))):
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
