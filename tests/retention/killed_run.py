"""A run of retention that is killed with SIGKILL at one commit, before it or after it.

    python -m tests.retention.killed_run DATABASE_URL KEY_STORE_URL COMMIT before|after

Commits are counted from 0. Prints DONE where the run ended first.
"""

import os
import signal
import sys
import tempfile
from pathlib import Path

from sqlalchemy.orm import Session

from outreach.extensions import db
from outreach.factory import create_app
from outreach.retention import running, service, tidying
from tests.settings import make_settings


def main(url: str, store: str, at: int, moment: str) -> None:
    service.SLICE = tidying.SLICE = 2
    folder = Path(tempfile.mkdtemp(prefix="outreach-killed-"))
    app = create_app(make_settings(database_url=url, key_store_url=store, instance_path=folder))
    commits = 0
    commit = Session.commit

    def counted(session: Session) -> None:
        nonlocal commits
        if commits == at and moment == "before":
            session.flush()
            os.kill(os.getpid(), signal.SIGKILL)
        commit(session)
        if commits == at:
            os.kill(os.getpid(), signal.SIGKILL)
        commits += 1

    with app.app_context():
        db.session.remove()
        Session.commit = counted  # type: ignore[method-assign]
        running.begin_due(by=service.RETENTION)
        for _ in running.blank(by=service.RETENTION):
            pass
        running.tidy(by=service.RETENTION)
    print("DONE")  # noqa: T201 - for whoever killed it


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4])
