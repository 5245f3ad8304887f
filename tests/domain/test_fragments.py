"""Texts cut where their fragments end: nothing lost, and as many as are billed."""

from hypothesis import given
from hypothesis import strategies as st

from outreach.domain.fragments import fragment_texts
from outreach.domain.gsm import BASIC, EXTENDED, UNICODE_ONLY, fragment_count

SENDABLE = (BASIC + EXTENDED).replace("\x1b", "") + "".join(sorted(UNICODE_ONLY))


def test_short_text_is_whole() -> None:
    assert fragment_texts("a" * 160) == ("a" * 160,)
    assert fragment_texts("ŵ" * 70) == ("ŵ" * 70,)


def test_longer_text_is_cut_where_the_fragment_is_full() -> None:
    assert [len(part) for part in fragment_texts("a" * 161)] == [153, 8]
    assert [len(part) for part in fragment_texts("ŵ" * 71)] == [67, 4]


def test_signs_that_take_two_places_fill_it_sooner() -> None:
    assert [len(part) for part in fragment_texts("€" * 100)] == [77, 23]


@given(st.text(st.sampled_from(SENDABLE), max_size=918))
def test_fragments_are_the_text_and_as_many_as_are_billed(text: str) -> None:
    parts = fragment_texts(text)
    assert "".join(parts) == text
    assert len(parts) == fragment_count(text)
    assert all(parts) or len(parts) == 1
