"""The report on a whole list: who will be texted, who not and why, and what it costs."""

from collections import Counter
from dataclasses import dataclass, field

from outreach.domain.cost import CostSummary, Tariff, billed_fragments
from outreach.domain.phone import PhoneReason
from outreach.domain.recipient import RowVerdict
from outreach.domain.refusal import RefusalReason

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
        if verdict.reason is None:
            self._add_accepted(verdict)
        else:
            self._add_refused(verdict, verdict.reason)

    def _add_refused(self, verdict: RowVerdict, reason: RefusalReason) -> None:
        self.refused[reason] += 1
        if verdict.phone_reason is not None:
            self.invalid[verdict.phone_reason] += 1
        if verdict.kept_row is not None:
            self.dropped_for[verdict.kept_row] += 1
        rows = self.first_rows.setdefault(reason, [])
        if len(rows) < FIRST_ROWS:
            rows.append(verdict.row)

    def _add_accepted(self, verdict: RowVerdict) -> None:
        mobile = verdict.mobile
        is_crown = mobile is not None and mobile.is_crown_dependency
        self.accepted += 1
        self.crown_dependency += is_crown
        self.fragments += verdict.fragments
        self.billed += billed_fragments(verdict.fragments, is_crown_dependency=is_crown)
        self.longest = max(self.longest, verdict.length)
        self.unicode_rows += verdict.is_unicode
        if mobile is not None and mobile.repaired:
            self.repaired[mobile.repaired] += 1
        if verdict.replaced:
            self.rows_replaced += 1
            self.replaced.update(verdict.replaced)

    def cost(self, tariff: Tariff | None = None) -> CostSummary:
        return CostSummary(
            tariff or Tariff(), self.accepted, self.fragments, self.billed, self.crown_dependency
        )
