"""The language rules are written in, and the reading of single words."""

import pytest

from outreach.domain.replies.fold import fold
from outreach.domain.replies.grammar import SPELLER, TABLE
from outreach.domain.replies.patterns import compile_rule
from outreach.domain.replies.rulebook import RuleBook
from outreach.domain.replies.spelling import NOT_SLIPS
from outreach.domain.replies.words import BREAK, CHILD_AGE, COMMA, DOING, NUMBER, UNKNOWN, Lexicon


@pytest.fixture
def lexicon() -> Lexicon:
    made = Lexicon("do not: dont\ntext: txt\n")
    made.add_sets("@me = me us\n@send = text call\n    ring")
    return made


def matches(lexicon: Lexicon, rule: str, text: str) -> bool:
    """`text` by words; a comma, a full stop and words no rule knows are their own kinds."""
    family = (book := RuleBook(lexicon)).family({"why": rule})
    edges = {",": COMMA, ".": BREAK}
    table = lexicon.table()
    codes = "".join(edges.get(word) or table.get(word, UNKNOWN) for word in text.split())
    return family.first(codes, book.candidates(codes)) is not None


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        ("stop text", "stop txt", True),
        ("stop text", "stop the text", False),
        ("stop ..1 text", "stop the text", True),
        ("stop ..1 text", "stop all the text", False),
        ("stop ..3 text", "stop . text", False),
        ("stop ..3 text", "stop , text", True),
        ("dont @send @me", "dont ring us", True),
        ("dont @send @me", "do not call me", True),
        ("dont @send @me", "do call me", False),
        ("stop please?", "stop", True),
        ("stop please*2 $", "stop please please", True),
        ("stop please*2 $", "stop please please please", False),
        ("^ stop $", "oh , stop , ok", True),
        ("^ stop $", "oh stop", False),
        ("^^ stop $$", ". stop .", True),
        ("^^ stop $$", "no . stop", False),
        ("stop _ now", "stop it now", True),
        ("stop _ now", "stop now", False),
        ("stop !using", "stop using", False),
        ("stop !using", "stop it", True),
        ("stop !2:using", "stop all using", False),
        ("<!not stop", "not stop", False),
        ("<!3:not stop", "not ever now stop", False),
        ("<!3:not stop", "not ever now please stop", True),
        ("stop now|$", "stop , now", True),
    ],
)
def test_a_rule_reads_as_its_language_says(
    lexicon: Lexicon, rule: str, text: str, expected: bool
) -> None:
    assert matches(lexicon, rule, text) is expected


def test_a_line_that_begins_with_a_space_goes_on(lexicon: Lexicon) -> None:
    assert matches(lexicon, "stop it|this|\n    that $\nno more", "stop that")
    assert matches(lexicon, "stop it|this|\n    that $\nno more", "no more")


@pytest.mark.parametrize("rule", ["..3", "^ $", "stop @nobody", "stop dont|it", "stop *3", "a?"])
def test_a_rule_that_cannot_be_read_is_refused(lexicon: Lexicon, rule: str) -> None:
    with pytest.raises(ValueError, match="the rule"):
        compile_rule(lexicon, "why", rule)


def test_one_spelling_cannot_mean_two_things() -> None:
    with pytest.raises(ValueError, match="already has a meaning"):
        Lexicon("do not: dont\ndoes not: dont\n")


def test_a_word_on_the_left_cannot_be_a_spelling_of_another() -> None:
    with pytest.raises(ValueError, match="spelling of something else"):
        Lexicon("text: txt\ntxt: tx\n")


def test_a_set_is_named_once(lexicon: Lexicon) -> None:
    with pytest.raises(ValueError, match="there already"):
        lexicon.add_sets("@me = my")


@pytest.mark.parametrize(
    ("token", "word"),
    [
        ("stopppp", "stop"),
        ("texxting", "texting"),
        ("st0p", "stop"),
        ("5top", "stop"),
        ("unsubscrbe", "unsubscribe"),
        ("overdsoed", "overdosed"),
        ("ovredosed", "overdosed"),
        ("f**k", "fuck"),
        ("stop1", "stop"),
    ],
)
def test_a_spelling_no_list_holds_is_read(token: str, word: str) -> None:
    assert SPELLER.read(token) == TABLE[word]


@pytest.mark.parametrize(
    ("token", "words"),
    [("stopnow", "stop now"), ("pleasestop", "please stop"), ("stoptextingme", "stop texting me")],
)
def test_words_run_together_are_read_apart(token: str, words: str) -> None:
    assert (TABLE.get(token) or SPELLER.read(token)) == "".join(TABLE[w] for w in words.split())


@pytest.mark.parametrize("word", sorted(NOT_SLIPS - TABLE.keys()))
def test_a_real_word_is_never_read_as_a_slip(word: str) -> None:
    assert SPELLER.read(word) in {UNKNOWN, DOING}


@pytest.mark.parametrize(
    ("token", "kind"),
    [("14", CHILD_AGE), ("9", "S"), ("18", NUMBER), ("45", NUMBER), ("07700900123", NUMBER)],
)
def test_a_number_is_a_childs_age_or_only_a_number(token: str, kind: str) -> None:
    assert SPELLER.read(token) == kind


def test_an_age_with_its_unit_is_two_words() -> None:
    assert SPELLER.read("14yo") == CHILD_AGE + TABLE["year"]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ЅТОР", "stop"),
        ("ＳＴＯＰ", "stop"),
        ("𝐒𝐓𝐎𝐏", "stop"),
        ("ꜱᴛᴏᴘ", "stop"),
        ("🆂🆃🅾🅿", "stop"),
        ("s̸t̷o̶p̴", "stop"),
        ("Dwi’n mynd i’r tŷ", "dwin mynd i r ty"),
        ("mae'r rhif", "mae r rhif"),
        ("don't", "dont"),
        ("🛑", " stopsign "),
        ("a\tb\r\nc", "a b\n\nc"),
        ("“hi…”", '"hi..."'),
    ],
)
def test_folding_leaves_plain_letters(text: str, folded: str) -> None:
    assert fold(text) == folded
