"""At the end of a change the old root key leaves the settings, and nothing is missed."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from outreach import clock, keychain, vault
from outreach.accounts import kept_forms, mailing
from outreach.cli import doctor_checks
from outreach.config import SettingsRefused
from outreach.domain.access import Role
from outreach.domain.mail import Letter, MailKind
from outreach.domain.optout import SuppressionKind
from outreach.extensions import db
from outreach.keychain import KeyStage
from outreach.models import DataKey, KnownKey, Mail, Message, Setting, User, UserSession
from outreach.optouts import queries as optouts
from outreach.optouts import transfer
from outreach.rekeying import jobs
from outreach.rekeying import service as rekeying
from outreach.transaction import transaction
from tests.accounts.conftest import Account, account  # noqa: F401  a fixture
from tests.conftest import both_databases, sign_in
from tests.referrals.released import Released, release
from tests.rekeying.rings import BY, FIRST, SECOND, THIRD, restarted, rotate, suppress

STOPPED = "+447700900801"


@pytest.fixture
def before(app: Flask, partner_organisation: object) -> Released:
    released = release(3)
    suppress(STOPPED)
    return released


def assert_found(released: Released) -> None:
    db.session.rollback()
    assert optouts.withheld({vault.digest(STOPPED)})
    key = vault.open_data_key(db.session.get_one(DataKey, released.campaign.data_key_id))
    assert len(key) == 32
    for person in released.people:
        found = select(func.count()).where(Message.phone_digest == vault.digest(person.phone))
        assert db.session.scalar(found) == 1


@both_databases
def test_service_runs_without_the_old_root_after_the_change(app: Flask, before: Released) -> None:
    with restarted(app, SECOND, FIRST):
        rotate()
    with restarted(app, SECOND):
        assert_found(before)
        suppress("+447700900802")
        assert not rekeying.is_needed()
    with restarted(app, SECOND, FIRST):  # a process that has it still, and one that has not, agree
        assert optouts.withheld({vault.digest("+447700900802")})


@both_databases
def test_old_roots_leave_through_change_after_change(app: Flask, before: Released) -> None:
    with restarted(app, SECOND, FIRST):
        rotate()
    with restarted(app, THIRD, SECOND):
        assert_found(before)
        rotate()
        assert_found(before)
    with restarted(app, THIRD):
        assert_found(before)
        links = [link.key_id for link in vault.ring().chain]
        assert links == ["k1", "k2", "k3"]


def test_old_root_cannot_leave_before_the_end(app: Flask, before: Released) -> None:
    with restarted(app, SECOND, FIRST):
        steps = rekeying.rekey(by=BY, wait=lambda _: None)
        for _ in range(3):
            next(steps)
        steps.close()
    with pytest.raises(SettingsRefused, match="does not hold the key k1"), restarted(app, SECOND):
        pytest.fail("it started")


def test_old_root_cannot_leave_while_a_data_key_needs_it(app: Flask, before: Released) -> None:
    """A process that had not been restarted made one after the change."""
    with restarted(app, SECOND, FIRST):
        rotate()
    with transaction():
        db.session.add(vault.make_data_key("campaign", clock.now()))
    with (
        pytest.raises(SettingsRefused, match=r"k1, which data keys need that are stored \(1\)"),
        restarted(app, SECOND),
    ):
        pytest.fail("it started")
    with restarted(app, SECOND, FIRST):
        assert rekeying.sweep() == 1
    with restarted(app, SECOND):
        assert_found(before)


def test_wrong_key_of_the_newest_name_does_not_open_what_was_kept(
    app: Flask, before: Released
) -> None:
    with restarted(app, SECOND, FIRST):
        rotate()
    with transaction():
        db.session.get_one(KnownKey, "k1").digest_key = b"x" * 60
    with pytest.raises(SettingsRefused, match="does not open"), restarted(app, SECOND):
        pytest.fail("it started")


def test_key_added_before_the_last_change_was_over(app: Flask, before: Released) -> None:
    with restarted(app, SECOND, FIRST), transaction():
        keychain.move_to(KeyStage.STANDING)
    with restarted(app, THIRD, SECOND, FIRST):
        rotate()
        assert_found(before)
        suppress("+447700900804")
        assert rekeying.sweep() == 0, "new rows are written in the newest form at once"
        stages = set(db.session.scalars(select(KnownKey.stage)))
        assert stages == {"all"}


def test_second_steps_open_before_and_after(
    app: Flask,
    account: Callable[..., Account],  # noqa: F811
) -> None:
    person = account(Role.REQUESTER)
    sealed = person.user.tf_totp_secret
    with restarted(app, SECOND, FIRST) as again:
        person.app = again
        assert person.sign_in().get("/account/sessions").status_code == 200
        rotate()
        assert person.user.tf_totp_secret != sealed
        assert person.sign_in().get("/account/sessions").status_code == 200
    with restarted(app, SECOND) as again:
        person.app = again
        assert person.sign_in().get("/account/sessions").status_code == 200


def test_second_step_of_the_first_release_opens(
    app: Flask,
    account: Callable[..., Account],  # noqa: F811
) -> None:
    """It named keys by their place."""
    person = account(Role.REQUESTER)
    with transaction():
        user = db.session.get_one(User, person.user_id)
        assert user.tf_totp_secret is not None
        assert '"root-k1"' in user.tf_totp_secret
        user.tf_totp_secret = user.tf_totp_secret.replace('"root-k1"', '"1"')
    assert person.sign_in().get("/account/sessions").status_code == 200


def test_letters_and_late_forms_are_kept(app: Flask, person: Callable[..., User]) -> None:
    user = person(Role.REQUESTER)
    sign_in(app.test_client(), user, at=clock.now())
    session_id = db.session.scalars(select(UserSession.id)).one()
    with transaction():
        db.session.add(Setting(name=MailKind.ACCOUNT_NOTICE.setting, value="a template"))
        db.session.flush()
        mailing.queue(Letter(MailKind.ACCOUNT_NOTICE, "rae@example.org", {"subject": "S"}))
        assert kept_forms.keep(session_id, "/notes", [("note", "Spoke to her")])
    with restarted(app, SECOND, FIRST):
        rotate()
    with restarted(app, SECOND):
        assert mailing.opened(db.session.scalars(select(Mail)).one()).address == "rae@example.org"
        kept = kept_forms.newest_of(user.id)
        assert kept is not None
        assert kept.fields == [("note", "Spoke to her")]


def test_exported_list_is_good_after_a_change_of_keys(app: Flask, before: Released) -> None:
    """One exported before is brought on; one exported after says the newest key."""
    old = "".join(transfer.export_lines(optouts.all_active())).encode()
    with restarted(app, SECOND, FIRST):
        between = "".join(transfer.export_lines(optouts.all_active())).encode()
        rotate()
    with restarted(app, SECOND):
        after = "".join(transfer.export_lines(optouts.all_active())).encode()
        assert b",k2," in after
        for data in (old, between, after):
            read = transfer.read_file(data, SuppressionKind.OPT_OUT)
            assert [digest for digest, _ in read.entries] == [vault.digest(STOPPED)]


def test_doctor_says_how_far_the_change_is(app: Flask, before: Released) -> None:
    assert "none under way" in doctor_checks.change_of_keys().words
    with restarted(app, SECOND, FIRST):
        assert "to k2 not begun" in doctor_checks.change_of_keys().words
        steps = rekeying.rekey(by=BY, wait=lambda _: None)
        for step in steps:
            if step.name.startswith("suppression"):
                break
        steps.close()
        words = doctor_checks.change_of_keys().words
        assert "to k2 under way" in words
        assert " left" in words
        rotate()
        assert "done; k1 may leave" in doctor_checks.change_of_keys().words
    with restarted(app, SECOND):
        assert "none under way; everything is under k2" in doctor_checks.change_of_keys().words


@both_databases
def test_worker_finishes_what_a_stopped_command_has_left(app: Flask, before: Released) -> None:
    with restarted(app, SECOND, FIRST), transaction():
        keychain.move_to(KeyStage.ALL)
    with restarted(app, SECOND, FIRST):
        jobs.follow_keys()
        jobs.sweep_keys()
        assert rekeying.standing().left == 0
        assert_found(before)


def test_worker_reads_whole_tables_once_an_hour_when_the_change_is_long_over(
    app: Flask, before: Released, monkeypatch: pytest.MonkeyPatch
) -> None:
    swept: list[int] = []
    monkeypatch.setattr(rekeying, "sweep", lambda: swept.append(1))
    monkeypatch.setattr(jobs, "_last_sweep", [float("-inf")])
    jobs.sweep_keys()
    assert swept == [], "one key: nothing to look for"
    with restarted(app, SECOND, FIRST):
        rotate()
        jobs.sweep_keys()
        jobs.sweep_keys()
        assert len(swept) == 2
        later = clock.now() + timedelta(hours=2)
        with clock.set_to(lambda: later):
            jobs.sweep_keys()
        assert len(swept) == 2
