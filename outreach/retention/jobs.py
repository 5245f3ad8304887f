"""Retention by schedule: once a night, and whatever a stop left half done at any hour."""

from outreach import clock
from outreach.domain.retention import is_run_due
from outreach.extensions import db
from outreach.jobs.engine import engine, job, tick
from outreach.retention import queries, running, service
from outreach.transaction import transaction

SLICES_AT_ONCE = 5
"""A second's work or two; then others have their turn."""


@tick(300)
def look_for_retention() -> None:
    """Nudge where the night's run has not been."""
    if is_run_due(clock.now(), queries.last_run()):
        engine().nudge(run_retention)
    db.session.rollback()


@tick(10)
def look_for_unfinished_erasures() -> None:
    """Go on with what was begun, by the night's run or by hand, and not ended."""
    if queries.has_unfinished():
        engine().nudge(blank_erased)
    db.session.rollback()


@job
def run_retention() -> None:
    """Destroy the keys of what is due; the rows follow in slices. Nothing where it ran already.

    That it ran is noted at the end: after a stop the whole of it is gone through again.
    """
    if not is_run_due(clock.now(), queries.last_run()):
        return
    running.begin_due(by=service.RETENTION)
    engine().nudge(blank_erased)
    running.tidy(by=service.RETENTION)
    with transaction():
        service.note_run()


@job
def blank_erased() -> None:
    """Some slices, and come again while there are more."""
    for done, _ in enumerate(running.blank(by=service.RETENTION), start=1):
        if done == SLICES_AT_ONCE:
            engine().nudge(blank_erased)
            return
    running.wipe_traces()
