"""The full number: for a reason, recorded, by those who may."""

import pytest
from flask import Flask

from tests.conftest import both_databases
from tests.replies.conftest import Reader
from tests.replies.stage import NUMBER, arrive, events


@both_databases
def test_it_is_shown_for_a_reason_that_is_recorded(app: Flask, rosa: Reader) -> None:
    reply_id = arrive()
    rosa.act(reply_id, "take")
    status, page = rosa.send(f"/replies/{reply_id}/number", reason="To call the person back")
    assert status == 200
    assert NUMBER in page.get_text()
    event = events("number.revealed")[0]
    assert (event.object_id, event.reason) == (str(reply_id), "To call the person back")
    assert NUMBER not in str(rosa.see(f"/replies/{reply_id}/number"))
    assert NUMBER not in str(rosa.see(f"/replies/{reply_id}"))


@pytest.mark.parametrize(
    ("reason", "says"),
    [
        ("", "Enter why you need the number"),
        ("   ", "Enter why you need the number"),
        ("x" * 201, "must be 200 characters or fewer"),
        ("to ring 07700 900123", "Leave out phone numbers"),
    ],
)
def test_it_is_not_shown_without_a_fit_reason(
    app: Flask, rosa: Reader, reason: str, says: str
) -> None:
    reply_id = arrive()
    rosa.act(reply_id, "take")
    _, page = rosa.send(f"/replies/{reply_id}/number", reason=reason)
    assert says in page.get_text()
    assert NUMBER not in page.get_text()
    assert events("number.revealed") == []


def test_it_is_not_shown_to_who_has_not_taken_the_reply(
    app: Flask, rosa: Reader, ade: Reader
) -> None:
    reply_id = arrive()
    rosa.act(reply_id, "take")
    status, page = ade.send(f"/replies/{reply_id}/number", reason="To call the person back")
    assert status == 409
    assert NUMBER not in page.get_text()
    assert events("number.revealed") == []


def test_that_of_a_reply_that_is_dealt_with_may_be_shown(app: Flask, ade: Reader) -> None:
    reply_id = arrive("STOP")
    _, page = ade.send(f"/replies/{reply_id}/number", reason="To call the person back")
    assert NUMBER in page.get_text()
