"""Notify's public API: sending. Reads are in `v2_reads`."""

from flask import Blueprint, Response, request

from outreach.simulator import bodies
from outreach.simulator.errors import ApiError, bad_request, unhandled
from outreach.simulator.faults import Fault
from outreach.simulator.intake import read_json
from outreach.simulator.limits import day_exceeded, rate_limited
from outreach.simulator.records import ApiKey, Channel
from outreach.simulator.wire import answer, broken, caller, hang, simulator, wait_for_latency

blueprint = Blueprint("v2", __name__, url_prefix="/v2")

BEFORE_STORING = ("error-500", "html-503", "timeout-504", "reset")
AFTER_STORING = (
    "not-json-201",
    "error-500-after-storing",
    "html-503-after-storing",
    "timeout-504-after-storing",
    "reset-after-storing",
)


@blueprint.post("/notifications/<kind>")
def post_notification(kind: str) -> Response:
    """Take a text or an email; checks run in the order of contract section 4."""
    key = caller()
    if kind not in {channel.value for channel in Channel}:
        raise not_offered(kind)
    raw = request.get_data()
    simulator().limits.check(key.type, kind)
    fault_key, number = _fault_key(raw)
    _limit_faults(key, kind, fault_key, number)
    wait_for_latency()
    faults = simulator().faults
    hang(faults.first(("slow", "hang"), fault_key, number))
    if fault := faults.first(BEFORE_STORING, fault_key, number):
        return broken(fault)
    return _take(key, Channel(kind), raw, fault_key, number)


def not_offered(kind: str) -> ApiError:
    """Letters are left out here, as for a service that has them switched off."""
    if kind == "letter":
        return bad_request("Service is not allowed to send letters")
    return unhandled("KeyError")


def _take(
    key: ApiKey, channel: Channel, raw: bytes, fault_key: str, number: str | None
) -> Response:
    faults = simulator().faults
    notification = simulator().accept(key, channel, read_json(raw))
    fault: Fault | None
    if fault := faults.first(AFTER_STORING, fault_key, number):
        return broken(fault)
    hang(faults.first(("hang-after-storing",), fault_key, number))
    root = request.host_url.rstrip("/")
    return answer(bodies.accepted(notification, simulator().service, root), 201)


def _limit_faults(key: ApiKey, kind: str, fault_key: str, number: str | None) -> None:
    fault = simulator().faults.first(("rate-limit", "daily-limit"), fault_key, number)
    if fault is None:
        return
    service, limits = simulator().service, simulator().limits
    if fault.name == "rate-limit":
        limits.refused_by_rate += 1
        raise rate_limited(key.type, service.rate_limit or 3000)
    limits.refused_by_day += 1
    raise day_exceeded(kind, service.daily_limit)


def _fault_key(raw: bytes) -> tuple[str, str | None]:
    """What faults go by: the reference, so that a message meets the same faults in any order."""
    if not simulator().faults.listed():
        return "", None
    try:
        body = read_json(raw)
    except ApiError:
        return "", None
    number = simulator().number_of(body.get("phone_number"))
    return str(body.get("reference") or number or ""), number
