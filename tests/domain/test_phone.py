"""A number as somebody wrote it: accepted, mended, or refused with the reason."""

import pytest

from outreach.domain.phone import (
    DETAILS,
    Mobile,
    PhoneProblem,
    PhoneReason,
    mask,
    parse_mobile,
    redact,
)
from outreach.domain.phone_damage import Repair

E164 = "+447700900123"


@pytest.mark.parametrize(
    "written",
    [
        "07700900123",
        "07700 900123",
        " 07700 900 123\t",
        "+447700900123",
        "+44 (0)7700 900123",
        "00447700900123",
        "0044 (0) 7700-900-123",
        "++447700900123",
        "(07700) 900123",
        "07700.900.123",
        "[07700] 900123",
        "07700\u2013900123",
        "07700\u2011900123",
        "07700\u00a0900123",
        "\u200b07700\u200b900123\ufeff",
    ],
)
def test_a_uk_mobile_is_read_however_it_is_spaced(written: str) -> None:
    assert parse_mobile(written) == Mobile(E164, False, None)


@pytest.mark.parametrize(
    ("written", "repair"),
    [
        ("7700900123", Repair.ZERO),
        ("447700900123", Repair.PLUS),
        ("44 7700 900123", Repair.PLUS),
        ("7700900123.0", Repair.DECIMAL),
        ("447700900123.00", Repair.DECIMAL),
        ("'07700900123", Repair.APOSTROPHE),
        ("\u201907700900123", Repair.APOSTROPHE),
        ('="07700900123"', Repair.FORMULA),
        ('"07700 900123"', Repair.QUOTES),
        ("7,700,900,123", Repair.GROUPS),
        ("447,700,900,123.0", Repair.GROUPS),
        ("4.47700900123E+11", Repair.EXPONENT),
        ("7.700900123e9", Repair.EXPONENT),
        ("07700900123,", Repair.PUNCTUATION),
        ("07700 900123...", Repair.PUNCTUATION),
        ("\uff10\uff17\uff17\uff10\uff10\uff19\uff10\uff10\uff11\uff12\uff13", Repair.DIGITS),
        ("\u0660\u0667\u0667\u0660\u0660\u0669\u0660\u0660\u0661\u0662\u0663", Repair.DIGITS),
        ("0+447700900123", Repair.PREFIX),
        ("+07700900123", Repair.PREFIX),
        ("000007700900123", Repair.PREFIX),
        ("+7700900123", Repair.PREFIX),
    ],
)
def test_damage_is_mended_where_only_one_number_can_be_meant(written: str, repair: Repair) -> None:
    assert parse_mobile(written) == Mobile(E164, False, repair.value)


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("", PhoneReason.EMPTY),
        ("  \u200b", PhoneReason.EMPTY),
        ("'", PhoneReason.EMPTY),
        ('=""', PhoneReason.EMPTY),
        ("4.477E+11", PhoneReason.SCIENTIFIC),
        ("4.47701E+11", PhoneReason.SCIENTIFIC),
        ("7.7009E9", PhoneReason.SCIENTIFIC),
        ("077009001234", PhoneReason.DIGIT_TOO_MANY),
        ("77009001234", PhoneReason.DIGIT_TOO_MANY),
        ("+4477009001234", PhoneReason.DIGIT_TOO_MANY),
        ("077123456789", PhoneReason.DIGIT_TOO_MANY),
        ("0770090012345", PhoneReason.TOO_LONG),
        ("0770090012", PhoneReason.DIGIT_MISSING),
        ("+44770090012", PhoneReason.DIGIT_MISSING),
        ("07700900", PhoneReason.TOO_SHORT),
        ("999", PhoneReason.TOO_SHORT),
        ("0", PhoneReason.TOO_SHORT),
        ("not known", PhoneReason.NOT_A_NUMBER),
        ("07700CALLNO", PhoneReason.NOT_A_NUMBER),
        ("07700 900123 (mum)", PhoneReason.NOT_A_NUMBER),
        ("#REF!", PhoneReason.NOT_A_NUMBER),
        ("07700*900123", PhoneReason.NOT_A_NUMBER),
        ("07700900123 ext 4", PhoneReason.EXTENSION),
        ("07700900123 x4", PhoneReason.EXTENSION),
        ("07700900123/07700900124", PhoneReason.SEVERAL),
        ("07700900123 or 07700 900124", PhoneReason.SEVERAL),
        ("07700900123\n07700900124", PhoneReason.SEVERAL),
        ("07700900123 07700900124", PhoneReason.SEVERAL),
        ("02079460991", PhoneReason.LANDLINE),
        ("+44 117 496 0123", PhoneReason.LANDLINE),
        ("2079460991", PhoneReason.LANDLINE),
        ("01534 123456", PhoneReason.LANDLINE),
        ("07012345678", PhoneReason.PERSONAL),
        ("07600123456", PhoneReason.PAGER),
        ("07640123456", PhoneReason.PAGER),
        ("03001234567", PhoneReason.NOT_A_MOBILE),
        ("08001234567", PhoneReason.NOT_A_MOBILE),
        ("09098790123", PhoneReason.NOT_A_MOBILE),
        ("05512345678", PhoneReason.NOT_A_MOBILE),
        ("07700500123", PhoneReason.NOT_IN_USE),
        ("+33612345678", PhoneReason.ABROAD),
        ("33612345678", PhoneReason.ABROAD),
        ("0033612345678", PhoneReason.ABROAD),
        ("+77123456789", PhoneReason.ABROAD),
        ("+1 202 555 0123", PhoneReason.ABROAD),
    ],
)
def test_anything_else_is_refused_by_name(written: str, reason: PhoneReason) -> None:
    assert parse_mobile(written) == PhoneProblem(reason, DETAILS[reason])


