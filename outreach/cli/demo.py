"""`outreach demo`: everything on loopback, with invented keys, people and a list to try."""

import sys
import time
from pathlib import Path

import click
from click import echo

from outreach.cli.demo_processes import Processes, ProcessStopped, port_is_free
from outreach.cli.demo_settings import DemoPlace
from outreach.config import SettingsRefused

READY_SECONDS = 60


@click.command()
@click.option("--port", default=5000, show_default=True, help="Of the web site.")
@click.option("--simulator-port", default=6011, show_default=True, help="Of the local Notify.")
@click.option(
    "--folder", default="instance/demo", show_default=True, type=click.Path(path_type=Path)
)
@click.option("--reset", is_flag=True, help="Forget what an earlier demo left.")
@click.option("--code", "only_code", is_flag=True, help="Print the sign-in code of now, and stop.")
def demo(port: int, simulator_port: int, folder: Path, reset: bool, only_code: bool) -> None:
    """Run everything on loopback until Ctrl-C: simulator, worker and web site, ready to try."""
    place = DemoPlace(folder.resolve(), port, simulator_port)
    if only_code:
        echo(place.code_now())
        return
    _check_ports(port, simulator_port)
    if reset:
        place.forget()
    with Processes(place) as processes:
        try:
            _start(place, processes)
            _stay(place, processes)
        except KeyboardInterrupt:
            echo("\nStopping.")
        except (ProcessStopped, SettingsRefused) as problem:
            raise click.ClickException(str(problem)) from problem


def _check_ports(port: int, simulator_port: int) -> None:
    for number, option in ((port, "--port"), (simulator_port, "--simulator-port")):
        if not port_is_free(number):
            raise click.ClickException(
                f"Port {number} is taken, perhaps by another demo. Stop that, or choose another "
                f"port: .venv/bin/outreach demo {option} {number + 1}"
            )


def _start(place: DemoPlace, processes: Processes) -> None:
    from outreach.cli.demo_seed import seed

    processes.start("simulator", *place.simulator_command())
    processes.wait_until_answers(f"{place.simulator_url}/_status", READY_SECONDS)
    seed(place)
    processes.start("worker", "worker")
    processes.start("web", "serve", "--bind", f"127.0.0.1:{place.port}")
    processes.wait_until_answers(f"{place.staff_url}/readyz", READY_SECONDS)
    echo(place.welcome())


def _stay(place: DemoPlace, processes: Processes) -> None:
    """Print each new code as it comes, until Ctrl-C or until a process ends by itself."""
    shown = ""
    while True:
        processes.check()
        code = place.code_now()
        if code != shown:
            shown = code
            start, end = ("\r", "") if sys.stdout.isatty() else ("", "\n")
            click.echo(f"{start}Sign-in code now: {code} ", nl=False)
            click.echo(end, nl=False)
        time.sleep(0.5)
