"""Roles given by the provider’s claims, where nobody has a password here."""

import pytest
from flask import Flask

from outreach.accounts import queries, service
from outreach.domain.access import Role
from outreach.domain.actor import Actor
from outreach.transaction import transaction
from tests.accounts.conftest import PASSWORD, events
from tests.accounts.elsewhere import (
    PERSON,
    invite,
    is_in,
    person_of,
    refusals,
    sign_in_elsewhere,
)
from tests.conftest import sign_in
from tests.fakes.provider import FakeProvider


def test_claims_give_just_the_roles_of_the_rules_and_take_them_away_again(
    by_claim: Flask, provider: FakeProvider
) -> None:
    provider.person["groups"] = ["senders", "admin", "partner", "everybody"]
    browser = by_claim.test_client()
    sign_in_elsewhere(browser)
    assert is_in(browser)
    assert person_of().role_set == {Role.REQUESTER}
    assert person_of().name == "Pat Officer"
    provider.person["groups"] = ["checkers"]
    again = by_claim.test_client()
    sign_in_elsewhere(again)
    assert person_of().role_set == {Role.APPROVER}
    assert not is_in(browser), "the session under the old role is over"
    provider.person["groups"] = []
    last = by_claim.test_client()
    sign_in_elsewhere(last)
    assert not is_in(last)
    assert not is_in(again)
    assert person_of().role_set == frozenset()
    assert refusals() == ["provider: no-role"]
    changes = [(e.changes["before"], e.changes["after"]) for e in events("user.role_changed")]
    assert changes == [("", "requester"), ("requester", "approver"), ("approver", "")]


def test_nobody_without_a_role_by_claim_gets_an_account(
    by_claim: Flask, provider: FakeProvider
) -> None:
    provider.person["groups"] = ["everybody"]
    sign_in_elsewhere(by_claim.test_client())
    assert person_of() is None
    assert refusals() == ["provider: not-invited"]


def test_roles_by_claim_are_not_changed_here(by_claim: Flask, provider: FakeProvider) -> None:
    with transaction():
        service.invite("boss@force.example.org", [Role.ADMIN], by=Actor.job("tests"))
    provider.person["groups"] = ["senders"]
    sign_in_elsewhere(by_claim.test_client())
    boss = sign_in(by_claim.test_client(), person_of("boss@force.example.org"))
    person_id = person_of().id
    page = boss.post(
        f"/admin/people/{person_id}/roles", data={"roles": ["admin"]}, follow_redirects=True
    )
    assert "sign-in service" in page.text
    assert person_of().role_set == {Role.REQUESTER}


def test_partner_keeps_its_role_whatever_the_claims_say(
    by_claim: Flask, provider: FakeProvider
) -> None:
    with transaction():
        charity = service.add_organisation(
            name="Riverside", phone="1", website="https://r.example.org", by=Actor.job("tests")
        )
        service.invite(PERSON["email"], [Role.PARTNER], by=Actor.job("tests"), organisation=charity)
    provider.person["groups"] = ["senders", "checkers"]
    sign_in_elsewhere(by_claim.test_client())
    assert person_of().role_set == {Role.PARTNER}


def test_claims_may_come_by_the_address_for_them(by_claim: Flask, provider: FakeProvider) -> None:
    provider.userinfo = dict(PERSON) | {"groups": ["senders"]}
    provider.person = {"sub": PERSON["sub"], "amr": ["mfa"]}
    sign_in_elsewhere(by_claim.test_client())
    assert person_of().role_set == {Role.REQUESTER}


def test_claims_of_somebody_else_are_not_mixed_in(by_claim: Flask, provider: FakeProvider) -> None:
    provider.userinfo = dict(PERSON) | {"groups": ["senders"], "sub": "somebody-else"}
    provider.person = {"sub": PERSON["sub"], "amr": ["mfa"]}
    sign_in_elsewhere(by_claim.test_client())
    assert person_of() is None
    assert refusals() == ["provider: userinfo"]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/sign-in"),
        ("GET", "/sign-in/forgotten"),
        ("POST", "/sign-in/forgotten"),
        ("GET", "/sign-in/passkey"),
        ("POST", "/sign-in/passkey"),
        ("POST", "/sign-in/passkey/x"),
        ("GET", "/sign-in/forgotten/x"),
        ("GET", "/invitation/x"),
    ],
)
def test_local_ways_in_are_shut_where_they_are_switched_off(
    by_claim: Flask, method: str, path: str
) -> None:
    data = {"email": "a@example.org", "password": PASSWORD}
    answer = by_claim.test_client().open(path, method=method, data=data)
    assert answer.status_code == 404


def test_sign_in_page_has_only_the_button_where_local_accounts_are_off(by_claim: Flask) -> None:
    page = by_claim.test_client().get("/sign-in").text
    assert "Sign in with Force sign-in" in page
    assert "password" not in page
    assert "passkey" not in page


def test_account_with_a_password_is_tied_by_address_once_local_accounts_are_off(
    by_claim: Flask, provider: FakeProvider
) -> None:
    user_id = invite()
    with transaction():
        service.join(queries.person(user_id), PASSWORD)
    provider.person["groups"] = ["senders"]
    browser = by_claim.test_client()
    sign_in_elsewhere(browser)
    assert is_in(browser)
    assert person_of().id == user_id
