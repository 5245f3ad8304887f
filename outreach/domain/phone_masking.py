"""Showing a phone number without telling it: masked in reports, taken out of free text."""

import re

_E164_MOBILE = re.compile(r"\+447[0-9]{9}")
_NO_DIGITS = re.compile(r"\D+")
_LAST = 3
_LEAST_DIGITS = 7
_GAP = r"[\s().\-\u2010-\u2015\u2212\u00a0\u00ad\u200b-\u200d\u2060\ufeff]*"
_KEPT = (
    r"(?P<kept>(?<![0-9A-Za-z])(?:"
    r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"  # an identifier Notify or we made
    r"|(?:19|20)\d\d-[01]\d-[0-3]\d(?:[T ][0-2]\d:[0-5]\d(?::[0-5]\d(?:\.\d{1,6})?)?)?"  # a date
    r")(?![0-9A-Za-z]))"
)
_NUMBER_LIKE = re.compile(rf"{_KEPT}|\+?\d(?:{_GAP}\d){{{_LEAST_DIGITS - 1},}}", re.IGNORECASE)
REMOVED = "[number removed]"


def mask(number: str) -> str:
    """`+44 7*** ***123` for a mobile in E.164; of any other text at most the last three digits.

    Fewer than seven digits are hidden altogether: three of them would tell too much.
    """
    if _E164_MOBILE.fullmatch(number):
        return mask_mobile(number)
    digits = _NO_DIGITS.sub("", number)
    if len(digits) < _LEAST_DIGITS:
        return "***" if number.strip() else ""
    return f"*** ***{digits[-_LAST:]}"


def mask_mobile(e164: str) -> str:
    """The same for what is known to be a UK mobile in E.164."""
    return f"+44 7*** ***{e164[-_LAST:]}"


def redact(text: str) -> str:
    """Free text without anything that looks like a phone number. UUIDs and ISO dates stay."""
    return _NUMBER_LIKE.sub(lambda found: found["kept"] or REMOVED, text)
