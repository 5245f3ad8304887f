"""Reading a list of recipients from any file a spreadsheet program writes, or refusing it by name.

`open_list` looks the whole file through before it gives out a row, so that nothing is half-read.
Nothing is written to disk, and the bytes are dropped with the `RecipientFile`.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import BinaryIO

from outreach.domain.list_file import (
    MAX_BYTES,
    FileFault,
    FileRefused,
    Notice,
    NoticeKind,
)
from outreach.recipients.reader.decoding import decode
from outreach.recipients.reader.kinds import KIND_NAMES, Kind, identify, is_named_otherwise
from outreach.recipients.reader.separated import SeparatedText
from outreach.recipients.reader.shape import Row, data_rows, examine
from outreach.recipients.reader.workbook import open_workbook

__all__ = ["FileFault", "FileRefused", "Notice", "NoticeKind", "RecipientFile", "open_list"]

_Read = Callable[[], Iterator[Row]]
Source = str | os.PathLike[str] | bytes | BinaryIO


@dataclass(frozen=True, slots=True)
class RecipientFile:
    """A list found good as a whole. `row_count` are its rows below the header that are not blank.

    `sha256` is that of the file as it came, in hexadecimal: all that is kept of it.
    """

    kind: Kind
    header: tuple[str, ...]
    row_count: int
    sha256: str
    notices: tuple[Notice, ...]
    _read: _Read = field(repr=False)

    def rows(self) -> Iterator[Row]:
        """Each row's number, as a spreadsheet shows it, and its cells, as many as the header has.

        May be called again; never raises FileRefused.
        """
        return self._read()


def open_list(
    source: Source, *, filename: str | None = None, wanted: Sequence[str] | None = None
) -> RecipientFile:
    """Look a list through and make it ready to read.

    `wanted` are the names of the placeholders it must fill, where a message is chosen. Raises
    FileRefused, and nothing else, for anything that cannot be used.
    """
    data = _bytes_of(source)
    if not data.strip(b" \t\r\n\0\xef\xbb\xbf"):
        raise FileRefused(
            FileFault.EMPTY, "The file is empty.", "Choose the file that holds the list."
        )
    kind = identify(data)
    notices, first_read, read = _reader_of(data, kind)
    shape = examine(first_read(), wanted)
    name = filename or (str(source) if isinstance(source, str | os.PathLike) else "")
    if is_named_otherwise(kind, name):
        notices.append(_named_otherwise(kind))
    return RecipientFile(
        kind,
        shape.header,
        shape.row_count,
        sha256(data).hexdigest(),
        (*notices, *shape.notices),
        lambda: data_rows(read(), shape),
    )


def _reader_of(data: bytes, kind: Kind) -> tuple[list[Notice], _Read, _Read]:
    """Notices, the first reading that looks for faults, and every reading after it."""
    if kind is Kind.TEXT:
        decoded = decode(data)
        text = SeparatedText(decoded.utf8)
        return [*filter(None, [decoded.notice]), *text.notices], text.checked_rows, text.rows
    workbook = open_workbook(data, kind)
    return [*workbook.notices], workbook.rows, workbook.rows


def _bytes_of(source: Source) -> bytes:
    """The whole content, never more than the limit by more than a byte."""
    if isinstance(source, bytes):
        data = source
    elif isinstance(source, str | os.PathLike):
        data = _read_path(source)
    else:
        data = source.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise FileRefused(
            FileFault.TOO_BIG,
            "The file is larger than 10 MB.",
            "Remove columns that the message does not use, or split the list.",
        )
    return data


def _read_path(path: str | os.PathLike[str]) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise FileRefused(
            FileFault.NO_FILE,
            f"The file cannot be opened: {(error.strerror or 'unknown fault').lower()}.",
            "Choose a file that exists and that you may read.",
        ) from None


def _named_otherwise(kind: Kind) -> Notice:
    text = f"The file is {KIND_NAMES[kind]} whatever its name says, and was read as one."
    return Notice(NoticeKind.FILE_NAME, text)
