"""Once a week the partner figures are published (see `service.publish_week`)."""

from sqlalchemy.exc import IntegrityError

from outreach.jobs.engine import tick
from outreach.reports import service
from outreach.transaction import transaction

LOOK_SECONDS = 600


@tick(LOOK_SECONDS)
def publish_partner_figures() -> None:
    """Look whether a week is over that is not published. Another worker may have been quicker."""
    try:
        with transaction():
            service.publish_week()
    except IntegrityError:
        return
