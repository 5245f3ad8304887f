"""Every address that changes something, or shows personal data, leaves its event.

What is not on these lists is read from the application itself, so that a new address fails here
until somebody has said which event tells of it.
"""

from collections.abc import Callable

import pytest
from flask import Flask, request
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from outreach.extensions import db
from outreach.models import AuditEvent, User
from tests.accounts.conftest import Account, SetClock, account, time
from tests.audit.acts import ACTS, HEADERS, UNTOLD, Act
from tests.audit.own_acts import OWN_ACTS, Stage
from tests.audit.places import Places
from tests.security.conftest import world
from tests.security.routes import routes
from tests.security.world import World
from tests.settings import PUBLIC_URL, STAFF_URL

__all__ = ["account", "time", "world"]


def last_event() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.max(AuditEvent.id))) or 0


def told_since(event_id: int) -> list[AuditEvent]:
    db.session.rollback()
    query = select(AuditEvent).where(AuditEvent.id > event_id).order_by(AuditEvent.id)
    return list(db.session.scalars(query))


def send(world: World, act: Act) -> tuple[TestResponse, list[AuditEvent]]:
    path = act.path.format_map(Places(world))
    data = act.data(world) if callable(act.data) else dict(act.data)
    browser, before = world.browser(act.role), last_event()
    if path.startswith("/notify"):
        answer = browser.post(path, json=data, headers=HEADERS)
    else:
        base = PUBLIC_URL if path.startswith("help:") else STAFF_URL
        answer = browser.post(path.removeprefix("help:"), data=data, base_url=base)
    answer.get_data()
    answer.close()
    return answer, told_since(before)


@pytest.mark.parametrize("act", ACTS, ids=str)
def test_every_act_is_told_by_its_event(world: World, act: Act) -> None:
    answer, events = send(world, act)
    assert answer.status_code < 400, answer.text
    told = [event.action for event in events]
    assert act.told in told, told


@pytest.mark.parametrize("endpoint", OWN_ACTS)
def test_every_act_on_accounts_is_told_by_its_event(
    app: Flask,
    account: Callable[..., Account],
    person: Callable[..., User],
    time: SetClock,
    endpoint: str,
) -> None:
    act, told = OWN_ACTS[endpoint]
    asked: list[tuple[str | None, int]] = []
    app.before_request(lambda: asked.append((request.endpoint, last_event())))
    act(Stage(account, person, time))
    before = [event_id for name, event_id in asked if name == endpoint]
    assert before, asked
    assert told in [event.action for event in told_since(before[-1])]


def test_every_address_that_takes_a_post_is_on_a_list(world: World) -> None:
    posts = {route.rule.endpoint for route in routes(world.app) if route.method != "GET"}
    told = {act.endpoint for act in ACTS} | OWN_ACTS.keys()
    assert posts - told - UNTOLD.keys() == set()
    assert UNTOLD.keys() <= posts
    assert not told & UNTOLD.keys()
