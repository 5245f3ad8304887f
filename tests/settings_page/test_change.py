"""Administrators change settings; whatever reads them follows; each change is written down."""

from decimal import Decimal

import pytest
from flask.testing import FlaskClient

from outreach.domain.settings import SETTINGS
from outreach.extensions import db
from outreach.models import AuditEvent, Setting
from outreach.recipients import queries as recipients
from outreach.sending import terms
from outreach.settings import queries


def form_of(**changes: str) -> dict[str, str]:
    return {each.name: each.shown(None) for each in SETTINGS} | changes


def changes_told() -> list[tuple[str, dict[str, object]]]:
    found = db.session.scalars(
        db.select(AuditEvent).where(AuditEvent.action == "setting.changed").order_by(AuditEvent.id)
    )
    return [(event.object_id, event.changes) for event in found]


def test_page_shows_every_setting_with_its_explanation(as_admin: FlaskClient) -> None:
    page = as_admin.get("/admin/settings").text
    for each in SETTINGS:
        assert f'name="{each.name}"' in page
    assert "GOV.UK Notify&#39;s pricing page" in page
    assert 'value="2.4"' in page


def test_change_is_followed_by_what_reads_it(as_admin: FlaskClient) -> None:
    data = form_of(
        pence_per_fragment="3.1",
        send_rate="20",
        pilot_messages="50",
        failure_limit_percent="25",
        retention_days="7",
    )
    page = as_admin.post("/admin/settings", data=data, follow_redirects=True).text
    assert "Changed: Price of a fragment, Size of the pilot" in page
    now = terms.terms()
    assert (now.pence_per_fragment, now.send_rate) == (Decimal("3.1"), 20.0)
    assert (now.pilot_messages, now.failure_limit_percent) == (50, 25)
    assert recipients.tariff().pence_per_fragment == Decimal("3.1")
    assert queries.whole_number("retention_days") == 7


def test_each_change_is_written_down_with_what_it_was(as_admin: FlaskClient) -> None:
    as_admin.post("/admin/settings", data=form_of(pilot_messages="50"))
    as_admin.post("/admin/settings", data=form_of(pilot_messages="20"))
    as_admin.post("/admin/settings", data=form_of())
    assert changes_told() == [
        ("pilot_messages", {"before": None, "after": 50}),
        ("pilot_messages", {"before": 50, "after": None}),
    ]
    assert terms.terms().pilot_messages == 20


def test_own_guidance_is_kept_and_not_copied_into_the_log(as_admin: FlaskClient) -> None:
    as_admin.post("/admin/settings", data=form_of(urgent_guidance="Ring the duty desk."))
    assert changes_told() == [("urgent_guidance", {"is_set": True})]
    assert db.session.get(Setting, "urgent_guidance").value == "Ring the duty desk."


@pytest.mark.parametrize("changes", [{"send_rate": "500"}, {"sms_sender_id": "x"}])
def test_value_that_makes_no_sense_changes_nothing(
    as_admin: FlaskClient, changes: dict[str, str]
) -> None:
    page = as_admin.post("/admin/settings", data=form_of(pilot_messages="50", **changes))
    assert page.status_code == 200
    assert "There is a problem" in page.text
    assert 'value="50"' in page.text, "what was typed is kept"
    assert changes_told() == []


def test_setting_that_is_not_defined_cannot_be_smuggled_in(as_admin: FlaskClient) -> None:
    as_admin.post("/admin/settings", data=form_of(audit_witnesses="x", bank_holidays="x"))
    assert db.session.query(Setting).count() == 0
