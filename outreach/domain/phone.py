"""A phone number as somebody wrote it: a UK mobile that may be texted, or a named reason why not.

Accepted is exactly +44 7 and nine digits, a mobile by phonenumbers' data, neither 070 nor a pager
(design section 4). What Excel or a form did to it is undone where the result can mean one number
only; everything else is named and left to a person. Contract section 11 says what Notify does.
"""

import re
from enum import StrEnum
from typing import NamedTuple

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberType

from outreach.domain.phone_damage import Repair, digits_of, mend, plain
from outreach.domain.phone_masking import mask, mask_mobile, redact
from outreach.domain.phone_ranges import (
    COUNTRY_CODE,
    DRAMA,
    MAINLAND,
    NEVER_MOBILE,
    uk_landline,
    written_mobile,
)

__all__ = [
    "DETAILS",
    "Mobile",
    "PhoneProblem",
    "PhoneReason",
    "mask",
    "mask_mobile",
    "parse_mobile",
    "redact",
    "usual_form",
]


class PhoneReason(StrEnum):
    """Why a number cannot be texted. The values stand in reports and in `--json`."""

    EMPTY = "empty"
    NOT_A_NUMBER = "not-a-number"
    SCIENTIFIC = "scientific-notation"
    SEVERAL = "more-than-one-number"
    EXTENSION = "extension"
    DIGIT_TOO_MANY = "one-digit-too-many"
    TOO_LONG = "too-long"
    DIGIT_MISSING = "one-digit-missing"
    TOO_SHORT = "too-short"
    LANDLINE = "landline"
    PERSONAL = "personal-number"
    PAGER = "pager"
    NOT_A_MOBILE = "not-a-mobile"
    NOT_IN_USE = "not-in-use"
    ABROAD = "outside-the-uk"


DETAILS: dict[PhoneReason, str] = {
    PhoneReason.EMPTY: "There is no phone number.",
    PhoneReason.NOT_A_NUMBER: "This is not a phone number: it has letters or symbols in it.",
    PhoneReason.SCIENTIFIC: "Excel has shortened this number, and the last digits are lost.",
    PhoneReason.SEVERAL: "There is more than one phone number in this cell.",
    PhoneReason.EXTENSION: "This number has an extension, and a text cannot reach one.",
    PhoneReason.DIGIT_TOO_MANY: (
        "This number has one digit too many. GOV.UK Notify would read it as a number in Russia."
    ),
    PhoneReason.TOO_LONG: "This number has too many digits.",
    PhoneReason.DIGIT_MISSING: "This number has one digit too few.",
    PhoneReason.TOO_SHORT: "This number has too few digits.",
    PhoneReason.LANDLINE: "This is a landline. It may be shared, and reads texts aloud.",
    PhoneReason.PERSONAL: "This is a personal number (070), not a mobile.",
    PhoneReason.PAGER: "This is a pager number (076), not a mobile.",
    PhoneReason.NOT_A_MOBILE: "This is a UK number, but not a mobile.",
    PhoneReason.NOT_IN_USE: "No UK mobile number begins like this.",
    PhoneReason.ABROAD: "This number is outside the UK.",
}


class Mobile(NamedTuple):
    """A number that may be texted. `repaired` says in words what was mended, or is None."""

    e164: str
    is_crown_dependency: bool
    repaired: str | None

    @property
    def masked(self) -> str:
        return mask_mobile(self.e164)

    def __repr__(self) -> str:
        """Masked, as it may end up in a log."""
        return f"Mobile({self.masked!r}, {self.is_crown_dependency!r}, {self.repaired!r})"


class PhoneProblem(NamedTuple):
    """Why a number cannot be texted. `detail` is a full sentence, and never holds the number."""

    reason: PhoneReason
    detail: str


