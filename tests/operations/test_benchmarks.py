"""Every benchmark still runs: with a few rows, for its exit code alone and not for its figures."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BENCHMARKS = sorted(
    file.stem for file in (ROOT / "bench").glob("*.py") if "\ndef main(" in file.read_text()
)


@pytest.mark.parametrize("name", BENCHMARKS)
def test_benchmark_runs_to_its_end(name: str) -> None:
    done = subprocess.run(  # noqa: S603  ours
        [sys.executable, "-m", f"bench.{name}", "--quick"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.strip(), "it prints what it measured"


def test_make_bench_runs_them_all() -> None:
    told = subprocess.run(
        ["make", "--dry-run", "bench"],  # noqa: S607  found where the tests are run from
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    (loop,) = [line for line in told.stdout.splitlines() if "for each in" in line]
    listed = loop.split("for each in ")[1].split(";")[0].split()
    assert sorted(listed) == BENCHMARKS
