"""The small language that rules are written in.

A rule is a line of elements with spaces between:

    word            that word, in any spelling the vocabulary knows
    a|b|@set        any one of these; `$` among them stands for the end of the clause
    x?  x*3         may be absent; from none to three of them
    ..3             up to three words of any kind, within one sentence
    _               any one word
    ^  $            start and end of a clause (a comma, a full stop, the whole reply)
    ^^  $$          start and end of the reply
    !a  !3:a        the next word, any of the next three, is not a
    <!a  <!3:a      the word before, any of the three before, is not a

All repeats are bounded and none stands inside another, so matching takes time in proportion to the
length of the reply.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from outreach.domain.replies.words import BREAK, COMMA, QUESTION, Lexicon

_IN_SENTENCE = f"[^{BREAK}{QUESTION}]"
_WORD = f"[^{BREAK}{QUESTION}{COMMA}]"
_EDGES = {
    "^": f"(?<!{_WORD})",
    "$": f"(?!{_WORD})",
    "^^": f"\\A[{BREAK}{QUESTION}{COMMA}]{{0,9}}",
    "$$": f"(?=[{BREAK}{QUESTION}{COMMA}]{{0,9}}\\Z)",
    "_": _WORD,
}
_COMMON = """
    i you your me my to the a an is am are was not do it have in on out up of for and this that they
    he she be with at from get got go going can will would so no what how just now all there
"""
"""A rule is tried only on replies that have its rarest word, so common words make poor anchors."""
_ELEMENT = re.compile(r"(?P<look><?!)?(?:(?P<reach>\d):)?(?P<words>[^*?]+)(?P<repeat>\?|\*\d)?\Z")


@dataclass(frozen=True)
class Rule:
    """One line of a rule set: `why` in words, `source` as written, `anchors` as codes.

    A reply that has none of the anchors cannot match.
    """

    why: str
    source: str
    pattern: str
    anchors: str = field(repr=False)

    @cached_property
    def regex(self) -> re.Pattern[str]:
        return re.compile(self.pattern)


def compile_rule(lexicon: Lexicon, why: str, source: str) -> Rule:
    """Raises ValueError where the line cannot be read."""
    common = "".join(map(lexicon.codes_of, _COMMON.split()))

    def commonness(codes: str) -> int:
        return sum(20 if code in common else 1 for code in codes)

    parts: list[str] = []
    anchors = ""
    for element in source.split():
        part, required = _compile_element(lexicon, element)
        parts.append(part)
        if required and (not anchors or commonness(required) < commonness(anchors)):
            anchors = required
    if not anchors:
        raise ValueError(f"the rule {source!r} has no word that must be there")
    return Rule(why, source, "".join(parts), anchors)


def _compile_element(lexicon: Lexicon, element: str) -> tuple[str, str]:
    """A regular expression, and the codes of which one must be there ('' where none must)."""
    if element in _EDGES:
        return _EDGES[element], ""
    if element.startswith(".."):
        return f"{_IN_SENTENCE}{{0,{int(element[2:])}}}?", ""
    found = _ELEMENT.match(element)
    if found is None:
        raise ValueError(f"cannot read {element!r}")
    words = found["words"].split("|")
    if found["look"]:
        codes = "".join(map(lexicon.code_set, words))
        return _look(found["look"], int(found["reach"] or 1), codes), ""
    if len(words) == 1 and not words[0].startswith("@"):
        return _literal(lexicon.codes_of(words[0]), found["repeat"])
    codes = "".join(lexicon.code_set(word) for word in words if word != "$")
    if "$" in words:
        return f"(?:[{codes}]|{_EDGES['$']})", ""
    return _repeated(f"[{codes}]", found["repeat"]), "" if found["repeat"] else codes


def _literal(codes: str, repeat: str | None) -> tuple[str, str]:
    if repeat:
        return _repeated(codes if len(codes) == 1 else f"(?:{codes})", repeat), ""
    return codes, codes[-1]


def _repeated(part: str, repeat: str | None) -> str:
    if not repeat:
        return part
    return f"{part}?" if repeat == "?" else f"{part}{{0,{repeat[1:]}}}"


def _look(look: str, reach: int, codes: str) -> str:
    if look == "!":
        return f"(?!{_IN_SENTENCE}{{0,{reach - 1}}}[{codes}])"
    return "".join(f"(?<![{codes}]{_IN_SENTENCE * n})" for n in range(reach))


class RuleSet:
    """Rules in order; the first that matches gives the reason."""

    def __init__(self, lexicon: Lexicon, blocks: dict[str, str]) -> None:
        self.rules = [
            compile_rule(lexicon, why, line)
            for why, block in blocks.items()
            for line in block.splitlines()
            if line.strip()
        ]
        self._bits: dict[str, int] = {}
        for number, rule in enumerate(self.rules):
            for code in rule.anchors:
                self._bits[code] = self._bits.get(code, 0) | 1 << number

    def candidates(self, codes: str) -> int:
        """The rules whose anchors the reply has, as bits."""
        bits, mask = self._bits, 0
        for code in codes:
            if code in bits:
                mask |= bits[code]
        return mask

    def first(self, codes: str) -> Rule | None:
        mask = self.candidates(codes)
        while mask:
            lowest = mask & -mask
            rule = self.rules[lowest.bit_length() - 1]
            if rule.regex.search(codes):
                return rule
            mask ^= lowest
        return None

    def replaced(self, codes: str, code: str, *, at: int) -> str:
        """The reply with the first (at=0) or last (at=-1) word of every match recoded."""
        mask = self.candidates(codes)
        while mask:
            lowest = mask & -mask
            codes = self.rules[lowest.bit_length() - 1].regex.sub(_recode(code, at), codes)
            mask ^= lowest
        return codes

    def blanked(self, codes: str, code: str) -> str:
        """The reply with every word of every match recoded."""
        mask = self.candidates(codes)
        while mask:
            lowest = mask & -mask
            regex = self.rules[lowest.bit_length() - 1].regex
            codes = regex.sub(lambda found: code * len(found[0]), codes)
            mask ^= lowest
        return codes


def _recode(code: str, at: int) -> Callable[[re.Match[str]], str]:
    if at == 0:
        return lambda found: code + found[0][1:]
    return lambda found: found[0][:-1] + code
