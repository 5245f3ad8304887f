"""Checking a code: genuine or not, which campaign, which month, and nothing else."""

from datetime import UTC, date, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from sqlalchemy import select, update

from outreach import clock
from outreach.domain.actor import Actor
from outreach.domain.message import MessageStatus
from outreach.domain.referral import CodeUnreadable, new_code, spoken
from outreach.extensions import db
from outreach.models import AuditEvent, Campaign, DataKey, Message
from outreach.partners import service
from outreach.transaction import transaction
from tests.conftest import both_databases
from tests.partners.conftest import Helpline
from tests.referrals.released import HEADING, release


def check(code: str, by: Actor) -> service.Genuine | None:
    with transaction():
        return service.check(code, by=by)


def events(action: str) -> list[AuditEvent]:
    db.session.rollback()
    return list(
        db.session.scalars(
            select(AuditEvent).where(AuditEvent.action == action).order_by(AuditEvent.id)
        )
    )


@both_databases
def test_a_genuine_code_tells_the_campaign_and_the_month(helpline: Helpline) -> None:
    genuine = check(helpline.codes[0], helpline.ann)
    assert genuine == service.Genuine(helpline.codes[0], "Autumn support", date(2026, 11, 1), None)


def test_the_page_shows_nothing_else(as_ann: FlaskClient, helpline: Helpline) -> None:
    code = helpline.codes[0]
    page = as_ann.post("/partner", data={"code": spoken(code).lower()})
    soup = BeautifulSoup(page.data, "html.parser")
    rows = soup.select(".govuk-summary-list__row")
    assert [[cell.get_text(strip=True) for cell in row.select("dt, dd")] for row in rows] == [
        ["Campaign", "Autumn support"],
        ["Text sent in", "November 2026"],
        ["Outcome", "None recorded"],
    ]
    person = helpline.released.people[0]
    for secret in ("Larkspur", person.phone, person.phone[3:], str(helpline.released.campaign_id)):
        assert secret not in page.text


