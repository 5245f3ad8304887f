"""`outreach audit verify`, as an auditor types it."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from outreach.cli.main import main
from outreach.domain.audit_export import export_lines
from outreach.domain.checkpoint import cosign_checkpoint
from outreach.domain.signed_note import KeyType
from tests.sealed_log import SealedLog, signer
from tests.tampering import KEY, LINES, LOG


@pytest.fixture
def export(tmp_path: Path) -> Path:
    file = tmp_path / "export.jsonl"
    file.write_bytes(b"".join(LINES))
    return file


def verify(*arguments: object, stdin: bytes | None = None) -> Result:
    words = ["audit", "verify", *(str(one) for one in arguments)]
    return CliRunner().invoke(main, words, input=stdin)


def test_a_good_export_holds_in_one_line(export: Path) -> None:
    result = verify(export, "--key", KEY.text())
    assert result.exit_code == 0
    assert result.output.count("\n") == 1
    assert result.output.startswith("HOLDS entries 0 to 299 (log of 300, root ")
    assert "compare" not in result.output


def test_without_a_key_it_says_that_the_key_is_still_to_be_compared(export: Path) -> None:
    result = verify(export)
    assert result.exit_code == 0
    assert f"signed by {KEY.text()}, which you must compare yourself (--key)" in result.output


def test_a_damaged_export_names_the_first_bad_entry_and_ends_with_1(export: Path) -> None:
    export.write_bytes(b"".join(line for line in LINES if b',"index":157,' not in line))
    result = verify(export, "--key", KEY.text())
    assert result.exit_code == 1
    assert result.stdout == (
        "DAMAGED entry 157: removed. The entries after it are there."
        " Signed and right: entries 0 to 149.\n"
    )


def test_it_reads_standard_input(export: Path) -> None:
    assert verify("-", stdin=export.read_bytes()).output.startswith("HOLDS entries 0 to 299")


def test_a_wrong_key_is_a_forged_signature(export: Path) -> None:
    result = verify(export, "--key", signer(2).verifier.text())
    assert result.exit_code == 1
    assert "forged signature" in result.output


def test_any_of_several_keys_will_do(export: Path) -> None:
    keys = ["--key", signer(2).verifier.text(), "--key", KEY.text()]
    assert verify(export, *keys).exit_code == 0


def test_a_checkpoint_from_before_is_compared(export: Path, tmp_path: Path) -> None:
    older = tmp_path / "checkpoint"
    older.write_text(LOG.checkpoint(123))
    result = verify(export, "--key", KEY.text(), "--against", older)
    assert result.exit_code == 0
    assert "one history with your checkpoint at 123" in result.output


def test_another_history_is_a_split_view(export: Path, tmp_path: Path) -> None:
    other = SealedLog(200)
    other.leaves[0] = bytes(32)
    other.seal_again()
    older = tmp_path / "checkpoint"
    older.write_text(other.checkpoints[-1])
    result = verify(export, "--key", KEY.text(), "--against", older)
    assert result.exit_code == 1
    assert result.output.startswith("DAMAGED split view. ")


def test_a_cosignature_is_shown_with_its_time(tmp_path: Path) -> None:
    witness = signer(9, "charity.example/witness", KeyType.COSIGNATURE)
    note = cosign_checkpoint(LOG.checkpoints[-1], witness, 1_767_225_600)
    file = tmp_path / "export.jsonl"
    file.write_bytes(b"".join(export_lines(LOG.head(), LOG.entries(LOG.head()), [note])))
    result = verify(file, "--key", KEY.text(), "--witness", witness.verifier.text())
    assert result.exit_code == 0
    assert "cosigned by charity.example/witness on 1 January 2026 at 00:00 UTC" in result.output
    missing = verify(file, "--witness", signer(8, "x", KeyType.COSIGNATURE).verifier.text())
    assert (missing.exit_code, missing.output[:11]) == (1, "NOT CHECKED")


def test_an_empty_log_holds(tmp_path: Path) -> None:
    file = tmp_path / "export.jsonl"
    file.write_bytes(b"".join(SealedLog(0).export()))
    assert verify(file).output.startswith("HOLDS no entries (log of 0, root e3b0c44298fc1c14…)")


@pytest.mark.parametrize("content", [b"", b"id,at\n1,2\n", b"PK\x03\x04\x00\x00", b"\n" * 10])
def test_another_file_is_named_so_and_ends_with_1(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "other"
    file.write_bytes(content)
    result = verify(file)
    assert result.exit_code == 1
    assert result.output.startswith("NOT CHECKED ")


def test_a_line_without_end_is_not_read_whole(tmp_path: Path) -> None:
    file = tmp_path / "export.jsonl"
    file.write_bytes(LINES[0] + b"x" * 5_000_000)
    result = verify(file)
    assert (result.exit_code, "entry 0: cut off" in result.output) == (1, True)


@pytest.mark.parametrize(
    "arguments", [["no such file"], ["--key", "not a key"], ["--against", "no such file"]]
)
def test_a_slip_of_the_pen_is_answered_with_the_usage(export: Path, arguments: list[str]) -> None:
    words = arguments if len(arguments) == 1 else [export, *arguments]
    result = verify(*words)
    assert result.exit_code == 2
    assert "Error: Invalid value" in result.output


def test_a_checkpoint_that_is_not_text_is_refused(export: Path, tmp_path: Path) -> None:
    older = tmp_path / "checkpoint"
    older.write_bytes(b"\xff\xfe\x00")
    result = verify(export, "--against", older)
    assert result.exit_code == 2
    assert "The checkpoint is not text" in result.output
