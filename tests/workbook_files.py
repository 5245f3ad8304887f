"""Workbooks of every kind, made small and by hand where no library makes them."""

import io
import struct
import zipfile
from collections.abc import Callable, Iterable, Sequence
from xml.sax.saxutils import escape

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

Rows = Sequence[Sequence[object]]
LIST: Rows = [["phone number", "name"], ["07700900123", "Ann"], ["07700900124", "Siân"]]


def xlsx(rows: Rows = LIST, change: Callable[[Worksheet], None] | None = None) -> bytes:
    """By openpyxl. `change` is given the sheet before it is saved."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    for row in rows:
        sheet.append(list(row))
    if change:
        change(sheet)
    out = io.BytesIO()
    workbook.save(out)
    workbook.close()
    return out.getvalue()


ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_ODS_NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


def ods(rows: Rows = LIST, *, more_rows: str = "", columns: str = "", tables: str = "") -> bytes:
    """`more_rows`, `columns` and `tables` are XML put in as it is."""
    body = "".join(ods_row(row) for row in rows)
    table = f'<table:table table:name="Sheet1">{columns}{body}{more_rows}</table:table>'
    return ods_of(f"{table}{tables}")


def ods_of(tables: str, *, manifest: str = "") -> bytes:
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_ODS_NAMES}>'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), ODS_TYPE)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest or "<manifest/>")
    return out.getvalue()


def ods_row(cells: Iterable[object], attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{''.join(map(_ods_cell, cells))}</table:table-row>"


def _ods_cell(value: object) -> str:
    if isinstance(value, bool):
        kind = f'office:value-type="boolean" office:boolean-value="{str(value).lower()}"'
    elif isinstance(value, int | float):
        kind = f'office:value-type="float" office:value="{value}"'
    else:
        kind = 'office:value-type="string"'
    text = f"<text:p>{escape(str(value))}</text:p>" if value not in {None, ""} else ""
    return f"<table:table-cell {kind if text else ''}>{text}</table:table-cell>"


SECTOR = 512
_FREE, _END_OF_CHAIN, _TABLE_SECTOR = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_WORKSHEET, _GLOBALS = 0x0010, 0x0005


def xls(rows: Rows = LIST, *, hidden: Iterable[int] = (), globals_: bytes = b"") -> bytes:
    """BIFF8 in an OLE file. `hidden` are row numbers from 1, `globals_` records put in front."""
    return ole("Workbook", biff(rows, hidden=hidden, globals_=globals_))


def biff(rows: Rows, *, hidden: Iterable[int] = (), globals_: bytes = b"") -> bytes:
    """The records of a workbook with one sheet ([MS-XLS])."""
    name = b"Sheet1"
    begin = _begin(_GLOBALS) + globals_
    start = len(begin) + 4 + 8 + len(name) + 4
    sheet_entry = struct.pack("<IBBBB", start, 0, 0, len(name), 0) + name
    return begin + record(0x0085, sheet_entry) + record(0x000A) + _sheet(rows, frozenset(hidden))


def record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _begin(part: int) -> bytes:
    return record(0x0809, struct.pack("<HHHHII", 0x0600, part, 0x0DBB, 0x07CC, 0, 6))


def _sheet(rows: Rows, hidden: frozenset[int]) -> bytes:
    width = max(map(len, rows), default=0)
    out = [_begin(_WORKSHEET), record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0))]
    for place in range(len(rows)):
        flags = 0x100 | (0x20 if place + 1 in hidden else 0)
        out.append(record(0x0208, struct.pack("<HHHHHHI", place, 0, width, 255, 0, 0, flags)))
    for place, row in enumerate(rows):
        out += [_biff_cell(place, column, value) for column, value in enumerate(row)]
    return b"".join(out) + record(0x000A)


def _biff_cell(row: int, column: int, value: object) -> bytes:
    where = struct.pack("<HHH", row, column, 0)
    if isinstance(value, int | float):
        return record(0x0203, where + struct.pack("<d", float(value)))
    text = str(value).encode("utf-16-le")
    return record(0x0204, where + struct.pack("<HB", len(text) // 2, 1) + text)


def ole(name: str, stream: bytes) -> bytes:
    """One stream in an OLE compound file ([MS-CFB]): table, directory, the stream's sectors."""
    stream = stream.ljust(max(len(stream), 4096), b"\0")
    sectors = -(-len(stream) // SECTOR)
    tables = -(-(sectors + 2) // (SECTOR // 4 - 1)) + 1
    first = tables + 1
    chain = [_TABLE_SECTOR] * tables + [_END_OF_CHAIN]
    chain += [place + 1 for place in range(first, first + sectors - 1)] + [_END_OF_CHAIN]
    chain += [_FREE] * (tables * SECTOR // 4 - len(chain))
    header = _ole_header(tables)
    directory = (
        _ole_entry("Root Entry", 5, _END_OF_CHAIN, 0, child=1)
        + _ole_entry(name, 2, first, len(stream))
        + _ole_entry("", 0, 0, 0) * 2
    )
    table = struct.pack(f"<{len(chain)}I", *chain)
    return header + table + directory + stream.ljust(sectors * SECTOR, b"\0")


def small_ole(name: str, stream: bytes) -> bytes:
    """The same for a stream under 4,096 bytes, kept in sectors of 64 bytes inside the root's."""
    places = -(-len(stream) // 64)
    sectors = -(-places * 64 // SECTOR)
    chain = [_TABLE_SECTOR, _END_OF_CHAIN, _END_OF_CHAIN]
    chain += [place + 1 for place in range(3, 3 + sectors - 1)] + [_END_OF_CHAIN]
    small_chain = [place + 1 for place in range(places - 1)] + [_END_OF_CHAIN]
    small_chain += [_FREE] * (128 - len(small_chain))
    directory = (
        _ole_entry("Root Entry", 5, 3, places * 64, child=1)
        + _ole_entry(name, 2, 0, len(stream))
        + _ole_entry("", 0, 0, 0) * 2
    )
    return (
        _ole_header(1, small_table=2)
        + struct.pack("<128I", *chain, *[_FREE] * (128 - len(chain)))
        + directory
        + struct.pack("<128I", *small_chain)
        + stream.ljust(sectors * SECTOR, b"\0")
    )


def _ole_header(tables: int, small_table: int = _END_OF_CHAIN) -> bytes:
    has_small = int(small_table != _END_OF_CHAIN)
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIII", 0, tables, tables, 0, 4096)
    header += struct.pack("<IIII", small_table, has_small, _END_OF_CHAIN, 0)
    places = list(range(tables)) + [_FREE] * (109 - tables)
    return header + struct.pack("<109I", *places)


def _ole_entry(name: str, kind: int, start: int, size: int, *, child: int = _FREE) -> bytes:
    encoded = name.encode("utf-16-le")
    length = len(encoded) + 2 if name else 0
    entry = encoded.ljust(64, b"\0") + struct.pack("<HBBIII", length, kind, 1, _FREE, _FREE, child)
    return entry + b"\0" * 36 + struct.pack("<IQ", start, size)


def zipped(parts: dict[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def with_part(workbook: bytes, name: str, content: bytes | str) -> bytes:
    """The same archive with one part put in or replaced."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        parts: dict[str, bytes | str] = {part: archive.read(part) for part in archive.namelist()}
    return zipped(parts | {name: content})
