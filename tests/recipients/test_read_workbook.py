"""Lists in workbooks: what is seen is read, what is hidden is not, cells as people read them."""

import datetime
import os
import subprocess
import sys

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from outreach.domain.list_file import FileFault, FileRefused, NoticeKind
from outreach.recipients.reader import RecipientFile, open_list
from outreach.recipients.reader import workbook as workbook_reader
from outreach.recipients.reader.kinds import Kind
from tests.workbook_files import (
    LIST,
    Rows,
    biff,
    ods,
    ods_of,
    ods_row,
    small_ole,
    with_part,
    xls,
    xlsx,
)

ROWS = [(2, ["07700900123", "Ann"]), (3, ["07700900124", "Siân"])]
HEADER = ["phone number", "name"]


def kinds(opened: RecipientFile) -> list[NoticeKind]:
    return [notice.kind for notice in opened.notices]


def cells(opened: RecipientFile) -> list[list[str]]:
    return [row for _, row in opened.rows()]


@pytest.mark.parametrize(
    ("data", "kind"), [(xlsx(), Kind.XLSX), (ods(), Kind.ODS), (xls(), Kind.XLS)]
)
def test_each_kind_of_workbook_is_read_whatever_its_name(data: bytes, kind: Kind) -> None:
    opened = open_list(data)
    assert opened.kind == kind
    assert opened.header == ("phone number", "name")
    assert list(opened.rows()) == list(opened.rows()) == ROWS
    assert opened.notices == ()
    assert kinds(open_list(data, filename="list.csv")) == [NoticeKind.FILE_NAME]


def test_a_small_xls_inside_the_root_stream_is_read() -> None:
    assert list(open_list(small_ole("Workbook", biff(LIST))).rows()) == ROWS


NUMBERS: Rows = [HEADER, [447700900123, 1], [7700900124.0, 2.5], ["07700900125", 3.0]]


@pytest.mark.parametrize("data", [xlsx(NUMBERS), ods(NUMBERS), xls(NUMBERS)])
def test_whole_numbers_come_without_a_decimal_point(data: bytes) -> None:
    assert cells(open_list(data)) == [
        ["447700900123", "1"],
        ["7700900124", "2.5"],
        ["07700900125", "3"],
    ]


def test_dates_times_and_truth_are_read_as_people_write_them() -> None:
    day = datetime.date(2026, 3, 3)
    values = [
        day,
        datetime.datetime(2026, 3, 3, 14, 30),  # noqa: DTZ001 spreadsheets know no zones
        datetime.time(9, 0),
        datetime.time(0, 5),
        True,
        False,
    ]
    opened = open_list(xlsx([HEADER, *[["07700900123", value] for value in values]]))
    assert [row[1] for row in cells(opened)] == [
        "3 March 2026",
        "3 March 2026 at 2:30pm",
        "9am",
        "12:05am",
        "TRUE",
        "FALSE",
    ]


def test_the_first_visible_sheet_with_something_on_it_is_the_list() -> None:
    def change(sheet: Worksheet) -> None:
        book = sheet.parent
        book.create_sheet("cover", 0)
        book.create_sheet("secret", 0).append(["phone number"])
        book["secret"].sheet_state = "hidden"
        book.create_sheet("other").append(["x"])
        book.active = 1

    opened = open_list(xlsx(LIST, change))
    assert list(opened.rows()) == ROWS
    assert kinds(opened) == [NoticeKind.OTHER_SHEETS, NoticeKind.HIDDEN_SHEET]
    assert "“Sheet”" in opened.notices[0].text


def test_hidden_rows_and_columns_of_an_xlsx_are_not_read() -> None:
    def change(sheet: Worksheet) -> None:
        sheet.row_dimensions[2].hidden = True
        sheet.row_dimensions[4].hidden = True
        sheet.column_dimensions["B"].hidden = True

    rows = [["phone number", "age", "name"], *[[f"0770090012{n}", 40, "Ann"] for n in range(4)]]
    opened = open_list(xlsx(rows, change))
    assert opened.header == ("phone number", "", "name")
    assert list(opened.rows()) == [
        (3, ["07700900121", "", "Ann"]),
        (5, ["07700900123", "", "Ann"]),
    ]
    assert [notice.text for notice in opened.notices] == [
        "2 hidden rows were not read.",
        "Hidden columns were not read.",
    ]


def test_hidden_rows_and_columns_of_an_ods_are_not_read() -> None:
    filtered = ods_row(["07700900129", "x", "y"], 'table:visibility="filter"')
    twice = ods_row(
        ["07700900128", "x", "y"],
        'table:visibility="collapse" table:number-rows-repeated="2"',
    )
    columns = (
        "<table:table-column/>"
        '<table:table-column table:visibility="collapse" table:number-columns-repeated="1"/>'
    )
    rows = [["phone number", "age", "name"], ["07700900123", "40", "Ann"]]
    last = ods_row(["07700900124", "50", "Bob"])
    opened = open_list(ods(rows, more_rows=filtered + twice + last, columns=columns))
    assert list(opened.rows()) == [
        (2, ["07700900123", "", "Ann"]),
        (6, ["07700900124", "", "Bob"]),
    ]
    assert opened.notices[0].text == "3 hidden rows were not read."


