"""The quick reading of numbers and phonenumbers itself never disagree.

Every beginning of a UK mobile is tried, and a million written forms. What falls through to the
library is tried on a sample, and on a million too with OUTREACH_LONG_TESTS=1.
"""

import os
import re

import phonenumbers
import pytest
from phonenumbers import PhoneNumberType

from outreach.domain.phone import Mobile, PhoneProblem, PhoneReason, parse_mobile, usual_form
from outreach.domain.phone_damage import Repair
from tests.phone_oracle import (
    every_range,
    library_says,
    library_says_at_last,
    seeded,
    spaced,
    written_numbers,
)

pytestmark = pytest.mark.timeout(900)
MILLION = 1_000_000
SAMPLE = 50_000
SEED = 20_261_124
PLAIN = re.compile(r"[0-9+\-.()\[\] \t\u00a0]*")
"""Nothing that the rules refuse though the library would skip it."""
AS_EXCEL_LEAVES_IT = re.compile(r"\s*\+?[0-9]+\.0+[\s.]*")
"""The library takes the last zero for a digit."""
READ_ALIKE = frozenset({None, Repair.ZERO, Repair.PLUS})
"""Mended or not, the library reads these as they stand."""


def test_every_range_of_uk_mobiles_is_judged_as_by_the_library() -> None:
    accepted = 0
    for written in every_range(seeded(SEED)):
        result = parse_mobile(written)
        mine = result[:2] if isinstance(result, Mobile) else None
        assert mine == library_says(written), written
        accepted += mine is not None
    assert 60_000 < accepted < 100_000


def test_a_million_written_forms_are_read_quickly_only_as_the_library_reads_them() -> None:
    quick = 0
    for written in written_numbers(seeded(SEED), MILLION):
        if usual_form(written):
            result = parse_mobile(written)
            assert isinstance(result, Mobile)
            assert result[:2] == library_says(spaced(written)), written
            quick += 1
    assert quick > MILLION / 10


def test_acceptance_equals_the_library_and_the_rules() -> None:
    """What the library reads as a UK mobile is accepted, and nothing else unless it was mended."""
    how_many = MILLION if os.environ.get("OUTREACH_LONG_TESTS") == "1" else SAMPLE
    accepted = refused = 0
    for written in written_numbers(seeded(SEED + 1), how_many):
        result = parse_mobile(written)
        if isinstance(result, PhoneProblem):
            refused += 1
            if PLAIN.fullmatch(written) and not AS_EXCEL_LEAVES_IT.fullmatch(written):
                assert library_says_at_last(spaced(written)) is None, (written, result)
        elif result.repaired in READ_ALIKE:
            accepted += 1
            assert result[:2] == library_says(spaced(written)), written
        elif result.repaired in {Repair.PREFIX, Repair.DIGITS}:
            assert result[:2] == library_says_at_last(spaced(written)), written
    assert accepted > how_many / 5
    assert refused > how_many / 5


def test_landlines_and_numbers_abroad_are_named_as_the_library_names_them() -> None:
    chance = seeded(SEED + 2)
    landlines = 0
    for _ in range(20_000):
        digits = f"{chance.choice('12')}{chance.randrange(10 ** chance.choice((8, 9, 9, 9)))}"
        written = chance.choice(("0", "+44", "0044", "44 ", "")) + digits
        result = parse_mobile(written)
        assert isinstance(result, PhoneProblem)
        number = phonenumbers.parse(written, "GB")
        is_landline = (
            number.country_code == 44
            and phonenumbers.is_valid_number(number)
            and phonenumbers.number_type(number) == PhoneNumberType.FIXED_LINE
        )
        assert (result.reason == PhoneReason.LANDLINE) == is_landline, written
        landlines += is_landline
    assert landlines > 2_000


def test_no_number_that_is_named_without_the_library_is_a_uk_mobile() -> None:
    chance = seeded(SEED + 3)
    for _ in range(20_000):
        digits = "".join(chance.choices("0123456789", k=chance.randint(5, 15)))
        written = chance.choice(("+", "+4", "+7", "7", "07", "447", "+447", "00")) + digits
        if isinstance(parse_mobile(written), PhoneProblem):
            assert library_says_at_last(written) is None, written
