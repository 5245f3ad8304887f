"""What may be typed for each setting, and what is stored of it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.domain.settings import BY_NAME, SETTINGS, Kind, SettingRefused

ID = "a1c0de01-1111-4a11-8b11-c0ffee000001"
NUMBERS = [each for each in SETTINGS if each.kind in {Kind.WHOLE, Kind.DECIMAL}]


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("pence_per_fragment", " 2.40 ", "2.4"),
        ("pence_per_fragment", "", None),
        ("vat_per_cent", "20", "20"),
        ("frequency_cap_days", "90", 90),
        ("frequency_cap_days", "90.0", 90),
        ("send_rate", "50", "50"),
        ("sms_sender_id", ID.upper(), ID),
        ("urgent_guidance", "Ring 999.\r\nThen tell us.\x00", "Ring 999.\nThen tell us."),
    ],
)  # fmt: skip
def test_what_is_typed_is_stored_in_one_way(name: str, typed: str, value: object) -> None:
    assert BY_NAME[name].read(typed) == value


@pytest.mark.parametrize(
    ("name", "typed", "why"),
    [
        ("pence_per_fragment", "-1", "Enter a number from 0.1 to 100"),
        ("pence_per_fragment", "NaN", "Enter a number from 0.1 to 100"),
        ("pence_per_fragment", "Infinity", "Enter a number from 0.1 to 100"),
        ("pence_per_fragment", "cheap", "Enter a number"),
        ("pilot_messages", "0", "Enter a number from 1 to 1000"),
        ("pilot_messages", "2.5", "Enter a whole number"),
        ("send_rate", "51", "Enter a number from 0.1 to 50"),
        ("settle_seconds", "5", "Enter a number from 60 to 3600"),
        ("sms_sender_id", "riverside", "Enter the whole id"),
        ("urgent_guidance", "x" * 2001, "Use 2,000 characters or fewer"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(name: str, typed: str, why: str) -> None:
    with pytest.raises(SettingRefused, match=why):
        BY_NAME[name].read(typed)


@pytest.mark.parametrize("definition", SETTINGS, ids=lambda each: each.name)
def test_every_setting_explains_itself_and_takes_its_own_default(definition) -> None:
    assert definition.hint.endswith(".")
    assert len(definition.name) <= 60
    typed = definition.shown(None)
    assert definition.shown(definition.read(typed)) == typed


@pytest.mark.parametrize("definition", NUMBERS, ids=lambda each: each.name)
@given(typed=st.one_of(st.text(max_size=30), st.decimals().map(str), st.integers().map(str)))
def test_no_number_out_of_bounds_is_ever_taken(definition, typed: str) -> None:
    try:
        value = definition.read(typed)
    except SettingRefused:
        return
    assert value is None or definition.least <= Decimal(str(value)) <= definition.most
