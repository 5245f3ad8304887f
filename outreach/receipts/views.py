"""Where Notify posts delivery receipts. Fast: one short write transaction, or none."""

import hmac
import logging

from flask import Blueprint, current_app, request
from sqlalchemy.exc import SQLAlchemyError

from outreach.config import Settings
from outreach.extensions import csrf
from outreach.receipts import service
from outreach.transaction import transaction
from outreach.web.permissions import machine

log = logging.getLogger(__name__)

blueprint = Blueprint("receipts", __name__)


@blueprint.post("/notify/delivery-receipt")
@csrf.exempt  # type: ignore[untyped-decorator]
@machine
def delivery_receipt() -> tuple[str, int]:
    """204 once stored, or where it is about nothing of ours; 5xx where it could not be stored, so
    that Notify sends it again. A 4xx would lose it for good (contract section 8)."""
    if not _is_notify():
        return "", 401
    try:
        receipt = service.read_receipt(request.get_json(silent=True))
    except service.ReceiptUnreadable as problem:
        log.warning("a delivery receipt could not be read: %s", problem)
        return "", 400
    try:
        with transaction():
            service.settle(receipt)
    except SQLAlchemyError as error:
        log.error("a delivery receipt could not be stored: %s", type(error).__name__)
        return "", 503
    return "", 204


def _is_notify() -> bool:
    """The bearer token against every valid one, each compared in constant time."""
    settings: Settings = current_app.extensions["outreach_settings"]
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    given = token.strip().encode()
    matches = [hmac.compare_digest(given, known.encode()) for known in settings.callback_tokens]
    return scheme.lower() == "bearer" and any(matches)
