"""What benchmarks of pages share: a server as `outreach serve` starts it, and a steady load."""

import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ASKING_AT_ONCE = 32


@contextmanager
def served(call: str, port: int) -> Iterator[None]:
    """Two synchronous processes of gunicorn on loopback; `call` makes the application."""
    command = [
        *(sys.executable, "-m", "gunicorn", "--workers=2", "--worker-class=sync"),
        *(f"--bind=127.0.0.1:{port}", "--log-level=error", "--no-control-socket", call),
    ]
    server = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)  # noqa: S603 - ours
    try:
        wait_for(port)
        yield
    finally:
        server.terminate()
        server.wait()


def wait_for(port: int) -> None:
    for _ in range(400):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError("gunicorn did not start")


def paced(ask: Callable[[int], None], pace: int, seconds: int) -> list[float]:
    """Milliseconds from the moment each request was due, `pace` a second, shortest first.

    Each has its own moment, whatever became of the one before: an answer that comes late makes
    none of the others wait unseen.
    """
    began = time.perf_counter() + 0.2

    def timed(number: int) -> float:
        due = began + number / pace
        time.sleep(max(0.0, due - time.perf_counter()))
        ask(number)
        return (time.perf_counter() - due) * 1000

    with ThreadPoolExecutor(ASKING_AT_ONCE) as pool:
        return sorted(pool.map(timed, range(pace * seconds)))


def p99(times: list[float]) -> float:
    """Of times in order."""
    return times[len(times) * 99 // 100]


def told(times: list[float]) -> str:
    """Of times in order."""
    return f"p50 {times[len(times) // 2]:.1f} ms, p99 {p99(times):.1f} ms, worst {times[-1]:.1f} ms"
