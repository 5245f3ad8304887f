"""A simulator as a real process on a free loopback port, and a typed hand on its controls.

with SimulatorProcess(rate_limit="off", receipt_delay=0.1) as notify:
    site = make_site(notify.base_url, notify.api_key)
    notify.control.fault_on("reset-after-storing", remaining=1)
    assert notify.control.counts() == {"447700900123": 1}
"""

import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Self

from outreach.simulator.service import LIVE_KEY, REVOKED_KEY, TEAM_KEY, TEST_KEY
from tests.simulator.control_client import ControlClient

START_SECONDS = 20.0
RUN = "from outreach.cli.main import main; main()"


class SimulatorProcess:
    """A context manager around one `outreach simulator`.

    Options are those of the command line with underscores: `latency=60`, `rate_limit="off"`,
    `receipt_url=…`; True and False choose flags. Without a port it takes a free one.
    """

    api_key = LIVE_KEY
    team_api_key = TEAM_KEY
    test_api_key = TEST_KEY
    revoked_api_key = REVOKED_KEY

    def __init__(self, *, port: int = 0, **options: str | float | bool | Path) -> None:
        self._command = [sys.executable, "-c", RUN, "simulator", "--port", str(port)]
        self._command += _as_arguments(options)
        self._process: subprocess.Popen[str] | None = None
        self.base_url = ""

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Start and wait until it answers. A restart keeps the port."""
        self._process = subprocess.Popen(  # noqa: S603 -- our own command
            self._command, stdout=subprocess.PIPE, text=True, env=_environment()
        )
        line = self._first_line()
        if " on http" not in line:
            self.stop()
            raise RuntimeError(f"The simulator did not start: {line!r}")
        self.base_url = line.split(" on ")[1].strip()
        self._command[self._command.index("--port") + 1] = self.base_url.rsplit(":", 1)[1]
        self.control = ControlClient(self.base_url)

    def _first_line(self) -> str:
        output = self.process.stdout
        assert output is not None
        readable, _, _ = select.select([output], [], [], START_SECONDS)
        return output.readline() if readable else ""

    @property
    def process(self) -> "subprocess.Popen[str]":
        assert self._process is not None, "the simulator is not running"
        return self._process

    def stop(self) -> None:
        """Ask it to end and wait; kill it if it does not."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        self._end(signal.SIGKILL)

    def _end(self, number: signal.Signals) -> None:
        if self._process is None:
            return
        if hasattr(self, "control"):
            self.control.close()
        self._process.send_signal(number)
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(10)
        if self._process.stdout is not None:
            self._process.stdout.close()
        self._process = None

    def restart(self, *, pause: float = 0.0) -> None:
        """Kill it and start it again on the same port, as after a crash."""
        self.kill()
        time.sleep(pause)
        self.start()


def _as_arguments(options: dict[str, str | float | bool | Path]) -> list[str]:
    arguments: list[str] = []
    for name, value in options.items():
        flag = name.replace("_", "-")
        if isinstance(value, bool):
            arguments.append(f"--{flag}" if value else f"--no-{flag}")
        else:
            arguments += [f"--{flag}", str(value)]
    return arguments


def _environment() -> dict[str, str]:
    return {
        name: value for name, value in os.environ.items() if not name.startswith("OUTREACH_")
    } | {"PYTHONUNBUFFERED": "1"}
