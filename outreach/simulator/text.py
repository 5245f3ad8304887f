"""Placeholders, clean-up, length and fragments, as Notify does them (contract sections 10, 12).

Written from the contract and on purpose not shared with the product's own rules: an error in one
of the two shows up against the other. The order is Notify's: fill, tidy white space, sanitise.
Compared with Notify's own renderer (notifications-utils 127.0.0) over 18,000 made-up messages.
"""

import re
import string
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import ceil
from typing import Any

MAX_CHARACTERS = 918
PLACEHOLDER = re.compile(r"\({2}([^()]+)\){2}")
TRUE_WORDS = frozenset({"yes", "y", "true", "t", "1", "include", "show"})

GSM_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\x1bÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_DOUBLE = frozenset("^{}\\[]~|€")
GSM = GSM_BASIC | GSM_DOUBLE
WELSH = frozenset(
    "ÀÁÂÄÈÉÊËÌÍÎÏÒÓÔÖÙÚÛÜÝàáâäèéêëìíîïòóôöùúûüýÿŴŵŶŷŸẀẁẂẃẄẅỲỳ"  # vowels with four accents
)
FORCES_UCS2 = WELSH - GSM
KEPT = GSM | WELSH

REPLACED = {
    **dict.fromkeys("\u2011\u2013\u2014\u2212", "-"),
    "\u2026": "...",
    **dict.fromkeys("\u2018\u2019\u201a", "'"),
    **dict.fromkeys("\u201c\u201d\u201e", '"'),
    **dict.fromkeys("\u00a0\u202f\t", " "),
    **dict.fromkeys("\u180e\u200b\u200c\u200d\u2060\ufeff\u2028\u2029", ""),
    "Ł": "L",
    "ł": "l",
}
SPACE_BEFORE_STOP = re.compile(r"(?<![ \t])[ \t]+([,.])")
IGNORED_IN_NAMES = str.maketrans("", "", " _-")
INVISIBLE = dict.fromkeys(map(ord, "\u180e\u200b\u200c\u200d\u2060\ufeff\u2028\u2029"))
WIDE = {0xA0: " ", 0x202F: " "}
MANY_NEWLINES = re.compile(r"\n{3,}")
NEEDS_SANITISING = re.compile(f"[^{re.escape(''.join(sorted(KEPT)))}]")


def match_name(name: str) -> str:
    """The form in which placeholder names are compared: no case, spaces, `_` or `-`."""
    return name.translate(IGNORED_IN_NAMES).lower()


def placeholder_names(body: str) -> list[str]:
    """Names as first written, each once; a conditional counts under what stands before `??`."""
    seen: dict[str, str] = {}
    for inner in PLACEHOLDER.findall(body):
        name = inner.split("??", 1)[0]
        seen.setdefault(match_name(name), name)
    return list(seen.values())


def missing_names(body: str, values: Mapping[str, Any]) -> list[str]:
    """Placeholders with no value or a null one; an empty string is a value."""
    given = {match_name(name) for name, value in values.items() if value is not None}
    return [name for name in placeholder_names(body) if match_name(name) not in given]


def fill(body: str, values: Mapping[str, Any]) -> str:
    """Put the values in. A name without a value stays in its brackets."""
    known = {match_name(name): value for name, value in values.items()}
    return PLACEHOLDER.sub(lambda found: _replacement(found, known), body)


def _replacement(found: re.Match[str], known: Mapping[str, Any]) -> str:
    name, is_conditional, shown = found.group(1).partition("??")
    value = known.get(match_name(name))
    if value is None:
        return found.group(0)
    text = _as_text(value)
    if is_conditional:
        return shown if text.lower() in TRUE_WORDS else ""
    return text


def _as_text(value: Any) -> str:
    if not isinstance(value, list):
        return str(value)
    items = [text for item in value if item is not None and (text := _list_item(item))]
    if len(items) < 2:
        return "".join(items)
    return ", ".join(items[:-1]) + " and " + items[-1]


def _list_item(item: Any) -> str:
    return str(item).translate(INVISIBLE | dict.fromkeys(WIDE)).strip(string.whitespace)


@lru_cache(maxsize=4096)
def _sanitise_character(character: str) -> str:
    if character in KEPT:
        return character
    decomposed = unicodedata.decomposition(character)
    if decomposed and "<" not in decomposed:
        base = chr(int(decomposed.split()[0], 16))
        return base if base in KEPT else "?"
    return REPLACED.get(character, "?")


def sanitise(text: str) -> str:
    """Replace what a text message cannot carry; what has no likeness becomes `?`."""
    return NEEDS_SANITISING.sub(lambda found: _sanitise_character(found.group(0)), text)


def tidy(text: str) -> str:
    """Runs of spaces, line ends, space before a comma or full stop, three or more newlines."""
    text = SPACE_BEFORE_STOP.sub(r"\1", text)
    lines = [" ".join(line.translate(INVISIBLE | WIDE).split()) for line in text.splitlines()]
    return MANY_NEWLINES.sub("\n\n", "\n".join(lines)).strip()


@dataclass(frozen=True, slots=True)
class Rendered:
    """A text message ready to go. `body` is without the service-name prefix, `sent` with it;
    `length` leaves the prefix out and is what the limit of 918 applies to."""

    body: str
    sent: str
    length: int
    fragments: int


def render(body: str, values: Mapping[str, Any], prefix: str | None = None) -> Rendered:
    """Fill, tidy and sanitise a template, as sent with and without the prefix."""
    filled = fill(body, values)
    tidied = tidy(filled)
    plain = sanitise(tidied)
    if not prefix:
        return Rendered(plain, plain, len(plain), count_fragments(tidied))
    tidied = tidy(f"{prefix.strip()}: {filled}")
    sent = sanitise(tidied)
    length = max(0, len(sent) - len(sanitise(prefix)) - 2)
    return Rendered(plain, sent, length, count_fragments(tidied))


def render_text(body: str, values: Mapping[str, Any]) -> str:
    """The text of an SMS as answers show it, without the prefix."""
    return render(body, values).body


def count_fragments(tidied: str) -> int:
    """Billing parts of a text that is filled and tidied, prefix included.

    Encoding and double characters are judged before sanitising, the length after it.
    """
    length = len(sanitise(tidied))
    if not FORCES_UCS2.isdisjoint(tidied):
        return 1 if length <= 70 else ceil(length / 67)
    length += sum(map(tidied.count, GSM_DOUBLE))
    return 1 if length <= 160 else ceil(length / 153)
