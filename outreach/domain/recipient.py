"""Judging a list row by row: a recipient who may be texted, or a named reason why not.

Pure and streaming. What only the database knows (opt-outs, holds, the frequency cap, earlier lists)
comes in through `known`, asked in bulk.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from outreach.domain.list_file import Columns, match_columns
from outreach.domain.phone import Mobile, PhoneProblem, PhoneReason, mask, parse_mobile
from outreach.domain.refusal import RefusalReason, describe
from outreach.domain.template import CompiledTemplate, Counted

__all__ = ["Known", "RefusalReason", "RowChecker", "RowVerdict", "check_rows", "describe"]

Known = Callable[[Sequence[str]], Mapping[str, RefusalReason]]
"""Given numbers in E.164, why some of them must not be texted. Numbers that may be are left out."""

BATCH = 2_000
"""Rows judged before `known` is asked about all of them at once."""
_INVISIBLE = str.maketrans("", "", "\u00ad\u180e\u200b\u200c\u200d\u2060\ufeff\u2028\u2029")


class RowVerdict(NamedTuple):
    """What becomes of one row. `reason` is None where it will be texted; `why` is then empty.

    `values` follow the template's `gaps`. `replaced` are the characters the recipient would see as
    `?`. `kept_row` is the earlier row with the same number that is texted instead.
    """

    row: int
    masked: str
    mobile: Mobile | None
    reason: RefusalReason | None = None
    why: str = ""
    phone_reason: PhoneReason | None = None
    values: tuple[str, ...] = ()
    length: int = 0
    fragments: int = 0
    replaced: tuple[str, ...] = ()
    is_unicode: bool = False
    kept_row: int | None = None

    @property
    def is_accepted(self) -> bool:
        return self.reason is None


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
        self._wanted = columns.wanted
        self._template = template
        self._first_rows: dict[str, int] = {}

    def check(self, row: int, cells: Sequence[str]) -> RowVerdict:
        """`cells` must be as many as the header's. A number counts as seen once its row is good."""
        raw = cells[self._phone]
        number = parse_mobile(raw)
        if isinstance(number, PhoneProblem):
            return _refused_number(row, raw, number)
        verdict = self._judge_message(row, number, cells)
        if verdict.reason is not None:
            return verdict
        first = self._first_rows.setdefault(number.e164, row)
        return verdict if first == row else _duplicate(verdict, first)

    def _judge_message(self, row: int, mobile: Mobile, cells: Sequence[str]) -> RowVerdict:
        masked = mask(mobile.e164)
        if self._template is None:
            return RowVerdict(row, masked, mobile)
        values = tuple(_value(cells, places) for places in self._wanted)
        counted = self._template.count(values)
        verdict = RowVerdict(
            row,
            masked,
            mobile,
            values=values,
            length=counted.length,
            fragments=counted.fragments,
            replaced=counted.replaced,
            is_unicode=counted.is_unicode,
        )
        return _judge_text(verdict, counted, self._template.gaps)


def _refused_number(row: int, raw: str, problem: PhoneProblem) -> RowVerdict:
    is_landline = problem.reason is PhoneReason.LANDLINE
    reason = RefusalReason.LANDLINE if is_landline else RefusalReason.INVALID
    return RowVerdict(row, mask(raw), None, reason, problem.detail, problem.reason)


def _judge_text(verdict: RowVerdict, counted: Counted, gaps: Sequence[str]) -> RowVerdict:
    """An empty cell counts as missing, as in Notify's own upload (contract section 13)."""
    empty = [name for name, value in zip(gaps, verdict.values, strict=True) if not value]
    if empty:
        why = f"There is nothing in the column {' or '.join(f'“{name}”' for name in empty)}."
        return verdict._replace(reason=RefusalReason.MISSING_PLACEHOLDER, why=why)
    if counted.is_too_long:
        return refuse(verdict, RefusalReason.TOO_LONG)
    return refuse(verdict, RefusalReason.EMPTY_MESSAGE) if counted.is_empty else verdict


def _duplicate(verdict: RowVerdict, first: int) -> RowVerdict:
    why = f"The same number is in row {first}, which is used with what it says."
    return verdict._replace(reason=RefusalReason.DUPLICATE, why=why, kept_row=first)


def _value(cells: Sequence[str], places: Sequence[int]) -> str:
    """The cell, or where the column is repeated its cells joined as Notify joins a list."""
    filled = [value for place in places if (value := clean_cell(cells[place]))]
    if len(filled) < 2:
        return filled[0] if filled else ""
    return f"{', '.join(filled[:-1])} and {filled[-1]}"


def clean_cell(text: str) -> str:
    """Without space at the ends and without characters nobody sees."""
    return text.strip() if text.isascii() else text.translate(_INVISIBLE).strip()
