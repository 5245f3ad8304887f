"""Once a week what partners did becomes audit events (see `service.publish_acts`)."""

from outreach.jobs.engine import tick
from outreach.partners import service
from outreach.transaction import transaction

LOOK_SECONDS = 600


@tick(LOOK_SECONDS)
def publish_partner_acts() -> None:
    """Look whether a week is over. Nothing is written where none is."""
    with transaction():
        service.publish_acts()
