"""`outreach optouts`: add, import, export from the command line."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from outreach import vault
from outreach.cli.main import main
from outreach.extensions import db
from outreach.models import Suppression
from outreach.optouts import queries
from tests.replies.stage import NUMBER, OTHER, events


def run(*arguments: str, given: str = "") -> Result:
    result = CliRunner().invoke(main, ["optouts", *arguments], input=given)
    db.session.rollback()
    return result


@pytest.mark.parametrize("arguments", [["07700900123"], []])
def test_add_takes_a_number_as_argument_or_on_standard_input(
    app: Flask, arguments: list[str]
) -> None:
    given = "" if arguments else "07700 900123\n"
    result = run("add", *arguments, given=given)
    assert (result.exit_code, result.output) == (0, "The number is on the list.\n")
    assert set(queries.withheld([vault.digest(NUMBER)])) == {vault.digest(NUMBER)}
    event = events("optout.added")[0]
    assert (event.actor, event.changes["source"]) == ("command:optouts add", "staff")
    assert "already" in run("add", *arguments, given=given).output


def test_add_marks_a_wrong_person(app: Flask) -> None:
    run("add", "07700900123", "--kind", "wrong_person")
    assert db.session.query(Suppression).one().kind == "wrong_person"


@pytest.mark.parametrize("number", ["0113 496 0000", "", "hello"])
def test_add_refuses_what_is_no_mobile_without_repeating_it(app: Flask, number: str) -> None:
    result = run("add", given=f"{number}\n")
    assert result.exit_code == 1
    assert "496" not in result.output
    assert db.session.query(Suppression).count() == 0


def test_import_tells_what_was_left_out(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text("07700900123\n0113 496 0000\n07700900124\n")
    result = run("import", str(path))
    assert result.exit_code == 1
    assert "2 added, 0 known already" in result.output
    assert "Line 2 was left out. This is a landline." in result.output
    assert "496" not in result.output
    assert run("import", "-", given="07700900123\n").exit_code == 0


def test_import_of_a_file_that_cannot_be_read_is_a_sentence(app: Flask) -> None:
    result = run("import", "-", given="")
    assert (result.exit_code, result.output) == (1, "Error: The file is empty.\n")


def test_export_and_import_again(app: Flask, tmp_path: Path) -> None:
    run("import", "-", given="07700900123\n07700900124\n")
    path = tmp_path / "out.csv"
    result = run("export", str(path))
    assert "2 entries exported." in result.output
    assert [line.split(",")[1:4] for line in path.read_text().splitlines()[1:]] == [
        ["k1", "opt_out", "import"]
    ] * 2
    assert "0 added, 2 known" in run("import", str(path)).output
    digests = {vault.digest(NUMBER), vault.digest(OTHER)}
    assert set(queries.withheld(digests)) == digests
    assert events("optout.exported")[0].changes["digests"] == 2
