"""The page's text and its one size."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.domain.landing import (
    PAGE_BYTES,
    TEXT_BYTES,
    Block,
    LandingTextTooLong,
    check_text,
    dial,
    fill_up,
    read_text,
    web_address,
)


def test_a_blank_line_ends_a_paragraph_and_a_line_end_does_not() -> None:
    assert read_text("One\ntwo.\r\n\r\n  \n\nThree.") == (Block(("One two.",)), Block(("Three.",)))


def test_points_make_a_list_even_in_the_middle_of_words() -> None:
    assert read_text("It is:\n* free\n- private\n• near\nCome in.") == (
        Block(("It is:",)),
        Block(("free", "private", "near"), is_list=True),
        Block(("Come in.",)),
    )


@pytest.mark.parametrize("text", ["", "  \n\n ", "\r\n"])
def test_no_words_are_no_blocks(text: str) -> None:
    assert read_text(text) == ()


def test_a_dash_within_a_sentence_is_no_point() -> None:
    assert read_text("Call - it is free") == (Block(("Call - it is free",)),)


@given(st.text())
def test_no_word_is_lost(text: str) -> None:
    kept = [word for block in read_text(text) for item in block.items for word in item.split()]
    marks = {"*", "-", "•"}
    assert [w for w in kept if w not in marks] == [w for w in text.split() if w not in marks]


@given(st.binary(max_size=3 * PAGE_BYTES))
def test_every_page_is_filled_up_to_the_same_size(page: bytes) -> None:
    filled = fill_up(page)
    assert filled.startswith(page + b"<!--")
    assert len(filled) % PAGE_BYTES == 0
    assert len(filled) == PAGE_BYTES or len(page) > PAGE_BYTES - 8


def test_a_text_that_fits_is_accepted_and_one_letter_more_is_not() -> None:
    heading = "Help"
    longest = "a" * (TEXT_BYTES - len(heading) - 44)
    check_text(heading, longest)
    with pytest.raises(LandingTextTooLong, match="1 characters too long"):
        check_text(heading, longest + "a")


def test_signs_that_html_spells_out_count_as_they_are_sent() -> None:
    check_text("Help", "&" * 700)
    with pytest.raises(LandingTextTooLong):
        check_text("Help", "&" * 800)


def test_accented_letters_count_their_bytes() -> None:
    with pytest.raises(LandingTextTooLong):
        check_text("Help", "ŵ" * 2_000)


@pytest.mark.parametrize(
    ("phone", "address"),
    [
        ("0808 157 0123", "tel:08081570123"),
        ("+44 (0)20-7946 0000", "tel:+4402079460000"),
        ("111", "tel:111"),
    ],
)
def test_a_number_is_dialled_without_its_spaces(phone: str, address: str) -> None:
    assert dial(phone) == address


def test_a_web_address_gets_its_scheme() -> None:
    assert web_address(" riverside.example.org ") == "https://riverside.example.org"
    assert web_address("http://riverside.example.org/") == "http://riverside.example.org/"
