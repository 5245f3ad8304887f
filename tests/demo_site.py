"""The whole product as `outreach demo` runs it, on free ports and in a folder of its own."""

import json
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import pyotp

from outreach.cli.demo_settings import PASSWORD
from tests.databases import free_port

START_SECONDS = 90


class DemoSite:
    """A context: started on entering, ended with Ctrl-C on leaving."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.folder = folder
        self.port, self.simulator_port = free_port(), free_port()
        self.staff_url = f"http://127.0.0.1:{self.port}"
        self.public_url = f"http://localhost:{self.port}"
        self.simulator_url = f"http://127.0.0.1:{self.simulator_port}"
        self.password = PASSWORD
        self._options = options
        self._lines: list[str] = []
        self._used: dict[str, str] = {}

    def __enter__(self) -> Self:
        self.process = subprocess.Popen(  # noqa: S603 - our own program
            [
                *(sys.executable, "-m", "outreach.cli.main", "demo"),
                *("--port", str(self.port), "--simulator-port", str(self.simulator_port)),
                *("--folder", str(self.folder), *self._options),
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self.wait_for("Sign-in code now", START_SECONDS)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> int:
        """Ctrl-C; the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        code = self.process.wait(timeout=40)
        self._reader.join(timeout=5)
        if self.process.stdout:
            self.process.stdout.close()
        return code

    def wait_for(self, words: str, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if words in self.output:
                return
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        raise AssertionError(f"{words!r} was not printed:\n{self.output}\n{self.logs()}")

    @property
    def output(self) -> str:
        return "".join(self._lines)

    def logs(self) -> str:
        return "\n".join(path.read_text()[-3000:] for path in (self.folder / "logs").glob("*.log"))

    def children(self) -> list[int]:
        """The pids of the demo's processes and of theirs."""
        found, look_at = [], [self.process.pid]
        while look_at:
            children = _children_of(look_at.pop())
            found += children
            look_at += children
        return found

    def code(self) -> str:
        secrets = json.loads((self.folder / "secrets.json").read_text())
        return pyotp.TOTP(secrets["totp"]).now()

    def fresh_code(self, person: str) -> str:
        """A code this person has not used: each opens once, so it may be half a minute's wait."""
        while self.code() == self._used.get(person):
            time.sleep(0.2)
        self._used[person] = self.code()
        return self._used[person]

    def sample_list(self) -> Path:
        match = re.search(r"A list to upload\s+(\S+)", self.output)
        assert match is not None
        return Path(match[1])

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.append(line)


def is_alive(pid: int) -> bool:
    """Whether the process runs; one that ended and was not yet collected does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def _children_of(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task")
    listed = [(task / "children").read_text() for task in tasks.iterdir()] if tasks.exists() else []
    return [int(child) for line in listed for child in line.split()]
