"""Role by route, by real requests to every address that the application has (ASVS 5.0, 8.2)."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from outreach.domain.access import Role
from outreach.extensions import db
from outreach.models import AuditEvent
from tests.security.routes import Route, routes
from tests.security.world import World

EVERYBODY = (None, *Role)
ENDS_THE_SESSION = frozenset({"security.logout"})


def ask(browser: FlaskClient, world: World, route: Route) -> TestResponse:
    """The answer, read to its end: files that are sent are closed."""
    address = world.address(route.rule, **dict(route.words))
    answer = browser.open(address, method=route.method)
    answer.get_data()
    answer.close()
    return answer


def is_sent_to_sign_in(answer: TestResponse) -> bool:
    return answer.status_code == 302 and answer.location.startswith("/sign-in?next=")


@pytest.mark.parametrize("role", EVERYBODY, ids=str)
def test_every_route_opens_to_the_roles_of_the_table_and_to_no_other(
    world: World, role: Role | None
) -> None:
    wrong = []
    for route in routes(world.app):
        answer = ask(world.browser(role), world, route)
        verdict = _verdict(route, role, answer)
        if verdict:
            wrong.append(f"{route}: {verdict}")
    assert wrong == []


def _verdict(route: Route, role: Role | None, answer: TestResponse) -> str | None:
    """What is wrong with the answer, if anything."""
    if answer.status_code >= 500 and route.rule.endpoint != "pages.readyz":
        return f"{answer.status_code}"
    if route.access is not None and route.access.host == "public":
        return None if answer.status_code == 404 else "a public page on the staff host"
    if route.opens_to(role):
        if is_sent_to_sign_in(answer):
            return "sent to sign in"
        is_refused = answer.status_code == 403 and route.access.host != "either"
        return "refused to a role that has it" if is_refused else None
    if role is None and route.access is not None:
        return None if is_sent_to_sign_in(answer) else f"{answer.status_code} without signing in"
    return None if answer.status_code == 403 else f"{answer.status_code} to {role}"


def test_matrix_walks_every_route_there_is(world: World) -> None:
    walked = {route.rule.endpoint for route in routes(world.app)}
    assert walked == set(world.app.view_functions) - {"static", "security.static"}
    assert len(walked) > 100


def test_route_that_declares_nothing_is_refused_to_everybody(
    app: Flask, client_as: Callable[..., FlaskClient], anonymous: FlaskClient
) -> None:
    app.add_url_rule("/tests/undeclared", "tests.undeclared", lambda: "open")
    assert anonymous.get("/tests/undeclared").status_code == 403
    for role in Role:
        assert client_as(role).get("/tests/undeclared").status_code == 403


def test_right_of_one_role_is_no_right_of_another_method(world: World) -> None:
    """A HEAD or an OPTIONS goes through the same door as a GET."""
    browser = world.browser(Role.PARTNER)
    for route in routes(world.app):
        if route.method != "GET" or route.opens_to(Role.PARTNER):
            continue
        if route.access is not None and route.access.host == "public":
            continue
        address = world.address(route.rule, **dict(route.words))
        assert browser.head(address).status_code == 403, route


def test_refusal_is_written_down_with_who_and_where(world: World) -> None:
    browser = world.browser(Role.PARTNER)
    browser.get("/audit")
    db.session.rollback()
    event = db.session.scalars(
        db.select(AuditEvent)
        .where(AuditEvent.action == "permission.refused")
        .order_by(AuditEvent.id.desc())
    ).first()
    assert event is not None
    assert event.actor == str(world.people[Role.PARTNER])
    assert (event.object_id, event.changes) == ("/audit", {"method": "GET"})


def test_rights_are_those_of_now_and_not_of_when_the_person_signed_in(world: World) -> None:
    browser = world.browser(Role.AUDITOR)
    assert browser.get("/audit").status_code == 200
    user = world.user(world.people[Role.AUDITOR])
    user.active = False
    db.session.commit()
    assert is_sent_to_sign_in(browser.get("/audit"))
    user.active = True
    db.session.commit()
