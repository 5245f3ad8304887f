"""Codes: what they are made of, what a slip of the finger does to them, how they are typed."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.domain import referral
from outreach.domain.referral import (
    ALPHABET,
    LENGTH,
    NO_CODE,
    CodeUnreadable,
    check_symbol,
    code_to_look_up,
    new_code,
    read_code,
    spoken,
)

bodies = st.text(ALPHABET, min_size=LENGTH, max_size=LENGTH)


def codes() -> st.SearchStrategy[str]:
    return bodies.map(lambda body: body + check_symbol(body))


def test_a_code_is_nine_symbols_nobody_mixes_up() -> None:
    for code in [new_code() for _ in range(500)]:
        assert len(code) == 9
        assert set(code) <= set(ALPHABET)
        assert read_code(code) == code
    assert not set("ILOU") & set(ALPHABET)


def test_every_symbol_is_drawn_at_every_place() -> None:
    """A draw that left bits out would leave symbols out; 3,200 draws miss one by chance never."""
    drawn = [new_code() for _ in range(3_200)]
    assert len(set(drawn)) == len(drawn)
    for place in range(LENGTH):
        assert {code[place] for code in drawn} == set(ALPHABET)


@given(codes(), st.integers(0, LENGTH), st.sampled_from(ALPHABET))
def test_one_wrong_symbol_always_shows(code: str, place: int, symbol: str) -> None:
    wrong = code[:place] + symbol + code[place + 1 :]
    if wrong == code:
        assert read_code(wrong) == code
    else:
        with pytest.raises(CodeUnreadable):
            read_code(wrong)


@given(codes())
def test_two_symbols_swapped_always_show(code: str) -> None:
    for first, second in combinations(range(LENGTH + 1), 2):
        swapped = list(code)
        swapped[first], swapped[second] = swapped[second], swapped[first]
        if code[first] != code[second]:
            with pytest.raises(CodeUnreadable):
                read_code("".join(swapped))


@given(codes(), st.data())
def test_a_code_is_read_however_it_is_typed(code: str, data: st.DataObject) -> None:
    variants = {"0": "0oO", "1": "1iIlL"}
    typed = "".join(
        data.draw(st.sampled_from(variants.get(symbol, symbol + symbol.lower())))
        + data.draw(st.sampled_from(["", "-", " ", ".", "\u2011", "\u00a0", "_"]))
        for symbol in code
    )
    assert read_code(typed) == code
    assert code_to_look_up(typed) == code


@pytest.mark.parametrize(
    "typed", ["", "   ", "ABCD-EFGH", "ABCD-EFGH-JK", "ABCD-EFG!-U", "A" * 5000]
)
def test_what_cannot_be_a_code_is_refused_in_words(typed: str) -> None:
    with pytest.raises(CodeUnreadable, match="nine letters and digits"):
        read_code(typed)
    assert code_to_look_up(typed) == NO_CODE


@given(st.text())
def test_any_text_at_all_is_read_or_refused(typed: str) -> None:
    code = code_to_look_up(typed)
    assert len(code) == LENGTH + 1
    assert set(code) <= set(ALPHABET)


def test_letters_of_other_scripts_and_widths() -> None:
    code = "ABCDEFGH" + check_symbol("ABCDEFGH")
    assert (
        read_code("\uff21\uff22\uff23\uff24-EFGH-" + code[-1]) == code
    )  # full width, as on some phones
    with pytest.raises(CodeUnreadable):
        read_code("\u0410BCD-EFGH-" + code[-1])  # a Cyrillic A is not an A


def test_the_stand_in_for_no_code_is_read_like_any_other() -> None:
    assert read_code(NO_CODE) == NO_CODE
    assert spoken(NO_CODE) == "0000-0000-0"


def test_a_code_is_written_in_groups() -> None:
    assert spoken("ABCDEFGHJ") == "ABCD-EFGH-J"


@pytest.mark.parametrize(
    "rude", ["SH1T0000", "00CVNT00", "0F4T0000", "000TW4T0", "0000D1CK", "5H1T0000", "00000D1E"]
)
def test_codes_that_spell_something_rude_are_drawn_again(
    rude: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def drawn(code: str) -> bytes:
        value = 0
        for symbol in code:
            value = value << 5 | ALPHABET.index(symbol)
        return value.to_bytes(5)

    draws = iter([drawn(rude), drawn("ABCDEFGH")])
    monkeypatch.setattr(referral.secrets, "token_bytes", lambda _: next(draws))
    assert new_code().startswith("ABCDEFGH")
