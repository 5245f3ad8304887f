"""Every filter at once, over several pages: each narrows, none is lost on the way."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from outreach.audit import queries
from outreach.domain.access import Role
from outreach.domain.actor import Actor
from outreach.domain.audit import AuditAction as A
from tests.audit.pages import cells, parse, put
from tests.conftest import both_databases
from tests.factories import acting, cast, make_campaign

NOON = datetime(2031, 11, 24, 12, 0, tzinfo=UTC)
A_DAY = timedelta(days=1)
MANY = 11


@pytest.fixture
def filters(app: Flask) -> dict[str, object]:
    """As an auditor chooses them for Ade's looks at one reply; beside those, for each filter, a
    look that differs in it alone."""
    people, campaign = cast(), make_campaign(app)
    other = make_campaign(app, title="Autumn").id
    ade = acting(people.approver, Role.APPROVER)
    usual = {"object_type": "reply", "object_id": "77", "campaign_id": campaign.id, "at": NOON}
    for number in range(MANY):
        put(A.REPLY_READ, ade, **usual, changes={"number": number})
    twins = [
        (A.REPLY_READ, ade, {"at": NOON - A_DAY}),
        (A.REPLY_READ, ade, {"at": NOON + A_DAY}),
        (A.REPLY_READ, acting(people.other_approver, Role.APPROVER), {}),
        (A.REPLY_READ, acting(people.approver, Role.REQUESTER), {}),
        (A.REPLY_LISTED, ade, {}),
        (A.REPLY_RESOLVED, ade, {}),
        (A.REPLY_READ, ade, {"campaign_id": other}),
        (A.REPLY_READ, ade, {"object_type": "reply_queue"}),
        (A.REPLY_READ, ade, {"object_id": "78"}),
        (A.REPLY_READ, Actor.job("seal_events"), {}),
    ]
    for action, by, change in twins:
        put(action, by, **(usual | change))
    return {
        "since": ["24", "11", "2031"],
        "until": ["24", "11", "2031"],
        "person": ade.name,
        "role": "approver",
        "action": "reply.read",
        "category": "consultation",
        "campaign": str(campaign.id),
        "object_type": "reply",
        "object_id": "77",
    }


def pages(client: FlaskClient, filters: dict[str, object]) -> list[BeautifulSoup]:
    """From the first to the last, by the link to older events."""
    answer = client.get("/audit", query_string=filters)
    found = [parse(answer.text)]
    while older := found[-1].select_one(".govuk-pagination__next a"):
        found.append(parse(client.get(str(older["href"])).text))
    return found


@both_databases
def test_all_of_them_hold_on_every_page(
    app: Flask, as_auditor: FlaskClient, filters: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "PAGE_SIZE", 4)
    found = pages(as_auditor, filters)
    numbers = [row[4] for page in found for row in cells(page)]
    assert numbers == [f"Number: {n}" for n in reversed(range(MANY))]
    assert len(found) == 3
    for page in found[1:]:
        link = page.select_one(".govuk-pagination__prev a")
        assert link is not None
        kept = parse_qs(urlsplit(str(link["href"])).query)
        kept.pop("after")
        wanted = {name: v if isinstance(v, list) else [v] for name, v in filters.items()}
        assert kept == wanted
        chosen = {str(option["value"]) for option in page.select("form option[selected]")}
        assert {filters[name] for name in ("person", "role", "action", "campaign")} <= chosen


@both_databases
@pytest.mark.parametrize(
    "left_out",
    ["since", "until", "person", "role", "action", "campaign", "object_type", "object_id"],
)
def test_each_of_them_narrows(
    app: Flask, as_auditor: FlaskClient, filters: dict[str, object], left_out: str
) -> None:
    (without,) = pages(as_auditor, {k: v for k, v in filters.items() if k != left_out})
    assert len(cells(without)) > MANY
