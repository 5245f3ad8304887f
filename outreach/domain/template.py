"""A Notify template: its placeholders, the text one recipient gets, and what that text costs.

Reads and fills templates as GOV.UK Notify does (contract sections 10 and 12), so that what is shown
before sending is what is sent.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from outreach.domain.errors import Incomplete
from outreach.domain.gsm import (
    MAX_LENGTH,
    Sanitised,
    count_extended,
    fragment_count,
    fragments_of,
    is_unicode,
    message_length,
    sanitise,
    tidy,
)

__all__ = [
    "MAX_LENGTH",
    "SERVICE_PLACEHOLDERS",
    "CompiledTemplate",
    "Counted",
    "MissingPersonalisation",
    "Placeholder",
    "Sanitised",
    "fragment_count",
    "is_unicode",
    "message_length",
    "normalise_key",
    "placeholders",
    "render",
    "sanitise",
    "split",
]

SERVICE_PLACEHOLDERS = frozenset({"link", "code"})
"""Filled by this service with the recipient's referral link and code; never columns of a list."""

_PLACEHOLDER = re.compile(r"\({2}([^()]+)\){2}")
_SHOW = frozenset({"yes", "y", "true", "t", "1", "include", "show"})
_IGNORED_IN_KEYS = str.maketrans(
    "", "", " _-\t\r\n\u00a0\u202f\u00ad\u180e\u200b\u200c\u200d\u2060\ufeff\u2028\u2029"
)


class MissingPersonalisation(Incomplete):
    """Some placeholders have no value. `names` are as the template writes them."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(f"There is no value for {', '.join(names)}.")
        self.names = tuple(names)


class Placeholder(NamedTuple):
    """One gap of a template. `shown_text` is None for a plain one, else what a true value shows."""

    name: str
    shown_text: str | None

    @property
    def key(self) -> str:
        return normalise_key(self.name)

    def fill(self, value: str) -> str:
        if self.shown_text is None:
            return value
        return self.shown_text if value.lower() in _SHOW else ""


def normalise_key(name: str) -> str:
    """A column's or placeholder's name as compared: no case, spaces, `_`, `-` or invisibles."""
    return name.translate(_IGNORED_IN_KEYS).lower()


def split(body: str) -> Iterator[str | Placeholder]:
    """The body as literal texts and placeholders in turn: text, gap, text, … text."""
    pieces = _PLACEHOLDER.split(body)
    for index, piece in enumerate(pieces):
        if index % 2 == 0:
            yield piece
        else:
            name, conditional, shown = piece.partition("??")
            yield Placeholder(name, shown if conditional else None)


def placeholders(body: str) -> tuple[str, ...]:
    """Each name once, as first written, conditional ones included. Spelling as `normalise_key`."""
    found: dict[str, str] = {}
    for piece in split(body):
        if isinstance(piece, Placeholder):
            found.setdefault(piece.key, piece.name)
    return tuple(found.values())


def render(body: str, values: Mapping[str, str]) -> str:
    """The text as Notify sends it, without a service-name prefix. Keys match as Notify's do.

    Raises MissingPersonalisation where a placeholder has no value; an empty value is one.
    """
    return CompiledTemplate(body).render_and_count(values).text


class Counted(NamedTuple):
    """A text as Notify sends it, with the service-name prefix if there is one.

    `length` leaves the prefix out, `fragments` has it in. `replaced` are what became `?`.
    """

    text: str
    length: int
    fragments: int
    replaced: tuple[str, ...]
    is_unicode: bool

    @property
    def is_too_long(self) -> bool:
        return self.length > MAX_LENGTH

    @property
    def is_empty(self) -> bool:
        return self.length == 0


class CompiledTemplate:
    """A template read once, to be filled many thousand times.

    `placeholders` are all its names; `gaps` those left open after `fixed` (one value for everybody,
    or samples of the link and code), in the order in which `count` wants values. `prefix` is the
    service name where Notify puts it before every text.
    """

    def __init__(
        self, body: str, *, prefix: str = "", fixed: Mapping[str, str] | None = None
    ) -> None:
        self.body = body
        self.placeholders = placeholders(body)
        known = {normalise_key(name): value for name, value in (fixed or {}).items()}
        self.gaps = tuple(name for name in self.placeholders if normalise_key(name) not in known)
        self.keys = tuple(normalise_key(name) for name in self.gaps)
        self._prefix = f"{prefix.strip()}: " if prefix.strip() else ""
        self._prefix_length = message_length(self._prefix)
        self._pieces = tuple(self._with_fixed(known))

    def _with_fixed(self, known: Mapping[str, str]) -> Iterator[str | tuple[int, Placeholder]]:
        """Literal texts, and the open gaps with their place among `gaps`."""
        for piece in split(self.body):
            if isinstance(piece, str):
                yield piece
            elif piece.key in known:
                yield piece.fill(known[piece.key])
            else:
                yield self.keys.index(piece.key), piece

    def ordered(self, values: Mapping[str, str]) -> tuple[str, ...]:
        """The values in the order of `gaps`, whatever the spelling of their names.

        Raises MissingPersonalisation.
        """
        by_key = {normalise_key(name): value for name, value in values.items()}
        pairs = zip(self.gaps, self.keys, strict=True)
        missing = [name for name, key in pairs if key not in by_key]
        if missing:
            raise MissingPersonalisation(missing)
        return tuple(by_key[key] for key in self.keys)

    def fill(self, values: Sequence[str]) -> str:
        """The body with its gaps filled, neither tidied nor sanitised, without prefix."""
        return "".join(
            piece if isinstance(piece, str) else piece[1].fill(values[piece[0]])
            for piece in self._pieces
        )

    def render_and_count(self, values: Mapping[str, str]) -> Counted:
        """Raises MissingPersonalisation where `values` leaves a gap open."""
        return self.count(self.ordered(values))

    def count(self, values: Sequence[str]) -> Counted:
        """The text and its measures. `values` follow `gaps`."""
        raw = tidy(self._prefix + self.fill(values))
        text, replaced, _ = sanitise(raw)
        length = message_length(text)
        has_unicode = is_unicode(raw)
        fragments = fragments_of(length, count_extended(raw), has_unicode)
        return Counted(text, max(length - self._prefix_length, 0), fragments, replaced, has_unicode)
