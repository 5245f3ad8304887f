"""Whatever arrives is read: one class, no error, in time that grows with its length only."""

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from outreach.domain.replies import Reading, ReplyClass, classify

KEYWORDS = ["stop", "stop all", "unsubscribe", "opt out", "cancel", "end", "quit", "revoke"]
KEYWORDS += ["remove", "arret", "stopio", "start", "unstop"]
INVISIBLE = ["\u200b", "\u200d", "\u00ad", "\ufeff", "\u2060", "\u180e", "\ufe0f", "\u0301"]
SAMPLE = """
stop start end quit i you want to not help me my text texting he they will kill leave flat drugs
using wrong number who is dave 14 im years , . ? stopio dim mwy isio 🛑 “ ” > Liked to
"""
WORDS = [*SAMPLE.split(), "\n"]

unhurried = settings(deadline=None)  # rules are compiled when first tried
texts = st.one_of(
    st.text(max_size=300),
    st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join),
    st.text(alphabet="stopSTOP50$ .-*\u200bѕо", max_size=60),
)


@unhurried
@given(texts, st.lists(st.text(max_size=60), max_size=3))
@example("", [])
@example("\ud800", [])
@example("*" * 50, ["*"])
@example("1" * 40, [""])
def test_any_text_has_exactly_one_class(text: str, own: list[str]) -> None:
    reading = classify(text, own_texts=own)
    assert isinstance(reading, Reading)
    assert isinstance(reading.reply_class, ReplyClass)
    assert reading.why


@unhurried
@given(texts)
def test_the_same_text_is_always_read_the_same(text: str) -> None:
    assert classify(text) == classify(text)


@unhurried
@given(st.sampled_from(KEYWORDS), st.data())
def test_case_does_not_matter_to_a_keyword(keyword: str, data: st.DataObject) -> None:
    flips = data.draw(st.lists(st.booleans(), min_size=len(keyword), max_size=len(keyword)))
    mixed = "".join(c.upper() if up else c for c, up in zip(keyword, flips, strict=True))
    assert classify(mixed) == classify(keyword)


@unhurried
@given(
    st.sampled_from(KEYWORDS),
    st.text(alphabet=" \t\n\u00a0\u2003", max_size=5),
    st.text(alphabet=" \t\n\u00a0\u2003.!,", max_size=6),
)
def test_space_around_and_punctuation_after_do_not_matter(
    keyword: str, before: str, after: str
) -> None:
    assert classify(before + keyword + after).reply_class is classify(keyword).reply_class


@unhurried
@given(st.sampled_from(KEYWORDS), st.data())
def test_something_invisible_within_does_not_matter(keyword: str, data: st.DataObject) -> None:
    letters = list(keyword)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(1, len(letters)))
        letters.insert(at, data.draw(st.sampled_from(INVISIBLE)))
    assert classify("".join(letters)).reply_class is classify(keyword).reply_class


@given(st.sampled_from(["i want to die", "they wont let me leave", "hes not breathing"]), texts)
@settings(max_examples=200, deadline=None)
def test_words_after_danger_never_make_it_an_opt_out(danger: str, rest: str) -> None:
    assert classify(f"{danger}\n\n{rest}").reply_class in {ReplyClass.URGENT, ReplyClass.REVIEW}


UNITS = """
stop |a|(|🛑|s t o p |i want to |not |they will kill me |Xyz foo |1|1.|> a |"|sent from |"
reply stop to |you you |é|a*|stopstop|please |he is |my |no |of |abcdefghijkl |wrong number |-- |$
"""
LONG = [*UNITS.replace("\n", "|").strip("|").split("|"), "\n", "\u200b", "“", "\ud83d"]


@pytest.mark.parametrize("unit", LONG)
def test_a_very_long_text_is_read_in_time(unit: str) -> None:
    text = unit * (60_000 // len(unit))
    start = time.process_time()
    classify(text, own_texts=[text[:918]])
    assert time.process_time() - start < 1.5
