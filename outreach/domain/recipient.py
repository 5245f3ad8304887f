"""Judging a list row by row: a recipient who may be texted, or a named reason why not.

Pure and streaming. What only the database knows (opt-outs, holds, the frequency cap, earlier lists)
comes in through `known`, asked in bulk.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from operator import itemgetter
from typing import NamedTuple

from outreach.domain.list_file import Columns, match_columns
from outreach.domain.phone import Mobile, PhoneProblem, PhoneReason, mask, parse_mobile
from outreach.domain.refusal import RefusalReason, describe
from outreach.domain.template import MAX_LENGTH, CompiledTemplate, Measured

__all__ = ["Known", "RefusalReason", "RowChecker", "RowVerdict", "check_rows", "describe"]

Known = Callable[[Sequence[str]], Mapping[str, RefusalReason]]
"""Given numbers in E.164, why some of them must not be texted. Numbers that may be are left out."""

BATCH = 2_000
"""Rows judged before `known` is asked about all of them at once."""
NOT_MEASURED = Measured(0, 0)
_NO_FAULT = (None, "", None)
"""The last fields of a verdict that is good."""
_INVISIBLE = str.maketrans("", "", "\u00ad\u180e\u200b\u200c\u200d\u2060\ufeff\u2028\u2029")


class RowVerdict(NamedTuple):
    """What becomes of one row. `reason` is None where it will be texted; `why` is then empty.

    `values` follow the template's `gaps`. `kept_row` is the earlier row with the same number that
    is texted instead. `unreadable` is the masked cell where there is no `mobile`.
    """

    row: int
    mobile: Mobile | None
    reason: RefusalReason | None = None
    why: str = ""
    values: tuple[str, ...] = ()
    measured: Measured = NOT_MEASURED
    phone_reason: PhoneReason | None = None
    unreadable: str = ""
    kept_row: int | None = None

    @property
    def is_accepted(self) -> bool:
        return self.reason is None

    @property
    def masked(self) -> str:
        return self.mobile.masked if self.mobile else self.unreadable

    @property
    def fragments(self) -> int:
        return self.measured.fragments

    @property
    def length(self) -> int:
        return self.measured.length

    def __repr__(self) -> str:
        """Without number and details, as a verdict may end up in a log."""
        return f"RowVerdict(row={self.row}, masked={self.masked!r}, reason={self.reason!s})"


def check_rows(
    rows: Iterable[tuple[int, Sequence[str]]],
    header: Sequence[str],
    template: CompiledTemplate | None = None,
    *,
    known: Known | None = None,
) -> Iterator[RowVerdict]:
    """One verdict per row, in order. Raises FileRefused where the header lacks a column.

    `rows` are row numbers with cells as wide as the header. What `known` says of a number outranks
    whatever is wrong with the row itself: the person's wish comes first.
    """
    checker = RowChecker(match_columns(header, template.gaps if template else None), template)
    if known is None:
        return (checker.check(row, cells) for row, cells in rows)
    return _check_in_batches(iter(rows), checker, known)


def _check_in_batches(
    rows: Iterator[tuple[int, Sequence[str]]], checker: "RowChecker", known: Known
) -> Iterator[RowVerdict]:
    while batch := [checker.check(row, cells) for row, cells in islice(rows, BATCH)]:
        yield from apply_known(batch, known)


def apply_known(verdicts: Sequence[RowVerdict], known: Known) -> Iterator[RowVerdict]:
    """The verdicts, with those refused whose number `known` gives a reason for."""
    numbers = dict.fromkeys(verdict.mobile.e164 for verdict in verdicts if verdict.mobile)
    reasons = known(tuple(numbers)) if numbers else {}
    for verdict in verdicts:
        reason = reasons.get(verdict.mobile.e164) if verdict.mobile else None
        yield verdict if reason is None else refuse(verdict, reason)


def refuse(verdict: RowVerdict, reason: RefusalReason) -> RowVerdict:
    return verdict._replace(reason=reason, why=describe(reason).sentence, kept_row=None)


class RowChecker:
    """Judges rows by what is in the list alone, remembering the numbers it has seen."""

    def __init__(self, columns: Columns, template: CompiledTemplate | None = None) -> None:
        self._phone = columns.phone
        self._pick = _picker(columns.wanted)
        self._template = template or CompiledTemplate("")
        self._measure = self._template.measure_ordinary
        self._has_message = template is not None
        self._first_rows: dict[str, int] = {}

    def check(self, row: int, cells: Sequence[str]) -> RowVerdict:
        """`cells` must be as many as the header's. A number counts as seen once its row is good."""
        number = parse_mobile(cells[self._phone])
        if isinstance(number, PhoneProblem):
            return _refused_number(row, cells[self._phone], number)
        verdict = self._judge(row, number, cells) if self._has_message else RowVerdict(row, number)
        if verdict.reason is not None:
            return verdict
        first = self._first_rows.setdefault(number.e164, row)
        return verdict if first == row else _duplicate(verdict, first)

    def _judge(self, row: int, mobile: Mobile, cells: Sequence[str]) -> RowVerdict:
        """The usual verdict is made without the named constructor, which takes twice the time."""
        values = self._pick(cells)
        measured = self._measure(values)
        if measured is not None and measured.length <= MAX_LENGTH:
            return tuple.__new__(RowVerdict, (row, mobile, None, "", values, measured, *_NO_FAULT))
        return self._judge_unusual(RowVerdict(row, mobile, values=tuple(map(clean_cell, values))))

    def _judge_unusual(self, verdict: RowVerdict) -> RowVerdict:
        """An empty cell counts as missing, as in Notify's own upload (contract section 13)."""
        pairs = zip(self._template.gaps, verdict.values, strict=True)
        if empty := [name for name, value in pairs if not value]:
            why = f"There is nothing in the column {' or '.join(f'“{name}”' for name in empty)}."
            return verdict._replace(reason=RefusalReason.MISSING_PLACEHOLDER, why=why)
        verdict = verdict._replace(measured=self._template.count(verdict.values).measured)
        if verdict.measured.is_too_long:
            return refuse(verdict, RefusalReason.TOO_LONG)
        return (
            refuse(verdict, RefusalReason.EMPTY_MESSAGE) if verdict.measured.is_empty else verdict
        )


