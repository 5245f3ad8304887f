"""Fields that nobody asked for, and the same field twice (ASVS 5.0, 15.3.3 and 15.3.7)."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from werkzeug.datastructures import MultiDict

from outreach.domain.access import Role
from outreach.domain.campaign import CampaignStatus
from outreach.extensions import db
from outreach.models import Base, Campaign, Organisation, User
from tests.security.routes import Route, routes
from tests.security.world import World

DECIDES_BY_ITSELF = ("security.", "accounts.", "admin.", "settings.", "retention.")
"""Whose business it is to change what is looked at below; they have tests of their own."""
HOSTILE = {
    "status": "approved",
    "active": "1",
    "roles": "admin",
    "password": "x" * 20,
    "is_admin": "true",
    "organisation_id": "1",
    "email": "mallory@example.org",
}


def every_column() -> dict[str, str]:
    """A field for each column that any table has, and its usual hostile value."""
    names = {column.name for table in Base.metadata.sorted_tables for column in table.columns}
    return {name: HOSTILE.get(name, "1") for name in sorted(names)} | HOSTILE


def privileges() -> dict[str, list[tuple[Any, ...]]]:
    """What decides who may do what, and whose a campaign is."""
    db.session.rollback()
    people = db.select(User.id, User.email, User.active, User.password, User.sso_subject)
    names = {
        "people": people,
        "roles": db.select(Base.metadata.tables["user_role"]),
        "organisations": db.select(Organisation.id, Organisation.name, Organisation.phone),
        "drafts": db.select(Campaign.id, Campaign.created_by_id).where(
            Campaign.title.in_([status.value for status in CampaignStatus])
        ),
    }
    return {
        name: sorted(tuple(row) for row in db.session.execute(statement))
        for name, statement in names.items()
    }


def approved() -> set[UUID]:
    statement = db.select(Campaign.id).where(
        Campaign.status.in_([CampaignStatus.APPROVED, CampaignStatus.SENDING])
    )
    return set(db.session.scalars(statement))


def posts(world: World) -> Iterator[tuple[Route, Role]]:
    for route in routes(world.app):
        is_asked_for = route.access is not None and route.access.permission is not None
        if route.method != "POST" or route.rule.endpoint.startswith(DECIDES_BY_ITSELF):
            continue
        if is_asked_for:
            yield from ((route, role) for role in Role if route.opens_to(role))


def test_no_form_takes_a_field_it_did_not_ask_for(world: World) -> None:
    """Every address, by every role that it opens to, with a field for every column there is."""
    before, was_approved, sent = privileges(), approved(), 0
    for route, role in posts(world):
        path = world.address(route.rule, **dict(route.words))
        world.browser(role).post(path, data=every_column()).close()
        sent += 1
    assert privileges() == before
    assert approved() <= was_approved, "nothing is approved by a field that says so"
    assert sent > 40


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("status", "approved"),
        ("created_by_id", "999"),
        ("approved_by_id", "1"),
        ("id", "00000000-0000-0000-0000-000000000009"),
        ("content_digest", "00"),
        ("public_name", "mine"),
    ],
)
def test_campaign_is_made_with_its_title_and_nothing_else_that_is_sent(
    world: World, name: str, value: str
) -> None:
    title = f"With {name}"
    browser = world.browser(Role.REQUESTER)
    assert browser.post("/campaigns/new", data={"title": title, name: value}).status_code == 302
    db.session.rollback()
    made = db.session.scalars(db.select(Campaign).where(Campaign.title == title)).one()
    assert made.status is CampaignStatus.DRAFT
    assert made.created_by_id == world.people[Role.REQUESTER]
    assert str(getattr(made, name)) != value
    assert isinstance(made.created_at, datetime)


def test_field_in_the_address_is_no_field_of_the_form(world: World) -> None:
    browser = world.browser(Role.REQUESTER)
    browser.post("/campaigns/new?title=From the address", data={"title": "From the form"})
    titles = set(db.session.scalars(db.select(Campaign.title)))
    assert "From the form" in titles
    assert "From the address" not in titles
    page = browser.post("/campaigns/new?title=From the address", data={})
    assert page.status_code == 200, "asked for again"
    assert "From the address" not in set(db.session.scalars(db.select(Campaign.title)))


def test_of_a_field_sent_twice_the_first_counts_and_is_what_is_shown(world: World) -> None:
    browser = world.browser(Role.REQUESTER)
    twice = MultiDict([("title", "The first"), ("title", "The second")])
    answer = browser.post("/campaigns/new", data=twice, follow_redirects=True)
    assert "The first" in answer.text
    db.session.rollback()
    titles = set(db.session.scalars(db.select(Campaign.title)))
    assert "The first" in titles
    assert "The second" not in titles
