"""Bytes of a text file as characters: the encoding is told by the bytes, never guessed silently."""

import codecs
import re
from typing import NamedTuple

from outreach.domain.list_file import FileFault, FileRefused, Notice, NoticeKind

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDE_NAMES = {
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-32-le": "UTF-32",
    "utf-32-be": "UTF-32",
}
_SAMPLE = 4096
_NUL_SHARE = 0.3
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_CONTROL_SHARE = 0.002


class Decoded(NamedTuple):
    """Text as UTF-8 without byte-order mark, and the notice if it was not so to begin with."""

    utf8: bytes
    notice: Notice | None


def decode(data: bytes) -> Decoded:
    """Raises FileRefused where no encoding makes text of the bytes, or a NUL stands in it."""
    encoding, start = _declared(data)
    if encoding is None:
        encoding = _wide_by_pattern(data)
    if encoding == "utf-8":
        return _utf8(data[start:])
    if encoding:
        return _recoded(data[start:], encoding)
    return _utf8(data) if _is_utf8(data) else _windows(data)


def _declared(data: bytes) -> tuple[str | None, int]:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return encoding, len(mark)
    return None, 0


def _wide_by_pattern(data: bytes) -> str | None:
    """UTF-16 without its mark: in mostly Latin text every other byte is NUL."""
    sample = data[:_SAMPLE]
    half = max(len(sample) // 2, 1)
    low, high = sample[::2].count(0) / half, sample[1::2].count(0) / half
    if high > _NUL_SHARE and low < _NUL_SHARE / 10:
        return "utf-16-le"
    return "utf-16-be" if low > _NUL_SHARE and high < _NUL_SHARE / 10 else None


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _utf8(data: bytes) -> Decoded:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise _unreadable() from None
    _refuse_controls(text)
    return Decoded(data, None)


def _recoded(data: bytes, encoding: str) -> Decoded:
    name = _WIDE_NAMES[encoding]
    try:
        text = data.decode(encoding)
        utf8 = text.encode("utf-8")
    except UnicodeError:
        raise FileRefused(
            FileFault.UNREADABLE_TEXT,
            f"The file is marked as {name} text, but it is damaged or cut off.",
            "Save it again as “CSV UTF-8” and upload that.",
        ) from None
    _refuse_controls(text)
    notice = Notice(NoticeKind.ENCODING, f"The file is {name} text and was read as such.")
    return Decoded(utf8, notice)


def _windows(data: bytes) -> Decoded:
    """Windows-1252, as Excel's plain “CSV” writes it. Five byte values mean nothing in it."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        raise _unreadable() from None
    _refuse_controls(text)
    sentence = (
        "The file is not UTF-8 and was read as Windows-1252, as older versions of Excel write it. "
        "Check that accented letters in names are right."
    )
    return Decoded(text.encode("utf-8"), Notice(NoticeKind.ENCODING, sentence))


def _refuse_controls(text: str) -> None:
    """A stray control character may be a slip of some export; NUL or many of them are not text."""
    nul = text.find("\0")
    if nul >= 0:
        row = text.count("\n", 0, nul) + 1
        raise FileRefused(
            FileFault.UNREADABLE_TEXT,
            f"Row {row} has a character in it that is not text (NUL).",
            "Save the list again as .csv or .xlsx and upload that.",
            row=row,
        )
    if len(_CONTROLS.findall(text)) > len(text) * _CONTROL_SHARE:
        raise _unreadable()


def _unreadable() -> FileRefused:
    return FileRefused(
        FileFault.UNREADABLE_TEXT,
        "The file is neither text nor a workbook that can be read.",
        "Save the list again as .csv or .xlsx and upload that.",
    )
