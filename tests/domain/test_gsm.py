"""Characters, fragments and white space as Notify treats them (contract section 10)."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.domain.gsm import (
    BASIC,
    EXTENDED,
    KEPT,
    UNICODE_ONLY,
    fragment_count,
    is_unicode,
    message_length,
    sanitise,
    tidy,
)

FORCE_UNICODE = "ÀÁÂÈÊËÌÍÎÏÒÓÔÙÚÛÝáâêëíîïóôúûýÿŴŵŶŷŸẀẁẂẃẄẅỲỳ"
ACCENTED_BUT_PLAIN = "ÄÉÖÜàäèéìòöùü"


def test_the_43_accented_vowels_that_double_the_price_are_those_of_the_contract() -> None:
    assert frozenset(FORCE_UNICODE) == UNICODE_ONLY
    assert len(FORCE_UNICODE) == 43
    assert not any(map(is_unicode, ACCENTED_BUT_PLAIN))


def test_what_is_kept_is_sent_as_it_is() -> None:
    kept = "".join(sorted(KEPT))
    assert sanitise(kept) == (kept, (), ())
    assert set(string.ascii_letters + string.digits) <= KEPT


@pytest.mark.parametrize(
    ("given_text", "sent"),
    [
        ("a\u2013b\u2014c\u2011d\u2212e", "a-b-c-d-e"),
        ("wait\u2026", "wait..."),
        ("\u2018it\u2019s\u201a", "'it's'"),
        ("\u201chi\u201d\u201e", '"hi""'),
        ("a\u00a0b\tc", "a b c"),
        ("gov.\u200buk\ufeff\u2060\u200d\u200c\u180e\u2028\u2029", "gov.uk"),
        ("Łódź łata", "Lódz lata"),
        ("ã č ç Ç", "a c c Ç"),
        ("\u212b", "Å"),
    ],
)
def test_characters_with_a_plainer_form_are_downgraded(given_text: str, sent: str) -> None:
    text, replaced, downgraded = sanitise(given_text)
    assert text == sent
    assert replaced == ()
    assert downgraded


@pytest.mark.parametrize("lost", ["😀", "Ж", "½", "©", "®", "™", "№", "`", "中", "\U0001d15e"])
def test_everything_else_becomes_a_question_mark_and_is_named(lost: str) -> None:
    assert sanitise(f"a{lost}b{lost}") == ("a?b?", (lost,), ())


@pytest.mark.parametrize(
    ("text", "fragments"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("a" * 459, 3),
        ("a" * 460, 4),
        ("a" * 612, 4),
        ("a" * 765, 5),
        ("a" * 918, 6),
        ("ŵ" + "a" * 69, 1),
        ("ŵ" + "a" * 70, 2),
        ("ŵ" + "a" * 133, 2),
        ("ŵ" + "a" * 134, 3),
        ("ŵ" + "a" * 200, 3),
        ("ŵ" + "a" * 267, 4),
        ("ŵ" + "a" * 334, 5),
        ("ŵ" + "a" * 917, 14),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("€" * 918, 12),
        ("é" * 160, 1),
        ("…" * 54, 2),
        ("😀" * 160, 1),
        ("ŵ€" + "a" * 68, 1),
    ],
)
def test_fragments_are_counted_as_notify_counts_them(text: str, fragments: int) -> None:
    assert fragment_count(text) == fragments


def test_an_extended_character_counts_once_towards_the_limit() -> None:
    assert message_length(EXTENDED) == len(EXTENDED)
    assert message_length("€" * 918) == 918


@pytest.mark.parametrize(
    ("given_text", "tidied"),
    [
        ("a  b   c", "a b c"),
        ("  a \n b  ", "a\nb"),
        ("Hi  , Ann .", "Hi, Ann."),
        ("Hi\n, Ann", "Hi\n, Ann"),
        ("a\n\n\n\nb", "a\n\nb"),
        ("a\n \n\t\nb", "a\n\nb"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\u00a0\u00a0b\u202fc", "a b c"),
        ("a\u2003b", "a b"),
        ("a\u200bb", "ab"),
        ("\n\n", ""),
        ("a\x0bb\x85c\u2028d", "a\nb\nc\nd"),
    ],
)
def test_white_space_is_cleaned_up_as_notify_does(given_text: str, tidied: str) -> None:
    assert tidy(given_text) == tidied


@given(st.text())
def test_whatever_is_sanitised_is_kept_and_stays(text: str) -> None:
    sent = sanitise(text).text
    assert set(sent) <= KEPT
    assert sanitise(sent).text == sent
    assert message_length(text) == len(sent)


@given(st.text(alphabet=BASIC + EXTENDED + FORCE_UNICODE + "…😀 \n", max_size=1000))
def test_a_longer_text_never_has_fewer_fragments(text: str) -> None:
    assert fragment_count(text + "a") >= fragment_count(text)
