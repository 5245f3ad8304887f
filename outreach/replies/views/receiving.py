"""Notify's callback for a received text (contract section 8)."""

from flask import request
from werkzeug.exceptions import BadRequest

from outreach.optouts.under_way import wait_for_texts_under_way
from outreach.replies import intake, service
from outreach.replies.views.common import blueprint
from outreach.transaction import transaction
from outreach.web.callbacks import require_token
from outreach.web.permissions import machine


@blueprint.post("/notify/received-text")
@machine
def receive() -> tuple[str, int]:
    """Store, then read it by the rules, then answer 204, whatever the text means.

    500 where either cannot be done: Notify comes again. A STOP is not acknowledged before it has
    taken effect: no text to the number begins after the 204.
    """
    require_token()
    try:
        received = intake.read_callback(request.get_json(silent=True))
    except intake.NotAReceivedText:
        raise BadRequest from None
    with transaction():
        row = service.store(*received)
        received_id, phone_digest = row.id, row.phone_digest
    with transaction():
        service.classify_stored(received_id)
    wait_for_texts_under_way(phone_digest)
    return "", 204
