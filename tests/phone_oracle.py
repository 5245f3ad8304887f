"""What phonenumbers itself says of a text, and texts to ask it about.

Shared by the tests and the benchmark. The oracle knows the library and the rules of design section
4, and nothing of the quick pattern that it is held against.
"""

import random
from collections.abc import Iterator

import phonenumbers
from phonenumbers import PhoneNumberType

DRAMA = "7700900"
PREFIXES = (
    "0", "0", "0", "", "+44", "+44", "0044", "44", "+440", "440", "00440", "+44 (0)", "(0)", "0+44",
    "+0", "00", "000", "++44", "+", "+7", "+33", "33", "\uff0b44", "+44-", "044", "0 ", "+ 44 ",
)  # fmt: skip
GAPS = (" ", "-", ".", "(", ")", "\u00a0", "\u2011", "\u2013", "\u200b", "\t", "  ", "[", "\u3000")
NOISE = (*"xX#*/~,;:'\"eE=+&é", "\uff11", "\u0661", "ext", "\u0967", "\n", "O", "l")
STARTS = (
    "7", "7", "7", "7", "74", "75", "77", "78", "79", "7700900", "7624", "76", "70", "7911", "7797",
    "7781", "7829", "7509", "7937", "7839", "74576", "20", "1534", "1481", "3", "8", "9", "5", "",
)  # fmt: skip
SHORTEST, LONGEST = 7, 13


def seeded(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 repeatable on purpose


def library_says(text: str) -> tuple[str, bool] | None:
    """E.164 and whether it is a Crown dependency's, where the library's reading is a UK mobile."""
    number = _parse(text)
    return _uk_mobile(number) if number is not None else None


def library_says_at_last(text: str) -> tuple[str, bool] | None:
    """With Notify's second attempt, without plus signs and leading zeros (contract section 11)."""
    number = _parse(text)
    if number is not None:
        if found := _uk_mobile(number):
            return found
        if number.country_code != 44 and phonenumbers.is_possible_number(number):
            return None
    again = _parse(text.replace("+", "").replace("\uff0b", "").lstrip("0 -.()[]\u2011\u2013"))
    return _uk_mobile(again) if again is not None else None


def spaced(text: str) -> str:
    """With every gap a space, invisible ones none: the library takes some kinds and not others.

    People do not see the difference, so that the product reads all of them alike.
    """
    return "".join(" " if c.isspace() else c for c in text if c != "\u200b")


def _parse(text: str) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(text, "GB")
    except phonenumbers.NumberParseException:
        return None


def _uk_mobile(number: phonenumbers.PhoneNumber) -> tuple[str, bool] | None:
    national = str(number.national_number)
    if number.country_code != 44 or len(national) != 10 or number.extension:
        return None
    if number.italian_leading_zero or not national.startswith("7"):
        return None
    if national.startswith(DRAMA):
        return f"+44{national}", False
    if national.startswith("70") or (national.startswith("76") and national[:4] != "7624"):
        return None
    is_mobile = phonenumbers.number_type(number) == PhoneNumberType.MOBILE
    if not (is_mobile and phonenumbers.is_valid_number(number)):
        return None
    return f"+44{national}", phonenumbers.region_code_for_number(number) != "GB"


def every_range(chance: random.Random) -> Iterator[str]:
    """Each of the 100,000 beginnings 700000 to 799999, with a random end and a random prefix."""
    for start in range(700_000, 800_000):
        prefix = chance.choice(("0", "+44", "44", "", "0044"))
        yield f"{prefix}{start}{chance.randrange(10_000):04d}"


def written_numbers(chance: random.Random, how_many: int) -> Iterator[str]:
    """Numbers as people, spreadsheets and forms leave them: many nearly right, some nonsense."""
    for _ in range(how_many):
        yield _written(chance)


def _written(chance: random.Random) -> str:
    start = chance.choice(STARTS)
    length = 10 if chance.random() < 0.75 else chance.randint(SHORTEST, LONGEST)
    digits = start + "".join(chance.choices("0123456789", k=max(length - len(start), 0)))
    text = chance.choice(PREFIXES) + digits
    for _ in range(chance.choice((0, 0, 0, 1, 1, 2, 3))):
        place = chance.randint(0, len(text))
        text = text[:place] + chance.choice(GAPS) + text[place:]
    if chance.random() < 0.08:
        place = chance.randint(0, len(text))
        text = text[:place] + chance.choice(NOISE) + text[place:]
    return text
