"""A Notify template: its placeholders, the text one recipient gets, and what that text costs.

Reads and fills templates as GOV.UK Notify does (contract sections 10 and 12), so that what is shown
before sending is what is sent.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from outreach.domain.errors import Incomplete
from outreach.domain.gsm import (
    EXTENDED,
    MAX_LENGTH,
    Sanitised,
    count_extended,
    fragment_count,
    fragments_of,
    is_unicode,
    message_length,
    one_for_one,
    sanitise,
    tidy,
)

__all__ = [
    "MAX_LENGTH",
    "SERVICE_PLACEHOLDERS",
    "CompiledTemplate",
    "Counted",
    "Measured",
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


_BETWEEN = "\x1f"
_WORD_CHARACTER = "x"
_ORDINARY_CHARACTERS = "".join(sorted(one_for_one() - frozenset(EXTENDED) - frozenset(" \n\r\x1b")))
_WORD = f"(?![,.])[{re.escape(_ORDINARY_CHARACTERS)}]+"
_ORDINARY = re.compile(f"(?:{_WORD}(?: {_WORD})*)(?:{_BETWEEN}{_WORD}(?: {_WORD})*)*")


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


class Measured(NamedTuple):
    """What a text costs. `length` leaves the service-name prefix out, `fragments` has it in.

    `replaced` are the characters that became `?`.
    """

    length: int
    fragments: int
    replaced: tuple[str, ...] = ()
    is_unicode: bool = False

    @property
    def is_too_long(self) -> bool:
        return self.length > MAX_LENGTH

    @property
    def is_empty(self) -> bool:
        return self.length == 0


class Counted(NamedTuple):
    """A text as Notify sends it, with the service-name prefix if there is one, and its measures."""

    text: str
    measured: Measured

    @property
    def length(self) -> int:
        return self.measured.length

    @property
    def fragments(self) -> int:
        return self.measured.fragments


class CompiledTemplate:
    """A template read once, to be filled many thousand times.

    `placeholders` are all its names; `gaps` those left open after `fixed` (one value for everybody,
    or samples of the link and code), in the order in which `count` wants values. `prefix` is the
    service name where Notify puts it before every text. `measure_ordinary` gives the measures
    alone, far quicker than `count`, or None where the values are not ordinary.
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
        self.prefix_length = message_length(self._prefix)
        self._pieces = tuple(self._with_fixed(known))
        self.measure_ordinary = self._ordinary_sums()

    def _with_fixed(self, known: Mapping[str, str]) -> Iterator[str | tuple[int, Placeholder]]:
        """Literal texts, and the open gaps with their place among `gaps`."""
        for piece in split(self.body):
            if isinstance(piece, str):
                yield piece
            elif piece.key in known:
                yield piece.fill(known[piece.key])
            else:
                yield self.keys.index(piece.key), piece

    def _ordinary_sums(self) -> Callable[[Sequence[str]], Measured | None]:
        """The quick way, closed where a gap is conditional: its value is then not in the text."""
        gaps = [piece for piece in self._pieces if not isinstance(piece, str)]
        if any(gap.shown_text is not None for _, gap in gaps):
            return lambda _: None
        filled = [place for place, _ in gaps]
        return _OrdinarySums(self, [filled.count(place) for place in range(len(self.gaps))]).measure

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

    def tidied(self, values: Sequence[str]) -> str:
        """With the prefix, white space cleaned up, not yet sanitised."""
        return tidy(self._prefix + self.fill(values))

    def render_and_count(self, values: Mapping[str, str]) -> Counted:
        """Raises MissingPersonalisation where `values` leaves a gap open."""
        return self.count(self.ordered(values))

    def count(self, values: Sequence[str]) -> Counted:
        """The text and its measures. `values` follow `gaps`."""
        raw = self.tidied(values)
        text, replaced, _ = sanitise(raw)
        length = len(text)  # all that is kept takes one UTF-16 unit
        has_unicode = is_unicode(raw)
        fragments = fragments_of(length, count_extended(raw), has_unicode)
        within = max(length - self.prefix_length, 0)
        return Counted(text, Measured(within, fragments, replaced, has_unicode))


class _OrdinarySums:
    """A template's own share of the length, and what each of its gaps adds to it.

    Ordinary values are words with single spaces between, of characters that arrive as one each:
    nothing in the text is tidied away or lost because of them, so that their lengths add up.
    """

    def __init__(self, template: CompiledTemplate, weights: Sequence[int]) -> None:
        raw = template.tidied([_WORD_CHARACTER] * len(weights))
        text, self._replaced, _ = sanitise(raw)
        self._own = message_length(text) - sum(weights)
        self._own_extended = count_extended(raw)
        self._is_unicode = is_unicode(raw)
        self._prefix = template.prefix_length
        self._weights = None if set(weights) <= {1} else tuple(weights)
        self._joints = max(len(weights) - 1, 0)
        self._seen: tuple[dict[int, Measured], dict[int, Measured]] = ({}, {})

    def measure(self, values: Sequence[str]) -> Measured | None:
        joined = _BETWEEN.join(values)
        if values and _ORDINARY.fullmatch(joined) is None:
            return None
        if self._weights is None:
            added = len(joined) - self._joints
        else:
            added = sum(n * len(value) for n, value in zip(self._weights, values, strict=True))
        has_unicode = self._is_unicode or (not joined.isascii() and is_unicode(joined))
        return self._seen[has_unicode].get(added) or self._remember(added, has_unicode)

    def _remember(self, added: int, has_unicode: bool) -> Measured:
        length = self._own + added
        fragments = fragments_of(length, self._own_extended, has_unicode)
        within = max(length - self._prefix, 0)
        measured = Measured(within, fragments, self._replaced, has_unicode)
        self._seen[has_unicode][added] = measured
        return measured
