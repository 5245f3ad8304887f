"""The list of templates that may be used: allowing and withdrawing, as Notify has them now."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from outreach.domain.access import Role
from outreach.extensions import db
from outreach.models import AllowedTemplate, AuditEvent
from tests.campaigns.reading import words
from tests.fakes.notify import FakeNotify

See = Callable[..., BeautifulSoup]


def allowed() -> list[str]:
    return list(db.session.scalars(select(AllowedTemplate.name).order_by(AllowedTemplate.name)))


def template_events() -> list[str]:
    statement = select(AuditEvent.action).where(AuditEvent.object_type == "template")
    return list(db.session.scalars(statement.order_by(AuditEvent.id)))


def test_admin_allows_and_withdraws(admin: FlaskClient, notify: FakeNotify, see: See) -> None:
    template = notify.add_template("Help is available")
    page = words(see(admin, "/admin/templates"))
    assert "None yet" in page
    assert template.body in page
    base = f"/admin/templates/{template.id}"
    answer = admin.post(f"{base}/allow", follow_redirects=True)
    assert "Requesters may now use “Help is available”." in answer.text
    assert allowed() == ["Help is available"]
    answer = admin.post(f"{base}/withdraw", follow_redirects=True)
    assert "“Help is available” may no longer be used." in answer.text
    assert allowed() == []
    assert template_events() == ["template.allowed", "template.withdrawn"]


def test_acts_done_twice_count_once(admin: FlaskClient, notify: FakeNotify) -> None:
    base = f"/admin/templates/{notify.add_template().id}"
    for act in ("allow", "allow", "withdraw"):
        admin.post(f"{base}/{act}")
    answer = admin.post(f"{base}/withdraw", follow_redirects=True)
    assert "was withdrawn already" in answer.text
    assert template_events() == ["template.allowed", "template.withdrawn"]


def test_template_that_is_gone_can_still_be_withdrawn(
    admin: FlaskClient, notify: FakeNotify, see: See
) -> None:
    template = notify.add_template("Old words")
    admin.post(f"/admin/templates/{template.id}/allow")
    notify.archive_template(template.id)
    page = see(admin, "/admin/templates")
    assert "Allowed, and no more in GOV.UK Notify" in words(page)
    admin.post(f"/admin/templates/{template.id}/withdraw")
    assert allowed() == []


def test_template_that_notify_does_not_have_cannot_be_allowed(
    admin: FlaskClient, notify: FakeNotify
) -> None:
    answer = admin.post(f"/admin/templates/{uuid4()}/allow", follow_redirects=True)
    assert "is not in GOV.UK Notify any more" in answer.text
    assert allowed() == []


def test_email_templates_are_not_offered(admin: FlaskClient, notify: FakeNotify, see: See) -> None:
    notify.add_template("An email", kind="email")
    assert "An email" not in words(see(admin, "/admin/templates"))


@pytest.mark.parametrize("fault", ["is_down", "is_key_refused"])
def test_unreachable_notify_is_told(
    admin: FlaskClient, notify: FakeNotify, see: See, fault: str
) -> None:
    template = notify.add_template()
    setattr(notify, fault, True)
    assert "The templates cannot be shown now" in words(see(admin, "/admin/templates"))
    answer = admin.post(f"/admin/templates/{template.id}/allow")
    assert answer.status_code == 409
    assert "GOV.UK Notify" in answer.text
    assert allowed() == []


@pytest.mark.parametrize("role", [Role.REQUESTER, Role.APPROVER, Role.AUDITOR, Role.PARTNER])
def test_others_administer_nothing(
    app: Flask, admin: FlaskClient, client_as: Callable[..., FlaskClient], role: Role
) -> None:
    other = client_as(role)
    for page in ("", "/templates", "/organisations", "/organisations/new", "/reply-number"):
        assert other.get(f"/admin{page}").status_code == 403
    assert other.post(f"/admin/templates/{uuid4()}/allow").status_code == 403
