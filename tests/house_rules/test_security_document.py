"""docs/security.md claims nothing that is not there, and counts right."""

import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "security.md").read_text()
ROW = re.compile(
    r"^\| (?P<number>\d+\.\d+\.\d+) \| (?P<level>[12]) \| (?P<asked>[^|]+) \| "
    r"(?P<verdict>met|\*\*not met\*\*|n/a) \| (?P<by>[^|]+) \|$",
    re.MULTILINE,
)
ROWS = [match.groupdict() for match in ROW.finditer(TEXT)]
HOW_MANY = dict(
    zip(range(1, 17), (27, 11, 19, 10, 9, 35, 18, 7, 7, 29, 14, 9, 13, 9, 13, 16), strict=True)
)
"""Requirements of levels 1 and 2 in each chapter of ASVS 5.0.0."""
TEST = re.compile(r"`(?P<path>[\w/.]+\.py)(?:::(?P<name>test_\w+))?`")
LINE = re.compile(r"`(?P<path>[\w/.-]+): (?P<text>[^`]+)`")


def proofs_of(by: str) -> list[str]:
    """What is wrong with each proof, and nothing where it stands."""
    tests = [_test_fault(found) for found in TEST.finditer(by)]
    return tests + [_line_fault(found) for found in LINE.finditer(by)]


def _test_fault(found: re.Match[str]) -> str:
    path = ROOT / "tests" / found["path"]
    if not path.exists():
        return f"no such file: {found[0]}"
    is_there = found["name"] is None or f"def {found['name']}(" in path.read_text()
    return "" if is_there else f"no such test: {found[0]}"


def _line_fault(found: re.Match[str]) -> str:
    places = [ROOT / found["path"], ROOT / "tests" / found["path"]]
    is_there = any(path.exists() and found["text"] in path.read_text() for path in places)
    return "" if is_there else f"no such line: {found[0]}"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["number"])
def test_row_that_says_met_names_what_proves_it(row: dict[str, str]) -> None:
    faults = proofs_of(row["by"])
    assert [fault for fault in faults if fault] == []
    if row["verdict"] == "met":
        assert faults, "neither a test nor a line"
    else:
        assert len(row["by"]) > 3, "say why"


def test_every_requirement_has_its_row_once() -> None:
    numbers = [row["number"] for row in ROWS]
    assert len(numbers) == len(set(numbers))
    assert Counter(int(number.split(".")[0]) for number in numbers) == HOW_MANY


def test_totals_are_right() -> None:
    verdicts = Counter(row["verdict"].strip("*") for row in ROWS)
    met, not_met, not_for_us = (verdicts[name] for name in ("met", "not met", "n/a"))
    said = f"| **all** | **{met}** | **{not_met}** | **{not_for_us}** | **{len(ROWS)}** |"
    assert said in TEXT
    assert f"Of {len(ROWS)} requirements **{met} are met, {not_met} are not**" in TEXT


def test_a_proof_that_is_not_there_is_found() -> None:
    assert proofs_of("`accounts/test_guessing.py::test_code_opens_once`") == [""]
    assert proofs_of("`accounts/test_guessing.py::test_no_such`") != [""]
    assert proofs_of("`accounts/test_nothing.py`") != [""]
    assert proofs_of("`outreach/keys.py: no such words there`") != [""]
