"""Where Notify posts delivery receipts. Fast: one short write transaction, or none."""

import logging

from flask import Blueprint, request

from outreach.jobs.relaxed import relaxed_transaction
from outreach.receipts import service
from outreach.web.callbacks import require_token
from outreach.web.permissions import machine

log = logging.getLogger(__name__)

blueprint = Blueprint("receipts", __name__)


@blueprint.post("/notify/delivery-receipt")
@machine
def delivery_receipt() -> tuple[str, int]:
    """204 once stored, or where it is about nothing of ours; 5xx where it could not be stored, so
    that Notify sends it again. A 4xx would lose it for good (contract section 8)."""
    require_token()
    try:
        receipt = service.read_receipt(request.get_json(silent=True))
    except service.ReceiptUnreadable as problem:
        log.warning("a delivery receipt could not be read: %s", problem)
        return "", 400
    with relaxed_transaction():
        service.settle(receipt)
    return "", 204
