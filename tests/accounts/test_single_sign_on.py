"""Signing in with the organisation's own provider, a real one on loopback (OpenID Connect)."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from outreach import clock
from outreach.accounts import invitations, queries, service
from outreach.cli import doctor_checks
from outreach.cli.main import main
from outreach.domain.access import Role
from outreach.domain.actor import Actor
from outreach.extensions import db
from outreach.models import UserSession
from outreach.transaction import transaction
from tests.accounts.conftest import PASSWORD, Account, SetClock, events
from tests.accounts.elsewhere import (
    PERSON,
    RULES,
    go_to_provider,
    is_in,
    oidc_of,
    person_of,
    sign_in_elsewhere,
    tied_app,
)
from tests.conftest import both_databases
from tests.fakes.provider import FakeProvider, running_provider
from tests.settings import STAFF_URL

Make = Callable[..., Flask]
CALLBACK = f"{STAFF_URL}/sign-in/provider/answer"


@pytest.fixture
def provider() -> Iterator[FakeProvider]:
    with running_provider(CALLBACK) as provider:
        provider.person = dict(PERSON)
        yield provider


@pytest.fixture
def app(provider: FakeProvider, database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """Roles are given here; the provider's second step is trusted."""
    with tied_app(database_url, tmp_path, oidc_of(provider)) as app:
        yield app


