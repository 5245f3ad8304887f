"""`outreach recipients check`: the same verdicts from the command line, with no database."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from outreach.cli.main import main
from outreach.domain.phone import redact
from tests.workbook_files import xlsx

BODY = "Hi ((name)), see ((link)) STOP"
LIST = (
    "phone number,name,age\n"
    "07700900123,Ann,40\n"
    "7700900124,Siân 😀,41\n"
    "\n"
    "02079460991,Cy,42\n"
    "07797300123,Di,43\n"
    "07700900123,Ed,44\n"
    "07700900125,,45\n"
    "077009001234,Flo,46\n"
)


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    path = tmp_path / "list.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def check(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["recipients", "check", *map(str, arguments)])


def checked(*arguments: object) -> list[dict[str, Any]]:
    result = check(*arguments, "--json")
    assert result.exit_code == 0
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_every_row_is_a_line_of_json_and_the_summary_the_last(listed: Path) -> None:
    *rows, last = checked(listed, "--template-body", BODY)
    assert [row["row"] for row in rows] == [2, 3, 5, 6, 7, 8, 9]
    assert [row["reason"] for row in rows] == [
        None,
        None,
        "landline",
        None,
        "duplicate",
        "missing-placeholder",
        "invalid",
    ]
    assert [row["verdict"] for row in rows].count("accepted") == 3
    assert set(last) == {"summary"}
    assert last["summary"]["rows"] == len(rows)


def test_a_row_tells_its_number_masked_its_fragments_and_its_cost(listed: Path) -> None:
    rows = checked(listed, "--template-body", BODY)
    assert rows[0] == {
        "row": 2,
        "phone": "+44 7*** ***123",
        "verdict": "accepted",
        "reason": None,
        "fragments": 1,
        "cost_pence": 2.4,
        "crown_dependency": False,
    }
    assert rows[1]["replaced"] == ["😀"]
    assert "zero" in rows[1]["repaired"]
    assert (rows[3]["crown_dependency"], rows[3]["cost_pence"]) == (True, 4.8)
    assert (rows[4]["kept_row"], rows[4]["fragments"]) == (2, None)
    assert rows[6]["problem"] == "one-digit-too-many"


def test_the_summary_adds_up_and_counts_by_reason(listed: Path) -> None:
    summary = checked(listed, "--template-body", BODY)[-1]["summary"]
    assert summary["rows"] == summary["accepted"] + summary["refused"] == 7
    assert sum(reason["count"] for reason in summary["reasons"].values()) == summary["refused"]
    assert summary["reasons"]["duplicate"] == {"count": 1, "first_rows": [7]}
    assert summary["duplicates_of"] == {"2": 1}
    assert (summary["fragments"], summary["billed_fragments"]) == (3, 4)
    assert summary["cost_pence"] == 9.6
    assert summary["replaced_characters"] == {"😀": 1}
    assert {notice["kind"] for notice in summary["notices"]} == {"blank-rows", "columns-ignored"}


def test_without_a_message_there_is_no_price(listed: Path) -> None:
    *rows, last = checked(listed)
    assert rows[0]["verdict"] == "accepted"
    assert rows[0]["fragments"] is rows[0]["cost_pence"] is last["summary"]["cost_pence"] is None
    assert rows[5]["verdict"] == "accepted"


def test_the_landing_page_and_the_service_name_count(listed: Path) -> None:
    address = "https://help.example.org/" + "x" * 150
    more = ("--public-url", address, "--service-name", "Westshire")
    assert checked(listed, "--template-body", BODY, *more)[0]["fragments"] == 2


def test_a_workbook_gives_the_same_verdicts(listed: Path, tmp_path: Path) -> None:
    book = tmp_path / "list.xlsx"
    lines = [line.split(",") for line in LIST.splitlines()]
    book.write_bytes(xlsx([line if line != [""] else [] for line in lines]))
    by_text = checked(listed, "--template-body", BODY)[:-1]
    assert checked(book, "--template-body", BODY)[:-1] == by_text


def test_the_table_tells_people_the_same(listed: Path) -> None:
    result = check(listed, "--template-body", BODY)
    assert result.exit_code == 0
    assert "Not texted. This is a landline." in result.stdout
    assert "7 rows: 3 to text, 4 not." in result.stdout
    assert "Same number as an earlier row" in result.stdout
    assert "3 fragments, 4 billed: £0.10" in result.stdout
    assert "Note: 1 blank row was skipped." in result.stdout


@pytest.mark.parametrize("as_json", [[], ["--json"]])
def test_no_number_and_no_name_is_printed(listed: Path, as_json: list[str]) -> None:
    output = check(listed, "--template-body", BODY, *as_json).output
    assert "7700900" not in output
    assert "Ann" not in output
    shown = "\n".join(line for line in output.splitlines() if "sha256" not in line)
    assert redact(shown) == shown


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"a,b\n1,2\n", "phone number"),
        (b"%PDF-1.7", "PDF"),
        (b"phone number,title\n07700900123,Ms\n", "“name”"),
        (b'phone number,name\n07700900123,"Ann\n', "row 2"),
    ],
)
def test_a_refused_list_ends_with_2_and_a_sentence(
    tmp_path: Path, content: bytes, words: str
) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    result = check(path, "--template-body", BODY, "--json")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert words in result.stderr
    assert result.stderr.endswith(".\n")


def test_a_file_that_is_not_there_ends_with_2(tmp_path: Path) -> None:
    result = check(tmp_path / "none.csv")
    assert result.exit_code == 2
    assert "no such file" in result.stderr


def test_neither_web_nor_database_is_loaded(listed: Path) -> None:
    code = (
        "import sys; from outreach.cli.main import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "heavy = {'flask', 'sqlalchemy', 'huey', 'cryptography'} & set(sys.modules)\n"
        "sys.exit(repr(heavy) if heavy else 0)"
    )
    command = [sys.executable, "-c", code, "recipients", "check", str(listed), "--json"]
    done = subprocess.run(command, capture_output=True, check=False, timeout=60)  # noqa: S603 ours
    assert (done.returncode, done.stderr) == (0, b"")
