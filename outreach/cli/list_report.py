"""How `outreach recipients check` prints a list: JSON lines for programs, a table for people."""

import json
from collections.abc import Iterator
from typing import Any, Protocol

from outreach.domain.cost import Tariff, message_pence, pounds
from outreach.domain.list_summary import ListSummary
from outreach.domain.phone import mask_mobile
from outreach.domain.recipient import RowVerdict
from outreach.domain.refusal import RefusalReason, describe
from outreach.domain.template import CompiledTemplate
from outreach.recipients.reader import RecipientFile

ACCEPTED, REFUSED = "accepted", "refused"


class Report(Protocol):
    """Lines before the rows, one a row, lines after."""

    def before(self) -> Iterator[str]: ...

    def line(self, verdict: RowVerdict) -> str: ...

    def after(self) -> Iterator[str]: ...


class _Report:
    """What both kinds need: the file, whether there is a message to price, and the running sums."""

    def __init__(self, opened: RecipientFile, template: CompiledTemplate | None) -> None:
        self._opened = opened
        self._is_priced = template is not None
        self._tariff = Tariff()
        self._summary = ListSummary()
        self._add = self._summary.add
        self._refused_tails: dict[str, str] = {}
        self._tails: dict[tuple[int, bool, str | None, tuple[str, ...]], str] = {}


class JsonReport(_Report):
    """A row is `{"row", "phone", "verdict", "reason", "fragments", "cost_pence", …}`.

    `phone` is masked. `fragments` and `cost_pence` are null for a refused row and where no message
    was given. An accepted row also has `crown_dependency` and, where there is something to say,
    `repaired` and `replaced`; a refused one `why`, and `problem` or `kept_row`. The last line is
    `{"summary": {…}}`.
    """

    def before(self) -> Iterator[str]:
        return iter(())

    def line(self, verdict: RowVerdict) -> str:
        self._add(verdict)
        mobile = verdict.mobile
        if mobile is None or verdict.reason is not None:
            return f'{{"row": {verdict.row}, "phone": "{verdict.masked}", {self._refused(verdict)}'
        e164, is_crown, repaired = mobile
        _, fragments, replaced, _ = verdict.measured
        kind = fragments, is_crown, repaired, replaced
        tail = self._tails.get(kind) or self._tails.setdefault(kind, self._accepted_tail(*kind))
        return f'{{"row": {verdict.row}, "phone": "{mask_mobile(e164)}", {tail}'

    def _refused(self, verdict: RowVerdict) -> str:
        if verdict.kept_row is not None:
            return _refused_tail(verdict)
        known = self._refused_tails.get(verdict.why)
        return known or self._refused_tails.setdefault(verdict.why, _refused_tail(verdict))

    def _accepted_tail(
        self, fragments: int, is_crown: bool, repaired: str | None, replaced: tuple[str, ...]
    ) -> str:
        """The end of an accepted row's line: the same for many rows, so that it is kept."""
        pence = message_pence(fragments, is_crown_dependency=is_crown, tariff=self._tariff)
        values: dict[str, Any] = {
            "verdict": ACCEPTED,
            "reason": None,
            "fragments": fragments if self._is_priced else None,
            "cost_pence": float(pence) if self._is_priced else None,
            "crown_dependency": is_crown,
        }
        said: dict[str, Any] = {"repaired": repaired, "replaced": list(replaced)}
        values |= {name: value for name, value in said.items() if value}
        return json.dumps(values, ensure_ascii=False)[1:]

    def after(self) -> Iterator[str]:
        yield json.dumps({"summary": self._as_json()}, ensure_ascii=False)

    def _as_json(self) -> dict[str, Any]:
        summary, cost = self._summary, self._summary.cost(self._tariff)
        return {
            "rows": summary.rows,
            "accepted": summary.accepted,
            "refused": summary.rows - summary.accepted,
            "reasons": _counts_with_rows(summary),
            "invalid": dict(summary.invalid),
            "duplicates_of": {str(row): n for row, n in sorted(summary.dropped_for.items())},
            "repaired": dict(summary.repaired),
            "crown_dependency": summary.crown_dependency,
            "non_gsm_rows": summary.unicode_rows,
            "rows_with_replaced_characters": summary.rows_replaced,
            "replaced_characters": dict(summary.replaced),
            "fragments": summary.fragments if self._is_priced else None,
            "billed_fragments": summary.billed if self._is_priced else None,
            "cost_pence": float(cost.net_pence) if self._is_priced else None,
            "pence_per_fragment": float(self._tariff.pence_per_fragment),
            "sha256": self._opened.sha256,
            "notices": [{"kind": kind, "text": text} for kind, text in self._opened.notices],
        }


class TableReport(_Report):
    """Refused rows one a line, then the sums: accepted rows need no line to be understood."""

    def before(self) -> Iterator[str]:
        yield from (f"Note: {notice.text}" for notice in self._opened.notices)
        yield f"{'Row':>8}  {'Number':<16}  Verdict"

    def line(self, verdict: RowVerdict) -> str:
        self._add(verdict)
        return f"{verdict.row:>8}  {verdict.masked:<16}  {self._words(verdict)}"

    def _words(self, verdict: RowVerdict) -> str:
        if verdict.reason is not None:
            return f"Not texted. {verdict.why}"
        repaired = verdict.mobile.repaired if verdict.mobile else None
        words = [f"Texted, {_fragments(verdict.fragments)}" if self._is_priced else "Texted"]
        words += [f"number repaired: {repaired}"] if repaired else []
        words += (
            [f"shown as “?”: {' '.join(verdict.measured.replaced)}"]
            if verdict.measured.replaced
            else []
        )
        return "; ".join(words)

    def after(self) -> Iterator[str]:
        summary = self._summary
        yield ""
        not_texted = summary.rows - summary.accepted
        yield f"{summary.rows:,} rows: {summary.accepted:,} to text, {not_texted:,} not."
        for reason in RefusalReason:
            if summary.refused[reason]:
                yield f"{summary.refused[reason]:>8,}  {describe(reason).title}"
        if self._is_priced:
            yield from self._cost_lines()

    def _cost_lines(self) -> Iterator[str]:
        cost = self._summary.cost(self._tariff)
        yield (
            f"{_fragments(cost.fragments)}, {cost.billed:,} billed: {pounds(cost.net_pence)} "
            f"without VAT at {cost.tariff.pence_per_fragment}p each, before any free allowance."
        )


def _fragments(count: int) -> str:
    return "1 fragment" if count == 1 else f"{count:,} fragments"


def _refused_tail(verdict: RowVerdict) -> str:
    values: dict[str, Any] = {
        "verdict": REFUSED,
        "reason": verdict.reason,
        "fragments": None,
        "cost_pence": None,
        "why": verdict.why,
    }
    said: dict[str, Any] = {"problem": verdict.phone_reason, "kept_row": verdict.kept_row}
    values |= {name: value for name, value in said.items() if value is not None}
    return json.dumps(values, ensure_ascii=False)[1:]


def _counts_with_rows(summary: ListSummary) -> dict[str, dict[str, Any]]:
    return {
        reason.value: {"count": summary.refused[reason], "first_rows": summary.first_rows[reason]}
        for reason in RefusalReason
        if summary.refused[reason]
    }
