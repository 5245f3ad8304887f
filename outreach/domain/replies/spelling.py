"""Read a spelling that no list holds: repeats, digits for letters, stars, one slip of a finger."""

import re

from outreach.domain.replies.words import CHILD_AGE, NUMBER, SMALL_NUMBER, UNKNOWN

_LEET = str.maketrans("013457$@", "oleastsa")
_LEET_I = str.maketrans("013457$@", "oieastsa")
_RUN = re.compile(r"(.)\1+")
_REPEATED_WORD = re.compile(r"(stop|unsubscribe|quit|end|help|start)\1+\Z")
_AGE = re.compile(r"(\d{1,2})(?:y|yo|yr|yrs|year|years|yearold|yrold|st|nd|rd|th)?\Z")
_SWEARS = ("fuck", "fucking", "fuckin", "piss")

NOT_SLIPS = frozenset(
    """
    shop step top stow slop swop strop stomp stoop sop shops steps stamp strap soup stem cancer grooved amused
    """.split()
)
"""Real words one slip away from a word that matters; never read as that word."""


class Speller:
    """Reads unknown tokens against a finished table of spellings."""

    def __init__(self, table: dict[str, str], important: frozenset[str]) -> None:
        self._table = table
        self._squeezed = {_squeeze(word): table[word] for word in sorted(important)}
        self._slips: dict[str, list[str]] = {}
        for word in sorted(important):
            for shorter in {word, *_deletions(word)}:
                self._slips.setdefault(shorter, []).append(word)

    def read(self, token: str) -> str:
        """The codes of a token that the table does not hold."""
        if token[0].isdigit() and (found := _AGE.match(token)):
            return _number(int(found[1])) + ("" if found[1] == token else self._table["year"])
        if token.isalpha():
            return self._letters(token)
        if token.isdigit():
            return NUMBER
        return self._mixed(token)

    def _letters(self, token: str) -> str:
        if len(token) < 3 or token in NOT_SLIPS:
            return UNKNOWN
        if found := _REPEATED_WORD.match(token):
            return self._table[found[1]]
        squeezed = _squeeze(token)
        if squeezed != token and (codes := self._table.get(squeezed) or self._squeezed.get(squeezed)):
            return codes
        return self._one_slip(token) or UNKNOWN

    def _one_slip(self, token: str) -> str | None:
        for shorter in (token, *_deletions(token)):
            for word in self._slips.get(shorter, ()):
                if _is_one_slip(token, word):
                    return self._table[word]
        return None

    def _mixed(self, token: str) -> str:
        """Digits, dollars and stars among the letters."""
        if "*" in token and (swear := _starred(token)):
            return self._table[swear]
        bare = token.strip("*")
        if not bare:
            return UNKNOWN
        if bare != token:
            return self._table.get(bare) or self.read(bare)
        for leet in (_LEET, _LEET_I):
            plain = bare.replace("*", "").translate(leet)
            if plain.isalpha() and (codes := self._table.get(plain) or self._squeezed.get(_squeeze(plain))):
                return codes
        return UNKNOWN


def _starred(token: str) -> str | None:
    """The swear word that stars hide: "f**k", "p*ss"."""
    for swear in _SWEARS:
        if len(token) == len(swear) and all(a in ("*", b) for a, b in zip(token, swear, strict=True)):
            return swear
    return None


def _number(value: int) -> str:
    if 10 <= value <= 17:
        return CHILD_AGE
    return SMALL_NUMBER if 3 <= value <= 9 else NUMBER


def _squeeze(word: str) -> str:
    return _RUN.sub(r"\1", word)


def _deletions(word: str) -> list[str]:
    return [word[:n] + word[n + 1 :] for n in range(len(word))]


def _is_one_slip(token: str, word: str) -> bool:
    """One letter added, lost or changed, or two neighbours swapped (Damerau-Levenshtein 1)."""
    start = 0
    shortest = min(len(token), len(word))
    while start < shortest and token[start] == word[start]:
        start += 1
    a, b = token[start:], word[start:]
    if len(a) == len(b):
        return a[1:] == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
    return a[1:] == b if len(a) > len(b) else a == b[1:]
