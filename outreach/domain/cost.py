"""What a campaign costs: fragments by the price, twice as much for Crown dependency mobiles."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

PENCE_PER_FRAGMENT = Decimal("2.4")
"""From 1 April 2026, without VAT (contract section 10)."""
CROWN_DEPENDENCY_MULTIPLIER = 2
"""Jersey, Guernsey and the Isle of Man are billed as abroad (contract sections 9 and 10)."""
_PENNY = Decimal(1)


@dataclass(frozen=True, slots=True)
class Tariff:
    """What the admin set: pence a fragment without VAT, VAT in per cent, free fragments left."""

    pence_per_fragment: Decimal = PENCE_PER_FRAGMENT
    vat_per_cent: Decimal = Decimal(20)
    free_fragments: int = 0


def billed_fragments(fragments: int, *, is_crown_dependency: bool) -> int:
    """Fragments as they are billed for one message."""
    return fragments * CROWN_DEPENDENCY_MULTIPLIER if is_crown_dependency else fragments


def message_pence(fragments: int, *, is_crown_dependency: bool, tariff: Tariff) -> Decimal:
    """The price of one message in pence, without VAT and before any free allowance."""
    billed = billed_fragments(fragments, is_crown_dependency=is_crown_dependency)
    return billed * tariff.pence_per_fragment


@dataclass(frozen=True, slots=True)
class CostSummary:
    """Totals over the rows that would be texted. Money is exact pence, without VAT unless said."""

    tariff: Tariff
    messages: int
    fragments: int
    billed: int
    """Fragments counted twice for Crown dependency mobiles."""
    crown_dependency_messages: int

    @property
    def net_pence(self) -> Decimal:
        """Before any free allowance: what the budget is held against."""
        return self.billed * self.tariff.pence_per_fragment

    @property
    def pence_after_allowance(self) -> Decimal:
        free = min(self.billed, self.tariff.free_fragments)
        return (self.billed - free) * self.tariff.pence_per_fragment

    @property
    def vat_pence(self) -> Decimal:
        return self.pence_after_allowance * self.tariff.vat_per_cent / 100

    @property
    def gross_pence(self) -> Decimal:
        """After the free allowance, with VAT."""
        return self.pence_after_allowance + self.vat_pence


def pounds(pence: Decimal) -> str:
    """`£1,234.56`, rounded to the nearest penny, a half up."""
    return f"£{pence.quantize(_PENNY, ROUND_HALF_UP) / 100:,.2f}"