_fullmatch = written_mobile().fullmatch
_LOST_AT_FRONT = {"44": Repair.PLUS, None: Repair.ZERO}
"""What Excel drops of something it takes for a number, by the country code that is left."""
_GAPS = str.maketrans("", "", " -()\t\u00a0")
_SEVERAL = re.compile(r"[/;,&|\n]|\bor\b|\band\b", re.IGNORECASE)
_EXTENSION = re.compile(r"\d\s*(?:ext?\.?|extn|extension|x|#)\s*\d+\s*$", re.IGNORECASE)
_SCIENTIFIC = re.compile(r"[\d.,]+e\+?\d+", re.IGNORECASE)
_READABLE = re.compile(r"[0-9+\-.()\[\] ]*")
_SHORTEST_NUMBER = 9
_USUAL_UK = re.compile(r"(?:\+44|0044|44)?0?([127][0-9]{0,14})")
_USUAL_ABROAD = re.compile(r"\+(?!44|0|7[0-9]{9}$)[0-9]{8,15}")
_MOBILE_DIGITS = 10
_FRONT = re.compile(r"^0*(?:44)?0*")
_LANDLINES = frozenset({PhoneNumberType.FIXED_LINE, PhoneNumberType.FIXED_LINE_OR_MOBILE})
_DRAMA = re.compile(DRAMA, re.ASCII)
_NEVER_MOBILE = re.compile(NEVER_MOBILE)


def parse_mobile(raw: str) -> Mobile | PhoneProblem:
    """The UK mobile a person meant, or why there is none. Never raises, whatever the text."""
    found = usual_form(raw)
    return _read_with_care(raw) if found is None else _mobile_of(found, None)


def usual_form(raw: str) -> re.Match[str] | None:
    """A mobile written as most are: the quick reading, which the library would not contradict."""
    return _fullmatch(raw) or _fullmatch("".join(raw.split())) or _fullmatch(raw.translate(_GAPS))


def _mobile_of(found: re.Match[str], repair: Repair | None) -> Mobile:
    """Made without the named constructor, which takes twice the time: this runs for every row."""
    country, trunk, mainland, crown = found.groups()
    if repair is None and not trunk:
        repair = _LOST_AT_FRONT.get(country)
    return tuple.__new__(Mobile, ("+44" + (mainland or crown), not mainland, repair))


def _problem(reason: PhoneReason) -> PhoneProblem:
    return PhoneProblem(reason, DETAILS[reason])


def _read_with_care(raw: str) -> Mobile | PhoneProblem:
    """What the quick pattern did not know: mend it, try again, ask the library."""
    if fault := _usual_fault(raw):
        return _problem(fault)
    text, repair = mend(plain(raw))
    if not text:
        return _problem(PhoneReason.EMPTY)
    if found := usual_form(text):
        return _mobile_of(found, repair)
    reason = _why_unreadable(text) or _usual_fault(text)
    return _problem(reason) if reason else _ask_library(text, repair)


def _why_unreadable(text: str) -> PhoneReason | None:
    """The fault of a text that is not digits and separators, or None."""
    if len(text) < 2 * _SHORTEST_NUMBER and _READABLE.fullmatch(text):
        return None
    if _SCIENTIFIC.fullmatch(text):
        return PhoneReason.SCIENTIFIC
    parts = [part for part in _SEVERAL.split(text) if len(digits_of(part)) >= _SHORTEST_NUMBER]
    if len(parts) > 1 or len(digits_of(text)) >= 2 * _SHORTEST_NUMBER:
        return PhoneReason.SEVERAL
    if _READABLE.fullmatch(text):
        return None
    return PhoneReason.EXTENSION if _EXTENSION.search(text) else PhoneReason.NOT_A_NUMBER


def _usual_fault(text: str) -> PhoneReason | None:
    """The fault of a number written in a usual form, where the library need not tell.

    Ten digits from 7 that the pattern of mobiles does not know are none; nor is any other count.
    """
    digits = text.translate(_GAPS)
    found = _USUAL_UK.fullmatch(digits)
    if found is None:
        return PhoneReason.ABROAD if _USUAL_ABROAD.fullmatch(digits) else None
    national = found[1]
    if national.startswith("7"):
        return _why_not_mobile(national)
    return PhoneReason.LANDLINE if uk_landline().fullmatch(national) else None


