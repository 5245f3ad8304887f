"""What people type stays what they typed: in spreadsheets, in logs, in pages."""

import csv
import io
import json
import logging
from collections.abc import Iterator

import pytest

from outreach.domain.access import Role
from outreach.domain.campaign import CampaignStatus
from outreach.extensions import db
from outreach.models import Campaign, Organisation
from outreach.web.logs import JsonFormatter
from tests.factories import make_campaign
from tests.security.routes import routes
from tests.security.world import NUMBER, World

FORMULA = '=HYPERLINK("http://evil.example","x")'
SCRIPT = "<script>alert(1)</script>"
RISKY = ("=", "+", "-", "@", "\t", "\r", "\x00")


@pytest.fixture(scope="module")
def spiked(world: World) -> World:
    """The world with formulas and scripts for names."""
    bad_list = f"phone number,name\n07700 900123,{SCRIPT}\n@SUM(A1),x\n-07700900124,x\n=1+1,x\n"
    make_campaign(world.app, CampaignStatus.SUBMITTED, title=FORMULA, recipients=bad_list.encode())
    for row in db.session.scalars(db.select(Campaign)):
        row.public_name = FORMULA
    for row in db.session.scalars(db.select(Organisation)):
        row.name = f"@{SCRIPT}{row.id}"
    db.session.commit()
    newest = db.session.scalars(db.select(Campaign).where(Campaign.title == FORMULA)).one()
    world.ids["campaign_id"] = newest.id
    upload = db.session.scalar(
        db.text("SELECT id FROM upload WHERE campaign_id = :id").bindparams(id=newest.id.hex)
    )
    world.ids["upload_id"] = upload
    return world


def test_every_table_that_leaves_is_inert_in_a_spreadsheet(spiked: World) -> None:
    read = 0
    for route in routes(spiked.app):
        for role in Role:
            if route.method != "GET" or not route.opens_to(role):
                continue
            answer = spiked.browser(role).get(spiked.address(route.rule, **dict(route.words)))
            if answer.mimetype == "text/csv":
                read += 1
                cells = [cell for row in csv.reader(io.StringIO(answer.text)) for cell in row]
                assert cells
                assert [cell for cell in cells if cell.startswith(RISKY)] == [], route
                assert "attachment" in answer.headers["Content-Disposition"]
            answer.close()
    assert read >= 3


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_no_page_runs_what_somebody_typed(spiked: World, role: Role) -> None:
    for route in routes(spiked.app):
        if route.method == "GET" and route.opens_to(role):
            answer = spiked.browser(role).get(spiked.address(route.rule, **dict(route.words)))
            assert SCRIPT not in answer.text, route
            answer.close()


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """Everything that is logged, as it would be written."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonFormatter())
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield stream
    root.removeHandler(handler)
    root.setLevel(level)


@pytest.mark.parametrize(
    "evil",
    [
        'x\n{"level":"INFO","message":"forged"}',
        "x\r\nforged",
        "\x1b[31mred",
        "x\u2028forged",
        "\x00",
    ],
)
def test_line_of_the_log_cannot_be_forged(world: World, lines: io.StringIO, evil: str) -> None:
    browser = world.browser(None)
    browser.post("/sign-in", data={"email": evil, "password": evil})
    browser.get("/h/" + "".join(f"%{byte:02x}" for byte in evil.encode()))
    browser.get("/privacy", headers={"User-Agent": evil.replace("\n", " ").replace("\r", " ")})
    logging.getLogger("outreach.tests").warning("a name: %s", evil)
    written = lines.getvalue().splitlines()
    assert written
    for line in written:
        entry = json.loads(line)
        assert entry.get("message") != "forged"
        assert not [character for character in line if ord(character) < 32 or ord(character) > 126]


def test_log_holds_no_number_address_password_or_code(world: World, lines: io.StringIO) -> None:
    browser = world.browser(Role.REQUESTER)
    browser.post("/opt-outs/look-up", data={"number": NUMBER})
    browser.post("/account/password", data={"password": "hunter2-secret"})
    world.browser(None).post("/sign-in", data={"email": "pat@example.org", "password": "p4ss"})
    world.browser(Role.PARTNER).post("/partner", data={"code": world.own[0].code})
    told = lines.getvalue()
    assert "request" in told
    for secret in (NUMBER, NUMBER[1:], "hunter2-secret", "pat@example.org", world.own[0].code):
        assert secret not in told
