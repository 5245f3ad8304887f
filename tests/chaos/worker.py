"""A real worker with its waits scaled down, so that a run takes minutes and not hours.

Everything else is the product's own. What is scaled keeps its order: a request lives shorter than
its lease, and a look-up comes later than any request can end.
"""

import os
from datetime import timedelta

from outreach.factory import create_app
from outreach.jobs import dispatcher
from outreach.jobs.worker import run_worker
from outreach.notify.gateway import NotifyGateway
from outreach.sending import batch, reconcile
from outreach.web.logs import configure_logging

TIMEOUT_SECONDS = 2.0
"""For Notify's answer, in place of ten."""


def main() -> None:
    configure_logging()
    dispatcher.LEASE = timedelta(seconds=3)
    batch.REQUEST_LIFE = timedelta(seconds=2 * TIMEOUT_SECONDS + 1)
    batch.MARGIN = timedelta(seconds=2)
    reconcile.LOOKUP_LEASE = timedelta(seconds=8)
    app = create_app()
    app.extensions["outreach_gateway"] = NotifyGateway(
        _setting("API_KEY"),
        _setting("BASE_URL"),
        timeout=TIMEOUT_SECONDS,
    )
    run_worker(app, threads=4)


def _setting(name: str) -> str:
    return os.environ[f"OUTREACH_NOTIFY_{name}"]


if __name__ == "__main__":
    main()
