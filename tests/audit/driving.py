"""Driving the whole service over planted canaries: every address as every role that may, what is
typed into every form, every tick and every job with the genuine client behind them."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from flask import Flask
from sqlalchemy import select

from outreach import clock
from outreach.domain.access import Role
from outreach.domain.campaign import CampaignStatus
from outreach.domain.mail import PLACEHOLDERS, MailKind
from outreach.extensions import db
from outreach.jobs.engine import Engine, ticks
from outreach.models import AuditEvent, Setting
from outreach.replies import confirming
from outreach.sending.jobs import lookup_pool, send_pool
from outreach.transaction import transaction
from tests.audit.acts import ACTS, HEADERS
from tests.audit.canaries import NAME, NUMBER, OTHER, REPLY, STOP, Watchman
from tests.audit.test_every_endpoint import send
from tests.factories import a_list, make_campaign, notify_of
from tests.notify.by_simulator import choose_template, genuine_gateway
from tests.security.crawling import LEAVES, walk
from tests.security.routes import Route, routes
from tests.security.test_crawl import send as fill_in
from tests.security.world import World
from tests.settings import PUBLIC_URL, STAFF_URL
from tests.simulator.server import SimulatorProcess

EVERYBODY = (None, Role.REQUESTER, Role.APPROVER, Role.PARTNER, Role.AUDITOR, Role.ADMIN)
"""Administrators last: what they do may end the others' accounts."""
LATER = (timedelta(0), timedelta(minutes=4), timedelta(hours=3), timedelta(days=2))
NIGHTS = (timedelta(days=8), timedelta(days=60))
"""When retention runs, and what was sent long ago is erased."""
MOST_JOBS = 3_000


def plant(world: World) -> None:
    """Lists with canaries at every stage, a faulty one, and replies that came by callback."""
    faulty = f"{NUMBER}99,{NAME}\n{NUMBER},{NAME}\nlandline {OTHER},{NAME}\n".encode()
    for status in CampaignStatus:
        rows = a_list([NUMBER, OTHER], [NAME, NAME]) + faulty
        make_campaign(world.app, status, title=f"Canaries {status}", recipients=rows)
    for text, number in ((REPLY, NUMBER), (STOP, OTHER), (REPLY, "07700 900873")):
        receive(world, text, number)


def receive(world: World, text: str, number: str) -> None:
    """A reply by callback: as it should come, without the token, and out of shape."""
    body = {
        "id": str(uuid4()),
        "source_number": "44" + number.replace(" ", "")[1:],
        "destination_number": "07700900500",
        "message": text,
        "date_received": "2026-11-24T01:11:56.000000Z",
    }
    machine = world.browser(None)
    assert machine.post("/notify/received-text", json=body, headers=HEADERS).status_code < 300
    machine.post("/notify/received-text", json=body)
    machine.post("/notify/received-text", json={**body, "id": number}, headers=HEADERS)


def act(world: World, watch: Watchman) -> None:
    """Everything that people do, as it should be done."""
    for each in ACTS:
        watch.role = each.role
        answer, _ = send(world, each)
        watch.note(each.endpoint, "POST", answer.status_code)


def ask_everything(world: World, watch: Watchman) -> None:
    """Every address as every role that may, with canaries in whatever fields it may have."""
    for role in EVERYBODY:
        watch.role = role
        browser = world.browser(role)
        for route in routes(world.app):
            if not _may(route, role):
                continue
            address = world.address(route.rule, **dict(route.words))
            base = PUBLIC_URL if route.access and route.access.host == "public" else STAFF_URL
            typed = _typed(world) if route.method == "POST" else None
            answer = browser.open(address, method=route.method, data=typed, base_url=base)
            watch.note(route.rule.endpoint, route.method, answer.status_code)
            watch.caught["redirect"].append(answer.location or "")
            answer.close()
            if address.startswith(LEAVES):
                browser = world.browser(role)


def _may(route: Route, role: Role | None) -> bool:
    return route.access is not None and route.opens_to(role)


def _typed(world: World) -> Mapping[str, Any]:
    """Numbers and codes where they belong and where they do not."""
    code, both = world.own[0].code, f"Call {NUMBER} about {world.own[1].code}"
    numbers = dict.fromkeys(("number", "phone", "recipient_id"), NUMBER)
    words = ("reason", "title", "name", "email", "password", "purpose", "note", "website")
    return {**numbers, **dict.fromkeys(words, both), "code": code, "confirmed": "yes"}


def type_everywhere(world: World, watch: Watchman) -> None:
    """Each field of each form gets a number, written in several ways, and a code."""
    code = world.own[2].code
    values = [NUMBER, f"+44{NUMBER[1:]}", code, f"Ring 0{NUMBER[1:]} ({code})", code.lower()]
    for role in EVERYBODY:
        watch.role = role
        browser = world.browser(role)
        forms = {form for page in walk(browser) for form in page.forms}
        for form in sorted(forms, key=lambda form: (form.action, form.fields)):
            if form.method == "POST" and not form.action.startswith(LEAVES):
                for first in (0, 3):
                    fill_in(browser, form, values[first:] + values[:first])


@contextmanager
def genuine(app: Flask, notify: SimulatorProcess) -> Iterator[None]:
    """The genuine client, with every template at Notify; what it had in memory is put back."""
    fake = notify_of(app)
    for template in fake.templates.values():
        kind = {"type": template.type} | ({"subject": "S"} if template.type == "email" else {})
        notify.control.add_template(template.name, template.body, id=template.id, **kind)
    with genuine_gateway(app, notify):
        yield
    app.extensions["outreach_gateway"] = fake


def choose_letters(notify: SimulatorProcess) -> None:
    """A template for every kind of letter, for the day's checkpoint, and to confirm an opt-out."""
    for kind in MailKind:
        words = " ".join(f"(({name}))" for name in sorted(PLACEHOLDERS[kind]))
        choose_template(notify, kind.setting, words, "((subject))" if "subject" in words else "S")
    checkpoint = "((date)) ((checkpoint)) ((key))"
    choose_template(notify, "email_template_audit_checkpoint", checkpoint, "S")
    confirmation = notify.control.add_template("You are off the list", "No more texts from us.")
    with transaction():
        db.session.merge(Setting(name=confirming.TEMPLATE_SETTING, value=confirmation))


def work(app: Flask, moments: Iterable[datetime]) -> None:
    """The worker's rounds: each tick, each job that is waiting, to the end."""
    for moment in moments:
        with clock.set_to(lambda moment=moment: moment):
            for tick in ticks():
                tick.function()
                db.session.rollback()
            drain(app)


def soon() -> list[datetime]:
    return [clock.now() + later for later in LATER]


def nights() -> list[datetime]:
    return [(clock.now() + later).replace(hour=3, minute=30) for later in NIGHTS]


def drain(app: Flask) -> None:
    engine: Engine = app.extensions["outreach_engine"]
    for _ in range(MOST_JOBS):
        task = engine.huey.dequeue()
        if task is None:
            break
        engine.huey.execute(task)
        db.session.rollback()
    for pool in (send_pool(), lookup_pool()):
        assert pool.drain(20)
    db.session.rollback()


def events() -> list[str]:
    """Every column of every event, one a line."""
    db.session.rollback()
    rows = db.session.execute(select(AuditEvent.__table__).order_by("id")).mappings()
    return [str({name: str(value) for name, value in row.items()}) for row in rows]
