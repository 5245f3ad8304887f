"""The web site under gunicorn."""

import click
from gunicorn.app.base import BaseApplication

from outreach.cli.context import make_app


class Site(BaseApplication):  # type: ignore[misc]
    """Gunicorn with our application, given options in code and not by a file."""

    def __init__(self, options: dict[str, object]) -> None:
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> object:
        from outreach.web.logs import configure_logging

        configure_logging()
        return make_app()


@click.command()
@click.option("--bind", default="127.0.0.1:8000", show_default=True, help="Address and port.")
@click.option("--workers", default=2, show_default=True, help="Processes.")
def serve(bind: str, workers: int) -> None:
    """Run the web site under gunicorn."""
    make_app()  # a missing setting stops here, with its sentence, before any process is started
    Site(
        {
            "bind": bind,
            "workers": workers,
            "worker_class": "sync",
            "timeout": 60,
            "accesslog": None,
            "control_socket_disable": True,
        }
    ).run()
