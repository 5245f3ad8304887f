"""Running the simulator: one process, until it is told to stop."""

import signal
from collections.abc import Callable
from threading import Event, Thread
from types import FrameType

from outreach.simulator.app import create_app
from outreach.simulator.engine import Simulator
from outreach.simulator.http import HttpServer
from outreach.simulator.settings import Settings


def serve(
    settings: Settings, host: str, port: int, *, ready: Callable[[str, Settings], None]
) -> None:
    """Serve until SIGINT or SIGTERM; `ready` is told the address once it listens.

    Raises OSError when the port is taken and ValueError for settings that do not fit.
    """
    simulator = Simulator(settings)
    server = HttpServer(create_app(simulator), host, port)
    stopped = Event()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        stopped.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    simulator.start()
    Thread(target=server.serve, name="listener", daemon=True).start()
    ready(f"http://{server.host}:{server.port}", settings)
    stopped.wait()
    server.stop()
    simulator.stop()
