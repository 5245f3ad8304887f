"""Objects of others: by id under one's own address, by code, by organisation (ASVS 5.0, 8.2.2)."""

import re
from uuid import uuid4

import pytest
from werkzeug.routing import Rule

from outreach.domain.access import Role
from outreach.domain.campaign import CampaignStatus
from outreach.domain.message import MessageStatus
from outreach.domain.referral import check_symbol, spoken
from outreach.extensions import db
from outreach.models import Message, Upload
from tests.security.routes import Route, routes
from tests.security.world import HIDDEN_NAME, World

NOWHERE = {"uuid": uuid4(), "int": 987_654}
"""Ids of the right kind that nothing has."""
NOT_THERE = frozenset({302, 404, 409})
"""Not found; or refused by a rule, or led back to a list, with a sentence that says so."""
BELOW_A_CAMPAIGN = frozenset({"upload_id", "message_id"})


def permitted_roles(route: Route) -> list[Role]:
    if route.access is None or route.access.permission is None or route.access.host == "public":
        return []
    return [role for role in Role if route.opens_to(role)]


def ids_in(rule: Rule) -> list[str]:
    kinds = {name: type(converter).__name__ for name, converter in rule._converters.items()}
    return [name for name, kind in kinds.items() if kind in {"UUIDConverter", "IntegerConverter"}]


def nothing_like(rule: Rule, name: str) -> object:
    is_uuid = type(rule._converters[name]).__name__ == "UUIDConverter"
    return NOWHERE["uuid" if is_uuid else "int"]


def test_id_that_nothing_has_is_a_404_to_every_role_that_may_ask(world: World) -> None:
    wrong, asked = [], 0
    for route in routes(world.app):
        for role in permitted_roles(route):
            for name in ids_in(route.rule):
                changed = dict(route.words) | {name: nothing_like(route.rule, name)}
                path = world.address(route.rule, **changed)
                answer = world.browser(role).open(path, method=route.method)
                asked += 1
                if answer.status_code not in NOT_THERE:
                    wrong.append(f"{role} {route} without {name}: {answer.status_code}")
                answer.close()
    assert wrong == []
    assert asked > 150


def test_part_of_one_campaign_is_not_found_under_another(world: World) -> None:
    """An upload or a message is looked for in the campaign that the address names."""
    other = world.statuses[CampaignStatus.SENDING]
    theirs = {
        "upload_id": db.session.scalar(db.select(Upload.id).where(Upload.campaign_id == other)),
        "message_id": db.session.scalar(db.select(Message.id).where(Message.campaign_id == other)),
    }
    wrong, asked = [], 0
    for route in routes(world.app):
        for name in BELOW_A_CAMPAIGN & set(ids_in(route.rule)):
            for role in permitted_roles(route):
                changed = dict(route.words) | {name: theirs[name]}
                path = world.address(route.rule, **changed)
                answer = world.browser(role).open(path, method=route.method)
                asked += 1
                if answer.status_code not in {404, 409}:
                    wrong.append(f"{role} {route}: {answer.status_code}")
                answer.close()
    assert wrong == []
    assert asked > 10
    db.session.rollback()
    assert db.session.get_one(Message, theirs["message_id"]).status is MessageStatus.PENDING
    assert db.session.get_one(Upload, theirs["upload_id"]).status == "checked"


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_session_of_somebody_else_is_not_found(world: World, role: Role) -> None:
    session_id = world.ids["session_id"]
    answer = world.browser(role).post(f"/account/sessions/{session_id}/end")
    assert answer.status_code == 404


def test_partner_finds_codes_of_its_own_organisation_only(world: World) -> None:
    own, theirs = spoken(world.own[0].code), spoken(world.theirs[0].code)
    us, them = world.browser(Role.PARTNER), world.neighbour()
    assert "is genuine" in us.post("/partner", data={"code": own}).text
    assert "is genuine" in them.post("/partner", data={"code": theirs}).text
    for browser, foreign in ((us, theirs), (them, own)):
        page = browser.post("/partner", data={"code": foreign})
        assert "is genuine" not in page.text


def test_code_of_another_organisation_reads_like_one_that_does_not_exist(world: World) -> None:
    browser = world.browser(Role.PARTNER)
    foreign = browser.post("/partner", data={"code": spoken(world.theirs[1].code)})
    unknown = browser.post("/partner", data={"code": spoken("22222222" + check_symbol("22222222"))})
    assert foreign.status_code == unknown.status_code
    strip = re.compile(r'(value|nonce)="[^"]*"')
    assert strip.sub("", foreign.text) == strip.sub("", unknown.text)


def test_partner_cannot_record_an_outcome_for_another_organisation(world: World) -> None:
    browser, foreign = world.browser(Role.PARTNER), spoken(world.theirs[2].code)
    outcome = {"code": foreign, "outcome": "made_contact", "kind": "made-contact"}
    for path in ("/partner/outcome", "/partner/withdrawal"):
        page = browser.post(path, data=outcome)
        assert page.status_code < 500
        assert HIDDEN_NAME not in page.text


@pytest.mark.parametrize("page", ["/partner", "/partner/figures", "/", "/account"])
def test_partner_sees_no_title_and_nothing_of_the_charity_next_door(
    world: World, page: str
) -> None:
    for browser in (world.browser(Role.PARTNER), world.neighbour()):
        text = browser.get(page, follow_redirects=True).text
        assert HIDDEN_NAME not in text
        assert "LARKSPUR" not in text
    assert "Hillside" not in world.browser(Role.PARTNER).get(page).text
