"""Every way we know in which a list can be wrong as a whole, and what is said of it."""

import struct
import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import NamedTuple

from openpyxl.worksheet.worksheet import Worksheet

from outreach.domain.list_file import MAX_BYTES, MAX_ROWS, FileFault
from tests.workbook_files import (
    LIST,
    biff,
    ods,
    ods_of,
    ods_row,
    ole,
    record,
    with_part,
    xls,
    xlsx,
    zipped,
)

HEAD = b"phone number,name\n"
ROW = b"07700900123,Ann\n"
F = FileFault


class Damaged(NamedTuple):
    """`row` is where the refusal must point, if it points anywhere."""

    name: str
    make: Callable[[], bytes]
    fault: FileFault
    row: int | None = None


def _a_bomb(name: str, size: int) -> bytes:
    """A workbook with one part that unpacks to so many zeros."""
    return with_part(xlsx(), name, b"\0" * size)


def _a_lying_bomb() -> bytes:
    """The same, but its declared size is that of an ordinary part."""
    bomb = _a_bomb("xl/media/a.bin", 170_000_000)
    out = bytearray(bomb)
    for magic, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = bomb.rindex(magic, 0, bomb.rindex(b"xl/media/a.bin") + 1)
        if magic == b"PK\x03\x04":
            place = bomb.index(b"xl/media/a.bin") - 30
        struct.pack_into("<I", out, place + at, 1000)
    return bytes(out)


def _many_parts() -> bytes:
    return zipped({"xl/workbook.xml": "", **{f"xl/{n}": "" for n in range(5_000)}})


def _an_unusual_compression() -> bytes:
    out = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(xlsx())) as archive,
        zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as changed,
    ):
        for name in archive.namelist():
            changed.writestr(name, archive.read(name))
    return out.getvalue()


def _far_corner(sheet: Worksheet) -> None:
    sheet["XFD1048576"] = "x"


def _all_hidden() -> bytes:
    """Spreadsheet programs refuse to save this, so that it is made by hand."""
    book = xlsx()
    with zipfile.ZipFile(BytesIO(book)) as archive:
        part = archive.read("xl/workbook.xml")
    return with_part(book, "xl/workbook.xml", part.replace(b'state="visible"', b'state="hidden"'))


def _endless_entities() -> bytes:
    levels = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(10))
    xml = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">{levels}]><workbook>&a10;</workbook>'
    return with_part(xlsx(), "xl/workbook.xml", xml)


