"""`outreach simulator`: a local Notify on loopback."""

import click

from outreach.simulator.server import serve
from outreach.simulator.settings import Settings


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=6011, show_default=True, type=int)
@click.option("--latency", default=0.0, help="Milliseconds added to every answer.")
@click.option("--rate-limit", default="3000")
def simulator(host: str, port: int, latency: float, rate_limit: str) -> None:
    """Run a local Notify."""
    limit = None if rate_limit == "off" else int(rate_limit)
    serve(Settings(latency=latency / 1000, rate_limit=limit), host, port)
