"""Acts that matter ask first who the person is, where the last proof is old (ASVS 5.0, 7.5.3)."""

from collections.abc import Iterator
from datetime import timedelta

from flask.testing import FlaskClient
from sqlalchemy import update

from outreach import clock
from outreach.domain.access import Permission, Role
from outreach.extensions import db
from outreach.models import UserSession
from outreach.transaction import transaction
from tests.conftest import HostClient, sign_in
from tests.security.routes import Route, routes
from tests.security.world import World

MATTER = {
    "approvals.approve": "decides what is sent",
    "approvals.release": "sends",
    "replies.reveal": "shows a whole number",
    "audit.export": "takes the log away",
    "optouts.export": "takes the list away",
    "optouts.import_list": "changes the list for many at once",
    "optouts.remove": "lets somebody be texted again",
    "recipients.download": "takes a list's report away",
    "reports.export": "takes figures away",
    "reports.export_all": "takes figures away",
    "accounts.end_own_session": "signs somebody out",
    "accounts.end_other_sessions": "signs somebody out",
    "security.mf_recovery_codes": "makes new ways in",
    "security.wan_register": "makes new ways in",
    "security.wan_register_response": "makes new ways in",
    "security.wan_delete": "takes a way in away",
}
ONLY_READ = frozenset(
    {
        "admin.index",
        "admin.organisations",
        "admin.templates",
        "retention.index",
        "retention.show",
    }
)
"""Administration that shows what is set and nobody's personal data."""


def stale(world: World, role: Role) -> FlaskClient:
    """About just now, with a proof of who they are that is 40 minutes old."""
    world.app.test_client_class = HostClient
    person_id, now = world.people[role], clock.now()
    browser = sign_in(world.app.test_client(), world.user(person_id), at=now)
    with transaction():
        db.session.execute(
            update(UserSession)
            .where(UserSession.user_id == person_id, UserSession.created_at == now)
            .values(confirmed_at=now - timedelta(minutes=40))
        )
    return browser


def is_asked(world: World, route: Route, role: Role) -> bool:
    path = world.address(route.rule, **dict(route.words))
    answer = stale(world, role).open(path, method=route.method)
    page = answer.get_data(as_text=True) if answer.mimetype == "text/html" else ""
    answer.close()
    return "/account/confirm" in (answer.location or "") or "Confirm that it is you" in page


def open_routes(world: World) -> Iterator[tuple[Route, Role]]:
    """Every address that needs somebody signed in, once for each role that it opens to."""
    for route in routes(world.app):
        if route.access is not None and route.access.permission is not None:
            yield from ((route, role) for role in Role if route.opens_to(role))


def test_acts_that_matter_ask_again_who_the_person_is(world: World) -> None:
    unasked, seen = [], set()
    for route, role in open_routes(world):
        if route.rule.endpoint in MATTER:
            seen.add(route.rule.endpoint)
            if not is_asked(world, route, role):
                unasked.append(f"{role} {route}")
    assert unasked == []
    assert seen == set(MATTER)


def test_administration_asks_again_who_the_person_is(world: World) -> None:
    unasked = [
        f"{route}"
        for route, role in open_routes(world)
        if route.access is not None
        and route.access.permission is Permission.ADMINISTER
        and route.rule.endpoint not in ONLY_READ
        and not is_asked(world, route, role)
    ]
    assert unasked == []


def test_nothing_leaves_as_a_file_without_fresh_proof(world: World) -> None:
    """Whatever answers with a file to somebody fresh asks somebody stale first."""
    unasked, files = [], 0
    for route, role in open_routes(world):
        if route.method != "GET" or route.access is None:
            continue
        answer = world.browser(role).get(world.address(route.rule, **dict(route.words)))
        is_file = "attachment" in answer.headers.get("Content-Disposition", "")
        answer.close()
        files += is_file
        if is_file and not is_asked(world, route, role):
            unasked.append(f"{role} {route}")
    assert unasked == []
    assert files >= 3


def test_reading_and_pulling_the_brake_ask_nothing(world: World) -> None:
    """A pause in a hurry must not wait for a password."""
    hurried = {"sending.pause", "sending.cancel", "pages.home", "campaigns.index", "replies.index"}
    for route, role in open_routes(world):
        if route.rule.endpoint in hurried:
            assert not is_asked(world, route, role), route
