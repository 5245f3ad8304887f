"""The shape of the code: files and functions stay small, and nothing speaks of this machine."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "outreach").rglob("*.py"))
OURS = sorted(
    path for part in ("outreach", "bench", "tests") for path in (ROOT / part).rglob("*.py")
)
LONGEST_FILE = 300
LONGEST_FUNCTION = 50


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", OURS, ids=name_of)
def test_module_and_its_functions_are_small(path: Path) -> None:
    source = path.read_text()
    assert source.count("\n") <= LONGEST_FILE
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < LONGEST_FUNCTION, node.name


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_module_reads_the_clock_in_one_place(path: Path) -> None:
    if path.parts[-2] == "simulator" or path.name in {"clock.py", "v2.py"}:
        pytest.skip("has a clock of its own")
    assert not re.search(r"datetime\.(now|utcnow|today)\(|date\.today\(", path.read_text())


def test_only_known_things_stand_at_the_top() -> None:
    tracked = subprocess.run(
        ["/usr/bin/env", "git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    if not tracked:
        pytest.skip("not a checkout")
    top = {name.partition("/")[0] for name in tracked}
    assert top <= {
        ".ci", ".gitignore", ".npmrc", ".pre-commit-config.yaml", "CONTRIBUTING.md", "Makefile",
        "README.md", "app.py", "bench", "deploy", "docs", "migrations", "outreach",
        "package-lock.json", "package.json", "pyproject.toml", "requirements-dev.txt",
        "requirements.txt", "static", "templates", "tests",
    }  # fmt: skip
    assert not [name for name in tracked if name.startswith(("static/dist/", "node_modules/"))]
