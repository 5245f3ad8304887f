"""Turn a folded reply into codes, one character a word."""

import re

from outreach.domain.replies.grammar import SPELLER, TABLE
from outreach.domain.replies.words import BREAK, COMMA, NAME, QUESTION, UNKNOWN

_TOKEN = re.compile(r"\d+[.:]\d+|[a-z0-9$@]+(?:\*[a-z0-9$@*]*)?|[.!;:\n()\"?,]|-{1,3}(?= )")
_SPACED_STOP = re.compile(r"(?<![a-z0-9])s[ .-]{1,3}t[ .-]{1,3}o[ .-]{1,3}p(?![a-z0-9])")
_EDGES = (
    dict.fromkeys('.!;:\n()"', BREAK)
    | {"?": QUESTION}
    | dict.fromkeys((",", "-", "--", "---"), COMMA)
)
_CODES = TABLE | _EDGES
_KEYWORD_LIST = """
stop stopall unsubscribe unsub cancel end quit optout revoke remove arret stopio unstop start
optin help
"""
_KEYWORDS = frozenset(_KEYWORD_LIST.split())
_CAPITALISED = re.compile(r"(?<=[^.!?\n] )[A-Z][a-z]{2,20}\b")
"""A capital inside a sentence."""
_SHORT = 40
"""Characters; a keyword spelled out letter by letter is not longer."""


def encode(folded: str, original: str) -> str:
    """The codes of a folded reply, with those of the edges of clauses.

    `original` is the reply as it came: a capital inside a sentence tells a name.
    """
    tokens = _TOKEN.findall(folded)
    if len(tokens) > 1 and len(folded) < _SHORT and (codes := _spelled_out(tokens)):
        return codes
    if " t o p" in folded or ".t.o.p" in folded or "-t-o-p" in folded:
        tokens = _TOKEN.findall(_SPACED_STOP.sub(" stop ", folded))
    table, read = _CODES, SPELLER.read
    pieces = [table.get(token) or read(token) for token in tokens]
    if UNKNOWN in pieces and not original.isupper():
        names = set(_CAPITALISED.findall(original))
        if names:
            pieces = [
                NAME if piece == UNKNOWN and token.capitalize() in names else piece
                for token, piece in zip(tokens, pieces, strict=True)
            ]
    return "".join(pieces)


def has_words(codes: str) -> bool:
    return bool(codes.strip(BREAK + QUESTION + COMMA))


def _spelled_out(tokens: list[str]) -> str | None:
    """A keyword with its letters or parts apart: "s t o p", "un-subscribe"."""
    words = [token for token in tokens if token.isalnum()]
    joined = "".join(words)
    return TABLE[joined] if len(words) > 1 and joined in _KEYWORDS else None