def _ask_library(text: str, repair: Repair | None) -> Mobile | PhoneProblem:
    """The library's reading, then Notify's second attempt without plus signs and leading zeros.

    The second attempt is made only where the first is no possible number abroad, as Notify does
    (contract section 11, steps 2 to 4).
    """
    number = _parse(text)
    if number and _is_uk_mobile(number):
        return _mobile(number, repair)
    if number is None or not _is_possible_abroad(number):
        bare = text.replace("+", "").lstrip("0 -.()[]")
        again = _parse(bare) if bare != text else None
        if again and _is_uk_mobile(again):
            return _mobile(again, repair or Repair.PREFIX)
    return _problem(_why_refused(text, number))


def _parse(text: str) -> PhoneNumber | None:
    try:
        return phonenumbers.parse(text, MAINLAND)
    except phonenumbers.NumberParseException:
        return None


def _is_possible_abroad(number: PhoneNumber) -> bool:
    return number.country_code != COUNTRY_CODE and bool(phonenumbers.is_possible_number(number))


def _is_uk_mobile(number: PhoneNumber) -> bool:
    """By the library's own judgement, with the drama numbers let in and 070 and pagers kept out."""
    national = str(number.national_number)
    if number.country_code != COUNTRY_CODE or number.italian_leading_zero:
        return False
    if len(national) != _MOBILE_DIGITS or _NEVER_MOBILE.match(national):
        return False
    if _DRAMA.fullmatch(national):
        return True
    is_mobile = phonenumbers.number_type(number) == PhoneNumberType.MOBILE
    return is_mobile and bool(phonenumbers.is_valid_number(number))


def _mobile(number: PhoneNumber, repair: Repair | None) -> Mobile:
    national = str(number.national_number)
    region = phonenumbers.region_code_for_number(number)
    is_crown = region != MAINLAND and not _DRAMA.fullmatch(national)
    return Mobile(f"+{COUNTRY_CODE}{national}", is_crown, repair)


def _why_refused(text: str, number: PhoneNumber | None) -> PhoneReason:
    """Why digits are no UK mobile. `number` is the library's first reading, if any."""
    digits = digits_of(text)
    national = _FRONT.sub("", digits, count=1)
    if number is not None and _is_possible_abroad(number):
        return PhoneReason.ABROAD
    if national.startswith("7"):
        return _why_not_mobile(national)
    abroad = _parse("+" + digits)
    if abroad and abroad.country_code != COUNTRY_CODE and phonenumbers.is_valid_number(abroad):
        return PhoneReason.ABROAD
    return _why_not_uk_mobile(national, number)


def _why_not_mobile(national: str) -> PhoneReason:
    """Why national digits that begin with 7 are no mobile: their count, then their range."""
    if len(national) != _MOBILE_DIGITS:
        return _why_wrong_length(len(national) - _MOBILE_DIGITS)
    if national.startswith("70"):
        return PhoneReason.PERSONAL
    return PhoneReason.PAGER if national.startswith("76") else PhoneReason.NOT_IN_USE


def _why_wrong_length(excess: int) -> PhoneReason:
    if excess > 0:
        return PhoneReason.DIGIT_TOO_MANY if excess == 1 else PhoneReason.TOO_LONG
    return PhoneReason.DIGIT_MISSING if excess == -1 else PhoneReason.TOO_SHORT


def _why_not_uk_mobile(national: str, number: PhoneNumber | None) -> PhoneReason:
    """A landline or another kind of UK number where the library knows it, else its length."""
    if number is not None and phonenumbers.is_valid_number(number):
        kind = phonenumbers.number_type(number)
        return PhoneReason.LANDLINE if kind in _LANDLINES else PhoneReason.NOT_A_MOBILE
    if len(national) == _MOBILE_DIGITS:
        return PhoneReason.NOT_A_MOBILE
    return PhoneReason.TOO_LONG if len(national) > _MOBILE_DIGITS else PhoneReason.TOO_SHORT
