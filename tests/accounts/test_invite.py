"""Inviting people: who may hold which roles, and what an invitation is good for."""

import re
from collections.abc import Callable

import pyotp
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text

from outreach.accounts import invitations
from outreach.accounts import service as accounts
from outreach.domain.access import Role
from outreach.domain.actor import Actor
from outreach.extensions import db
from outreach.models import AuditEvent, Organisation, User
from outreach.transaction import transaction
from tests.conftest import as_shown, both_databases
from tests.settings import make_settings

PASSWORD = "correct-horse-battery-staple-9"


@both_databases
def test_invited_person_is_stored_with_roles_and_an_event(person: Callable[..., User]) -> None:
    user = person(Role.REQUESTER, Role.APPROVER)
    assert user.role_set == {Role.REQUESTER, Role.APPROVER}
    event = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "user.invited")).one()
    assert event.changes == {"roles": "approver requester"}


@both_databases
def test_audit_log_refuses_update_and_delete(person: Callable[..., User]) -> None:
    person(Role.REQUESTER)
    for statement in ("UPDATE audit_event SET actor = 'x'", "DELETE FROM audit_event"):
        with pytest.raises(Exception, match="append-only"):
            db.session.execute(text(statement))
        db.session.rollback()


def test_partner_cannot_hold_a_staff_role(app: Flask, partner_organisation: Organisation) -> None:
    with pytest.raises(accounts.AccountRefused, match="cannot hold another role"), transaction():
        accounts.invite(
            "both@example.org",
            [Role.PARTNER, Role.APPROVER],
            by=Actor.job("tests"),
            organisation=partner_organisation,
        )


def test_person_joins_sets_up_a_code_and_signs_in(
    anonymous: FlaskClient, person: Callable[..., User]
) -> None:
    user = person(Role.REQUESTER)
    link = invitations.link_for(user, make_settings()).partition("staff.test")[2]
    answer = anonymous.post(link, data={"password": PASSWORD})
    assert answer.status_code == 302
    assert anonymous.get(link).status_code == 404
    credentials = {"email": "requester@example.org", "password": PASSWORD}
    answer = anonymous.post("/sign-in", data=credentials)
    page = anonymous.post("/sign-in/second-step/set-up", data={"setup": "authenticator"}).text
    key = re.search(r"<code>([A-Z2-7-]+)</code>", page)
    assert key is not None
    code = pyotp.TOTP(key[1].replace("-", "")).now()
    answer = anonymous.post("/sign-in/second-step", data={"code": code})
    assert answer.status_code == 302
    assert "Signed in as" in anonymous.get("/").text


def test_weak_password_is_refused(anonymous: FlaskClient, person: Callable[..., User]) -> None:
    link = invitations.link_for(person(Role.AUDITOR), make_settings())
    page = anonymous.post(link.partition("staff.test")[2], data={"password": "password1234"})
    assert page.status_code == 200
    assert "There is a problem" in page.text


def test_unknown_address_and_wrong_password_get_the_same_answer(
    anonymous: FlaskClient, person: Callable[..., User]
) -> None:
    user = person(Role.ADMIN)
    with transaction():
        accounts.join(user, PASSWORD)
    wrong = anonymous.post("/sign-in", data={"email": user.email, "password": "x" * 12}).text
    unknown = anonymous.post(
        "/sign-in", data={"email": "no@example.org", "password": "x" * 12}
    ).text
    assert as_shown(wrong).replace(user.email, "no@example.org") == as_shown(unknown)
