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

A line that begins with a space continues the one before it. All repeats are bounded and none stands
inside another, so matching takes time in proportion to the length of the reply.
"""

import re
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
_ELEMENT = re.compile(r"(?P<look><?!)?(?:(?P<reach>\d):)?(?P<words>[^*?]+)(?P<repeat>\?|\*\d)?\Z")
_COMMON = """
    i you your me my to the a an is am are was not do it have in on out up of for and this that they
    he she be with at from get got go going can will would so no what how just now all there
"""
_TOO_COMMON = 40


@dataclass(frozen=True)
class Rule:
    """One line of a rule set: `why` in words, `source` as written, `pattern` over codes.

    `anchors` are the rarest words of the line that must be there, each as the codes it accepts: a
    reply without one of them cannot match.
    """

    why: str
    source: str
    pattern: str = field(repr=False)
    anchors: tuple[str, ...] = field(repr=False)

    @cached_property
    def regex(self) -> re.Pattern[str]:
        return re.compile(self.pattern)


def compile_rule(lexicon: Lexicon, why: str, source: str) -> Rule:
    """Raises ValueError where the line cannot be read."""
    parts: list[str] = []
    required: list[str] = []
    for element in source.split():
        try:
            part, codes = _compile_element(lexicon, element)
        except (KeyError, ValueError) as error:
            raise ValueError(f"in the rule {source!r}: {error}") from error
        parts.append(part)
        required += codes
    if not required:
        raise ValueError(f"the rule {source!r} has no word that must be there")
    return Rule(why, source, "".join(parts), _rarest(lexicon, required))


def _rarest(lexicon: Lexicon, required: list[str]) -> tuple[str, ...]:
    common = "".join(map(lexicon.codes_of, _COMMON.split()))

    def commonness(codes: str) -> int:
        return sum(20 if code in common else 1 for code in codes)

    rarest = sorted(set(required), key=commonness)
    return (rarest[0], *(codes for codes in rarest[1:3] if commonness(codes) < _TOO_COMMON))


def _compile_element(lexicon: Lexicon, element: str) -> tuple[str, list[str]]:
    """A regular expression, and the codes of each word that must be there."""
    if element in _EDGES:
        return _EDGES[element], []
    if element.startswith(".."):
        return f"{_IN_SENTENCE}{{0,{int(element[2:])}}}?", []
    found = _ELEMENT.match(element)
    if found is None:
        raise ValueError(f"cannot read {element!r}")
    words = found["words"].split("|")
    codes = "".join(lexicon.code_set(word) for word in words if word != "$" and len(words) > 1)
    if found["look"]:
        codes = codes or lexicon.code_set(words[0])
        return _look(found["look"], int(found["reach"] or 1), codes), []
    if "$" in words:
        return f"(?:[{codes}]|{_EDGES['$']})", []
    if len(words) > 1 or words[0].startswith("@"):
        codes = codes or lexicon.code_set(words[0])
        return _repeated(f"[{codes}]", found["repeat"]), [] if found["repeat"] else [codes]
    return _literal(lexicon.codes_of(words[0]), found["repeat"])


def _literal(codes: str, repeat: str | None) -> tuple[str, list[str]]:
    if repeat:
        return _repeated(codes if len(codes) == 1 else f"(?:{codes})", repeat), []
    return codes, list(codes)


def _repeated(part: str, repeat: str | None) -> str:
    if not repeat:
        return part
    return f"{part}?" if repeat == "?" else f"{part}{{0,{repeat[1:]}}}"


def _look(look: str, reach: int, codes: str) -> str:
    if look == "!":
        return f"(?!{_IN_SENTENCE}{{0,{reach - 1}}}[{codes}])"
    return "".join(f"(?<![{codes}]{_IN_SENTENCE * n})" for n in range(reach))
