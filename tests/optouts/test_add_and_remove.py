"""Numbers put on the list by hand, and taken off at the person's own request."""

import pytest
from flask import Flask
from sqlalchemy import update

from outreach import clock, vault
from outreach.domain.message import MessageStatus
from outreach.domain.optout import SuppressionKind
from outreach.extensions import db
from outreach.models import Campaign, Message, Suppression
from outreach.optouts import queries, under_way
from outreach.optouts.queries import Withheld
from outreach.transaction import transaction
from tests.conftest import both_databases
from tests.replies.conftest import Reader
from tests.replies.stage import NUMBER, arrive, events

DIGEST = vault.digest


def withheld() -> Withheld | None:
    db.session.rollback()
    return queries.withheld([DIGEST(NUMBER)]).get(DIGEST(NUMBER))


@both_databases
@pytest.mark.parametrize("kind", list(SuppressionKind))
def test_a_number_is_added_by_hand(app: Flask, rosa: Reader, kind: SuppressionKind) -> None:
    _, page = rosa.send("/opt-outs/add", number="07700 900123", kind=kind)
    assert "The number is on the suppression list" in page.get_text()
    assert "900123" not in page.get_text()
    assert withheld() == Withheld(kind)
    event = events("optout.added")[0]
    assert (event.changes["source"], event.role) == ("staff", "requester")


def test_texts_that_wait_for_it_are_withheld(app: Flask, rosa: Reader, texted: Campaign) -> None:
    with transaction():
        for message in db.session.query(Message):
            message.status = MessageStatus.PENDING
    rosa.send("/opt-outs/add", number=NUMBER, kind="opt_out")
    statuses = [message.status for message in db.session.query(Message).order_by(Message.id)]
    assert statuses.count(MessageStatus.SUPPRESSED) == 1


def test_the_page_says_so_once_no_text_to_the_number_can_begin(
    app: Flask, rosa: Reader, texted: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction():
        db.session.execute(update(Message).values(status="sending", claimed_at=clock.now()))
    looks: list[float] = []
    monkeypatch.setattr(under_way.time, "sleep", looks.append)
    monkeypatch.setattr(under_way, "LONGEST_WAIT_SECONDS", 0.05)
    rosa.send("/opt-outs/add", number="07700 900999", kind=SuppressionKind.OPT_OUT)
    assert not looks
    rosa.send("/opt-outs/add", number="07700 900123", kind=SuppressionKind.OPT_OUT)
    assert looks


def test_one_that_is_there_already_is_said(app: Flask, rosa: Reader) -> None:
    arrive("STOP")
    _, page = rosa.send("/opt-outs/add", number=NUMBER, kind="opt_out")
    assert "was on the suppression list already" in page.get_text()


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({}, "Enter a mobile number"),
        ({"number": NUMBER}, "Choose why the number must not be texted"),
        ({"number": NUMBER, "kind": "because"}, "There is a problem"),
        ({"number": "020 7946 0000", "kind": "opt_out"}, "landline"),
    ],
)
def test_a_faulty_form_adds_nothing(
    app: Flask, rosa: Reader, form: dict[str, str], says: str
) -> None:
    _, page = rosa.send("/opt-outs/add", **form)
    assert says in page.get_text()
    assert withheld() is None


@both_databases
def test_an_approver_removes_it_with_a_reason(app: Flask, ade: Reader) -> None:
    arrive("STOP")
    entry = db.session.query(Suppression).one()
    path = f"/opt-outs/{entry.id}/remove"
    page = ade.see(path).get_text(" ", strip=True)
    assert "Do this only if the person asked for it" in page
    _, page = ade.send(path, reason="")
    assert "Enter how the person asked" in page.get_text()
    _, page = ade.send(path, reason="He rang from 07700 900123")
    assert "Leave out phone numbers" in page.get_text()
    assert withheld() is Withheld.OPT_OUT
    _, page = ade.send(path, reason="He rang the front desk")
    assert "off the suppression list" in page.get_text()
    assert withheld() is None
    event = events("optout.removed")[0]
    assert (event.reason, event.role) == ("He rang the front desk", "approver")
    assert ade.send(path, reason="He rang the front desk")[0] == 404


def test_one_that_was_never_there_is_404(app: Flask, ade: Reader) -> None:
    ade.see("/opt-outs/4711/remove", status=404)
