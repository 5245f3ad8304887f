"""How a text travels: which characters survive, what replaces the rest, what is billed.

The rules are GOV.UK Notify's (contract section 10): what it keeps, downgrades and turns into `?`,
and what it counts. The alphabet is that of 3GPP TS 23.038.
"""

import re
import unicodedata
from typing import NamedTuple

MAX_LENGTH = 918
"""Characters of a sanitised text without the service-name prefix; over it Notify answers 400."""

BASIC = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\x1bÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED = "^{}\\[~]|€"
"""In GSM-7 these take two places each in a fragment, but one towards MAX_LENGTH."""

_ACCENTS = "\u0300\u0301\u0308\u0302"  # grave, acute, diaeresis, circumflex
_WELSH = frozenset(
    unicodedata.normalize("NFC", vowel + accent)
    for vowel in "aeiouwyAEIOUWY"
    for accent in _ACCENTS
)
UNICODE_ONLY = _WELSH - frozenset(BASIC)
"""Accented vowels that Notify keeps although they force the whole text into UCS-2."""
KEPT = frozenset(BASIC) | frozenset(EXTENDED) | UNICODE_ONLY

_DOWNGRADES = {
    **dict.fromkeys("\u2011\u2013\u2014\u2212", "-"),
    "\u2026": "...",
    **dict.fromkeys("\u2018\u2019\u201a", "'"),
    **dict.fromkeys("\u201c\u201d\u201e", '"'),
    **dict.fromkeys("\u180e\u200b\u200c\u200d\u2060\ufeff\u2028\u2029", ""),
    **dict.fromkeys("\u00a0\u202f\t", " "),
    "\u0141": "L",
    "\u0142": "l",
}
LOST = "?"

_ONE_GSM, _MORE_GSM = 160, 153
_ONE_UCS2, _MORE_UCS2 = 70, 67
_UNICODE = re.compile("[" + "".join(sorted(UNICODE_ONLY)) + "]")
_EXTENDED = re.compile("[" + re.escape(EXTENDED) + "]")
_NOT_KEPT = re.compile("[^" + re.escape("".join(sorted(KEPT))) + "]")


class Sanitised(NamedTuple):
    """A text as Notify would send it.

    `replaced` are the characters that became `?`, `downgraded` those that became plainer ones; each
    once, in the order they first stand.
    """

    text: str
    replaced: tuple[str, ...]
    downgraded: tuple[str, ...]


def plainer(character: str) -> str | None:
    """What Notify sends for a character it does not keep, or None where it sends `?`."""
    parts = unicodedata.decomposition(character).split()
    if not parts or parts[0].startswith("<"):
        return _DOWNGRADES.get(character)
    base = chr(int(parts[0], 16))
    return base if base in KEPT else None


def one_for_one() -> frozenset[str]:
    """The characters of European writing that arrive as themselves or as one plainer character."""
    letters = map(chr, (*range(0xC0, 0x250), *range(0x1E00, 0x1F00), *range(0x2010, 0x2020)))
    return KEPT | {letter for letter in letters if len(plainer(letter) or "") == 1}


def sanitise(text: str) -> Sanitised:
    """Character by character, as Notify does before it counts. White space is `tidy`'s affair."""
    foreign = tuple(dict.fromkeys(_NOT_KEPT.findall(text)))
    if not foreign:
        return Sanitised(text, (), ())
    replaced: list[str] = []
    downgraded: list[str] = []
    for character in foreign:
        sent = plainer(character)
        (downgraded if sent is not None else replaced).append(character)
        text = text.replace(character, LOST if sent is None else sent)
    return Sanitised(text, tuple(replaced), tuple(downgraded))


_BEFORE_PUNCTUATION = re.compile(r"(?<![ \t])[ \t]+([,.])")
_WIDE_GAPS = str.maketrans(
    {"\u00a0": " ", "\u202f": " "}
    | dict.fromkeys("\u180e\u200b\u200c\u200d\u2060\ufeff\u2028\u2029", "")
)
_UNTIDY = re.compile(r"[^\S \n]|[\u180e\u200b-\u200d\u2060\ufeff]| [ \n,.]|\n |\n\n\n|\A\s|\s\Z")
_EMPTY_LINES = re.compile(r"\n{3,}")


def tidy(text: str) -> str:
    """White space as Notify cleans it: runs, line ends, before `,` and `.`, empty lines."""
    if not _UNTIDY.search(text):
        return text
    text = _BEFORE_PUNCTUATION.sub(r"\1", text)
    lines = (" ".join(line.translate(_WIDE_GAPS).split()) for line in text.splitlines())
    return _EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip()


def is_unicode(text: str) -> bool:
    """Whether a character makes the whole text UCS-2, which more than doubles its fragments."""
    return bool(_UNICODE.search(text))


def message_length(text: str) -> int:
    """Characters as Notify counts them towards MAX_LENGTH: UTF-16 units of the sanitised text."""
    return len(sanitise(text).text.encode("utf-16-le")) // 2


def fragment_count(text: str) -> int:
    """The fragments billed for a text, sanitised first. An empty text counts one, as at Notify.

    Notify judges the encoding by the text before it is sanitised, and so do we.
    """
    return fragments_of(message_length(text), len(_EXTENDED.findall(text)), is_unicode(text))


def fragments_of(length: int, extended: int, has_unicode: bool) -> int:
    """Fragments from the characters, how many are EXTENDED, whether any forces UCS-2."""
    if has_unicode:
        return 1 if length <= _ONE_UCS2 else -(-length // _MORE_UCS2)
    places = length + extended
    return 1 if places <= _ONE_GSM else -(-places // _MORE_GSM)


def count_extended(text: str) -> int:
    return len(_EXTENDED.findall(text))
