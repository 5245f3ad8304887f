"""Prices: fragments, Crown dependencies, the free allowance, VAT."""

from decimal import Decimal

import pytest

from outreach.domain.cost import CostSummary, Tariff, message_pence, pounds


@pytest.mark.parametrize(
    ("fragments", "is_crown", "pence"), [(1, False, "2.4"), (3, False, "7.2"), (2, True, "9.6")]
)
def test_a_message_costs_its_fragments_and_twice_for_a_crown_dependency(
    fragments: int, is_crown: bool, pence: str
) -> None:
    price = message_pence(fragments, is_crown_dependency=is_crown, tariff=Tariff())
    assert price == Decimal(pence)


def test_the_free_allowance_comes_off_before_vat() -> None:
    tariff = Tariff(Decimal("2.5"), vat_per_cent=Decimal(20), free_fragments=100)
    cost = CostSummary(
        tariff, messages=1000, fragments=1090, billed=1100, crown_dependency_messages=10
    )
    assert cost.net_pence == 2750
    assert cost.pence_after_allowance == 2500
    assert cost.vat_pence == 500
    assert cost.gross_pence == 3000


def test_an_allowance_larger_than_the_campaign_makes_it_free() -> None:
    cost = CostSummary(Tariff(free_fragments=10_000), 10, 10, 10, 0)
    assert cost.gross_pence == 0
    assert cost.net_pence == 24


@pytest.mark.parametrize(
    ("pence", "shown"),
    [
        ("0", "£0.00"),
        ("2.4", "£0.02"),
        ("2.5", "£0.03"),
        ("123456.5", "£1,234.57"),
        ("240000", "£2,400.00"),
    ],
)
def test_pounds_are_rounded_a_half_up(pence: str, shown: str) -> None:
    assert pounds(Decimal(pence)) == shown
