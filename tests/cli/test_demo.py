"""`outreach demo`: it starts and ends everything, keeps what was done, says what is wrong."""

import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.demo_site import DemoSite, is_alive

pytestmark = pytest.mark.timeout(400)


def users(folder: Path) -> list[tuple[int, str]]:
    with closing(sqlite3.connect(folder / "outreach.db")) as connection:
        return connection.execute("SELECT id, email FROM user ORDER BY id").fetchall()


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "outreach.cli.main", *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_demo_prints_what_is_needed_keeps_its_data_and_ends_every_process(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    with DemoSite(folder) as site:
        for role in ("requester", "approver", "partner", "auditor", "admin"):
            assert f"{role}@demo.example" in site.output
        assert site.staff_url in site.output
        assert site.simulator_url in site.output
        assert len(site.sample_list().read_text().splitlines()) > 900
        pids = site.children()
        assert len(pids) >= 4
        first = users(folder)
        assert site.stop() == 0
    deadline = time.monotonic() + 10
    while any(is_alive(pid) for pid in pids) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not [pid for pid in pids if is_alive(pid)]
    with DemoSite(folder):
        assert users(folder) == first


def test_taken_port_is_one_sentence_that_says_what_to_do(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        answer = run("demo", "--port", str(port), "--folder", str(tmp_path))
    assert answer.returncode == 1
    assert f"Port {port} is taken" in answer.stderr
    assert "choose another port" in answer.stderr.replace("\n", " ")


def test_missing_setting_is_one_sentence_that_says_how_to_make_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("OUTREACH_SECRET_KEY", "OUTREACH_DATA_KEYS"):
        monkeypatch.delenv(name, raising=False)
    answer = run("serve")
    assert answer.returncode == 1
    assert answer.stderr.strip() == (
        "Error: OUTREACH_SECRET_KEY is not set. Make one with `outreach keys new-secret`."
    )
