"""Recording, correcting and withdrawing what came of a code."""

from datetime import UTC, datetime
from threading import Barrier, Thread

import pytest
from bs4 import BeautifulSoup
from flask import Flask, g
from flask.testing import FlaskClient
from sqlalchemy import select

from outreach import clock
from outreach.domain.actor import Actor
from outreach.domain.audit import AuditAction
from outreach.domain.outcome import OutcomeKind
from outreach.domain.referral import new_code
from outreach.extensions import db
from outreach.models import AuditEvent, Outcome, PartnerAct
from outreach.partners import queries, service
from outreach.partners.service import Change
from outreach.transaction import transaction
from tests.conftest import both_databases
from tests.partners.conftest import Helpline

MADE_CONTACT, STARTED = OutcomeKind.MADE_CONTACT, OutcomeKind.STARTED_SUPPORT
WEEK_47 = datetime(2026, 11, 20, 12, tzinfo=UTC)
WEEK_48 = datetime(2026, 11, 24, 12, tzinfo=UTC)
WEEK_49 = datetime(2026, 12, 1, 12, tzinfo=UTC)


def record(code: str, kind: OutcomeKind, by: Actor) -> Change:
    with transaction():
        return service.record(code, kind, by=by)


def withdraw(code: str, by: Actor) -> Change:
    with transaction():
        return service.withdraw(code, by=by)


def kept() -> list[tuple[str, OutcomeKind]]:
    db.session.rollback()
    rows = db.session.execute(select(Outcome.iso_week, Outcome.outcome))
    return sorted((week, kind) for week, kind in rows)


@both_databases
def test_an_outcome_is_kept_corrected_and_withdrawn(helpline: Helpline) -> None:
    code, other = helpline.codes[:2]
    with clock.set_to(lambda: WEEK_47):
        assert record(code, MADE_CONTACT, helpline.ann) is Change.RECORDED
        assert record(other, OutcomeKind.DECLINED, helpline.bob) is Change.RECORDED
    with clock.set_to(lambda: WEEK_48):
        assert record(code, MADE_CONTACT, helpline.bob) is Change.UNCHANGED
        assert record(code, STARTED, helpline.bob) is Change.CORRECTED
    assert kept() == [("2026-W47", OutcomeKind.DECLINED), ("2026-W47", STARTED)]
    assert withdraw(code, helpline.ann) is Change.WITHDRAWN
    assert withdraw(code, helpline.ann) is Change.UNCHANGED
    assert kept() == [("2026-W47", OutcomeKind.DECLINED)]


def test_the_page_shows_what_is_recorded_and_offers_to_withdraw(
    as_ann: FlaskClient, helpline: Helpline
) -> None:
    code = helpline.codes[0]
    with clock.set_to(lambda: WEEK_48):
        as_ann.post("/partner/outcome", data={"code": code, "outcome": "made_contact"})
    page = BeautifulSoup(as_ann.post("/partner", data={"code": code}).data, "html.parser")
    assert "Made contact, in week 48 of 2026" in page.get_text()
    assert page.select_one("input[type=radio][checked]")["value"] == "made_contact"
    forms = {form["action"] for form in page.main.select("form")}
    assert forms == {"/partner/outcome", "/partner/withdrawal"}
    answer = as_ann.post("/partner/withdrawal", data={"code": code}, follow_redirects=True)
    assert "The outcome is withdrawn" in answer.text
    assert kept() == []


def test_no_choice_made_is_told_and_the_code_is_not_lost(
    as_ann: FlaskClient, helpline: Helpline
) -> None:
    code = helpline.codes[0]
    page = BeautifulSoup(as_ann.post("/partner/outcome", data={"code": code}).data, "html.parser")
    assert page.title.text.startswith("Error: ")
    assert page.select_one("input[name=code]")["value"] == code
    assert "Choose what came of it" in page.get_text()


@pytest.mark.parametrize("outcome", ["", "arrested", "MADE_CONTACT"])
def test_only_the_four_outcomes_are_taken(
    as_ann: FlaskClient, helpline: Helpline, outcome: str
) -> None:
    page = as_ann.post("/partner/outcome", data={"code": helpline.codes[0], "outcome": outcome})
    assert "There is a problem" in page.text
    assert kept() == []


@pytest.mark.parametrize("address", ["/partner/outcome", "/partner/withdrawal"])
def test_without_a_code_one_begins_again(
    as_ann: FlaskClient, helpline: Helpline, address: str
) -> None:
    for answer in (as_ann.post(address, data={"outcome": "declined"}), as_ann.get(address)):
        assert (answer.status_code, answer.headers["Location"]) == (302, "/partner")