@pytest.mark.parametrize(
    "written", ["07797300123", "07781300123", "07624300123", "07839123456", "07700300123"]
)
def test_crown_dependency_mobiles_are_flagged(written: str) -> None:
    assert parse_mobile(written) == Mobile(f"+44{written[1:]}", True, None)


def test_a_drama_number_is_a_mainland_mobile_with_all_its_digits_only() -> None:
    assert parse_mobile("07700900000") == Mobile("+447700900000", False, None)
    assert parse_mobile("07700900999") == Mobile("+447700900999", False, None)
    assert isinstance(parse_mobile("07700901000"), PhoneProblem)
    assert isinstance(parse_mobile("0770090099"), PhoneProblem)


def test_every_reason_has_a_sentence_without_digits_of_anybody() -> None:
    assert set(DETAILS) == set(PhoneReason)
    for detail in DETAILS.values():
        assert detail.endswith(".")
        assert redact(detail) == detail


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        (E164, "+44 7*** ***123"),
        ("07700 900123", "*** ***123"),
        ("077009001234", "*** ***234"),
        ("my number is 07700900123", "*** ***123"),
        ("4.47701E+11", "*** ***111"),
        ("999", "***"),
        ("hello", "***"),
        ("", ""),
        ("\u0660\u0667\u0667\u0660\u0660\u0669\u0660", "*** ***\u0660\u0669\u0660"),
    ],
)
def test_a_mask_shows_three_digits_at_most(number: str, masked: str) -> None:
    assert mask(number) == masked


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sent to +44 7700 900123.", "Sent to [number removed]."),
        ("to=07700900123 ok", "to=[number removed] ok"),
        ("07700\u2011900\u00a0123, 00447700900124", "[number removed], [number removed]"),
        ("\u0660\u0667\u0667\u0660\u0660\u0669\u0660\u0660\u0661", "[number removed]"),
        ("12345 rows in 0.25 s", "12345 rows in 0.25 s"),
        ("2026-11-24T01:41:13.064433Z", "2026-11-24T01:41:13.064433Z"),
        ("on 2026-11-24 at 9", "on 2026-11-24 at 9"),
        (
            "id a9caafcb-4903-4003-9a84-c5c4217fb428 to 07700900123",
            "id a9caafcb-4903-4003-9a84-c5c4217fb428 to [number removed]",
        ),
    ],
)
def test_free_text_is_rid_of_numbers_and_keeps_dates_and_identifiers(
    text: str, expected: str
) -> None:
    assert redact(text) == expected


def test_a_mobile_shows_itself_masked() -> None:
    assert "7700900" not in repr(parse_mobile("07700900123"))
