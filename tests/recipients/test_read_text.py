"""Lists in text files: delimiters, encodings, headings, blank rows."""

import io
from pathlib import Path

import pytest

from outreach.domain.list_file import MAX_BYTES, MAX_ROWS, FileFault, FileRefused, NoticeKind
from outreach.recipients.reader import RecipientFile, open_list
from outreach.recipients.reader.kinds import Kind

HEAD = "phone number,name\n"
LIST = HEAD + "07700900123,Ann\n07700900124,Siân\n"
ROWS = [(2, ["07700900123", "Ann"]), (3, ["07700900124", "Siân"])]


def kinds(opened: RecipientFile) -> list[NoticeKind]:
    return [notice.kind for notice in opened.notices]


def test_a_plain_csv_is_read_without_notices() -> None:
    opened = open_list(LIST.encode())
    assert opened.kind == Kind.TEXT
    assert opened.header == ("phone number", "name")
    assert opened.row_count == 2
    assert opened.notices == ()
    assert list(opened.rows()) == ROWS
    assert list(opened.rows()) == ROWS
    assert len(opened.sha256) == 64


@pytest.mark.parametrize(
    ("delimiter", "notices"),
    [(",", []), ("\t", []), (";", [NoticeKind.DELIMITER]), ("|", [NoticeKind.DELIMITER])],
)
def test_the_delimiter_is_told_by_the_headings(delimiter: str, notices: list[NoticeKind]) -> None:
    opened = open_list(LIST.replace(",", delimiter).encode())
    assert list(opened.rows()) == ROWS
    assert kinds(opened) == notices


def test_excels_own_first_line_names_the_delimiter() -> None:
    opened = open_list(b"sep=;\r\n" + LIST.replace(",", ";").encode())
    assert list(opened.rows()) == ROWS


def test_a_semicolon_list_may_have_commas_in_it() -> None:
    opened = open_list(b"name, first and last;phone number;a,b\nOther, Ann;07700900123;1,2\n")
    assert opened.header[1] == "phone number"
    assert list(opened.rows()) == [(2, ["Other, Ann", "07700900123", "1,2"])]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_encodings_are_told_by_their_bytes(encoding: str) -> None:
    opened = open_list(LIST.encode(encoding))
    assert list(opened.rows()) == ROWS
    assert kinds(opened) == ([] if encoding == "utf-8-sig" else [NoticeKind.ENCODING])


def test_windows_1252_is_read_with_a_notice() -> None:
    opened = open_list(LIST.encode("cp1252"))
    assert list(opened.rows()) == ROWS
    assert kinds(opened) == [NoticeKind.ENCODING]
    assert "Windows-1252" in opened.notices[0].text


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_end_will_do_and_none_at_the_end(end: str) -> None:
    opened = open_list(LIST.replace("\n", end).removesuffix(end).encode())
    assert list(opened.rows()) == ROWS


def test_blank_rows_are_skipped_counted_and_keep_their_numbers() -> None:
    text = "\n,\n" + HEAD + "07700900123,Ann\n\n , \n\u00a0,\t\n07700900124,Siân\n,,\n\n\n"
    opened = open_list(text.encode())
    assert list(opened.rows()) == [(4, ["07700900123", "Ann"]), (8, ["07700900124", "Siân"])]
    assert opened.row_count == 2
    assert kinds(opened) == [NoticeKind.BLANK_ROWS]
    assert opened.notices[0].text == "3 blank rows were skipped."


def test_rows_come_as_wide_as_the_headings() -> None:
    opened = open_list(b"phone number,name,,\n07700900123\n07700900124,Bob,,,,\n")
    assert opened.header == ("phone number", "name")
    assert list(opened.rows()) == [(2, ["07700900123", ""]), (3, ["07700900124", "Bob"])]


def test_headings_lose_what_nobody_sees() -> None:
    opened = open_list("\ufeff \u200bPhone Number\u00a0, name\u2060 \n07700900123,Ann\n".encode())
    assert opened.header == ("Phone Number", "name")


def test_quotes_commas_and_lines_in_cells() -> None:
    text = HEAD + '07700900123,"Other, ""Ann""\nJane"\n07700900124, "Bob"\n07700900125,O"Neil\n'
    assert [cells[1] for _, cells in open_list(text.encode()).rows()] == [
        'Other, "Ann"\nJane',
        "Bob",
        'O"Neil',
    ]


def test_a_list_of_numbers_alone_will_do() -> None:
    opened = open_list(b"phone number\n07700900123\n07700900124\n")
    assert [cells for _, cells in opened.rows()] == [["07700900123"], ["07700900124"]]


def test_formulas_are_only_text() -> None:
    cell = "=cmd|' /C calc'!A0"
    opened = open_list(f"{HEAD}07700900123,{cell}\n".encode())
    assert list(opened.rows()) == [(2, ["07700900123", cell])]


def test_the_columns_of_the_message_are_looked_for() -> None:
    assert kinds(open_list(LIST.encode(), wanted=["name"])) == []
    assert kinds(open_list(LIST.encode(), wanted=[])) == [NoticeKind.COLUMNS_IGNORED]
    with pytest.raises(FileRefused, match="“date”") as refused:
        open_list(LIST.encode(), wanted=["name", "date"])
    assert refused.value.fault == FileFault.MISSING_COLUMNS


def test_the_most_rows_and_bytes_there_may_be() -> None:
    opened = open_list(HEAD.encode() + b"07700900123,Ann\n" * MAX_ROWS)
    assert opened.row_count == MAX_ROWS
    row = b"07700900123," + b"x" * 1000 + b"\n"
    text = (HEAD.encode() + row * (MAX_BYTES // len(row) + 1))[:MAX_BYTES]
    assert open_list(text).row_count > 10_000


def test_a_path_or_an_open_file_will_do(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(LIST, encoding="utf-8")
    by_path, by_name = open_list(path), open_list(str(path))
    by_file = open_list(io.BytesIO(LIST.encode()))
    assert list(by_path.rows()) == list(by_name.rows()) == list(by_file.rows()) == ROWS
    assert by_path.sha256 == by_file.sha256


def test_no_more_of_an_endless_file_is_read_than_needed() -> None:
    class Endless(io.RawIOBase):
        def read(self, size: int = -1) -> bytes:
            assert 0 < size <= MAX_BYTES + 1
            return b"x" * size

    with pytest.raises(FileRefused) as refused:
        open_list(Endless())  # type: ignore[arg-type]
    assert refused.value.fault == FileFault.TOO_BIG


@pytest.mark.parametrize("name", ["missing.csv", "."])
def test_a_file_that_cannot_be_opened_is_told_so(tmp_path: Path, name: str) -> None:
    with pytest.raises(FileRefused) as refused:
        open_list(tmp_path / name)
    assert refused.value.fault == FileFault.NO_FILE


@pytest.mark.parametrize(
    ("name", "told"), [("a.csv", False), ("a.TSV", False), ("a.xlsx", True), ("a", False)]
)
def test_a_name_that_says_another_kind_is_told(name: str, *, told: bool) -> None:
    opened = open_list(LIST.encode(), filename=name)
    assert (NoticeKind.FILE_NAME in kinds(opened)) == told
