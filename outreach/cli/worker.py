"""The job worker."""

import click

from outreach.cli.context import make_app


@click.command()
@click.option("--threads", default=2, show_default=True, help="Jobs at once in this process.")
def worker(threads: int) -> None:
    """Send texts, check lists, seal the audit log: everything that is not a page."""
    from outreach.jobs.worker import run_worker
    from outreach.web.logs import configure_logging

    configure_logging()
    run_worker(make_app(), threads)
