"""Accounts by command: the first administrator, and the way back in for the last one."""

from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from outreach.cli.main import main
from outreach.domain.access import Role
from outreach.extensions import db
from outreach.models import Organisation, User
from tests.accounts.conftest import Account, is_signed_in

Accounts = Callable[..., Account]


@pytest.fixture
def run(app: Flask) -> Callable[..., Result]:
    return lambda *words: CliRunner().invoke(main, ["user", *words])


def test_first_admin_is_made_and_joins_by_the_printed_link(
    run: Callable[..., Result], anonymous: object
) -> None:
    result = run("add", "Ali@example.org", "--role", "admin", "--name", "Ali Admin")
    assert result.exit_code == 0, result.output
    path = result.output.strip().removeprefix("http://staff.test")
    page = anonymous.get(path)  # type: ignore[attr-defined]
    assert "ali@example.org" in page.text
    assert "ali@example.org\tinvited\tadmin" in run("list").output


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["add", "x@example.org", "--role", "partner"], "A partner belongs to an organisation"),
        (["add", "x@example.org", "--role", "partner", "--organisation", "No"], "no organisation"),
        (["link", "no@example.org"], "There is no account for no@example.org"),
        (["disable", "no@example.org"], "There is no account"),
        (["add", "x@example.org", "--role", "king"], "Invalid value"),
    ],
)
def test_refusal_is_a_sentence(run: Callable[..., Result], words: list[str], sentence: str) -> None:
    result = run(*words)
    assert result.exit_code != 0
    assert sentence in result.output
    assert "Traceback" not in result.output


def test_partner_is_made_with_its_organisation(
    run: Callable[..., Result], partner_organisation: Organisation
) -> None:
    words = ["--role", "partner", "--organisation", partner_organisation.name]
    assert run("add", "pat@example.org", *words).exit_code == 0
    db.session.rollback()
    pat = db.session.scalars(db.select(User)).one()
    assert pat.organisation is not None


def test_operator_changes_roles_without_a_second_admin(
    run: Callable[..., Result], account: Accounts
) -> None:
    account(Role.ADMIN)
    person = account(Role.REQUESTER)
    assert run("roles", person.email, "--role", "auditor").exit_code == 0
    assert person.user.role_set == {Role.AUDITOR}


def test_operator_cannot_take_the_last_admin_away(
    run: Callable[..., Result], account: Accounts
) -> None:
    person = account(Role.ADMIN)
    assert "only administrator" in run("disable", person.email).output
    assert person.user.active


def test_operator_switches_off_and_on_and_resets(
    run: Callable[..., Result], account: Accounts
) -> None:
    account(Role.ADMIN)
    person = account(Role.APPROVER)
    browser = person.sign_in()
    assert run("disable", person.email).exit_code == 0
    assert not is_signed_in(browser)
    assert run("enable", person.email).exit_code == 0
    assert run("reset-second-step", person.email).exit_code == 0
    assert person.user.tf_totp_secret is None


def test_operator_makes_a_link_for_a_new_password(
    run: Callable[..., Result], account: Accounts
) -> None:
    person = account(Role.APPROVER)
    browser = person.sign_in()
    assert "has joined already" in run("link", person.email).output
    result = run("new-password", person.email)
    assert not is_signed_in(browser)
    path = result.output.strip().removeprefix("http://staff.test")
    new = "crimson ladder 47 quarry"
    assert person.browser().post(path, data={"password": new}).status_code == 302
    assert person.give_password(person.browser(), new).status_code == 302
