"""The export from a real database, by command: it verifies, whole, in ranges and with proofs."""

import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import select

from outreach.audit import cosigning, exporting, signing, tree
from outreach.cli.audit import audit
from outreach.domain.audit_reading import read_head
from outreach.domain.audit_verify import Trust, verify_export
from outreach.domain.checkpoint import cosign_checkpoint
from outreach.domain.signed_note import KeyType
from outreach.extensions import db
from outreach.models import AuditEvent
from outreach.transaction import transaction
from tests.audit.log import WRITER, make_log, write
from tests.conftest import both_databases
from tests.sealed_log import signer


def run(*arguments: str) -> Result:
    db.session.rollback()
    return CliRunner().invoke(audit, list(arguments), catch_exceptions=False)


def exported(tmp_path: Path, *options: str) -> Path:
    file = tmp_path / "export.jsonl"
    result = run("export", str(file), *options)
    assert result.exit_code == 0, result.output
    return file


def verified(file: Path, *options: str) -> Result:
    return run("verify", str(file), "--key", signing.verifiers()[0].text(), *options)


@both_databases
def test_a_whole_export_verifies(app: Flask, tmp_path: Path) -> None:
    make_log(7, 300, 2_000, 30)
    result = verified(exported(tmp_path))
    assert result.output.startswith("HOLDS entries 0 to 2337 (log of 2,338, root ")
    assert result.output.endswith("…) of help.test/audit.\n")
    assert result.exit_code == 0


@both_databases
@pytest.mark.parametrize(("first", "last"), [(0, 0), (5, 5), (250, 260), (600, 1199), (1199, 1199)])
def test_a_range_verifies_and_so_does_every_line_by_its_own_proof(
    app: Flask, tmp_path: Path, first: int, last: int
) -> None:
    make_log(9, 890, 300)
    file = exported(tmp_path, "--from", str(first), "--to", str(last), "--proofs")
    lines = file.read_bytes().splitlines(keepends=True)
    entries = [line for line in lines if line.startswith(b'{"event"')]
    assert len(entries) == last - first + 1
    assert all(b'"proof":["' in line for line in entries)
    assert verified(file).output.startswith("HOLDS")


@both_databases
def test_growth_since_an_older_head_is_proven(app: Flask, tmp_path: Path) -> None:
    make_log(9, 890)
    older = tmp_path / "older"
    older.write_text(tree.newest().note)
    write(300)
    make_log(5)
    file = exported(tmp_path, "--from", "1000", "--consistent-from", "900")
    assert (
        "one history with your checkpoint at 900" in verified(file, "--against", str(older)).output
    )


@both_databases
def test_an_export_ends_at_the_head_that_a_second_body_signed(app: Flask, tmp_path: Path) -> None:
    assert "No second body has signed" in run("export", "-", "--cosigned").output
    witness = signer(9, "charity.example/witness", KeyType.COSIGNATURE)
    make_log(9)
    with transaction():
        cosigning.add_witness(witness.verifier, by=WRITER)
        cosigning.accept(cosign_checkpoint(tree.newest().note, witness, 1_767_225_600))
    make_log(20)
    file = exported(tmp_path, "--cosigned")
    result = verified(file, "--witness", witness.verifier.text())
    assert "log of 10," in result.output
    assert "cosigned by charity.example/witness on 1 January 2026" in result.output
    assert verified(exported(tmp_path), "--witness", witness.verifier.text()).exit_code == 1


@both_databases
def test_exporting_is_an_event_of_its_own(app: Flask, tmp_path: Path) -> None:
    make_log(9)
    exported(tmp_path, "--from", "2", "--to", "5")
    event = db.session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert (event.action, event.category) == ("audit.exported", "disclosure")
    assert event.actor == "command:audit export"
    assert event.changes == {"from": 2, "to": 5, "entries": 4, "size": 10, "where": "command"}


def test_what_is_not_sealed_is_not_exported(app: Flask, tmp_path: Path) -> None:
    assert "Nothing has been sealed yet" in run("export", str(tmp_path / "x")).output
    assert not (tmp_path / "x").exists()
    make_log(3)
    write(5)
    assert "log of 4," in verified(exported(tmp_path)).output


@pytest.mark.parametrize("options", [["--to", "10"], ["--from", "11"], ["--consistent-from", "11"]])
def test_a_range_past_the_end_is_refused_and_writes_nothing(
    app: Flask, tmp_path: Path, options: list[str]
) -> None:
    make_log(9)
    result = run("export", str(tmp_path / "x"), *options)
    assert result.exit_code == 1
    assert "The log has 10 sealed entries" in result.output
    assert list(tmp_path.glob("x*")) == []


@both_databases
def test_a_log_that_grows_while_it_is_read_is_exported_as_it_was_signed(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "STEP", 256)
    make_log(700)
    head = exporting.head(exporting.Wanted())
    lines = []
    for number, line in enumerate(exporting.lines(head)):
        lines.append(line)
        if number % 200 == 0:
            make_log(3)
    assert tree.newest().tree_size > 700
    assert verify_export(lines, Trust(signing.verifiers())).head.size == 701


@pytest.mark.parametrize("has_proofs", [False, True])
def test_memory_does_not_grow_with_the_log(
    app: Flask, monkeypatch: pytest.MonkeyPatch, has_proofs: bool
) -> None:
    monkeypatch.setattr(exporting, "STEP", 256)
    make_log(6_000)
    head = exporting.head(exporting.Wanted())
    assert read_head(next(exporting.lines(head))).size == 6_001

    def peak(end: int) -> int:
        part = exporting.head(exporting.Wanted(end=end))
        tracemalloc.start()
        for _ in exporting.lines(part, has_proofs=has_proofs):
            pass
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(300)
    assert peak(6_001) < 1.5 * peak(600) + 300_000


def test_verify_needs_neither_settings_nor_database(app: Flask, tmp_path: Path) -> None:
    make_log(9)
    file = exported(tmp_path)
    command = [sys.executable, "-m", "outreach.cli.main", "audit", "verify", str(file)]
    done = subprocess.run(  # noqa: S603  ours
        command, capture_output=True, text=True, check=True, env={"PYTHONPATH": str(Path.cwd())}
    )
    assert done.stdout.startswith("HOLDS")
    probe = "import sys, outreach.cli.audit; print('flask' in sys.modules)"
    loaded = subprocess.run(  # noqa: S603  ours
        [sys.executable, "-c", probe], capture_output=True, text=True, check=True
    )
    assert loaded.stdout.strip() == "False"


def test_the_key_is_made_once_and_printed(app: Flask) -> None:
    first = run("key").output
    assert first.startswith("help.test/audit+")
    assert run("key").output == first
    assert run("key", "--new").output.splitlines()[1:] == first.splitlines()
