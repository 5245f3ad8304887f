"""The control API, `/_control/`: what a test or a demo may change while the simulator runs.

It is not part of Notify. It needs no key, so the simulator belongs on loopback.
"""

from dataclasses import asdict, replace
from typing import Any

from flask import Blueprint, Response

from outreach.simulator.control_body import Body, ControlRefusedError
from outreach.simulator.faults import KNOWN, Fault
from outreach.simulator.records import KeyType
from outreach.simulator.service import CallbackTarget
from outreach.simulator.settings import normal_guests
from outreach.simulator.wire import answer, simulator

blueprint = Blueprint("control", __name__, url_prefix="/_control")

SWITCHES = (
    "is_active",
    "is_trial",
    "has_prefix",
    "may_text",
    "may_email",
    "may_receive",
    "may_text_abroad",
    "may_text_landlines",
)
NUMBERS = ("daily_limit", "international_daily_limit", "retention_days")


@blueprint.errorhandler(ControlRefusedError)
def refuse(error: ControlRefusedError) -> Response:
    return answer({"error": str(error)}, 400)


@blueprint.post("/reset")
def reset() -> Response:
    """Back to a fresh start: messages, templates, faults, limits, clock, settings, journal."""
    simulator().reset()
    return answer({})


@blueprint.get("/statistics")
def statistics() -> Response:
    """What came in, how fast, and what was refused."""
    sim = simulator()
    return answer(
        {
            "accepted": sim.accepted,
            "attempts": len(sim.limits.attempts),
            "refused_429_rate": sim.limits.refused_by_rate,
            "refused_429_daily": sim.limits.refused_by_day,
            "busiest_60s": sim.limits.busiest(60),
            "peak_per_second": sim.limits.busiest(1),
            "received": len(sim.store.received),
            "waiting_acts": sim.scheduler.waiting,
            "callbacks": {kind: asdict(counts) for kind, counts in sim.callbacks.counts.items()},
        }
    )


@blueprint.get("/faults")
def list_faults() -> Response:
    """Every fault there is, and those that are on."""
    sim = simulator()
    return answer(
        {
            "seed": sim.faults.seed,
            "known": KNOWN,
            "on": {fault.name: asdict(fault) for fault in sim.faults.listed()},
        }
    )


@blueprint.put("/faults/<name>")
def switch_fault_on(name: str) -> Response:
    """Members: probability (0 to 1), remaining (how often), seconds, number (only this one)."""
    body = Body.of_request()
    number = body.take("number", str)
    fault = Fault(
        name=name,
        probability=body.take("probability", float, 1.0) or 0.0,
        remaining=body.take("remaining", int),
        seconds=body.take("seconds", float, 0.0) or 0.0,
        number=simulator().number_of(number) or number,
    )
    body.done()
    try:
        simulator().faults.on(fault)
    except ValueError as problem:
        raise ControlRefusedError(str(problem)) from None
    return answer(asdict(fault))


@blueprint.delete("/faults/<name>")
def switch_fault_off(name: str) -> Response:
    simulator().faults.off(name)
    return answer({})


@blueprint.delete("/faults")
def switch_all_faults_off() -> Response:
    """Everything off. Member: seed, for the draws from now on."""
    body = Body.of_request()
    seed = body.take("seed", int, simulator().faults.seed)
    body.done()
    simulator().faults.clear(seed or 0)
    return answer({})


@blueprint.get("/clock")
def read_clock() -> Response:
    sim = simulator()
    return answer({"now": sim.clock.now().isoformat(), "offset": sim.clock.offset_seconds})


@blueprint.post("/clock")
def advance_clock() -> Response:
    """Member: advance, in seconds. Answers when all that fell due is done."""
    body = Body.of_request()
    seconds = body.need("advance", float)
    body.done()
    try:
        simulator().advance(seconds)
    except ValueError as problem:
        raise ControlRefusedError(str(problem)) from None
    simulator().scheduler.settle(timeout=30)
    return read_clock()


@blueprint.post("/nightly")
def run_nightly() -> Response:
    """The nightly jobs, now: 72-hour rule and both purges; how many each touched."""
    return answer(simulator().nightly.run_now())


@blueprint.get("/limits")
def read_limits() -> Response:
    sim = simulator()
    others = {kind: sim.limits.other_caller(kind) for kind in KeyType}
    return answer(
        {
            "rate_limit": sim.service.rate_limit,
            "tokens": {kind.value: sim.limits.tokens(kind) for kind in KeyType},
            "today": {
                name: sim.limits.day_count(name) for name in ("sms", "email", "international_sms")
            },
            "other_callers": {
                kind.value: {
                    "per_second": other.per_second,
                    "accepted": other.accepted,
                    "refused": other.refused,
                }
                for kind, other in others.items()
                if other
            },
        }
    )