@pytest.fixture
def by_claim(provider: FakeProvider, database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """Roles come with the claim `groups`, and nobody has a password here."""
    oidc = oidc_of(provider, roles=RULES)
    with tied_app(database_url, tmp_path, oidc, has_local_accounts=False) as app:
        yield app


def invite(*roles: Role, email: str = PERSON["email"]) -> int:
    with transaction():
        return service.invite(email, roles or (Role.REQUESTER,), by=Actor.job("tests")).id


def refusals() -> list[str]:
    db.session.rollback()
    return [str(event.changes["how"]) for event in events("session.refused")]


@both_databases
def test_invited_person_signs_in_and_is_tied_to_the_provider(
    app: Flask, provider: FakeProvider
) -> None:
    user_id = invite()
    browser = app.test_client()
    page = browser.get("/sign-in").text
    assert "Sign in with Force sign-in" in page
    assert 'name="password"' in page
    answer = sign_in_elsewhere(browser, "/sign-in/provider?next=/account/sessions")
    assert answer.location == "/account/sessions"
    assert is_in(browser)
    assert person_of().sso_subject is not None
    assert events("user.linked")[0].object_id == str(user_id)
    (told,) = events("session.signed_in")
    assert told.changes == {"by": "answer_from_elsewhere"}
    asked = provider.asked[0]
    assert asked["code_challenge_method"] == "S256"
    assert len(asked["state"]) >= 43
    assert len(asked["nonce"]) >= 43
    assert "prompt" not in asked


def test_provider_is_known_by_its_subject_and_not_by_the_address_any_more(
    app: Flask, provider: FakeProvider
) -> None:
    invite()
    sign_in_elsewhere(app.test_client())
    provider.person |= {"email": "new-name@force.example.org", "email_verified": False}
    browser = app.test_client()
    sign_in_elsewhere(browser)
    assert is_in(browser)
    provider.person |= {"sub": "00u2", "email": PERSON["email"], "email_verified": True}
    thief = app.test_client()
    sign_in_elsewhere(thief)
    assert not is_in(thief)
    assert refusals() == ["provider: another-subject"]


def test_invitation_opens_nothing_once_its_account_is_tied(app: Flask) -> None:
    user_id = invite()
    settings = app.extensions["outreach_settings"]
    link = invitations.link_for(queries.person(user_id), settings)
    sign_in_elsewhere(app.test_client())
    assert app.test_client().get(link.removeprefix(STAFF_URL)).status_code == 404


def test_stranger_is_not_let_in_where_roles_are_given_here(app: Flask) -> None:
    browser = app.test_client()
    answer = sign_in_elsewhere(browser)
    assert answer.location.startswith("/sign-in")
    assert "You could not be signed in with Force sign-in" in browser.get("/sign-in").text
    assert person_of() is None
    assert refusals() == ["provider: not-invited"]


@pytest.mark.parametrize("told", [False, None, "false", "yes", 0, 1])
def test_address_that_nobody_checked_opens_no_account(
    app: Flask, provider: FakeProvider, told: object
) -> None:
    invite()
    provider.person["email_verified"] = told
    browser = app.test_client()
    sign_in_elsewhere(browser)
    assert not is_in(browser)
    assert person_of().sso_subject is None
    assert refusals() == ["provider: address-not-verified"]


def test_account_with_a_password_is_not_taken_by_whoever_has_its_address(
    app: Flask, account: Callable[..., Account]
) -> None:
    account(email=PERSON["email"])
    browser = app.test_client()
    sign_in_elsewhere(browser)
    assert not is_in(browser)
    assert "Sign in with it" in browser.get("/sign-in").text
    assert refusals() == ["provider: not-tied"]


def test_person_ties_their_own_account_and_then_needs_no_password(
    app: Flask, account: Callable[..., Account]
) -> None:
    person = account(email=PERSON["email"])
    browser = person.sign_in()
    assert "Not tied to this account" in browser.get("/account/sign-in-details").text
    answer = sign_in_elsewhere(browser, "/account/provider")
    assert answer.location == "/account/sign-in-details"
    assert "You can sign in with it" in browser.get("/account/sign-in-details").text
    assert is_in(browser)
    elsewhere = app.test_client()
    sign_in_elsewhere(elsewhere)
    assert is_in(elsewhere)


def test_account_is_not_tied_to_a_person_with_another_address(
    app: Flask, provider: FakeProvider, account: Callable[..., Account]
) -> None:
    """So nobody can have their own sign-in tied to the account of somebody signed in."""
    person = account(email="victim@force.example.org")
    sign_in_elsewhere(person.sign_in(), "/account/provider")
    assert person.user.sso_subject is None
    assert refusals() == ["provider: another-address"]


def test_disabled_person_stays_out(app: Flask) -> None:
    user_id = invite()
    sign_in_elsewhere(app.test_client())
    with transaction():
        queries.person(user_id).active = False
    browser = app.test_client()
    sign_in_elsewhere(browser)
    assert not is_in(browser)
    assert refusals() == ["provider: switched-off"]


def test_without_a_trusted_second_step_ours_is_asked_too(
    app: Flask, provider: FakeProvider, account: Callable[..., Account]
) -> None:
    provider.person["amr"] = ["pwd"]
    person = account(email=PERSON["email"])
    with transaction():
        person.user.password = None
    browser = app.test_client()
    answer = sign_in_elsewhere(browser, "/sign-in/provider?next=/account/sessions")
    assert answer.location.startswith("/sign-in/second-step")
    assert not is_in(browser)
    done = browser.post(answer.location, data={"code": person.code()})
    assert done.location == "/account/sessions"
    assert is_in(browser)
    assert events("session.signed_in")[-1].changes["provider"] is True


def test_newcomer_without_a_trusted_second_step_sets_up_an_app_first(
    app: Flask, provider: FakeProvider
) -> None:
    provider.person["amr"] = None
    invite()
    browser = app.test_client()
    answer = sign_in_elsewhere(browser)
    assert answer.location.startswith("/sign-in/second-step/set-up")
    assert not is_in(browser)


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
    from tests.conftest import sign_in

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


def test_sign_in_at_the_provider_long_ago_does_not_count_as_fresh(
    app: Flask, provider: FakeProvider, acts: list[dict[str, str]]
) -> None:
    invite()
    provider.signed_in_at = int((clock.now() - timedelta(hours=3)).timestamp())
    browser = app.test_client()
    sign_in_elsewhere(browser)
    assert is_in(browser)
    assert "/account/confirm" in browser.get("/tests/act").location


def test_provider_that_does_not_say_when_does_not_count_as_fresh(
    app: Flask, provider: FakeProvider, acts: list[dict[str, str]]
) -> None:
    invite()
    provider.bend = lambda claims: claims.pop("auth_time")
    browser = app.test_client()
    sign_in_elsewhere(browser)
    assert is_in(browser)
    assert "/account/confirm" in browser.get("/tests/act").location


def test_person_proves_anew_at_the_provider_and_goes_on(
    app: Flask, provider: FakeProvider, acts: list[dict[str, str]]
) -> None:
    invite()
    provider.signed_in_at = int((clock.now() - timedelta(hours=3)).timestamp())
    browser = app.test_client()
    sign_in_elsewhere(browser)
    page = browser.get(browser.get("/tests/act").location).text
    assert "Confirm with Force sign-in" in page
    assert 'name="confirm_password"' not in page
    answer = sign_in_elsewhere(browser, "/account/confirm/provider?next=/tests/act")
    assert answer.location == "/tests/act"
    assert browser.get("/tests/act").text == "acted"
    assert provider.asked[-1]["prompt"] == "login"
    assert provider.asked[-1]["max_age"] == "0"
    assert len(events("session.confirmed")) == 1


@pytest.mark.parametrize("told", ["old", "none", "text"])
def test_provider_that_did_not_ask_anew_confirms_nothing(
    app: Flask, provider: FakeProvider, acts: list[dict[str, str]], told: str
) -> None:
    invite()
    provider.signed_in_at = int((clock.now() - timedelta(hours=3)).timestamp())
    browser = app.test_client()
    sign_in_elsewhere(browser)
    old = {"old": int(clock.now().timestamp()) - 300, "none": None, "text": "now"}[told]
    provider.bend = lambda claims: claims.update(auth_time=old)
    sign_in_elsewhere(browser, "/account/confirm/provider?next=/tests/act")
    assert "/account/confirm" in browser.get("/tests/act").location
    assert events("session.confirmed") == []


def test_somebody_else_at_the_provider_confirms_nothing(
    app: Flask, provider: FakeProvider, acts: list[dict[str, str]]
) -> None:
    invite()
    provider.signed_in_at = int((clock.now() - timedelta(hours=3)).timestamp())
    browser = app.test_client()
    sign_in_elsewhere(browser)
    provider.person["sub"] = "00u9"
    sign_in_elsewhere(browser, "/account/confirm/provider?next=/tests/act")
    assert "/account/confirm" in browser.get("/tests/act").location
    assert refusals() == ["provider: another-subject"]


def test_form_on_its_way_is_kept_while_its_person_proves_anew(
    app: Flask, provider: FakeProvider, acts: list[dict[str, str]]
) -> None:
    invite()
    browser = app.test_client()
    provider.bend = lambda claims: claims.pop("auth_time")
    sign_in_elsewhere(browser)
    provider.bend = None
    page = browser.post("/tests/act?id=7", data={"reason": "She asked"})
    assert page.status_code == 403
    assert "next=/account/carry-on" in page.text
    answer = sign_in_elsewhere(browser, "/account/confirm/provider?next=/account/carry-on")
    assert "She asked" in browser.get(answer.location).text
    sent = browser.post(
        "/account/carry-on", data={"reason": "She asked", "confirm_to": "/tests/act?id=7"}
    )
    assert browser.post(sent.location, data={"reason": "She asked"}).text == "acted"
    assert acts == [{"reason": "She asked"}]


def test_signing_out_offers_to_sign_out_at_the_provider_too(
    app: Flask, provider: FakeProvider
) -> None:
    invite()
    browser = app.test_client()
    sign_in_elsewhere(browser)
    answer = browser.post("/sign-out")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert not is_in(browser)
    page = browser.get(answer.location).text
    assert "/sign-in/provider/sign-out" in page
    there = browser.get("/sign-in/provider/sign-out").location
    assert there.startswith(f"{provider.issuer}/sign-out?")
    assert "post_logout_redirect_uri=http%3A%2F%2Fstaff.test%2Fsign-in" in there


def test_provider_that_does_not_answer_is_told_and_nothing_breaks(
    app: Flask, provider: FakeProvider
) -> None:
    invite()
    browser = app.test_client()
    provider.is_down = True
    assert browser.get("/sign-in/provider").location == "/sign-in"
    assert "does not answer" in browser.get("/sign-in").text
    assert not doctor_checks.sign_in_service().is_well
    provider.is_down = False
    address = go_to_provider(browser)
    provider.is_down = True
    assert browser.get(address).location == "/sign-in"
    assert not is_in(browser)
    provider.is_down = False
    sign_in_elsewhere(browser)
    assert is_in(browser)
    assert doctor_checks.sign_in_service().is_well


def test_new_key_of_the_provider_is_fetched(app: Flask, provider: FakeProvider) -> None:
    invite()
    sign_in_elsewhere(app.test_client())
    provider.change_key()
    browser = app.test_client()
    sign_in_elsewhere(browser)
    assert is_in(browser)


def test_operator_unties_an_account(app: Flask) -> None:
    invite()
    browser = app.test_client()
    sign_in_elsewhere(browser)
    result = app.test_cli_runner().invoke(main, ["user", "untie", PERSON["email"]])
    assert result.exit_code == 0, result.output
    assert person_of().sso_subject is None
    assert not is_in(browser)


def test_without_a_provider_there_is_no_button_and_no_way(
    tmp_path: Path, database_url: str
) -> None:
    with tied_app(database_url, tmp_path, None) as app:
        browser = app.test_client()
        assert "provider" not in browser.get("/sign-in").text
        for path in ("", "/answer?code=x&state=y", "/sign-out"):
            assert browser.get(f"/sign-in/provider{path}").status_code == 404
        assert doctor_checks.sign_in_service().is_well


def test_time_of_a_session_by_provider_is_as_long_as_any(app: Flask, time: SetClock) -> None:
    invite()
    browser = app.test_client()
    sign_in_elsewhere(browser)
    time.forward(minutes=31)
    assert not is_in(browser)
    assert db.session.scalar(db.select(db.func.count(UserSession.id))) == 1


def test_first_password_of_somebody_without_one_asks_for_fresh_proof(
    app: Flask, provider: FakeProvider
) -> None:
    """Else a session left open would be enough to make a new way in."""
    invite()
    provider.bend = lambda claims: claims.pop("auth_time")
    browser = app.test_client()
    sign_in_elsewhere(browser)
    assert "/account/confirm" in browser.get("/account/password").location
    new = {"new_password": "crimson ladder 47 quarry"}
    answer = browser.post(
        "/account/password", data=new | {"new_password_confirm": new["new_password"]}
    )
    assert answer.status_code == 403
    assert person_of().password is None
