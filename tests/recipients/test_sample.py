"""The sample list: the same every time, of numbers that reach nobody, with every fault in it."""

import csv
import io

from outreach.domain.list_summary import ListSummary
from outreach.domain.phone import Mobile, parse_mobile
from outreach.domain.recipient import RowVerdict, check_rows
from outreach.domain.template import CompiledTemplate
from outreach.recipients.reader import open_list
from outreach.recipients.sample import FORMULA, HEADER, sample_list, sample_opted_out

TEMPLATE = CompiledTemplate("Hi ((name))")


def verdicts(rows: int, seed: int = 1) -> list[RowVerdict]:
    opened = open_list(sample_list(rows, seed), wanted=TEMPLATE.gaps)
    return list(check_rows(opened.rows(), opened.header, TEMPLATE))


def test_the_same_seed_gives_the_same_bytes() -> None:
    assert sample_list(200, 3) == sample_list(200, 3)
    assert sample_list(200, 3) != sample_list(200, 4)
    assert sample_opted_out(200, 3) == sample_opted_out(200, 3)


def test_it_has_as_many_rows_as_asked_for_and_blank_ones() -> None:
    opened = open_list(sample_list(1000))
    assert opened.header == HEADER
    assert opened.row_count == 1000
    assert [notice.text for notice in opened.notices] == ["10 blank rows were skipped."]


def test_a_thousand_rows_use_no_number_that_may_be_somebodys() -> None:
    mobiles = [v.mobile for v in verdicts(1000) if v.mobile is not None]
    ordinary = [mobile.e164 for mobile in mobiles if not mobile.is_crown_dependency]
    assert len(ordinary) > 850
    assert all(number.startswith("+447700900") for number in ordinary)
    assert not {number[-3:] for number in ordinary} & {"000", "111", "222"}


def test_every_kind_of_fault_is_in_it() -> None:
    summary = ListSummary()
    for verdict in verdicts(1000):
        summary.add(verdict)
    assert summary.rows == 1000
    assert 800 < summary.accepted < 950
    assert set(summary.refused) == {"invalid", "landline", "duplicate", "missing-placeholder"}
    assert set(summary.invalid) == {
        "landline", "one-digit-missing", "scientific-notation", "one-digit-too-many", "empty",
        "not-a-number", "more-than-one-number", "personal-number", "outside-the-uk",
    }  # fmt: skip
    assert len(summary.repaired) == 4
    assert summary.crown_dependency
    assert summary.rows_replaced
    assert summary.unicode_rows
    names = [row[1] for row in csv.reader(io.StringIO(sample_list(1000).decode())) if row]
    assert FORMULA in names


def test_those_opted_out_are_rows_that_would_be_texted() -> None:
    accepted = {v.mobile.e164 for v in verdicts(1000) if v.mobile and v.is_accepted}
    opted_out = sample_opted_out(1000)
    assert len(opted_out) > 15
    assert set(opted_out) <= accepted
    assert all(isinstance(parse_mobile(number), Mobile) for number in opted_out)


def test_a_long_list_has_no_number_twice_but_by_its_faults() -> None:
    found = verdicts(20_000, 2)
    duplicates = [v for v in found if v.reason == "duplicate"]
    assert len(duplicates) < 20_000 / 60
