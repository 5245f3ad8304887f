"""Pages that show what phones and mailboxes got, and let one reply as their owner."""

from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from outreach.simulator.delivery import SILENT
from outreach.simulator.records import Notification, Status
from outreach.simulator.wire import simulator

blueprint = Blueprint("phones", __name__)

PAGE = 50
QUICK_REPLIES = ("STOP", "STOPIO", "Who is this?", "Wrong number", "Can you help me?")
OUTCOMES = (
    Status.DELIVERED.value,
    Status.PERMANENT_FAILURE.value,
    Status.TEMPORARY_FAILURE.value,
    Status.TECHNICAL_FAILURE.value,
    SILENT,
)


@dataclass(frozen=True, slots=True)
class PhoneRow:
    """One phone in the list."""

    number: str
    texts: int
    replies: int
    newest: Notification | None


def page_number() -> int:
    return max(1, request.args.get("page", 1, type=int))


@blueprint.get("/phones")
def index() -> str:
    """The phone with the newest text first."""
    page = page_number()
    store = simulator().store
    start = (page - 1) * PAGE
    with store.lock:
        numbers = list(islice(reversed(store.by_number), start, start + PAGE + 1))
        rows = [_row(number) for number in numbers[:PAGE]]
    return render_template(
        "simulator/phones.html", rows=rows, page=page, has_more=len(numbers) > PAGE
    )


def _row(number: str) -> PhoneRow:
    store = simulator().store
    sent = store.by_number.get(number, [])
    replies = len(store.texts_from.get(number, ()))
    copies = sum(notification.copies for notification in sent)
    return PhoneRow(number, copies, replies, sent[-1] if sent else None)


@blueprint.get("/phones/find")
def find() -> Response | tuple[str, int]:
    """From a number as somebody types it to its page."""
    number = simulator().number_of(request.args.get("number", ""))
    if number is None:
        reason = (
            "That is not a phone number. Type it as you would dial it, for example 07700 900123."
        )
        return render_template("simulator/refused.html", reason=reason), 400
    return redirect(url_for("phones.show", number=number), 303)


@blueprint.get("/phones/<number>")
def show(number: str) -> str:
    """What one phone got and what was answered from it."""
    number = simulator().number_of(number) or number
    return render_template(
        "simulator/phone.html",
        number=number,
        service=simulator().service,
        talk=_talk(number),
        quick_replies=QUICK_REPLIES,
        outcomes=OUTCOMES,
        outcome=simulator().delivery.fixed_outcomes.get(number),
    )


def _talk(number: str) -> list[tuple[bool, datetime, Any]]:
    """Texts and replies together as (is a reply, time, item), newest first."""
    store = simulator().store
    with store.lock:
        sent = [(False, item.created_at, item) for item in store.by_number.get(number, ())]
        replies = [(True, item.created_at, item) for item in store.texts_from.get(number, ())]
    return sorted([*sent, *replies], key=lambda entry: entry[1], reverse=True)


@blueprint.post("/phones/<number>/reply")
def reply(number: str) -> Response | tuple[str, int]:
    """The phone's owner texts the service."""
    text = request.form.get("quick") or request.form.get("text", "").strip()
    if not text:
        reason = "The reply is empty. Go back and write something."
        return render_template("simulator/refused.html", reason=reason), 400
    if not simulator().receive(number, text.replace("\r\n", "\n")):
        reason = "This service cannot receive texts."
        return render_template("simulator/refused.html", reason=reason), 400
    return redirect(url_for("phones.show", number=number), 303)


@blueprint.post("/phones/<number>/outcome")
def set_outcome(number: str) -> Response:
    """Decide what becomes of coming texts to this phone."""
    outcome = request.form.get("outcome", "")
    simulator().fix_outcome(number, outcome if outcome in OUTCOMES else None)
    return redirect(url_for("phones.show", number=number), 303)


@blueprint.get("/emails")
def emails() -> str:
    """What mailboxes got, newest first."""
    page = page_number()
    store = simulator().store
    start = (page - 1) * PAGE
    with store.lock:
        found = list(islice(reversed(store.emails), start, start + PAGE + 1))
    return render_template(
        "simulator/emails.html", emails=found[:PAGE], page=page, has_more=len(found) > PAGE
    )
