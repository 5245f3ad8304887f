"""What the funder is told of a campaign: our own counts exact, the partner's by NHS England's rule.

The page, the pictures, the CSV file and the comparison all show the lines made here, so that they
cannot differ.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from textwrap import shorten

from outreach.domain.cost import pounds
from outreach.domain.disclosure_control import STAR, Shown, per_one, total, words
from outreach.domain.message import MessageStatus
from outreach.domain.outcome import OutcomeKind

NOT_YET = "Not published yet"
NONE_TO_DIVIDE_BY = "Cannot be told"
VISITS = "visits"
FIGURES = (*(kind.value for kind in OutcomeKind), VISITS)
"""What is published of a campaign each week."""

FAILURES: dict[MessageStatus, str] = {
    MessageStatus.PERMANENT_FAILURE: "Failed: number does not work",
    MessageStatus.TEMPORARY_FAILURE: "Failed: phone out of reach",
    MessageStatus.TECHNICAL_FAILURE: "Failed: fault on the way",
    MessageStatus.REFUSED: "Refused by Notify",
}
LONGEST_LABEL = 34
"""Characters of a campaign's name beside a bar on a small phone."""


@dataclass(frozen=True)
class Line:
    """One figure as it is written. `size` is how long its bar is, where it has one."""

    label: str
    value: str
    size: int | None = None
    note: str = ""


@dataclass(frozen=True)
class Published:
    """A campaign's partner figures as they stood at the end of a week, such as `2026-W47`."""

    iso_week: str
    shown: Mapping[str, Shown]

    def of(self, kind: OutcomeKind) -> Shown:
        return self.shown.get(kind.value, 0)

    @property
    def visits(self) -> Shown:
        return self.shown.get(VISITS, 0)

    @property
    def first_contacts(self) -> Shown:
        return total(self.of(kind) for kind in OutcomeKind if kind.is_first_contact)


@dataclass(frozen=True)
class FunderReport:
    """Everything that is reported of one campaign. Money is exact pence, without VAT."""

    name: str
    released_on: date
    approved: int
    """People whose text was approved."""
    statuses: Mapping[MessageStatus, int]
    """People by what became of their text."""
    cost_pence: Decimal
    opt_outs: int
    wrong_persons: int
    published: Published | None = field(default=None)

    @property
    def sent(self) -> int:
        """Texts that left: delivered, failed on the way, or without a receipt yet."""
        return self._count(MessageStatus.ACCEPTED, MessageStatus.DELIVERED, *FAILURES) - (
            self._count(MessageStatus.REFUSED)
        )

    @property
    def delivered(self) -> int:
        return self._count(MessageStatus.DELIVERED)

    @property
    def per_delivered(self) -> str:
        return _price(per_one(Fraction(self.cost_pence), self.delivered))

    @property
    def per_first_contact(self) -> str:
        if self.published is None:
            return NOT_YET
        contacts = self.published.first_contacts
        if contacts is None:
            return STAR
        price = per_one(Fraction(self.cost_pence), contacts)
        return f"about {_price(price)}" if price is not None else NONE_TO_DIVIDE_BY

    @property
    def first_contacts(self) -> str:
        return words(self.published.first_contacts) if self.published else NOT_YET

    def text_lines(self) -> list[Line]:
        """What became of the approved texts; the parts add up to the first line."""
        waiting = (
            self.approved
            - self.sent
            - self._count(MessageStatus.REFUSED, MessageStatus.SUPPRESSED, MessageStatus.CANCELLED)
        )
        parts = [
            ("Delivered", self.delivered),
            ("Sent, no receipt yet", self._count(MessageStatus.ACCEPTED)),
            *((label, self._count(status)) for status, label in FAILURES.items()),
            ("Withheld after approval", self._count(MessageStatus.SUPPRESSED)),
            ("Cancelled", self._count(MessageStatus.CANCELLED)),
            ("Waiting", waiting),
        ]
        return [Line("Approved", f"{self.approved:,}", self.approved)] + [
            Line(label, f"{count:,}", count) for label, count in parts
        ]

    def cost_lines(self) -> list[Line]:
        return [
            Line("Cost of all texts", pounds(self.cost_pence), note="Without VAT"),
            Line("Cost for each text delivered", self.per_delivered),
            Line("Cost for each first contact", self.per_first_contact),
        ]

    def response_lines(self) -> list[Line]:
        """What people did who got a text: their own acts towards the sender."""
        return [
            Line("Asked for no more texts", f"{self.opt_outs:,}", self.opt_outs),
            Line("Said it was not meant for them", f"{self.wrong_persons:,}", self.wrong_persons),
        ]

    def partner_lines(self) -> list[Line]:
        """What the partner recorded; empty before the first publication."""
        if self.published is None:
            return []
        outcomes = [Line(kind.words, *_cell(self.published.of(kind))) for kind in OutcomeKind]
        first = self.published.first_contacts
        note = "The sum of the figures shown, without “already supported”; stars are not counted in"
        return [
            Line("Went on to the charity’s website", *_cell(self.published.visits)),
            *outcomes,
            Line("First contacts", words(first), first, note),
        ]

    def all_lines(self) -> list[Line]:
        return [
            *self.text_lines(),
            *self.cost_lines(),
            *self.response_lines(),
            *self.partner_lines(),
        ]

    def _count(self, *statuses: MessageStatus) -> int:
        return sum(self.statuses.get(status, 0) for status in statuses)


