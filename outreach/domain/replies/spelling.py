"""Read a spelling that no list holds: repeats, digits for letters, stars, one slip of a finger."""

import re

from outreach.domain.replies.words import CHILD_AGE, DOING, NUMBER, SMALL_NUMBER, UNKNOWN

_LEET = str.maketrans("0134579$@", "oleastosa")
_LEET_I = str.maketrans("0134579$@", "oieastosa")
_NO_MARKS = str.maketrans("", "", ".:")
_RUN = re.compile(r"(.)\1+")
_AGE = re.compile(r"(\d{1,2})(y|yo|yr|yrs|year|years|yearold|yrold|f|m)?\Z")
_LONGEST = 20
"""Letters; the longest word that matters has fewer."""
_SWEARS = ("fuck", "fucking", "fuckin", "piss")

_REAL_WORDS = """
amused anger arrest attach attached bending billed blending breaching breeding brothel butt
cancer cared career changing clone comma content convent copping crapped crowning deceive
decreased deplete draped feeds fending filled filling finnish forge forged forgot forked
forming frowning fusing gain grooved handing heave hissing hospitals humber hurling kissing
lease lending lone many marrying massages massaging massed meet mending messing milling
mothering noon odds pasted paused pending persons pissed policy polite postage raced raked
ranging rapid rapping rated remote sacred saloon sanding scaled scarred scored sealing
seeding sensing shared shelling shoots shop shops skilled slop smelling sop soup spared
spelling spending stamp stared steep stem step steps stomp stow strap strop stubbed suing
swelling swop taped tapped tending tents tested texas threads throats top treats tripped
vending weave willed wrapped wring yelling
"""
NOT_SLIPS = frozenset(_REAL_WORDS.split())
"""Real words one slip away from a word that matters; never read as that word."""


class Speller:
    """Reads unknown tokens against a finished table of spellings."""

    def __init__(self, table: dict[str, str], important: frozenset[str]) -> None:
        self._table = table
        self._squeezed = {_squeeze(word): table[word] for word in sorted(important)}
        self._near: list[dict[str, list[str]]] = [{} for _ in range(_LONGEST)]
        for word in sorted(important):
            self._index(word)

    def _index(self, word: str) -> None:
        """By the ends that one slip leaves whole: it cannot touch both the first and the last."""
        intact = min((len(word) - 1) // 2, 3)
        for length in (len(word) - 1, len(word), len(word) + 1):
            for end in (word[:intact] + "-", "-" + word[-intact:]):
                self._near[length].setdefault(end, []).append(word)

    def read(self, token: str) -> str:
        """The codes of a token that the table does not hold."""
        if token.isalpha():
            return self._letters(token)
        if token[0].isdigit():
            if found := _AGE.match(token):
                return _number(int(found[1])) + (self._table["year"] if found[2] else "")
            if token.translate(_NO_MARKS).isdigit():
                return NUMBER
        return self._mixed(token)

    def _letters(self, token: str) -> str:
        if len(token) < 3 or token in NOT_SLIPS:
            return UNKNOWN
        if len(set(token)) < len(token):
            if token.startswith("stopstop") and not token.replace("stop", ""):
                return self._table["stop"]
            squeezed = _squeeze(token)
            if squeezed != token:
                codes = self._table.get(squeezed) or self._squeezed.get(squeezed)
                if codes:
                    return codes
        if len(token) >= _LONGEST:
            return _kind(token)
        return self._run_together(token) or self._one_slip(token) or _kind(token)

    def _run_together(self, token: str) -> str:
        """Two or three words without a space, one of which matters: "stopnow", "pleasestop"."""
        if not (token.startswith(_OFTEN_JOINED) or token.endswith(_OFTEN_JOINED)):
            return ""
        for word in _OFTEN_JOINED:
            if token.startswith(word):
                return self._joined(self._table[word], token[len(word) :])
            if token.endswith(word) and (codes := self._table.get(token[: -len(word)])):
                return codes + self._table[word]
        return ""

    def _joined(self, codes: str, rest: str) -> str:
        if len(rest) < 2:
            return ""
        if rest in self._table:
            return codes + self._table[rest]
        for at in range(2, len(rest) - 1):
            first, second = self._table.get(rest[:at]), self._table.get(rest[at:])
            if first and second and rest[at:] in _CLOSERS:
                return codes + first + second
        return ""

    def _one_slip(self, token: str) -> str:
        near = self._near[len(token)]
        for end in (token[:3] + "-", "-" + token[-3:], token[:2] + "-", "-" + token[-2:]):
            if end in near:
                for word in near[end]:
                    if _is_one_slip(token, word):
                        return self._table[word]
        if len(token) < 6 and (token[0] == "s" or token[-1] == "p") and _is_one_slip(token, "stop"):
            return self._table["stop"]
        return ""

    def _mixed(self, token: str) -> str:
        """Digits, dollars and stars among the letters."""
        if "*" in token and (swear := _starred(token)):
            return self._table[swear]
        bare = token.strip("*@")
        if not bare:
            return UNKNOWN
        if bare != token:
            return self._table.get(bare) or self.read(bare)
        trimmed = bare.rstrip("0123456789")
        if trimmed != bare and trimmed in self._table:
            return self._table[trimmed]
        for leet in (_LEET, _LEET_I):
            plain = bare.replace("*", "").translate(leet)
            if plain.isalpha() and (
                codes := self._table.get(plain) or self._table.get(_squeeze(plain))
            ):
                return codes
        return UNKNOWN


def _kind(token: str) -> str:
    """An unknown word that ends as "snitching" does is something done."""
    return DOING if len(token) > 5 and token.endswith("ing") else UNKNOWN


def _starred(token: str) -> str | None:
    """The swear word that stars hide: "f**k", "p*ss"."""
    for swear in _SWEARS:
        if len(token) == len(swear) and all(
            a in ("*", b) for a, b in zip(token, swear, strict=True)
        ):
            return swear
    return None


_OFTEN_JOINED = (
    "stop",
    "unsubscribe",
    "remove",
    "please",
    "leave",
    "wrong",
    "optme",
    "takeme",
    "dont",
)
_CLOSERS = frozenset(
    ("me", "us", "off", "out", "now", "please", "pls", "plz", "alone", "number", "text")
)


def _number(value: int) -> str:
    if 10 <= value <= 17:
        return CHILD_AGE
    return SMALL_NUMBER if 3 <= value <= 9 else NUMBER


def _squeeze(word: str) -> str:
    return _RUN.sub(r"\1", word)


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
