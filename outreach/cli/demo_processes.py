"""The demo's processes: started as children, watched, and ended together, by pid."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from types import TracebackType
from typing import Self

from outreach.cli.demo_settings import DemoPlace

STOP_SECONDS = 15
PR_SET_PDEATHSIG = 1


class ProcessStopped(Exception):
    """A process of the demo ended by itself; the message says which and where its log is."""


class Processes:
    """A context: on leaving, every process gets SIGTERM and, where it does not end, SIGKILL."""

    def __init__(self, place: DemoPlace) -> None:
        self._place = place
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> Self:
        for number in (signal.SIGINT, signal.SIGTERM):  # a shell's background jobs ignore the first
            signal.signal(number, _as_interrupt)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        for process in reversed(self._running.values()):
            process.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for process in self._running.values():
            _end(process, deadline)

    def start(self, name: str, *arguments: str) -> None:
        """Run `outreach` with `arguments`; what it prints goes to the log of that name."""
        logs = self._place.folder / "logs"
        logs.mkdir(parents=True, exist_ok=True)
        with (logs / f"{name}.log").open("ab") as log:
            self._running[name] = subprocess.Popen(  # noqa: S603 our own program  # nosec B603
                [sys.executable, "-m", "outreach.cli.main", *arguments],
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                env={**os.environ, **self._place.environment},
                start_new_session=True,  # Ctrl-C reaches us alone, and we end them in order
                preexec_fn=_die_with_parent,
            )

    def check(self) -> None:
        """Raises ProcessStopped."""
        for name, process in self._running.items():
            if process.poll() is not None:
                log = self._place.folder / "logs" / f"{name}.log"
                raise ProcessStopped(f"The {name} process stopped. Its last words are in {log}")

    def wait_until_answers(self, url: str, seconds: float) -> None:
        """Raises ProcessStopped where nothing answers 200 in time."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            self.check()
            if _answers(url):
                return
            time.sleep(0.1)
        raise ProcessStopped(f"Nothing answered at {url} within {seconds:.0f} seconds.")


def port_is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310 loopback  # nosec B310
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _end(process: subprocess.Popen[bytes], deadline: float) -> None:
    try:
        process.wait(timeout=max(deadline - time.monotonic(), 0.1))
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _die_with_parent() -> None:
    """Linux: should the demo be killed outright, its processes are told to end too."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _as_interrupt(number: int, frame: object) -> None:
    raise KeyboardInterrupt
