"""What becomes of each row of a list."""

from collections.abc import Iterator, Mapping, Sequence

import pytest

from outreach.domain.list_file import FileFault, FileRefused
from outreach.domain.list_summary import FIRST_ROWS, ListSummary
from outreach.domain.phone import PhoneReason
from outreach.domain.recipient import BATCH, RowVerdict, check_rows
from outreach.domain.refusal import SUPPRESSIONS, RefusalReason, describe
from outreach.domain.template import CompiledTemplate, Measured

HEADER = ("phone number", "name")
TEMPLATE = CompiledTemplate("Hi ((name)), see ((link))", fixed={"link": "https://h.example/h/A"})


def verdicts(
    *rows: Sequence[str], header: Sequence[str] = HEADER, body: str | None = None
) -> list[RowVerdict]:
    template = TEMPLATE if body is None else CompiledTemplate(body)
    return list(check_rows(enumerate(rows, start=2), header, template))


def reasons(found: Sequence[RowVerdict]) -> list[RefusalReason | None]:
    return [verdict.reason for verdict in found]


def test_a_good_row_is_accepted_with_its_values_and_measures() -> None:
    (verdict,) = verdicts(["07700 900123", " Ann "])
    assert verdict.is_accepted
    assert verdict.row == 2
    assert verdict.mobile is not None
    assert verdict.mobile.e164 == "+447700900123"
    assert verdict.masked == "+44 7*** ***123"
    assert verdict.values == ("Ann",)
    assert verdict.measured == Measured(len("Hi Ann, see https://h.example/h/A"), 1)
    assert verdict.why == ""


def test_headings_match_however_they_are_spelt() -> None:
    (verdict,) = verdicts(["Ann", "07700900123"], header=("NA\u200bME", "Phone_Number"))
    assert verdict.values == ("Ann",)


def test_a_bad_number_is_refused_with_its_own_reason_and_masked() -> None:
    landline, long = verdicts(["02079460991", "Ann"], ["077009001234", "Bob"])
    assert (landline.reason, landline.phone_reason) == ("landline", PhoneReason.LANDLINE)
    assert (long.reason, long.phone_reason) == ("invalid", PhoneReason.DIGIT_TOO_MANY)
    assert long.masked == "*** ***234"
    assert long.mobile is None
    assert "one digit too many" in long.why


def test_the_first_row_of_a_number_wins_and_the_others_say_which() -> None:
    found = verdicts(
        ["07700900123", "Ann"], ["+44 7700 900124", "Bob"], ["7700900123", "Cy"], ["0", "x"],
        ["447700900123", "Di"],
    )  # fmt: skip
    assert reasons(found) == [None, None, "duplicate", "invalid", "duplicate"]
    assert [verdict.kept_row for verdict in found] == [None, None, 2, None, 2]
    assert "row 2" in found[2].why


def test_a_row_that_cannot_be_texted_does_not_stand_in_the_way_of_a_later_one() -> None:
    found = verdicts(["07700900123", ""], ["07700900123", "Ann"], ["07700900123", "Bob"])
    assert reasons(found) == ["missing-placeholder", None, "duplicate"]
    assert found[2].kept_row == 3


@pytest.mark.parametrize("empty", ["", "  ", "\u200b", "\u00a0"])
def test_an_empty_cell_is_missing(empty: str) -> None:
    (verdict,) = verdicts(["07700900123", empty])
    assert verdict.reason == RefusalReason.MISSING_PLACEHOLDER
    assert "“name”" in verdict.why


def test_the_value_of_a_condition_is_needed_too() -> None:
    (verdict,) = verdicts(["07700900123", ""], body="Hi((name?? there))")
    assert verdict.reason == RefusalReason.MISSING_PLACEHOLDER


@pytest.mark.parametrize(("length", "reason"), [(918, None), (919, "message-too-long")])
def test_a_text_over_918_characters_is_refused(length: int, reason: str | None) -> None:
    (verdict,) = verdicts(["07700900123", "x" * length], body="((name))")
    assert verdict.reason == reason
    assert verdict.length == length


def test_a_text_with_nothing_in_it_is_refused() -> None:
    (verdict,) = verdicts(["07700900123", "no"], body="((name??hello))")
    assert verdict.reason == RefusalReason.EMPTY_MESSAGE


def test_lost_characters_and_the_double_price_are_told() -> None:
    (verdict,) = verdicts(["07700900123", "Siân 😀"])
    assert verdict.is_accepted
    assert verdict.measured.replaced == ("😀",)
    assert verdict.measured.is_unicode


def test_a_repeated_column_is_joined_as_notify_joins_it() -> None:
    header = ("phone number", "name", "Name", "NAME")
    (verdict,) = verdicts(["07700900123", "Ann", " Bob ", "Cy"], header=header)
    assert verdict.values == ("Ann, Bob and Cy",)
    (verdict,) = verdicts(["07700900123", "", "Bob", ""], header=header)
    assert verdict.values == ("Bob",)


