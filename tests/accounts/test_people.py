"""What administrators do to accounts, and what one of them cannot do alone."""

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from outreach.accounts import invitations, jobs, mailing
from outreach.domain.access import Role
from outreach.extensions import db
from outreach.models import Organisation, Setting, User, UserSession
from outreach.transaction import transaction
from tests.accounts.conftest import Account, SetClock, events, is_signed_in
from tests.conftest import both_databases
from tests.fakes.notify import FakeNotify
from tests.settings import make_settings

Accounts = Callable[..., Account]


@pytest.fixture
def admin(account: Accounts) -> Account:
    return account(Role.ADMIN, email="ali@example.org")


@pytest.fixture
def second_admin(account: Accounts) -> Account:
    return account(Role.ADMIN, email="bo@example.org")


def roles_of(person: Account) -> set[Role]:
    db.session.rollback()
    return set(person.user.role_set)


def ask(browser: FlaskClient, person: Account, *roles: Role) -> str:
    return browser.post(
        f"/admin/people/{person.user_id}/roles",
        data={"roles": [*roles]},
        follow_redirects=True,
    ).text


@both_databases
def test_only_admin_changes_roles_at_once(account: Accounts, admin: Account) -> None:
    person = account(Role.REQUESTER)
    page = ask(admin.sign_in(), person, Role.REQUESTER, Role.APPROVER)
    assert "The roles were changed" in page
    assert roles_of(person) == {Role.REQUESTER, Role.APPROVER}
    change = events("user.role_changed")[-1].changes
    assert change == {"before": "requester", "after": "approver requester"}


@both_databases
def test_change_of_roles_waits_for_a_second_admin(
    account: Accounts, admin: Account, second_admin: Account
) -> None:
    person = account(Role.REQUESTER)
    page = ask(admin.sign_in(), person, Role.APPROVER)
    assert "Another administrator has to confirm" in page
    assert roles_of(person) == {Role.REQUESTER}
    other = second_admin.sign_in()
    assert "Change of roles waits" in other.get("/admin/people").text
    page = other.post(f"/admin/people/{person.user_id}/roles/confirm", follow_redirects=True).text
    assert "You confirmed" in page
    assert roles_of(person) == {Role.APPROVER}
    assert len(events("user.role_change_asked")) == 1


def test_admin_cannot_confirm_what_they_asked_for(
    account: Accounts, admin: Account, second_admin: Account
) -> None:
    person, browser = account(Role.REQUESTER), admin.sign_in()
    ask(browser, person, Role.APPROVER)
    path = f"/admin/people/{person.user_id}/roles/confirm"
    page = browser.post(path, follow_redirects=True).text
    assert "Another administrator has to confirm this: you asked for it yourself" in page
    assert roles_of(person) == {Role.REQUESTER}


def test_second_admin_may_refuse_and_the_first_withdraw(
    account: Accounts, admin: Account, second_admin: Account
) -> None:
    person, browser = account(Role.REQUESTER), admin.sign_in()
    for decider, decision in ((second_admin, "refused"), (admin, "withdrawn")):
        ask(browser, person, Role.APPROVER)
        decider.sign_in().post(f"/admin/people/{person.user_id}/roles/refuse")
        assert events("user.role_change_refused")[-1].changes["decision"] == decision
        assert roles_of(person) == {Role.REQUESTER}


def test_decided_change_cannot_be_decided_again(
    account: Accounts, admin: Account, second_admin: Account
) -> None:
    person = account(Role.REQUESTER)
    ask(admin.sign_in(), person, Role.APPROVER)
    path = f"/admin/people/{person.user_id}/roles"
    other = second_admin.sign_in()
    other.post(f"{path}/refuse")
    assert other.post(f"{path}/confirm").status_code == 404
    assert roles_of(person) == {Role.REQUESTER}


def test_changed_roles_end_the_sessions_of_the_person(account: Accounts, admin: Account) -> None:
    person = account(Role.REQUESTER)
    browser = person.sign_in()
    ask(admin.sign_in(), person, Role.AUDITOR)
    assert not is_signed_in(browser)
    ended = select(UserSession.end_reason).where(UserSession.user_id == person.user_id)
    assert db.session.scalars(ended).all() == ["roles-changed"]


def test_admin_cannot_make_themselves_an_approver_alone(
    admin: Account, second_admin: Account
) -> None:
    ask(admin.sign_in(), admin, Role.ADMIN, Role.APPROVER)
    assert roles_of(admin) == {Role.ADMIN}


def test_invited_person_has_no_role_before_a_second_admin_confirms(
    admin: Account, second_admin: Account
) -> None:
    data = {"name": "Sam", "email": "Sam@Example.org", "roles": ["approver"], "organisation": ""}
    page = admin.sign_in().post("/admin/people/invite", data=data, follow_redirects=True)
    assert "The person was invited" in page.text
    sam = db.session.scalars(db.select(User).where(User.email == "sam@example.org")).one()
    assert sam.role_set == frozenset()
    user_id, link = sam.id, invitations.link_for(sam, make_settings())
    second_admin.sign_in().post(f"/admin/people/{user_id}/roles/confirm")
    db.session.rollback()
    assert db.session.get(User, user_id).role_set == {Role.APPROVER}
    page = admin.browser().get(link.removeprefix("http://staff.test"))
    assert page.status_code == 200, "the link that was sent still works"


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"roles": ["partner", "admin"]}, "cannot hold another role"),
        ({"roles": ["partner"]}, "belongs to an organisation"),
        ({"organisation": "1"}, "belongs to an organisation"),
        ({"roles": []}, "Choose at least one role"),
        ({"email": "not an address"}, "Enter an email address in the form"),
        ({"email": "ALI@example.org"}, "already an account"),
        ({"name": " "}, "Enter the person"),
        ({"roles": ["superuser"]}, "not a valid choice"),
        ({"organisation": "77"}, "Not a valid choice"),
    ],
)
def test_invitation_that_makes_no_sense_is_refused(
    admin: Account, partner_organisation: Organisation, change: dict[str, object], problem: str
) -> None:
    data = {"name": "Sam", "email": "sam@example.org", "roles": ["auditor"], "organisation": ""}
    page = admin.sign_in().post("/admin/people/invite", data={**data, **change})
    assert page.status_code == 200
    assert "There is a problem" in page.text
    assert problem in page.text
    assert db.session.query(User).count() == 1


