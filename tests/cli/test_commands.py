"""The command line: every command loads, and the light ones stay light."""

import subprocess
import sys

import pytest
from click.testing import CliRunner

from outreach.cli.main import COMMANDS, main


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_command_explains_itself(name: str) -> None:
    answer = CliRunner().invoke(main, [name, "--help"])
    assert answer.exit_code == 0, answer.output
    assert answer.output.startswith("Usage:")


@pytest.mark.parametrize("name", ["recipients", "replies", "keys"])
def test_light_command_loads_no_web_and_no_database(name: str) -> None:
    script = (
        "import sys; from outreach.cli.main import main\n"
        f"main(['{name}', '--help'], standalone_mode=False)\n"
        "sys.exit(any(m in sys.modules for m in ('flask', 'sqlalchemy')))"
    )
    answer = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", script], capture_output=True, check=False
    )
    assert answer.returncode == 0
