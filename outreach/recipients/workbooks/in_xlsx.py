"""What is hidden in an Excel workbook."""

import re
from xml.etree import ElementTree  # see _parse  # nosec B405

from outreach.recipients.workbooks.archive import Archive, whole_tags
from outreach.recipients.workbooks.hidden import Hidden

_HIDDEN_TAG = re.compile(rb'<(?:\w+:)?(row|col)\b([^>]*\bhidden="(?:1|true)"[^>]*)>')
_ATTRIBUTE = re.compile(rb'\b(r|min|max)="(\d{1,7})"')
_FORMULAS = (b"<f>", b"<f ")
_RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_ID = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_MOST_COLUMNS = 16_384


def hidden_in_xlsx(archive: Archive, place: int) -> Hidden:
    """Of the sheet at this place in the workbook's order."""
    part = _sheet_part(archive, place)
    return _hidden_in_part(archive, part) if part else Hidden()


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
        return ElementTree.fromstring(xml)  # noqa: S314 limits end entity bombs  # nosec B314
    except ElementTree.ParseError as error:
        raise ValueError("not XML") from error


def _hidden_in_part(archive: Archive, part: str) -> Hidden:
    rows: set[int] = set()
    columns: set[int] = set()
    has_formulas = False
    for text in whole_tags(archive.pieces(part)):
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