def test_several_values_come_in_the_order_of_the_template() -> None:
    body = "((b)) ((a)) ((link))"
    (verdict,) = verdicts(
        ["07700900123", "A", "B", "L"], header=("phone", "a", "b", "link"), body=body
    )
    assert verdict.values == ("B", "A", "")
    assert verdict.reason == RefusalReason.MISSING_PLACEHOLDER


def test_a_list_without_a_message_is_judged_by_its_numbers() -> None:
    rows = [(2, ["07700900123"]), (3, ["0"])]
    found = list(check_rows(rows, ["phone number"]))
    assert reasons(found) == [None, "invalid"]


def test_a_missing_column_refuses_the_list_before_any_row() -> None:
    with pytest.raises(FileRefused) as refused:
        check_rows(iter(()), ["phone number"], TEMPLATE)
    assert refused.value.fault == FileFault.MISSING_COLUMNS


def test_rows_are_judged_as_they_come() -> None:
    def endless() -> Iterator[tuple[int, list[str]]]:
        row = 1
        while True:
            row += 1
            yield row, ["07700900123", "Ann"]

    found = check_rows(endless(), HEADER, TEMPLATE)
    assert next(found).is_accepted
    assert next(found).kept_row == 2


def test_what_is_known_of_a_number_outranks_the_row() -> None:
    asked: list[Sequence[str]] = []

    def known(numbers: Sequence[str]) -> Mapping[str, RefusalReason]:
        asked.append(numbers)
        return {"+447700900123": RefusalReason.OPTED_OUT}

    rows = [["07700900123", "Ann"], ["7700900123", ""], ["07700900124", "Bob"], ["0", "Cy"]]
    found = list(check_rows(enumerate(rows, start=2), HEADER, TEMPLATE, known=known))
    assert reasons(found) == ["opted-out", "opted-out", None, "invalid"]
    assert found[1].why == describe(RefusalReason.OPTED_OUT).sentence
    assert asked == [("+447700900123", "+447700900124")]


def test_what_is_known_is_asked_in_bulk() -> None:
    sizes: list[int] = []

    def known(numbers: Sequence[str]) -> Mapping[str, RefusalReason]:
        sizes.append(len(numbers))
        return {}

    rows = ((row, [f"07400{row:06d}", "Ann"]) for row in range(BATCH + 10))
    found = list(check_rows(rows, HEADER, TEMPLATE, known=known))
    assert sizes == [BATCH, 10]
    assert all(verdict.is_accepted for verdict in found)


def test_nothing_is_asked_where_no_number_is_one() -> None:
    def known(numbers: Sequence[str]) -> Mapping[str, RefusalReason]:
        raise AssertionError(numbers)

    rows = [(2, ["x", "Ann"])]
    assert reasons(list(check_rows(rows, HEADER, TEMPLATE, known=known))) == ["invalid"]


def test_a_verdict_does_not_show_the_person() -> None:
    (verdict,) = verdicts(["07700900123", "Ann"])
    assert "7700900" not in repr(verdict)
    assert "Ann" not in repr(verdict)


def test_every_reason_is_told_in_words_with_what_to_do() -> None:
    for reason in RefusalReason:
        words = describe(reason)
        assert words.title
        assert words.sentence.endswith(".")
        assert words.next_step.endswith(".")
        assert reason.is_suppression == (reason in SUPPRESSIONS)


def test_the_summary_adds_up() -> None:
    found = verdicts(
        ["07700900123", "Ann"], ["07700900123", "Bob"], ["7797300123", "Siân"], ["x", "y"],
        ["07700900123", "Di"], ["02079460991", "x"], ["07700900124", "😀"],
    )  # fmt: skip
    summary = ListSummary()
    for verdict in found:
        summary.add(verdict)
    assert summary.rows == summary.accepted + sum(summary.refused.values()) == 7
    assert summary.refused == {"duplicate": 2, "invalid": 1, "landline": 1}
    assert summary.first_rows["duplicate"] == [3, 6]
    assert summary.dropped_for == {2: 2}
    assert (summary.fragments, summary.billed, summary.crown_dependency) == (3, 4, 1)
    assert (summary.unicode_rows, summary.rows_replaced, summary.replaced) == (1, 1, {"😀": 1})
    assert sum(summary.repaired.values()) == 1
    cost = summary.cost()
    assert (cost.messages, cost.fragments, cost.billed) == (3, 3, 4)


def test_the_summary_keeps_the_first_rows_only() -> None:
    summary = ListSummary()
    for verdict in verdicts(*[["x", "Ann"]] * 100):
        summary.add(verdict)
    assert summary.first_rows["invalid"] == list(range(2, 2 + FIRST_ROWS))
    assert summary.refused["invalid"] == 100