def test_invitation_goes_by_letter_where_a_template_is_chosen(app: object, admin: Account) -> None:
    notify = FakeNotify.installed_in(admin.app)
    template = notify.add_template("I", "((inviter)) ((link)) ((expires))", kind="email")
    with transaction():
        db.session.add(Setting(name="email_template_invitation", value=template.id))
    data = {"name": "Sam", "email": "sam@example.org", "roles": ["auditor"], "organisation": ""}
    browser = admin.sign_in()
    page = browser.post("/admin/people/invite", data=data, follow_redirects=True)
    for mail_id in mailing.due():
        jobs.send_letter(str(mail_id))
    (letter,) = notify.sent
    assert letter.to == "sam@example.org"
    link = letter.personalisation["link"]
    assert link not in page.text, "with it the administrator could join as Sam"
    assert browser.get(link.removeprefix("http://staff.test")).status_code == 200


def test_last_admin_cannot_be_taken_away(account: Accounts, admin: Account) -> None:
    account(Role.REQUESTER)
    browser = admin.sign_in()
    page = ask(browser, admin, Role.AUDITOR)
    assert "This is the only administrator who can sign in" in page
    browser.post(f"/admin/people/{admin.user_id}/disable")
    assert roles_of(admin) == {Role.ADMIN}
    assert admin.user.active


def test_admin_who_has_not_joined_is_nobody_to_rely_on(
    admin: Account, person: Callable[..., User]
) -> None:
    person(Role.ADMIN, email="new@example.org")
    assert "only administrator" in ask(admin.sign_in(), admin, Role.AUDITOR)


def test_one_of_two_admins_may_go(admin: Account, second_admin: Account) -> None:
    page = admin.sign_in().post(
        f"/admin/people/{second_admin.user_id}/disable", follow_redirects=True
    )
    assert "switched off" in page.text
    assert second_admin.give_password(second_admin.browser()).status_code == 200


def test_switching_off_bites_at_once_and_can_be_taken_back(
    account: Accounts, admin: Account
) -> None:
    person, browser = account(Role.APPROVER), admin.sign_in()
    theirs = person.sign_in()
    browser.post(f"/admin/people/{person.user_id}/disable")
    assert not is_signed_in(theirs)
    page = person.give_password(person.browser())
    assert page.status_code == 200, "no sign-in"
    browser.post(f"/admin/people/{person.user_id}/enable")
    assert is_signed_in(person.sign_in())
    assert events("user.disabled")
    assert events("user.enabled")


def test_admin_ends_the_sessions_of_a_person(account: Accounts, admin: Account) -> None:
    person = account(Role.APPROVER)
    theirs = person.sign_in()
    admin.sign_in().post(f"/admin/people/{person.user_id}/end-sessions")
    assert not is_signed_in(theirs)
    assert events("session.ended")[-1].changes["reason"] == "ended-by-admin"


def test_reset_second_step_is_set_up_anew_after_the_password(
    account: Accounts, admin: Account
) -> None:
    person = account(Role.APPROVER)
    theirs = person.sign_in()
    admin.sign_in().post(f"/admin/people/{person.user_id}/reset-second-step")
    assert not is_signed_in(theirs)
    browser = person.browser()
    answer = person.give_password(browser)
    assert "set-up" in answer.location
    assert not is_signed_in(browser)
    page = browser.post("/sign-in/second-step/set-up", data={"setup": "authenticator"}).text
    assert re.search(r"<code>([A-Z2-7-]+)</code>", page)


def test_every_page_asks_again_who_it_is(account: Accounts, admin: Account, time: SetClock) -> None:
    person, browser = account(Role.APPROVER), admin.sign_in()
    time.forward(minutes=16)
    for path in ("", "/invite", f"/{person.user_id}", f"/{person.user_id}/roles"):
        answer = browser.get(f"/admin/people{path}")
        assert answer.location.startswith("/account/confirm"), path


def test_looking_at_everybody_is_written_down(admin: Account) -> None:
    admin.sign_in().get("/admin/people")
    assert len(events("users.viewed")) == 1


def test_nobody_can_be_promoted_by_extra_fields(account: Accounts, admin: Account) -> None:
    person = account(Role.REQUESTER)
    browser = person.sign_in()
    extra = {"roles": "admin", "active": "1", "is_admin": "1", "organisation_id": "1"}
    new = "crimson ladder 47 quarry"
    browser.post(
        "/account/password",
        data={
            **extra,
            "password": "lantern orchard 92 harbour",
            "new_password": new,
            "new_password_confirm": new,
        },
    )
    assert roles_of(person) == {Role.REQUESTER}
