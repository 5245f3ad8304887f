"""Every page that shows somebody's data leaves an event of who looked.

Which pages do is read from what they show, in a world with something behind every address.
"""

import re

import pytest
from sqlalchemy import func, select

from outreach.domain.access import Role
from outreach.domain.audit import AuditCategory
from outreach.extensions import db
from outreach.models import AuditEvent, Upload
from tests.factories import NAMES, a_list, make_campaign
from tests.security.conftest import world
from tests.security.routes import routes
from tests.security.test_permissions import ask
from tests.security.world import REPLY, World

__all__ = ["world"]

PERSONAL = re.compile(
    "|".join([
        r"\*\*\* ?\*\*\*\d{3}",  # a masked number
        r"@force\.example\.org",
        re.escape(REPLY),
        *(rf"\b{name}\b" for name in NAMES if len(name) > 3),
    ])
)  # fmt: skip
FAULTY = a_list() + b"07700 90012,Short\n0161 496 0123,Landline\n"
LOOKING = {AuditCategory.CONSULTATION, AuditCategory.DISCLOSURE, AuditCategory.COMBINATION}
NOT_A_LOOK = {
    "pages.account": "a person's own address",
    "accounts.own_sessions": "a person's own sessions",
}
"""Pages that show personal data and leave no event, and why."""
SHOWS: set[str] = set()


def last_event() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.max(AuditEvent.id))) or 0


def categories_since(event_id: int) -> set[str]:
    db.session.rollback()
    query = select(AuditEvent.category).where(AuditEvent.id > event_id)
    return set(db.session.scalars(query))


@pytest.mark.parametrize("role", Role, ids=str)
def test_no_page_shows_personal_data_without_an_event(world: World, role: Role) -> None:
    silent = []
    campaign_id = make_campaign(world.app, recipients=FAULTY).id
    uploaded = select(Upload.id).where(Upload.campaign_id == campaign_id)
    lists = {"campaign_id": campaign_id, "upload_id": db.session.scalars(uploaded).one()}
    for route in routes(world.app):
        if route.method != "GET" or not route.opens_to(role):
            continue
        browser, before = world.browser(role), last_event()
        if route.rule.arguments == {"campaign_id", "upload_id"}:
            answer = browser.get(world.address(route.rule, **lists))
        else:
            answer = ask(browser, world, route)
        main = answer.text.partition("<main")[2]
        found = PERSONAL.search(main or answer.text)
        if answer.status_code != 200 or found is None:
            continue
        SHOWS.add(route.rule.endpoint)
        if not categories_since(before) & LOOKING and route.rule.endpoint not in NOT_A_LOOK:
            silent.append(f"{route} shows {found[0]}")
    assert silent == []


def test_pages_that_were_looked_at_do_show_personal_data() -> None:
    """After the others, or the walk would prove nothing."""
    walked = {"accounts.index", "accounts.person", "recipients.show", "recipients.download"}
    assert walked | {"replies.show"} <= SHOWS
