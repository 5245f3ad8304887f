"""What a file is, by its first bytes and its parts. The name it carries is not believed."""

import io
import zipfile
from enum import StrEnum

from outreach.domain.list_file import FileFault, FileRefused

ZIP_MAGIC = b"PK\x03\x04"
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"


class Kind(StrEnum):
    """The formats a list may have; TSV and other separated text are told apart later."""

    TEXT = "text"
    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"


KIND_NAMES = {
    Kind.TEXT: "a text file",
    Kind.XLSX: "an Excel workbook",
    Kind.XLS: "an Excel 97 to 2003 workbook",
    Kind.ODS: "an OpenDocument spreadsheet",
}
_SUFFIXES = {
    Kind.TEXT: (".csv", ".tsv", ".txt", ".tab"),
    Kind.XLSX: (".xlsx", ".xlsm"),
    Kind.XLS: (".xls",),
    Kind.ODS: (".ods",),
}

_SIGNATURES = (
    (b"%PDF", "a PDF"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"\x89PNG", "a PNG picture"),
    (b"GIF8", "a GIF picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"{\\rtf", "a rich text document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"SQLite format 3", "a database"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
)
_TEXT_SIGNATURES = (
    (b"<!doctype html", "a web page"),
    (b"<html", "a web page"),
    (b"<table", "a web page"),
    (b"<?xml", "an XML file"),
)
_PARTS = (
    ("xl/workbook.bin", "an Excel binary workbook (.xlsb)"),
    ("word/document.xml", "a Word document"),
    ("ppt/presentation.xml", "a PowerPoint presentation"),
    ("Index/Document.iwa", "an Apple iWork document"),
    ("Index.zip", "an Apple iWork document"),
)
_OLE_STREAMS = (
    ("EncryptedPackage", None),
    ("WordDocument", "a Word document"),
    ("PowerPoint Document", "a PowerPoint presentation"),
    ("__substg1.0", "an Outlook message"),
)
CHOOSE = "Choose the list itself, saved as .xlsx or .csv."
SAVE_AS = "Open it in a spreadsheet program, save it as .xlsx or .csv, and upload that."
_SEARCHED = 4096


def identify(data: bytes) -> Kind:
    """The kind of list these bytes are. Raises FileRefused, saying what they are instead."""
    if data.startswith(ZIP_MAGIC):
        return _kind_of_zip(data)
    if data.startswith(OLE_MAGIC):
        return _kind_of_ole(data)
    for signature, name in _SIGNATURES:
        if data.startswith(signature):
            raise _not_a_list(name, CHOOSE)
    start = data[:_SEARCHED].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for signature, name in _TEXT_SIGNATURES:
        if start.startswith(signature):
            raise _not_a_list(name, SAVE_AS)
    return Kind.TEXT


def is_named_otherwise(kind: Kind, filename: str) -> bool:
    """Whether the name's ending is one of ours and says another kind."""
    name = filename.lower()
    endings = tuple(suffix for suffixes in _SUFFIXES.values() for suffix in suffixes)
    return name.endswith(endings) and not name.endswith(_SUFFIXES[kind])


def password_protected() -> FileRefused:
    return FileRefused(
        FileFault.ENCRYPTED,
        "The workbook is protected by a password.",
        "Save a copy without the password and upload that.",
    )


def damaged(name: str) -> FileRefused:
    return FileRefused(
        FileFault.DAMAGED,
        f"This looks like {name}, but it is damaged and cannot be read.",
        SAVE_AS,
    )


def _not_a_list(name: str, what_to_do: str) -> FileRefused:
    what = f"This is {name}, not a list of recipients."
    return FileRefused(FileFault.NOT_A_LIST, what, what_to_do)


def _kind_of_zip(data: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = frozenset(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise damaged("a workbook") from None
    if "xl/workbook.xml" in names:
        return Kind.XLSX
    if "content.xml" in names and ODS_TYPE in data[:_SEARCHED]:
        return Kind.ODS
    for part, name in _PARTS:
        if part in names:
            raise _not_a_list(name, SAVE_AS)
    name = "an OpenDocument text" if "content.xml" in names else "a ZIP archive"
    raise _not_a_list(name, CHOOSE)


def _kind_of_ole(data: bytes) -> Kind:
    """The names of an OLE file's streams stand in its directory, in UTF-16."""
    for stream, name in _OLE_STREAMS:
        if stream.encode("utf-16-le") in data:
            raise _not_a_list(name, CHOOSE) if name else password_protected()
    return Kind.XLS
