"""A whole site in real processes: Notify's simulator, the web site, workers that can be killed."""

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

import requests

from outreach.config import Settings, read_settings
from tests.databases import PostgresCluster, free_port, make_sqlite_template, postgres_cluster
from tests.settings import CALLBACK_TOKEN, DATA_KEYS
from tests.simulator.control_client import ControlClient
from tests.simulator.server import SimulatorProcess

START_SECONDS = 60
RETRY_SECONDS = 2
"""In place of Notify's 300 between two tries of a callback."""


@dataclass
class ChaosSite:
    """A context: on leaving, every process it started is ended, by its own id."""

    folder: Path
    database: str
    workers: int
    seed: int
    rate_limit: str = "off"
    latency_ms: int = 10
    _stack: ExitStack = field(default_factory=ExitStack)
    _workers: dict[int, "subprocess.Popen[bytes]"] = field(default_factory=dict)

    def __enter__(self) -> Self:
        self.port = free_port()
        self.cluster: PostgresCluster | None = None
        self.database_url = self._make_database()
        self.notify = self._stack.enter_context(
            SimulatorProcess(
                rate_limit=self.rate_limit,
                latency=self.latency_ms,
                receipt_delay=0.5,
                callback_retry_delay=RETRY_SECONDS,
                receipt_url=f"{self.staff_url}/notify/delivery-receipt",
                receipt_token=CALLBACK_TOKEN,
                seed=self.seed,
            )
        )
        self._web = self._start("web", "outreach.cli.main", "serve", "--bind", self.address)
        self._wait_for_web()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        for process in [*self._workers.values(), self._web]:
            process.terminate()
        for process in [*self._workers.values(), self._web]:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self._stack.close()

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def staff_url(self) -> str:
        return f"http://{self.address}"

    @property
    def control(self) -> ControlClient:
        return self.notify.control

    @property
    def environment(self) -> dict[str, str]:
        return {
            "OUTREACH_SECRET_KEY": "s" * 40,
            "OUTREACH_DATA_KEYS": DATA_KEYS,
            "OUTREACH_NOTIFY_API_KEY": self.notify.api_key,
            "OUTREACH_NOTIFY_BASE_URL": self.notify.base_url,
            "OUTREACH_CALLBACK_TOKENS": CALLBACK_TOKEN,
            "OUTREACH_PUBLIC_URL": f"http://localhost:{self.port}",
            "OUTREACH_STAFF_URL": self.staff_url,
            "OUTREACH_DATABASE_URL": self.database_url,
            "OUTREACH_INSTANCE_PATH": str(self.folder),
        }

    @property
    def settings(self) -> Settings:
        return read_settings(self.environment)

    def start_workers(self, *module: str) -> None:
        """Workers with scaled waits, or those of another module."""
        for place in range(self.workers):
            command = module or ("tests.chaos.worker",)
            self._workers[place] = self._start(f"worker-{place}", *command)

    def worker_pids(self) -> list[int]:
        return [process.pid for process in self._workers.values()]

    def kill_a_worker(self, chance: random.Random) -> int:
        """SIGKILL one, at random, and start another in its place; the pid that died."""
        place = chance.randrange(self.workers)
        process = self._workers[place]
        process.send_signal(signal.SIGKILL)
        process.wait()
        time.sleep(chance.random())
        self._workers[place] = self._start(f"worker-{place}", "tests.chaos.worker")
        return process.pid

    def restart_database(self) -> None:
        """PostgreSQL ends at once, with everything in flight, and recovers."""
        assert self.cluster is not None
        self.cluster.stop("immediate")
        time.sleep(1)
        self.cluster.start()

    def dead_workers(self) -> int:
        """Workers that ended by themselves: there must be none."""
        return sum(process.poll() is not None for process in self._workers.values())

    def _make_database(self) -> str:
        if self.database == "sqlite":
            template = make_sqlite_template(self.folder)
            return f"sqlite:///{template}"
        self.cluster = self._stack.enter_context(postgres_cluster())
        return self.cluster.new_database()

    def _start(self, name: str, *module_and_arguments: str) -> "subprocess.Popen[bytes]":
        with (self.folder / f"{name}.log").open("ab") as log:
            return subprocess.Popen(  # noqa: S603 - our own program
                [sys.executable, "-m", *module_and_arguments],
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                env={**os.environ, **self.environment},
            )

    def _wait_for_web(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            try:
                if requests.get(f"{self.staff_url}/healthz", timeout=2).ok:
                    return
            except requests.RequestException:
                time.sleep(0.2)
        raise RuntimeError(f"the web site did not start; see {self.folder}")
