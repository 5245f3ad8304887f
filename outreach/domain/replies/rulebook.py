"""Find the first rule of a family that matches, trying only those whose words are there."""

import re
from collections.abc import Callable, Iterator

from outreach.domain.replies.patterns import Rule, compile_rule
from outreach.domain.replies.words import Lexicon, whole_lines


class RuleBook:
    """Families of rules over one lexicon.

    Which rules a reply can match at all is worked out once, for every family together, as the bits
    of an integer: a bit stays set where each anchor of its rule is among the reply's words.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._rules: list[Rule] = []
        self._bits: dict[str, list[int]] = {}
        self._free = [0, 0, 0]

    def family(self, *blocks: dict[str, str]) -> "Family":
        """Add rules; each block maps the reason, in words, to lines of rules."""
        first = len(self._rules)
        for block in blocks:
            for why, lines in block.items():
                for line in whole_lines(lines):
                    self._add(compile_rule(self._lexicon, why, line))
        return Family(self, ((1 << len(self._rules)) - 1) ^ ((1 << first) - 1))

    def _add(self, rule: Rule) -> None:
        bit = 1 << len(self._rules)
        self._rules.append(rule)
        for at in range(len(self._free)):
            if at >= len(rule.anchors):
                self._free[at] |= bit
                continue
            for code in rule.anchors[at]:
                self._bits.setdefault(code, [0, 0, 0])[at] |= bit

    def candidates(self, codes: str) -> int:
        """The rules that the reply may match, as bits."""
        bits = self._bits
        first, second, third = self._free
        for code in set(codes):
            if code in bits:
                a, b, c = bits[code]
                first |= a
                second |= b
                third |= c
        return first & second & third

    def rules(self, candidates: int) -> Iterator[Rule]:
        while candidates:
            lowest = candidates & -candidates
            yield self._rules[lowest.bit_length() - 1]
            candidates ^= lowest


class Family:
    """The rules of one kind, in order."""

    def __init__(self, book: RuleBook, bits: int) -> None:
        self._book = book
        self._own = bits

    def first(self, codes: str, candidates: int) -> Rule | None:
        """The first rule that matches; `candidates` come from the book, for the same codes."""
        if mine := candidates & self._own:
            for rule in self._book.rules(mine):
                if rule.regex.search(codes):
                    return rule
        return None

    def recoded(self, codes: str, candidates: int, code: str, *, at: int) -> str:
        """The reply with the first (at=0) or last (at=-1) word of every match recoded."""
        replace = _recode_first(code) if at == 0 else _recode_last(code)
        for rule in self._book.rules(candidates & self._own):
            codes = rule.regex.sub(replace, codes)
        return codes

    def blanked(self, codes: str, candidates: int, code: str) -> str:
        """The reply with every word of every match recoded."""
        for rule in self._book.rules(candidates & self._own):
            codes = rule.regex.sub(lambda found: code * len(found[0]), codes)
        return codes


def _recode_first(code: str) -> Callable[[re.Match[str]], str]:
    return lambda found: code + found[0][1:]


def _recode_last(code: str) -> Callable[[re.Match[str]], str]:
    return lambda found: found[0][:-1] + code
