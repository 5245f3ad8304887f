"""Undoing what spreadsheets and keyboards do to a phone number, where only one is meant."""

import re
import unicodedata
from enum import StrEnum


class Repair(StrEnum):
    """What was mended, as the report says it."""

    ZERO = "the leading zero that a spreadsheet dropped is put back"
    PLUS = "the plus sign before 44 is put back"
    DECIMAL = "the “.0” a spreadsheet added is taken off"
    APOSTROPHE = "the apostrophe that marks text in a spreadsheet is taken off"
    FORMULA = "the formula that kept the number as text is taken off"
    QUOTES = "the quotation marks are taken off"
    GROUPS = "the commas that a spreadsheet put between the digits are taken off"
    EXPONENT = "the number is written out in full"
    PUNCTUATION = "the punctuation at the end is taken off"
    DIGITS = "the digits are written in another script or width, and are read as 0 to 9"
    PREFIX = "the zeros or plus signs too many at the front are taken off"


_UNDAMAGED = re.compile(r"[0-9+()\- ]*")
_NO_DIGITS = re.compile(r"[^0-9]+")
_FORMULA = re.compile(r'="([^"]*)"')
_QUOTED = re.compile(r'"([^"]*)"|“([^”]*)”')
_DECIMAL = re.compile(r"(\+?[0-9]+)\.0+")
_GROUPS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3}){2,}(?:\.0+)?")
_EXPONENT = re.compile(r"([0-9])\.([0-9]+)[eE]\+?([0-9]{1,2})")
_HYPHENS = dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u30fc\ufe58\ufe63\uff0d", "-")
_OTHERS = {"\uff0b": "+", "\uff08": "(", "\uff09": ")", "\uff0e": ".", "\u2019": "'", "\u2018": "'"}
_LOOK_ALIKES = str.maketrans(_HYPHENS | _OTHERS)


def digits_of(text: str) -> str:
    """The ASCII digits of a text, in order, and nothing else."""
    return _NO_DIGITS.sub("", text)


def plain(raw: str) -> str:
    """Without invisible characters, every space and hyphen a plain one. Digits stay as written."""
    if raw.isascii():
        return " ".join(raw.split())
    visible = (c for c in raw.translate(_LOOK_ALIKES) if unicodedata.category(c) != "Cf")
    return " ".join("".join(visible).replace("\u180e", "").split())


def mend(text: str) -> tuple[str, Repair | None]:
    """The number that was meant, and the first thing that had to be mended."""
    if _UNDAMAGED.fullmatch(text):
        return text, None
    text, first = _ascii_digits(text)
    for step in (
        _unformula,
        _unquote,
        _unapostrophe,
        _unpunctuate,
        _ungroup,
        _undecimal,
        _write_out,
    ):
        text, repair = step(text)
        first = first or repair
    return text, first


def _ascii_digits(text: str) -> tuple[str, Repair | None]:
    """Full-width, Arabic and other digits have one meaning each, as the library reads them too."""
    if text.isascii():
        return text, None
    read = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)
    return read, Repair.DIGITS if read != text else None


def _unformula(text: str) -> tuple[str, Repair | None]:
    found = _FORMULA.fullmatch(text)
    return (found[1].strip(), Repair.FORMULA) if found else (text, None)


def _unquote(text: str) -> tuple[str, Repair | None]:
    found = _QUOTED.fullmatch(text)
    return ((found[1] or found[2] or "").strip(), Repair.QUOTES) if found else (text, None)


def _unapostrophe(text: str) -> tuple[str, Repair | None]:
    bare = text.strip("'` ")
    return (bare, Repair.APOSTROPHE) if bare != text else (text, None)


def _unpunctuate(text: str) -> tuple[str, Repair | None]:
    bare = text.rstrip(",;:. ")
    return (bare, Repair.PUNCTUATION) if bare != text else (text, None)


def _ungroup(text: str) -> tuple[str, Repair | None]:
    return (text.replace(",", ""), Repair.GROUPS) if _GROUPS.fullmatch(text) else (text, None)


def _undecimal(text: str) -> tuple[str, Repair | None]:
    found = _DECIMAL.fullmatch(text)
    return (found[1], Repair.DECIMAL) if found else (text, None)


def _write_out(text: str) -> tuple[str, Repair | None]:
    """`4.47700900123E+11` shows every digit; `4.477E+11` has lost some and stays as it is."""
    found = _EXPONENT.fullmatch(text)
    if found is None or len(found[2]) != int(found[3]):
        return text, None
    return found[1] + found[2], Repair.EXPONENT
