"""What people do to their own account, and what takes two administrators: endpoint by endpoint.

Each is done as in a browser and gives the event that tells of it.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pyotp

from outreach.accounts import invitations, jobs, mailing
from outreach.domain.access import Role
from outreach.domain.audit import AuditAction as A
from outreach.extensions import db
from outreach.models import Setting, User, UserSession
from outreach.transaction import transaction
from tests.accounts.authenticator import Authenticator
from tests.accounts.conftest import PASSWORD, Account, SetClock
from tests.accounts.test_passkeys import add_passkey, use_passkey
from tests.accounts.test_people import ask
from tests.accounts.test_recovery_codes import make_codes
from tests.fakes.notify import FakeNotify
from tests.settings import make_settings

NEW = "crimson ladder 47 quarry"
NEW_TWICE = {"new_password": NEW, "new_password_confirm": NEW}


@dataclass(frozen=True)
class Stage:
    """Makes people who can sign in; `time` is the service's clock."""

    account: Callable[..., Account]
    person: Callable[..., User]
    time: SetClock


def sign_in_wrongly(stage: Stage) -> None:
    person = stage.account()
    person.give_password(person.browser(), "a wrong password")


def sign_in(stage: Stage) -> None:
    stage.account().sign_in()


def sign_out(stage: Stage) -> None:
    stage.account().sign_in().post("/sign-out")


def confirm(stage: Stage) -> None:
    browser = stage.account().sign_in()
    stage.time.forward(minutes=16)
    browser.post("/account/confirm", data={"confirm_password": PASSWORD})


def change_password(stage: Stage) -> None:
    browser = stage.account().sign_in()
    browser.post("/account/password", data={"password": PASSWORD, **NEW_TWICE})


def make_recovery_codes(stage: Stage) -> None:
    make_codes(stage.account().sign_in())


def use_recovery_code(stage: Stage) -> None:
    person = stage.account()
    code = make_codes(person.sign_in())[0]
    browser = person.browser()
    person.give_password(browser)
    browser.post("/sign-in/recovery-code", data={"code": code})


def forget_password(stage: Stage) -> str:
    """The link of the letter."""
    person = stage.account()
    notify = FakeNotify.installed_in(person.app)
    template = notify.add_template("Reset", "((link)) ((expires))", kind="email")
    with transaction():
        db.session.add(Setting(name="email_template_password_reset", value=template.id))
    person.browser().post("/sign-in/forgotten", data={"email": person.email})
    for mail_id in mailing.due():
        jobs.send_letter(str(mail_id))
    return notify.sent[0].personalisation["link"].removeprefix("http://staff.test")


def reset_password(stage: Stage) -> None:
    link = forget_password(stage)
    browser = stage.account(email="another@example.org").browser()
    browser.post(link, data={"password": NEW, "password_confirm": NEW})


def end_one_session(stage: Stage) -> None:
    person = stage.account()
    person.sign_in()
    other = db.session.query(UserSession.id).filter_by(user_id=person.user_id).scalar()
    person.sign_in().post(f"/account/sessions/{other}/end")


def end_other_sessions(stage: Stage) -> None:
    person = stage.account()
    person.sign_in()
    person.sign_in().post("/account/sessions/end-others")


def make_a_passkey(stage: Stage) -> None:
    add_passkey(stage.account().sign_in(), Authenticator())


def remove_a_passkey(stage: Stage) -> None:
    browser = stage.account().sign_in()
    add_passkey(browser, Authenticator())
    browser.post("/account/passkeys/remove", data={"name": "Blue key"})


def sign_in_with_a_passkey(stage: Stage) -> None:
    person, key = stage.account(), Authenticator()
    add_passkey(person.sign_in(), key)
    use_passkey(person.browser(), key)


def confirm_with_a_passkey(stage: Stage) -> None:
    person, key = stage.account(), Authenticator()
    browser = person.sign_in()
    add_passkey(browser, key)
    stage.time.forward(minutes=16)
    use_passkey(browser, key, "/account/confirm/passkey?next=/account")


def set_up_another_app(stage: Stage) -> None:
    person = stage.account()
    browser = person.sign_in()
    page = browser.post("/sign-in/second-step/set-up", data={"setup": "authenticator"}).text
    key = re.search(r"<code>([A-Z2-7-]+)</code>", page)
    where = re.search(r'action="(/sign-in/second-step/set-up/[^"]+)"', page)
    assert key is not None
    assert where is not None
    person.code()  # as if time had gone on since signing in
    code = pyotp.TOTP(key[1].replace("-", "")).now()
    browser.post(where[1], data={"code": code})


def join(stage: Stage) -> None:
    user = stage.person(Role.AUDITOR, email="joins@example.org")
    link = invitations.link_for(user, make_settings()).partition("staff.test")[2]
    stage.account().browser().post(link, data={"password": PASSWORD})


def _two_admins(stage: Stage, act: str) -> None:
    first = stage.account(Role.ADMIN, email="ali@example.org")
    second = stage.account(Role.ADMIN, email="bo@example.org")
    person = stage.account(Role.REQUESTER)
    ask(first.sign_in(), person, Role.APPROVER)
    second.sign_in().post(f"/admin/people/{person.user_id}/roles/{act}")


def confirm_roles(stage: Stage) -> None:
    _two_admins(stage, "confirm")


def refuse_roles(stage: Stage) -> None:
    _two_admins(stage, "refuse")


OWN_ACTS: Mapping[str, tuple[Callable[[Stage], object], A]] = {
    "security.login": (sign_in_wrongly, A.SESSION_REFUSED),
    "security.two_factor_token_validation": (sign_in, A.SESSION_SIGNED_IN),
    "security.logout": (sign_out, A.SESSION_SIGNED_OUT),
    "accounts.confirm": (confirm, A.SESSION_CONFIRMED),
    "security.change_password": (change_password, A.USER_PASSWORD_CHANGED),
    "security.mf_recovery_codes": (make_recovery_codes, A.USER_RECOVERY_CODES_MADE),
    "security.mf_recovery": (use_recovery_code, A.SESSION_SIGNED_IN),
    "security.forgot_password": (forget_password, A.USER_PASSWORD_RESET_ASKED),
    "security.reset_password": (reset_password, A.USER_PASSWORD_CHANGED),
    "accounts.end_own_session": (end_one_session, A.SESSION_ENDED),
    "accounts.end_other_sessions": (end_other_sessions, A.SESSION_ENDED),
    "security.wan_register_response": (make_a_passkey, A.USER_SECOND_FACTOR_CHANGED),
    "security.wan_delete": (remove_a_passkey, A.USER_SECOND_FACTOR_CHANGED),
    "security.wan_signin_response": (sign_in_with_a_passkey, A.SESSION_SIGNED_IN),
    "security.wan_verify_response": (confirm_with_a_passkey, A.SESSION_CONFIRMED),
    "security.two_factor_setup_validate": (set_up_another_app, A.USER_SECOND_FACTOR_CHANGED),
    "accounts.accept_invitation": (join, A.USER_JOINED),
    "accounts.confirm_roles": (confirm_roles, A.USER_ROLE_CHANGED),
    "accounts.refuse_roles": (refuse_roles, A.USER_ROLE_CHANGE_REFUSED),
}
