import re
from dataclasses import replace
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach.domain.audit import AuditAction
from outreach.domain.personal_data import (
    PersonalDataInAudit,
    ReasonMissing,
    refuse_personal_data,
    refuse_unfit,
    shows_number_or_code,
)
from outreach.domain.referral import new_code, spoken
from tests.sealed_log import record

SEPARATORS = st.sampled_from(["", "", "", " ", "-", ".", "\u2011", "\u00a0", "\u200b", "(", ") "])
PREFIXES = st.sampled_from(["+44", "44", "0044", "+44 (0)", "+44-0", "0", "(0"])
NUMBERS = st.integers(7_700_900_003, 7_700_900_999).map(str)


@st.composite
def phone_numbers(draw: st.DrawFn) -> str:
    digits = "".join(digit + draw(SEPARATORS) for digit in draw(NUMBERS))
    return draw(PREFIXES) + draw(SEPARATORS) + digits


@settings(deadline=None)
@given(phone_numbers(), st.sampled_from(["", "call ", "tel", "x,", "£"]))
def test_a_number_is_seen_however_it_is_written(number: str, before: str) -> None:
    assert shows_number_or_code(f"{before}{number}")
    assert shows_number_or_code(f"{before}{number} please")


@pytest.mark.parametrize(
    "text",
    [
        "7700900123",
        "7700900123.0",
        "+44 20 7946 0000",
        "٠٧٧٠٠٩٠٠١٢٣",
        "\uff10\uff17\uff17\uff10\uff10\uff19\uff10\uff10\uff11\uff12\uff13",
        "tel:+447700900123",
        '{"phone":"07700900123"}',
    ],
)
def test_a_number_in_a_strange_form_is_seen(text: str) -> None:
    assert shows_number_or_code(text)


@pytest.mark.parametrize("value", [447700900123, 7700900123, 447_700_900_999])
def test_a_number_as_a_whole_number_is_seen(value: int) -> None:
    with pytest.raises(PersonalDataInAudit) as refusal:
        refuse_personal_data({"sent_to": value}, None)
    assert refusal.value.field == "sent_to"


def test_a_genuine_code_is_seen_as_people_write_it() -> None:
    for _ in range(200):
        code = new_code()
        for written in (spoken(code), spoken(code).lower(), code, spoken(code).replace("-", " ")):
            if re.fullmatch(r"[a-z -]+|[\d -]+", written):
                continue  # words in small letters and plain numbers are let through
            assert shows_number_or_code(f"The caller quoted {written}, twice."), written
        assert shows_number_or_code(f"https://help.example/h/{code.lower()}")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Returned: 12 of 1,000 rows name the wrong town. Ring the analyst, please.",
        "2026-03-02T09:30:00.000250Z",
        "09:00-20:00, Monday to Saturday",
        "OP-2026-0417",
        "1700000000",
        "123456789",
        "cancelled campaigns",
        "sha256 5f0a4a4e6a534a0f9d0e0d1f6d6f1a11",
        "447700900123447700900123aabbccdd",
        "44770090-0123-4f70-8447-700900123aab",
        "07700900-1234-4770-8770-447700900123",
    ],
)
def test_ordinary_words_dates_and_digests_pass(text: str) -> None:
    assert not shows_number_or_code(text)


def test_random_identifiers_pass() -> None:
    assert not any(shows_number_or_code(str(uuid4())) for _ in range(20_000))
    assert not any(shows_number_or_code(uuid4().hex * 2) for _ in range(20_000))


def test_the_refusal_names_the_field_and_never_the_number() -> None:
    with pytest.raises(PersonalDataInAudit) as refusal:
        refuse_personal_data({"rows": 3}, "She rang from 07700 900 123.")
    assert refusal.value.field == "reason"
    assert "900" not in str(refusal.value)


def test_a_number_as_the_name_of_a_change_is_refused() -> None:
    with pytest.raises(PersonalDataInAudit):
        refuse_personal_data({"07700900123": True}, None)


@pytest.mark.parametrize("field", ["actor", "role", "object_type", "object_id"])
def test_no_field_of_a_record_may_hold_a_number(field: str) -> None:
    unfit = replace(record(1), **{field: "447700900123"})
    with pytest.raises(PersonalDataInAudit) as refusal:
        refuse_unfit(unfit)
    assert refusal.value.field == field


@pytest.mark.parametrize("reason", [None, "", "  \n"])
def test_an_action_that_asks_for_a_reason_is_refused_without(reason: str | None) -> None:
    revealed = replace(record(1), action=AuditAction.NUMBER_REVEALED, reason=reason)
    with pytest.raises(ReasonMissing) as refusal:
        refuse_unfit(revealed)
    assert refusal.value.action is AuditAction.NUMBER_REVEALED
    refuse_unfit(replace(revealed, reason="The caller asked to be rung back"))


def test_a_long_text_is_looked_through_quickly() -> None:
    assert not shows_number_or_code("0 " * 20_000 + "-" * 100_000 + "7 " * 3)