def test_the_code_is_in_no_address_and_no_flash(as_ann: FlaskClient, helpline: Helpline) -> None:
    code = helpline.codes[0]
    answer = as_ann.post("/partner/outcome", data={"code": code, "outcome": "made_contact"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/partner")
    after = as_ann.get("/partner").text
    assert "The outcome is recorded" in after
    assert code not in after
    assert spoken(code) not in after


@pytest.mark.parametrize("name", [None, "Autumn support"])
def test_the_forces_own_title_is_never_shown(helpline: Helpline, name: str | None) -> None:
    with transaction():
        db.session.execute(update(Campaign).values(public_name=name))
    genuine = check(helpline.codes[0], helpline.ann)
    assert genuine is not None
    assert genuine.campaign_name == (name or HEADING)


def test_the_month_is_londons(helpline: Helpline) -> None:
    with transaction():
        late = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)  # 00:30 on 1 July
        db.session.execute(update(Message).values(accepted_at=late))
    genuine = check(helpline.codes[0], helpline.ann)
    assert genuine is not None
    assert genuine.month == date(2026, 7, 1)


@pytest.mark.parametrize(
    "status",
    [MessageStatus.PENDING, MessageStatus.SUPPRESSED, MessageStatus.REFUSED, MessageStatus.HELD],
)
def test_a_code_whose_text_never_left_is_not_genuine(
    helpline: Helpline, status: MessageStatus
) -> None:
    with transaction():
        db.session.execute(update(Message).values(status=status))
    assert check(helpline.codes[0], helpline.ann) is None


@both_databases
def test_another_charitys_code_is_not_genuine_here(helpline: Helpline, neighbour: Actor) -> None:
    assert check(helpline.codes[0], neighbour) is None
    assert check(helpline.codes[0], helpline.bob) is not None


def test_unknown_and_other_charitys_codes_read_the_same(
    as_neighbour: FlaskClient, helpline: Helpline
) -> None:
    pages = [
        BeautifulSoup(as_neighbour.post("/partner", data={"code": code}).data, "html.parser")
        for code in (helpline.codes[0], new_code())
    ]
    first, second = (page.main.get_text() for page in pages)
    assert first == second
    assert "This code is not genuine" in first


def test_checks_leave_an_event_that_names_the_campaign_and_not_the_code(
    helpline: Helpline,
) -> None:
    check(helpline.codes[0], helpline.ann)
    (event,) = events("code.checked")
    assert (event.actor, event.role, event.object_type) == (
        helpline.ann.name,
        "partner",
        "campaign",
    )
    assert event.campaign_id == helpline.released.campaign_id
    assert event.changes == {}
    assert event.reason is None


def test_a_slip_of_the_finger_is_told_and_not_counted(
    as_ann: FlaskClient, helpline: Helpline
) -> None:
    code = helpline.codes[0]
    slip = code[:-1] + ("0" if code[-1] != "0" else "1")
    for _ in range(service.WRONG_PER_PERSON + 5):
        page = as_ann.post("/partner", data={"code": slip})
        assert page.status_code == 200
        assert "One of the letters or digits is not right" in page.text
    assert events("code.refused") == []
    assert "This code is genuine" in as_ann.post("/partner", data={"code": code}).text


@pytest.mark.parametrize("typed", ["", "   ", "ABCD", "x" * 5_000, "\x00"])
def test_what_is_no_code_gets_an_error_at_the_field(as_ann: FlaskClient, typed: str) -> None:
    page = BeautifulSoup(as_ann.post("/partner", data={"code": typed}).data, "html.parser")
    assert page.title.text.startswith("Error: ")
    assert page.select_one(".govuk-error-summary a")["href"] == "#code"


def test_wrong_codes_are_throttled_and_colleagues_are_not(
    helpline: Helpline,
) -> None:
    moment = datetime(2026, 11, 24, 10, tzinfo=UTC)
    with clock.set_to(lambda: moment):
        for _ in range(service.WRONG_PER_PERSON):
            assert check(new_code(), helpline.ann) is None
        with pytest.raises(service.TooManyWrongCodes, match="Try again in 60 minutes"):
            check(helpline.codes[0], helpline.ann)
        assert check(helpline.codes[0], helpline.bob) is not None
    with (
        clock.set_to(lambda: moment + timedelta(minutes=59, seconds=30)),
        pytest.raises(service.TooManyWrongCodes, match="Try again in 1 minute"),
    ):
        check(helpline.codes[0], helpline.ann)
    with clock.set_to(lambda: moment + timedelta(hours=1)):
        assert check(helpline.codes[0], helpline.ann) is not None


def test_an_organisation_that_guesses_is_throttled_as_a_whole(
    helpline: Helpline, neighbour: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "WRONG_PER_ORGANISATION", 4)
    for by in (helpline.ann, helpline.bob) * 2:
        check(new_code(), by)
    for by in (helpline.ann, helpline.bob):
        with pytest.raises(service.TooManyWrongCodes):
            check(helpline.codes[0], by)
    assert check(new_code(), neighbour) is None


@pytest.mark.parametrize("act", ["record", "withdraw"])
def test_guessing_by_the_other_forms_is_counted_too(
    as_ann: FlaskClient, helpline: Helpline, act: str
) -> None:
    address = "/partner/outcome" if act == "record" else "/partner/withdrawal"
    for _ in range(service.WRONG_PER_PERSON):
        as_ann.post(address, data={"code": new_code(), "outcome": "made_contact"})
    assert len(events("code.refused")) == service.WRONG_PER_PERSON
    page = as_ann.post("/partner", data={"code": helpline.codes[0]})
    assert page.status_code == 429
    assert "Try again in" in page.text


def destroy_outcome_key(helpline: Helpline) -> None:
    with transaction():
        key = db.session.get_one(DataKey, helpline.released.campaign.outcome_key_id)
        key.wrapped, key.destroyed_at = None, clock.now()


def test_after_the_key_is_destroyed_checking_ends_with_a_sentence(
    as_ann: FlaskClient, helpline: Helpline
) -> None:
    destroy_outcome_key(helpline)
    page = as_ann.post("/partner", data={"code": helpline.codes[0]})
    assert page.status_code == 409
    assert "This campaign is closed. Its codes can no longer be checked" in page.text
    answer = as_ann.post(
        "/partner/outcome", data={"code": helpline.codes[0], "outcome": "declined"}
    )
    assert answer.status_code == 409
    assert "This campaign is closed" in answer.text


def test_codes_of_an_erased_campaign_are_unknown(helpline: Helpline) -> None:
    with transaction():
        db.session.execute(update(Campaign).values(erased_at=clock.now()))
    assert check(helpline.codes[0], helpline.ann) is None


def test_service_refuses_who_has_no_organisation(helpline: Helpline) -> None:
    with pytest.raises(service.NotAllowed):
        check(helpline.codes[0], Actor.job("somebody"))
    with pytest.raises(CodeUnreadable):
        check("nonsense", helpline.ann)


def test_a_code_before_release_is_not_genuine(helpline: Helpline) -> None:
    waiting = release(1, is_released=False, organisation=helpline.released.campaign.partner)
    assert check(waiting.people[0].code, helpline.ann) is None
