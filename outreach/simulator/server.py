"""Serving the simulator: one process, one thread a connection, connections kept alive."""

import signal
from threading import Event, Thread
from types import FrameType
from typing import Any

from outreach.simulator.app import create_app
from outreach.simulator.engine import Simulator
from outreach.simulator.http import HttpServer
from outreach.simulator.settings import Settings


def serve(settings: Settings, host: str, port: int) -> None:
    """Serve until SIGINT or SIGTERM. Raises OSError when the port is taken."""
    simulator = Simulator(settings)
    server = HttpServer(create_app(simulator), host, port)
    simulator.start()
    stopped = Event()

    def stop(_signal: int, _frame: FrameType | None) -> Any:
        stopped.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    Thread(target=server.serve, name="listener", daemon=True).start()
    stopped.wait()
    server.stop()
    simulator.stop()
