"""The report on a whole list: who will be texted, who not and why, and what it costs."""

from collections import Counter
from dataclasses import dataclass, field

from outreach.domain.cost import CostSummary, Tariff, billed_fragments
from outreach.domain.phone import Mobile, PhoneReason
from outreach.domain.recipient import RowVerdict
from outreach.domain.refusal import RefusalReason
from outreach.domain.template import Measured

FIRST_ROWS = 20
"""Rows shown per reason; the whole is in the download."""


@dataclass(slots=True)
class ListSummary:
    """Counts over verdicts, added one by one. Holds row numbers, no phone numbers, no details."""

    rows: int = 0
    accepted: int = 0
    refused: Counter[RefusalReason] = field(default_factory=Counter)
    invalid: Counter[PhoneReason] = field(default_factory=Counter)
    """Why numbers were refused, landlines included."""
    first_rows: dict[RefusalReason, list[int]] = field(default_factory=dict)
    dropped_for: Counter[int] = field(default_factory=Counter)
    """Per row that is texted, how many later rows with its number are not."""
    repaired: Counter[str] = field(default_factory=Counter)
    replaced: Counter[str] = field(default_factory=Counter)
    """Per character that Notify turns into `?`, the rows it stands in."""
    rows_replaced: int = 0
    unicode_rows: int = 0
    crown_dependency: int = 0
    fragments: int = 0
    billed: int = 0
    longest: int = 0

    def add(self, verdict: RowVerdict) -> None:
        self.rows += 1
        if verdict.reason is not None:
            self._add_refused(verdict, verdict.reason)
        elif verdict.mobile is not None:
            self._add_accepted(verdict.mobile, verdict.measured)

    def _add_refused(self, verdict: RowVerdict, reason: RefusalReason) -> None:
        self.refused[reason] += 1
        if verdict.phone_reason is not None:
            self.invalid[verdict.phone_reason] += 1
        if verdict.kept_row is not None:
            self.dropped_for[verdict.kept_row] += 1
        rows = self.first_rows.setdefault(reason, [])
        if len(rows) < FIRST_ROWS:
            rows.append(verdict.row)

    def _add_accepted(self, mobile: Mobile, measured: Measured) -> None:
        _, is_crown, repaired = mobile
        length, fragments, replaced, has_unicode = measured
        self.accepted += 1
        self.fragments += fragments
        self.billed += fragments
        if is_crown:
            self.crown_dependency += 1
            self.billed += billed_fragments(fragments, is_crown_dependency=True) - fragments
        if length > self.longest:
            self.longest = length
        if has_unicode:
            self.unicode_rows += 1
        if repaired:
            self.repaired[repaired] += 1
        if replaced:
            self.rows_replaced += 1
            self.replaced.update(replaced)

    def cost(self, tariff: Tariff | None = None) -> CostSummary:
        return CostSummary(
            tariff or Tariff(), self.accepted, self.fragments, self.billed, self.crown_dependency
        )
