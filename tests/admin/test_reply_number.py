"""The number that receives replies: without it, texts that ask for a reply are warned about."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from outreach.campaigns import queries as campaigns
from outreach.extensions import db
from outreach.models import AuditEvent
from tests.campaigns.reading import errors
from tests.components.html import read_page


def setting_events() -> list[AuditEvent]:
    statement = select(AuditEvent).where(AuditEvent.action == "setting.changed")
    return list(db.session.scalars(statement))


def test_number_is_stored_shown_and_taken_away(admin: FlaskClient) -> None:
    for _ in range(2):
        admin.post("/admin/reply-number", data={"number": "07700 900500"})
    assert campaigns.reply_number() == "07700 900500"
    assert 'value="07700 900500"' in admin.get("/admin/reply-number").text
    admin.post("/admin/reply-number", data={"number": ""})
    assert campaigns.reply_number() is None
    assert [event.changes for event in setting_events()] == [{"is_set": True}, {"is_set": False}]


@pytest.mark.parametrize("typed", ["GOVUK", "0808 157 0123", "0770"])
def test_what_cannot_receive_replies_is_refused(admin: FlaskClient, typed: str) -> None:
    answer = admin.post("/admin/reply-number", data={"number": typed})
    soup = read_page(answer.text)
    assert errors(soup) == {"#number": "Enter a UK mobile number, like 07700 900123"}
    assert campaigns.reply_number() is None