def compare(reports: Sequence[FunderReport]) -> list[list[str]]:
    """A row for each campaign, and one for all of them made of what the others show."""
    rows = [
        [
            name,
            f"{report.sent:,}",
            _share(report.delivered, report.sent),
            pounds(report.cost_pence),
            f"{report.opt_outs:,}",
            f"{report.wrong_persons:,}",
            report.first_contacts,
            report.per_first_contact,
        ]
        for name, report in zip(told_apart(reports), reports, strict=True)
    ]
    return [*rows, _all_together(reports)] if len(rows) > 1 else rows


def sent_lines(reports: Sequence[FunderReport]) -> list[Line]:
    """Texts sent, a line for each campaign, for a picture."""
    labels = told_apart(reports, LONGEST_LABEL)
    return [
        Line(label, f"{report.sent:,}", report.sent)
        for label, report in zip(labels, reports, strict=True)
    ]


def told_apart(reports: Sequence[FunderReport], longest: int | None = None) -> list[str]:
    """The campaigns' names, at most `longest` characters each, with the day of the release where
    several have the same."""
    times = Counter(report.name for report in reports)
    found = []
    for report in reports:
        day = f"{report.released_on.day} {report.released_on:%b %Y}"
        ending = f", {day}" if times[report.name] > 1 else ""
        name = report.name
        if longest is not None:
            name = shorten(name, longest - len(ending), placeholder="…")
        found.append(name + ending)
    return found


COMPARED = (
    "Campaign",
    "Sent",
    "Delivered",
    "Cost",
    "No more texts",
    "Not meant for them",
    "First contacts",
    "Cost for each first contact",
)


def _all_together(reports: Sequence[FunderReport]) -> list[str]:
    cost = sum((report.cost_pence for report in reports), Decimal(0))
    published = [report.published.first_contacts for report in reports if report.published]
    contacts = total(published)
    price = per_one(Fraction(cost), contacts)
    is_whole = len(published) == len(reports)
    return [
        "Together",
        f"{sum(report.sent for report in reports):,}",
        _share(sum(report.delivered for report in reports), sum(report.sent for report in reports)),
        pounds(cost),
        f"{sum(report.opt_outs for report in reports):,}",
        f"{sum(report.wrong_persons for report in reports):,}",
        words(contacts) if published else NOT_YET,
        f"about {_price(price)}" if price is not None and is_whole else NONE_TO_DIVIDE_BY,
    ]


def _cell(shown: Shown) -> tuple[str, Shown]:
    return words(shown), shown


def _price(pence: Fraction | None) -> str:
    if pence is None:
        return NONE_TO_DIVIDE_BY
    return pounds(Decimal(pence.numerator) / Decimal(pence.denominator))


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f}%" if whole else "None sent"