def _picker(wanted: Sequence[Sequence[int]]) -> Callable[[Sequence[str]], tuple[str, ...]]:
    """Takes the cells that fill the gaps out of a row, in the quickest way there is."""
    places = [found[0] for found in wanted if len(found) == 1]
    if len(places) < len(wanted):
        return lambda cells: tuple(_value(cells, found) for found in wanted)
    if len(places) > 1:
        return itemgetter(*places)
    return lambda cells: tuple(cells[place] for place in places)


def _refused_number(row: int, raw: str, problem: PhoneProblem) -> RowVerdict:
    is_landline = problem.reason is PhoneReason.LANDLINE
    return RowVerdict(
        row,
        None,
        RefusalReason.LANDLINE if is_landline else RefusalReason.INVALID,
        problem.detail,
        phone_reason=problem.reason,
        unreadable=mask(raw),
    )


def _duplicate(verdict: RowVerdict, first: int) -> RowVerdict:
    why = f"The same number is in row {first}, which is used with what it says."
    return verdict._replace(reason=RefusalReason.DUPLICATE, why=why, kept_row=first)


def _value(cells: Sequence[str], places: Sequence[int]) -> str:
    """The cells of a repeated column joined, as Notify joins a list (contract section 13)."""
    filled = [value for place in places if (value := clean_cell(cells[place]))]
    if len(filled) < 2:
        return filled[0] if filled else ""
    return f"{', '.join(filled[:-1])} and {filled[-1]}"


def clean_cell(text: str) -> str:
    """Without space at the ends and without characters nobody sees."""
    return text.strip() if text.isascii() else text.translate(_INVISIBLE).strip()
