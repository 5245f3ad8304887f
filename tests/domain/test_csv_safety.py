"""No cell we export is run as a formula by whoever opens it."""

import pytest

from outreach.domain.csv_safety import neutralise


@pytest.mark.parametrize(
    "cell",
    [
        '=HYPERLINK("http://example.com","Ann")',
        "=cmd|' /C calc'!A0",
        "+44 7*** ***123",
        "-1+1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "  =1",
        "\uff1d1",
    ],
)
def test_what_begins_like_a_formula_becomes_text(cell: str) -> None:
    assert neutralise(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "Ann", "O'Brien", "a=b", "1-2", "*** ***123", "'07700"])
def test_anything_else_stays_as_it_is(cell: str) -> None:
    assert neutralise(cell) == cell