def test_another_charity_can_record_nothing(as_neighbour: FlaskClient, helpline: Helpline) -> None:
    data = {"code": helpline.codes[0], "outcome": "declined"}
    assert "This code is not genuine" in as_neighbour.post("/partner/outcome", data=data).text
    assert "This code is not genuine" in as_neighbour.post("/partner/withdrawal", data=data).text
    assert kept() == []


def test_an_unknown_code_records_nothing(helpline: Helpline) -> None:
    assert record(new_code(), MADE_CONTACT, helpline.ann) is Change.NOT_GENUINE
    assert kept() == []


def test_own_figures_are_exact_and_ones_own(
    as_ann: FlaskClient, as_neighbour: FlaskClient, helpline: Helpline
) -> None:
    for code in helpline.codes[:3]:
        record(code, MADE_CONTACT, helpline.ann)
    record(helpline.codes[3], STARTED, helpline.bob)
    page = BeautifulSoup(as_ann.get("/partner/figures").data, "html.parser")
    cells = [cell.get_text(strip=True) for cell in page.select("tbody tr > *")]
    assert cells == ["Autumn support", "November 2026", "3", "1", "0", "0"]
    g.pop("_login_user")  # the test's open context outlives a request, and with it who signed in
    assert "Autumn support" not in as_neighbour.get("/partner/figures").text
    events = db.session.scalars(
        select(AuditEvent).where(AuditEvent.action == AuditAction.OUTCOMES_VIEWED)
    ).all()
    assert [event.object_type for event in events] == ["organisation", "organisation"]


def test_acts_become_one_event_each_when_their_week_is_over(helpline: Helpline) -> None:
    with clock.set_to(lambda: WEEK_47):
        for code in helpline.codes[:3]:
            record(code, MADE_CONTACT, helpline.ann)
        record(helpline.codes[0], STARTED, helpline.ann)
        record(helpline.codes[3], STARTED, helpline.bob)
        withdraw(helpline.codes[3], helpline.bob)
        with transaction():
            assert service.publish_acts() == 0
    with clock.set_to(lambda: WEEK_48):
        record(helpline.codes[4], STARTED, helpline.bob)
        with transaction():
            assert service.publish_acts() == 4
        with transaction():
            assert service.publish_acts() == 0
    told = db.session.scalars(
        select(AuditEvent).where(AuditEvent.action.startswith("outcome.")).order_by(AuditEvent.id)
    ).all()
    assert [(event.actor, event.action) for event in told] == [
        (helpline.ann.name, "outcome.corrected"),
        (helpline.ann.name, "outcome.recorded"),
        (helpline.bob.name, "outcome.recorded"),
        (helpline.bob.name, "outcome.withdrawn"),
    ]
    for event in told:
        assert event.changes == {"week": "2026-W47"}
        assert event.campaign_id == helpline.released.campaign_id
        assert event.object_id == str(helpline.released.campaign_id)
        assert (event.actor_kind, event.role) == ("partner", "partner")
        assert event.at == WEEK_48
    waiting = db.session.scalars(select(PartnerAct)).all()
    assert [(act.iso_week, act.action) for act in waiting] == [
        ("2026-W48", AuditAction.OUTCOME_RECORDED)
    ]


@both_databases
def test_many_at_once_lose_nothing(app: Flask, helpline: Helpline) -> None:
    """Six people record six codes of one campaign at the same moment."""
    start, faults = Barrier(len(helpline.codes)), []

    def work(code: str) -> None:
        with app.app_context():
            start.wait()
            try:
                record(code, MADE_CONTACT, helpline.ann)
            except Exception as error:  # shown below; a thread's own failure would be silent
                faults.append(error)
            finally:
                db.session.remove()

    threads = [Thread(target=work, args=(code,)) for code in helpline.codes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert len(kept()) == len(helpline.codes)
    assert len(queries.outcomes_of(helpline.released.campaign_id)) == len(helpline.codes)


def test_every_form_carries_its_token(app: Flask, as_ann: FlaskClient, helpline: Helpline) -> None:
    """From the first page to a recorded outcome with the check against forged requests on."""
    app.config["WTF_CSRF_ENABLED"] = True
    code = helpline.codes[0]
    assert as_ann.post("/partner", data={"code": code}).status_code == 400
    start = _fields(as_ann.get("/partner").data, "/partner")
    shown = as_ann.post("/partner", data={**start, "code": code}).data
    data = {**_fields(shown, "/partner/outcome"), "outcome": "declined"}
    assert as_ann.post("/partner/outcome", data=data).status_code == 302
    assert [kind for _, kind in kept()] == [OutcomeKind.DECLINED]


def _fields(page: bytes, action: str) -> dict[str, str]:
    form = BeautifulSoup(page, "html.parser").select_one(f'form[action="{action}"]')
    assert form is not None
    return {field["name"]: field["value"] for field in form.select("input[type=hidden]")}
