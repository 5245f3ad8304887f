"""Words as single characters, so that rules are short patterns over short strings.

Every word that a rule, a spelling or a set of words mentions has one code, a private-use
character; a reply becomes a string of codes, and a rule a regular expression over it. What no
rule mentions is only a kind of word: unknown, a number, a name.
"""

from collections.abc import Iterable
from itertools import count

BREAK, QUESTION, COMMA = "B", "Q", "C"
UNKNOWN, DOING, NUMBER, CHILD_AGE, SMALL_NUMBER, NAME = "U", "G", "N", "K", "S", "Y"
OWN_STOP, OUR_STOP, PAST_DEATH = "P", "Z", "D"
KINDS = {
    "<break>": BREAK,
    "<question>": QUESTION,
    "<comma>": COMMA,
    "<unknown>": UNKNOWN,
    "<doing>": DOING,
    "<number>": NUMBER,
    "<child-age>": CHILD_AGE,
    "<small-number>": SMALL_NUMBER,
    "<name>": NAME,
    "<own-stop>": OWN_STOP,
    "<our-stop>": OUR_STOP,
    "<past-death>": PAST_DEATH,
}


class Lexicon:
    """Codes of words, spellings of words, and named sets of words."""

    def __init__(self, spellings: str) -> None:
        self._codes = dict(KINDS)
        self._next = count(0xE000)
        self._spellings: dict[str, str] = {}
        self._sets: dict[str, str] = {}
        for line in whole_lines(spellings):
            words, _, variants = line.partition(":")
            for variant in variants.split():
                self._add_spelling(variant, words.split())

    def add_sets(self, sets: str) -> None:
        """Name the sets of words in lines like `@me = me us`."""
        for line in whole_lines(sets):
            name, _, words = line.partition(" = ")
            if name in self._sets:
                raise ValueError(f"the set {name} is there already")
            self._sets[name] = "".join(dict.fromkeys(map(self.code_set, words.split())))

    def _add_spelling(self, variant: str, words: list[str]) -> None:
        if variant in self._spellings or variant in self._codes:
            raise ValueError(f"the spelling {variant!r} already has a meaning")
        self._spellings[variant] = "".join(map(self._code, words))

    def _code(self, word: str) -> str:
        if word in self._spellings:
            raise ValueError(f"{word!r} is a spelling of something else")
        if word not in self._codes:
            self._codes[word] = chr(next(self._next))
        return self._codes[word]

    def codes_of(self, word: str) -> str:
        """The codes of a word as it is written: "dont" gives those of "do" and "not"."""
        return self._spellings.get(word) or self._code(word)

    def code_set(self, word: str) -> str:
        """Every code that one element of a rule, `word` or `@set`, accepts."""
        if word.startswith("@"):
            return self._sets[word]
        codes = self.codes_of(word)
        if len(codes) != 1:
            raise ValueError(f"{word!r} is more than one word; it cannot stand in a set")
        return codes

    def add_names(self, names: Iterable[str]) -> None:
        """People's first names, except where a rule already reads the word otherwise."""
        for name in names:
            if name not in self._codes:
                self._spellings.setdefault(name, NAME)

    def table(self) -> dict[str, str]:
        """Spelling to codes, complete once every rule has been read."""
        return {**self._codes, **self._spellings}


def whole_lines(block: str) -> list[str]:
    """The lines of a block; one that begins with a space continues the one before it."""
    lines: list[str] = []
    for line in block.splitlines():
        if line.startswith(" ") and lines:
            glue = "" if lines[-1].endswith("|") else " "
            lines[-1] += glue + line.strip()
        elif line.strip():
            lines.append(line.strip())
    return lines
