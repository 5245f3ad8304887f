"""Keeps phone numbers and referral codes out of the audit log, which nobody could erase them from.

A net under the callers, not a licence to pass anything in: it knows what numbers and codes look
like, and cannot know a name or a reply's words.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from outreach.domain.audit import AuditAction, AuditRecord, Scalar
from outreach.domain.errors import Incomplete, OutreachError
from outreach.domain.referral import CodeUnreadable, read_code

_SEPARATOR = r"[\s().\-\u2010-\u2015\u2212_\u00ad\u200b-\u200d\u2060\ufeff]*"
_NINE_MORE = rf"(?:{_SEPARATOR}\d){{9}}"
_PHONE = re.compile(  # 447…, +44 (0)7…, 07…
    rf"(?<!\d)(?:(?:00)?44{_SEPARATOR}0?{_SEPARATOR}7|0{_SEPARATOR}7){_NINE_MORE}"
    rf"|\+{_SEPARATOR}44(?:{_SEPARATOR}\d){{9,11}}"  # any other United Kingdom number
    r"|(?<![\d.])7\d{9}(?:\.0)?(?![\d.])"  # the zero lost, as Excel leaves it
)
_CODE_SHAPE = re.compile(
    r"(?<![0-9A-Za-z])([0-9A-Za-z]{4})[-\u2010-\u2015\s]?([0-9A-Za-z]{4})[-\u2010-\u2015\s]?"
    r"([0-9A-Za-z])(?![0-9A-Za-z])"
)
_CODE_ADDRESS = re.compile(r"/h/[^\s/]")  # the landing page, whatever form the code in it has
_RANDOM_OR_DIGEST = re.compile(
    r"(?<![0-9A-Za-z])(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32,128})(?![0-9A-Za-z])",
    re.IGNORECASE,
)


class PersonalDataInAudit(OutreachError):
    """An event would have held a number or a code. Holds the field's name, never its value."""

    def __init__(self, field: str) -> None:
        super().__init__(f"Leave phone numbers and referral codes out of the {field}.")
        self.field = field


class ReasonMissing(Incomplete, ValueError):
    """The action asks for a reason and has none."""

    def __init__(self, action: AuditAction) -> None:
        super().__init__("This needs a reason. It is kept in the audit log.")
        self.action = action


def refuse_personal_data(changes: Mapping[str, Scalar], reason: str | None) -> None:
    """Raises PersonalDataInAudit where a change, its name, or the reason shows a number or code."""
    for name, value in changes.items():
        _refuse("changes", name)
        _refuse(name, value)
    _refuse("reason", reason)


def refuse_unfit(record: AuditRecord) -> None:
    """Raises ReasonMissing or PersonalDataInAudit for a record that must not be written."""
    if record.action.needs_reason and not (record.reason or "").strip():
        raise ReasonMissing(record.action)
    for field, value in _named_texts(record):
        _refuse(field, value)
    refuse_personal_data(record.changes, record.reason)


def shows_number_or_code(text: str) -> bool:
    """Whether a text looks as if it holds a United Kingdom phone number or a referral code."""
    plain = _RANDOM_OR_DIGEST.sub(" ", _plain_digits(text))
    return bool(_PHONE.search(plain) or _CODE_ADDRESS.search(plain)) or _shows_code(plain)


def _shows_code(text: str) -> bool:
    return any(_is_code("".join(found.groups())) for found in _CODE_SHAPE.finditer(text))


def _is_code(symbols: str) -> bool:
    """Right by its check symbol. Plain nine-letter words and nine-digit numbers are let through."""
    if symbols.isdecimal() or (symbols.isalpha() and not symbols.isupper()):
        return False
    try:
        return bool(read_code(symbols))
    except CodeUnreadable:
        return False


def _named_texts(record: AuditRecord) -> Iterable[tuple[str, Scalar]]:
    yield "actor", record.actor
    yield "role", record.role
    yield "object_type", record.object_type
    yield "object_id", record.object_id


def _refuse(field: str, value: Scalar) -> None:
    if value is None or isinstance(value, bool):
        return
    if shows_number_or_code(str(value)):
        raise PersonalDataInAudit(field)


def _plain_digits(text: str) -> str:
    """Full-width, Arabic and other digits as ASCII, so that one pattern reads them all."""
    if text.isascii():
        return text
    folded = unicodedata.normalize("NFKC", text)
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in folded)
