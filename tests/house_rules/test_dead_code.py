"""Nothing is kept that nobody uses."""

import subprocess
import sys

from tests.dead_code import ROOT, unused


def test_no_code_is_unused() -> None:
    assert unused() == []


def test_the_command_succeeds_where_nothing_is_unused() -> None:
    command = [sys.executable, "-m", "tests.dead_code"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 our own module
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
