"""Placeholders, clean-up, length and fragments, as Notify does them (contract sections 10, 12).

Written from the contract alone and on purpose not shared with the product's own rules: an error
in one of the two shows up against the other.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from math import ceil
from typing import Any

MAX_CHARACTERS = 918
PLACEHOLDER = re.compile(r"\({2}([^()]+)\){2}")
TRUE_WORDS = frozenset({"yes", "y", "true", "t", "1", "include", "show"})

GSM_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
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
    **dict.fromkeys("\u2010\u2011\u2013\u2014\u2212", "-"),
    "\u2026": "...",
    **dict.fromkeys("\u2018\u2019\u201a", "'"),
    **dict.fromkeys("\u201c\u201d\u201e", '"'),
    **dict.fromkeys("\u00a0\u202f\t", " "),
    **dict.fromkeys("\u180e\u200b\u200c\u200d\u2060\ufeff\u2028\u2029", ""),
    "Ł": "L",
    "ł": "l",
}
SPACES = re.compile(r"[^\S\n]+")
SPACE_BEFORE_STOP = re.compile(r"[ \t]+([,.])")
MANY_NEWLINES = re.compile(r"\n{3,}")
NEEDS_SANITISING = re.compile(f"[^{re.escape(''.join(sorted(KEPT)))}]")


def match_name(name: str) -> str:
    """The form in which placeholder names are compared: no case, spaces, `_` or `-`."""
    return re.sub(r"[\s_-]", "", name).lower()


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
    items = [text for item in value if item is not None and (text := str(item).strip())]
    if len(items) < 2:
        return "".join(items)
    return ", ".join(items[:-1]) + " and " + items[-1]


@lru_cache(maxsize=4096)
def _sanitise_character(character: str) -> str:
    if character in KEPT:
        return character
    if character in REPLACED:
        return REPLACED[character]
    decomposed = unicodedata.decomposition(character)
    if decomposed and "<" not in decomposed:
        base = chr(int(decomposed.split()[0], 16))
        if base in GSM:
            return base
    return "?"


def sanitise(text: str) -> str:
    """Replace what a text message cannot carry; what has no likeness becomes `?`."""
    return NEEDS_SANITISING.sub(lambda found: _sanitise_character(found.group(0)), text)


def tidy(text: str) -> str:
    """Runs of spaces, line ends, space before a comma or full stop, three or more newlines."""
    text = SPACE_BEFORE_STOP.sub(r"\1", text)
    lines = [SPACES.sub(" ", line).strip() for line in text.splitlines()]
    return MANY_NEWLINES.sub("\n\n", "\n".join(lines)).strip()


def render_text(body: str, values: Mapping[str, Any]) -> str:
    """The text of an SMS as the 201 shows it: filled, sanitised, tidied, without the prefix."""
    return tidy(sanitise(fill(body, values)))


def with_prefix(text: str, prefix: str | None) -> str:
    """What is really sent: the service's name may go in front (contract section 12)."""
    return f"{prefix.strip()}: {text}" if prefix else text


def count_fragments(text: str) -> int:
    """Billing parts of a sanitised text, prefix included."""
    if FORCES_UCS2.isdisjoint(text):
        length = len(text) + sum(text.count(character) for character in GSM_DOUBLE)
        single, many = 160, 153
    else:
        length, single, many = len(text), 70, 67
    return 1 if length <= single else ceil(length / many)