@blueprint.patch("/limits")
def change_limits() -> Response:
    """Members: rate_limit (a minute; 0 for none), key_type with tokens and other_caller (calls a
    second by somebody else; 0 ends it), today (name to count)."""
    sim, body = simulator(), Body.of_request()
    key_type = _key_type(body)
    rate = body.take("rate_limit", int)
    if rate is not None:
        sim.service.rate_limit = rate or None
    tokens = body.take("tokens", int)
    if tokens is not None:
        sim.limits.set_tokens(key_type, tokens)
    other = body.take("other_caller", float)
    if other is not None:
        sim.limits.set_other_caller(key_type, other)
    for name, count in (body.take("today", dict) or {}).items():
        sim.limits.set_day_count(name, int(count))
    body.done()
    return read_limits()


def _key_type(body: Body) -> KeyType:
    name = body.take("key_type", str) or KeyType.NORMAL.value
    try:
        return KeyType(name)
    except ValueError:
        raise ControlRefusedError("key_type is normal, team or test.") from None


@blueprint.patch("/service")
def change_service() -> Response:
    """Switches and numbers of the service; also name, guest_list and no_keys."""
    service, body = simulator().service, Body.of_request()
    for switch in SWITCHES:
        setattr(service, switch, _or_old(body.take(switch, bool), getattr(service, switch)))
    for number in NUMBERS:
        setattr(service, number, _or_old(body.take(number, int), getattr(service, number)))
    service.name = body.take("name", str, service.name) or service.name
    guests = body.take("guest_list", list)
    if guests is not None:
        service.guest_list = normal_guests(guests)
    if body.take("no_keys", bool):
        service.keys = []
    body.done()
    simulator().auth.forget()
    return answer({name: getattr(service, name) for name in (*SWITCHES, *NUMBERS)})


def _or_old(new: Any, old: Any) -> Any:
    return old if new is None else new


@blueprint.put("/callbacks")
def set_callbacks() -> Response:
    """Members receipts and received: an object with url and token, or null for none; and
    retry_delay in seconds. Callbacks under way still go where they were sent."""
    service, body = simulator().service, Body.of_request()
    if body.has("receipts"):
        service.receipts_to = _target(body.take("receipts", dict))
    if body.has("received"):
        service.received_to = _target(body.take("received", dict))
    delay = body.take("retry_delay", float)
    if delay is not None:
        simulator().callbacks.retry_delay = delay
    body.done()
    return answer({})


def _target(given: dict[str, Any] | None) -> CallbackTarget | None:
    if given is None:
        return None
    body = Body(given)
    target = CallbackTarget(body.need("url", str), body.need("token", str))
    body.done()
    return target


@blueprint.patch("/delivery")
def change_delivery() -> Response:
    """Members: latency, handover_delay, receipt_delay (seconds), seed, outcomes (name to share)
    and numbers (number to status, or `never-final`, or null to forget it)."""
    sim, body = simulator(), Body.of_request()
    delivery = sim.delivery
    sim.latency = _or_old(body.take("latency", float), sim.latency)
    delivery.handover_delay = _or_old(body.take("handover_delay", float), delivery.handover_delay)
    delivery.receipt_delay = _or_old(body.take("receipt_delay", float), delivery.receipt_delay)
    delivery.seed = _or_old(body.take("seed", int), delivery.seed)
    shares = body.take("outcomes", dict)
    if shares is not None:
        delivery.outcomes = _shares(shares)
    for number, outcome in (body.take("numbers", dict) or {}).items():
        _fix_outcome(number, outcome)
    body.done()
    return answer({"outcomes": asdict(delivery.outcomes), "numbers": delivery.fixed_outcomes})


def _fix_outcome(number: str, outcome: object) -> None:
    try:
        simulator().fix_outcome(number, None if outcome is None else str(outcome))
    except ValueError:
        raise ControlRefusedError(f"There is no status {outcome}.") from None


def _shares(shares: dict[str, Any]) -> Any:
    try:
        return replace(simulator().delivery.outcomes, **shares)
    except TypeError as problem:
        raise ControlRefusedError(str(problem)) from None


@blueprint.post("/settle")
def settle() -> Response:
    """Wait until nothing is overdue and no callback is queued. Member: timeout in seconds."""
    body = Body.of_request()
    timeout = body.take("timeout", float, 10.0) or 10.0
    body.done()
    return answer({"settled": simulator().settle(timeout)})
