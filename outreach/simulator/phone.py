"""Notify's phone number rules, through the same library (contract section 11).

Compared with Notify's own validator (notifications-utils 127.0.0) over 45,000 made-up numbers.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberType, ValidationResult

INVISIBLE = "\u180e\u200b\u200c\u200d\u2060\ufeff\u2028\u2029"
ALLOWED = frozenset("0123456789()+- \t\n\r\x0b\x0c\u00a0\u202f" + INVISIBLE)
LOOKALIKES = str.maketrans(
    dict.fromkeys("\u2011\u2013\u2014\u2212", "-")
    | dict.fromkeys(INVISIBLE)
    | dict.fromkeys("\t\u00a0\u202f", " ")
    | dict.fromkeys("\n\r\x0b\x0c", "?")
)
# Country codes that Notify has no price for.
UNPRICED = frozenset({247, 290, 688, 800, 808, 850, 870, 878, 881, 882, 883, 888, 979})
MOBILE_OR_LANDLINE = frozenset(
    {
        PhoneNumberType.FIXED_LINE,
        PhoneNumberType.MOBILE,
        PhoneNumberType.FIXED_LINE_OR_MOBILE,
        PhoneNumberType.UAN,
        PhoneNumberType.PERSONAL_NUMBER,
    }
)
LANDLINE = frozenset(
    {PhoneNumberType.FIXED_LINE, PhoneNumberType.FIXED_LINE_OR_MOBILE, PhoneNumberType.UAN}
)
CROWN_DEPENDENCIES = frozenset({"JE", "GG", "IM"})
DRAMA = re.compile(r"7700\d")

TOO_LONG = "Too many digits"
TOO_SHORT = "Not enough digits"
BAD_CHARACTER = "Must not contain letters or symbols"
BAD_PREFIX = "Not a valid country prefix"
NOT_VALID = "Number is not valid – double check the phone number you entered"

# Price multipliers per country that differ from 1 and matter to somebody testing (section 10).
MULTIPLIERS = {33: 2, 49: 5, 91: 2, 92: 12, 353: 2, 7: 10}


class PhoneRefused(Exception):
    """Not a number Notify would try; `args[0]` is its reason."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """A number as Notify understands it; `normalised` is E.164 without the plus."""

    normalised: str
    country_code: int
    is_international: bool
    is_landline: bool
    multiplier: float

    @property
    def needs_international_permission(self) -> bool:
        return self.country_code != 44


@lru_cache(maxsize=65536)
def read_number(written: str) -> Recipient:
    """Understand a number as submitted. Raises PhoneRefused with the reason Notify gives.

    A number that fails is tried once more without pluses and leading zeros; the reason given is
    that of the second try.
    """
    try:
        number, kind = _parse(written)
    except PhoneRefused:
        number, kind = _parse(written.replace("+", "").lstrip("0").translate(LOOKALIKES))
    if number.country_code in UNPRICED:
        raise PhoneRefused(BAD_PREFIX)
    return _describe(number, kind)


def _parse(written: str) -> tuple[PhoneNumber, int]:
    """A number with its type in the library's words."""
    if not set(written) <= ALLOWED:
        raise PhoneRefused(BAD_CHARACTER)
    if not written:
        raise PhoneRefused(TOO_SHORT)
    number = _read_as_british(written)
    reason = phonenumbers.is_possible_number_with_reason(number)
    if reason != ValidationResult.IS_POSSIBLE:
        number = _read_with_plus(written, reason)
    kind = phonenumbers.number_type(number)
    if not _is_acceptable(number, kind):
        raise PhoneRefused(NOT_VALID)
    return number, kind


def _read_as_british(written: str) -> PhoneNumber:
    try:
        return phonenumbers.parse(written, "GB")
    except phonenumbers.NumberParseException:
        raise PhoneRefused(NOT_VALID) from None


def _read_with_plus(written: str, reason: int) -> PhoneNumber:
    """Spreadsheets drop the plus, so an impossible British number is tried as a foreign one."""
    try:
        number = phonenumbers.parse("+" + written)
    except phonenumbers.NumberParseException:
        number = None
    if number is not None and phonenumbers.is_possible_number(number):
        return number
    raise PhoneRefused(_length_reason(reason))


def _length_reason(reason: int) -> str:
    return {
        ValidationResult.TOO_LONG: TOO_LONG,
        ValidationResult.TOO_SHORT: TOO_SHORT,
        ValidationResult.INVALID_COUNTRY_CODE: BAD_PREFIX,
    }.get(reason, TOO_SHORT)


def _is_acceptable(number: PhoneNumber, kind: int) -> bool:
    """The library knows no type for a number that is not valid; the drama range passes anyway."""
    if kind == PhoneNumberType.UNKNOWN:
        return bool(DRAMA.match(str(number.national_number)))
    return kind in MOBILE_OR_LANDLINE


def _describe(number: PhoneNumber, kind: int) -> Recipient:
    country_code = number.country_code or 0
    is_british = country_code == 44
    crown = is_british and _is_crown_dependency(number)
    return Recipient(
        normalised=f"{country_code}{phonenumbers.national_significant_number(number)}",
        country_code=country_code,
        is_international=not is_british or crown,
        is_landline=is_british and kind in LANDLINE,
        multiplier=2 if crown else MULTIPLIERS.get(country_code, 1),
    )


def _is_crown_dependency(number: PhoneNumber) -> bool:
    """Notify takes all of 07700 for the drama range, although Jersey uses a part of it."""
    if DRAMA.match(str(number.national_number)):
        return False
    return phonenumbers.region_code_for_number(number) in CROWN_DEPENDENCIES


def normalise_sender(written: str) -> str:
    """The sender of a received text as Notify stores it; what cannot be read passes through."""
    try:
        return read_number(written).normalised
    except PhoneRefused:
        return written