def _truncated(data: bytes) -> bytes:
    return data[: len(data) * 2 // 3]


def _wide(columns: int) -> bytes:
    names = ",".join(["phone number", *(f"c{n}" for n in range(columns - 1))])
    return names.encode() + b"\n" + ROW


DAMAGED = (
    Damaged("no bytes at all", lambda: b"", F.EMPTY),
    Damaged("blank lines only", lambda: b"\r\n \n\t\n", F.EMPTY),
    Damaged("a byte-order mark and nothing else", lambda: b"\xef\xbb\xbf", F.EMPTY),
    Damaged("empty cells only", lambda: b",,,\n,,\n", F.EMPTY),
    Damaged("an empty workbook", lambda: xlsx([]), F.EMPTY),
    Damaged("an empty ODS", lambda: ods([]), F.EMPTY),
    Damaged("column names and no rows", lambda: HEAD, F.NO_ROWS),
    Damaged("column names and blank rows", lambda: HEAD + b",\n , \n", F.NO_ROWS),
    Damaged("a workbook with column names only", lambda: xlsx([LIST[0]]), F.NO_ROWS),
    Damaged("other columns", lambda: b"forename,surname\nAnn,Other\n", F.NO_PHONE_COLUMN, 1),
    Damaged("no row of column names", lambda: ROW * 3, F.NO_HEADER, 1),
    Damaged("a title above the column names", lambda: b"List A\n\n" + HEAD + ROW, F.NO_HEADER, 3),
    Damaged(
        "two phone columns", lambda: b"phone number,Phone_Number\n1,2\n", F.SEVERAL_PHONE_COLUMNS, 1
    ),
    Damaged(
        "two columns like a phone column", lambda: b"mobile,tel\n1,2\n", F.SEVERAL_PHONE_COLUMNS, 1
    ),
    Damaged(
        "no column for the message", lambda: b"phone number,forename\n" + ROW, F.MISSING_COLUMNS, 1
    ),
    Damaged("100,001 rows", lambda: HEAD + ROW * (MAX_ROWS + 1), F.TOO_MANY_ROWS, MAX_ROWS + 2),
    Damaged("10 MB and a byte", lambda: HEAD + b"x" * (MAX_BYTES + 1 - len(HEAD)), F.TOO_BIG),
    Damaged(
        "a row wider than the names",
        lambda: HEAD + ROW + b"07700900124,Smith, John\n",
        F.ROW_TOO_WIDE,
        3,
    ),
    Damaged(
        "a wide row in a workbook",
        lambda: xlsx([*LIST, ["07700900125", "Cy", "x"]]),
        F.ROW_TOO_WIDE,
        4,
    ),
    Damaged("1,000 columns", lambda: _wide(1000), F.TOO_MANY_COLUMNS, 1),
    Damaged(
        "1,000 columns in a workbook",
        lambda: xlsx([["phone number"] * 1000, ["x"]]),
        F.TOO_MANY_COLUMNS,
        1,
    ),
    Damaged(
        "a 5 MB cell",
        lambda: HEAD + b'07700900123,"' + b"x" * 5_000_000 + b'"\n',
        F.CELL_TOO_LONG,
        2,
    ),
    Damaged("a 5 MB heading", lambda: b"x" * 5_000_000 + b"\n" + ROW, F.CELL_TOO_LONG, 1),
    Damaged("5 MB of separators", lambda: b";" * 5_000_000, F.EMPTY),
    Damaged("5 MB of quotation marks", lambda: b'"' * 5_000_001, F.CELL_TOO_LONG, 1),
    Damaged(
        "a 5 MB cell in ODS",
        lambda: ods([LIST[0], ["07700900123", "x" * 5_000_000]]),
        F.CELL_TOO_LONG,
        2,
    ),
    Damaged(
        "a quotation mark never closed",
        lambda: HEAD + ROW + b'07700900124,"Bob\n' + ROW * 9,
        F.QUOTE_NOT_CLOSED,
        3,
    ),
    Damaged(
        "the same over a long list",
        lambda: HEAD + b'07700900124,"Bob\n' + ROW * 50_000,
        F.QUOTE_NOT_CLOSED,
        2,
    ),
    Damaged(
        "a quotation mark closed rows later",
        lambda: HEAD + b'07700900124,"Bob\n' + ROW * 2 + b'07700900125,"Cy"\n',
        F.QUOTE_NOT_CLOSED,
        2,
    ),
    Damaged(
        "a quotation mark open at the end",
        lambda: HEAD + ROW + b'07700900124,"Bob',
        F.QUOTE_NOT_CLOSED,
        3,
    ),
    Damaged("NUL bytes", lambda: HEAD + ROW + b"07700\x00900124,Bob\n", F.UNREADABLE_TEXT, 3),
    Damaged("NUL bytes all over", lambda: b"\0" * 5000 + b"x", F.UNREADABLE_TEXT, 1),
    Damaged("control characters", lambda: HEAD + b"\x01\x02\x03\x04\n" * 9, F.UNREADABLE_TEXT),
    Damaged(
        "bytes of no encoding", lambda: HEAD + b"07700900123,\x81\x8d\x90\n", F.UNREADABLE_TEXT
    ),
    Damaged(
        "UTF-8 cut in half after its mark",
        lambda: b"\xef\xbb\xbf" + HEAD + b"07700900123,\xc3\n",
        F.UNREADABLE_TEXT,
    ),
    Damaged(
        "UTF-16 cut in half", lambda: (HEAD + ROW).decode().encode("utf-16")[:-1], F.UNREADABLE_TEXT
    ),
    Damaged(
        "a JPEG called .csv",
        lambda: b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(256)),
        F.NOT_A_LIST,
    ),
    Damaged("a PNG", lambda: b"\x89PNG\r\n\x1a\n" + bytes(64), F.NOT_A_LIST),
    Damaged("a PDF", lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", F.NOT_A_LIST),
    Damaged(
        "a web page called .xls",
        lambda: b"<html><table><tr><td>phone number</td></tr></table>",
        F.NOT_A_LIST,
    ),
    Damaged(
        "an XML spreadsheet", lambda: b'<?xml version="1.0"?><Workbook></Workbook>', F.NOT_A_LIST
    ),
    Damaged("a rich text document", lambda: b"{\\rtf1 phone number}", F.NOT_A_LIST),
    Damaged("a gzip archive", lambda: b"\x1f\x8b\x08\x00" + bytes(32), F.NOT_A_LIST),
    Damaged("a ZIP archive", lambda: zipped({"list.csv": HEAD + ROW}), F.NOT_A_LIST),
    Damaged("a Word document", lambda: zipped({"word/document.xml": "<w/>"}), F.NOT_A_LIST),
    Damaged("an Excel binary workbook", lambda: zipped({"xl/workbook.bin": "x"}), F.NOT_A_LIST),
    Damaged("an OpenDocument text", lambda: zipped({"content.xml": "<x/>"}), F.NOT_A_LIST),
    Damaged("an Apple Numbers document", lambda: zipped({"Index/Document.iwa": "x"}), F.NOT_A_LIST),
    Damaged("an old Word document", lambda: ole("WordDocument", bytes(5000)), F.NOT_A_LIST),
    Damaged("an Outlook message", lambda: ole("__substg1.0_1000001F", bytes(5000)), F.NOT_A_LIST),
    Damaged("an encrypted workbook", lambda: ole("EncryptedPackage", bytes(5000)), F.ENCRYPTED),
    Damaged(
        "an XLS with a password",
        lambda: xls(globals_=record(0x2F, b"\1\0" + bytes(50))),
        F.ENCRYPTED,
    ),
    Damaged(
        "an XLS scrambled by the oldest method",
        lambda: xls(globals_=record(0x2F, bytes(6))),
        F.ENCRYPTED,
    ),
    Damaged("half an XLSX", lambda: _truncated(xlsx()), F.DAMAGED),
    Damaged("half an ODS", lambda: _truncated(ods()), F.DAMAGED),
    Damaged("half an XLS", lambda: _truncated(xls()), F.DAMAGED),
    Damaged(
        "an ODS with a password",
        lambda: ods_of("", manifest="<a><encryption-data/></a>"),
        F.ENCRYPTED,
    ),
    Damaged("an XLS in name only", lambda: ole("Workbook", bytes(5000)), F.NO_ROWS),
    Damaged("an XLS with no stream of ours", lambda: ole("Other", biff(LIST)), F.DAMAGED),
    Damaged(
        "an XLSX with a broken sheet",
        lambda: with_part(xlsx(), "xl/worksheets/sheet1.xml", "<worksheet><"),
        F.DAMAGED,
    ),
    Damaged(
        "an XLSX without its sheet", lambda: zipped({"xl/workbook.xml": "<workbook/>"}), F.DAMAGED
    ),
    Damaged("an unusual compression", _an_unusual_compression, F.DAMAGED),
    Damaged("no sheet that can be seen", _all_hidden, F.NO_ROWS),
    Damaged("a zip bomb", lambda: _a_bomb("xl/media/a.bin", 170_000_000), F.TOO_COMPLEX),
    Damaged("a zip bomb that lies about its size", _a_lying_bomb, F.TOO_COMPLEX),
    Damaged(
        "a sheet that is a bomb",
        lambda: _a_bomb("xl/worksheets/sheet1.xml", 170_000_000),
        F.TOO_COMPLEX,
    ),
    Damaged("5,000 parts", _many_parts, F.TOO_COMPLEX),
    Damaged("cells in two far corners", lambda: xlsx(LIST, _far_corner), F.TOO_COMPLEX),
    Damaged(
        "an ODS row repeated a million times",
        lambda: ods(more_rows=ods_row(["x" * 50] * 50, 'table:number-rows-repeated="1048000"')),
        F.TOO_COMPLEX,
    ),
    Damaged("endless entities", _endless_entities, F.NO_ROWS),
)
