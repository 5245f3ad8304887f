"""The program printed in `docs/audit-format.md`, for people who do not want ours."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sealed_log import SealedLog, signer
from tests.tampering import KEY, LINES

DOCUMENT = Path(__file__).parents[2] / "docs" / "audit-format.md"


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    (source,) = re.findall(r"```python\n(.*?)```", DOCUMENT.read_text(), re.DOTALL)
    file = tmp_path_factory.mktemp("program") / "check.py"
    file.write_text(source)
    return file


def run(
    program: Path, lines: list[bytes], key: str = KEY.text()
) -> subprocess.CompletedProcess[str]:
    export = program.with_name("export.jsonl")
    export.write_bytes(b"".join(lines))
    command = [sys.executable, "-W", "ignore::ResourceWarning", program, export, key]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)  # noqa: S603


def test_it_accepts_a_good_export(program: Path) -> None:
    for log in (SealedLog(0), SealedLog(1), SealedLog(300)):
        result = run(program, log.export())
        assert (result.returncode, result.stderr) == (0, "")
        assert result.stdout.startswith(f"holds: outreach.example/audit {log.size} ")


@pytest.mark.parametrize(
    "lines",
    [
        [line.replace(b'"rows":57', b'"rows":58') for line in LINES],
        [line for line in LINES if b',"index":57,' not in line],
        [*LINES[:20], LINES[21], LINES[20], *LINES[22:]],
        [*LINES[:-1], LINES[-1].replace(b"\\n300\\n", b"\\n299\\n")],
        LINES[:-1],
    ],
)
def test_it_refuses_a_damaged_one(program: Path, lines: list[bytes]) -> None:
    assert lines != LINES
    assert run(program, lines).returncode == 1


def test_it_refuses_another_key(program: Path) -> None:
    assert run(program, LINES, signer(2).verifier.text()).returncode == 1