def test_hidden_rows_of_an_xls_are_not_read() -> None:
    opened = open_list(xls(hidden=[2]))
    assert list(opened.rows()) == ROWS[1:]
    assert kinds(opened) == [NoticeKind.HIDDEN_ROWS]


def test_only_the_list_s_own_sheet_tells_what_is_hidden() -> None:
    first = f'<table:table table:name="a">{"".join(map(ods_row, LIST))}</table:table>'
    hidden = ods_row(["x"], 'table:visibility="collapse"')
    second = f'<table:table table:name="b">{hidden * 3}</table:table>'
    assert list(open_list(ods_of(first + second)).rows()) == ROWS


def test_merged_cells_repeat_their_value() -> None:
    def change(sheet: Worksheet) -> None:
        sheet.merge_cells("B2:B4")
        sheet.merge_cells("A5:B5")

    rows = [HEADER, *[[f"0770090012{n}", "Ann" if n == 0 else None] for n in range(4)]]
    opened = open_list(xlsx(rows, change))
    assert cells(opened) == [
        ["07700900120", "Ann"],
        ["07700900121", "Ann"],
        ["07700900122", "Ann"],
        ["07700900123", "07700900123"],
    ]
    assert kinds(opened) == [NoticeKind.MERGED_CELLS]


def test_formulas_are_read_by_their_saved_value() -> None:
    book = xlsx([HEADER, ["07700900123", "=UPPER(A1)"]])
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1" t="str"><v>phone number</v></c>'
        '<c r="B1" t="str"><v>name</v></c></row>'
        '<row r="2"><c r="A2" t="str"><v>07700900123</v></c>'
        '<c r="B2" t="str"><f>UPPER("ann")</f><v>ANN</v></c></row></sheetData></worksheet>'
    )
    opened = open_list(with_part(book, "xl/worksheets/sheet1.xml", sheet))
    assert cells(opened) == [["07700900123", "ANN"]]
    assert kinds(opened) == [NoticeKind.FORMULAS]


def test_a_list_that_does_not_begin_in_the_corner_keeps_its_places() -> None:
    def change(sheet: Worksheet) -> None:
        sheet["C3"], sheet["D3"] = "phone number", "name"
        sheet["C4"], sheet["D4"] = "07700900123", "Ann"
        sheet["C6"] = "07700900124"

    opened = open_list(xlsx([], change))
    assert opened.header == ("", "", "phone number", "name")
    assert list(opened.rows()) == [
        (4, ["", "", "07700900123", "Ann"]),
        (6, ["", "", "07700900124", ""]),
    ]
    assert opened.notices[0].text == "1 blank row was skipped."


def test_a_million_empty_rows_are_nothing() -> None:
    def change(sheet: Worksheet) -> None:
        sheet["A1048576"] = " "

    assert list(open_list(xlsx(LIST, change)).rows()) == ROWS
    rest = ods_row([""], 'table:number-rows-repeated="1048573"')
    assert list(open_list(ods(more_rows=rest)).rows()) == ROWS


def test_a_workbook_of_the_most_rows_is_read() -> None:
    rows = [HEADER, *[[f"07400{n:06d}", "Ann"] for n in range(100_000)]]
    opened = open_list(ods(rows))
    assert opened.row_count == 100_000
    assert sum(1 for _ in opened.rows()) == 100_000


def test_the_child_knows_none_of_our_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[dict[str, str]] = []
    run = subprocess.run

    def spy(command: list[str], **more: object) -> object:
        given.append(more["env"])  # type: ignore[arg-type]
        return run(command, **more)  # type: ignore[call-overload]

    monkeypatch.setenv("OUTREACH_SECRET_KEY", "canary")
    monkeypatch.setattr(workbook_reader.subprocess, "run", spy)
    open_list(xlsx())
    assert "canary" not in str(given)


def test_a_child_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_reader, "SECONDS", 0.2)
    monkeypatch.setattr(workbook_reader, "CHILD", "http.server")
    with pytest.raises(FileRefused) as refused:
        open_list(xlsx())
    assert refused.value.fault == FileFault.TOO_COMPLEX


def test_the_child_holds_itself_to_its_limits() -> None:
    limits = (
        "import resource, outreach.recipients.workbooks.child as child; child.main();"
        "print('\\n', resource.getrlimit(resource.RLIMIT_DATA)[0], child.MEMORY)"
    )
    done = subprocess.run(  # noqa: S603 our own words
        [sys.executable, "-c", limits, "xlsx"],
        input=b"",
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONPATH": "."},
        timeout=30,
    )
    set_to, meant = done.stdout.splitlines()[-1].split()[-2:]
    assert set_to == meant
