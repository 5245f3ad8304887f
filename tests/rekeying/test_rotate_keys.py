"""A new root key while the service runs: nothing is lost, nobody who said STOP is forgotten."""

import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import LargeBinary, func, select, type_coerce

from outreach import clock, vault
from outreach.cli.main import main
from outreach.domain.optout import SuppressionKind, SuppressionSource
from outreach.extensions import db
from outreach.keychain import KeyStage
from outreach.models import (
    AuditEvent,
    DataKey,
    Hold,
    LastContact,
    Message,
    Recipient,
    Suppression,
)
from outreach.models.digest import DigestUse
from outreach.optouts import queries as optouts
from outreach.optouts import service as suppressing
from outreach.recipients import queries as recipients
from outreach.referrals import queries as referrals
from outreach.rekeying import service as rekeying
from outreach.rekeying.columns import digest_columns, older_rows
from outreach.replies import service as replies
from outreach.transaction import transaction
from tests.conftest import both_databases
from tests.referrals.released import Released, release
from tests.rekeying.rings import BY, FIRST, SECOND, THIRD, restarted, rotate, suppress

STOPPED, HELD, TEXTED = "+447700900801", "+447700900802", "+447700900803"


@pytest.fixture
def before(app: Flask, partner_organisation: object) -> Released:
    """Under the first key: a released campaign, a STOP, a hold, a number texted lately, a reply."""
    released = release(5)
    suppress(STOPPED)
    with transaction():
        suppressing.hold(vault.digest(HELD), by=BY)
        db.session.add(LastContact(phone_digest=vault.digest(TEXTED), texted_at=clock.now()))
        replies.store("one", released.people[0].phone.removeprefix("+"), "hello", clock.now())
    return released


def assert_everything_is_found(released: Released) -> None:
    """Whatever form it is in by now."""
    db.session.rollback()
    digests = {vault.digest(number) for number in (STOPPED, HELD)}
    assert len(optouts.withheld(digests)) == 2
    assert [
        reason.value
        for reason in recipients.reasons_not_to_text(
            released.campaign_id, {TEXTED: vault.digest(TEXTED)}
        ).values()
    ] == ["frequency-cap"]
    for person in released.people:
        match = referrals.find_by_code(person.code)
        assert match is not None
        assert match.phone_digest == vault.digest(person.phone)
        found = select(func.count()).where(Message.phone_digest == vault.digest(person.phone))
        assert db.session.scalar(found) == 1
        texted = replies.queries.last_campaign_that_texted(vault.digest(person.phone))
        assert texted is None or texted.id == released.campaign_id


def forms() -> set[int]:
    """The lengths of all stored digests: 32 under one key, 33 under several."""
    lengths: set[int] = set()
    for use in DigestUse:
        for column in digest_columns(use):
            raw = type_coerce(column.column, LargeBinary)
            lengths |= set(db.session.scalars(select(func.length(raw)).where(raw.is_not(None))))
    return lengths


@both_databases
def test_everything_is_found_before_during_and_after(app: Flask, before: Released) -> None:
    with restarted(app, SECOND, FIRST):
        assert_everything_is_found(before)
        for _ in rekeying.rekey(by=BY, wait=lambda _: None):
            assert_everything_is_found(before)
        assert_everything_is_found(before)
        assert forms() == {33}
        assert not rekeying.is_needed()


@both_databases
def test_what_was_sealed_opens_with_the_new_wrapping(app: Flask, before: Released) -> None:
    with restarted(app, SECOND, FIRST):
        rotate()
        wrapped = db.session.scalars(select(DataKey)).all()
        assert {row.root_key_id for row in wrapped} == {"k2"}
        campaign = before.campaign
        key = vault.open_data_key(db.session.get_one(DataKey, campaign.data_key_id))
        for row in db.session.scalars(select(Recipient)):
            opened = vault.open_recipient(key, campaign.id, row.row_number, row.sealed or b"")
            assert vault.digest(opened.phone) == row.phone_digest


def test_new_key_seals_nothing_before_every_process_has_it(app: Flask, before: Released) -> None:
    with restarted(app, SECOND, FIRST):
        made = vault.make_data_key("campaign", clock.now())
        assert made.root_key_id == "k1"
        assert vault.ring().sealing_totp == "root-k1"
        rotate()
        assert vault.make_data_key("campaign", clock.now()).root_key_id == "k2"
        assert vault.ring().sealing_totp == "root-k2"
    assert len(vault.open_data_key(made)) == 32, "by a process that has only the old one"


@both_databases
def test_stop_that_arrives_in_the_middle_is_seen_by_everybody(app: Flask, before: Released) -> None:
    """By rows in the old form and in the new one, whichever process writes and whichever reads."""
    numbers = [f"+4477009008{n}" for n in range(10, 40)]
    with restarted(app, SECOND, FIRST):
        steps = rekeying.rekey(by=BY, wait=lambda _: None)
        for number in numbers:
            next(steps, None)
            suppress(number)
            assert vault.digest(number) in optouts.withheld({vault.digest(number)})
        list(steps)
        assert len(optouts.withheld({vault.digest(number) for number in numbers})) == len(numbers)
        assert rekeying.sweep() == 0


@both_databases
def test_message_in_either_form_finds_what_stands_against_its_number(
    app: Flask, before: Released
) -> None:
    """As a worker reads them: from the message's row, whose number it does not know."""
    for person in before.people:
        suppress(person.phone)
    with restarted(app, SECOND, FIRST):

        def barred() -> int:
            db.session.rollback()
            rows = set(db.session.scalars(select(Message.phone_digest)))
            return len(optouts.withheld(rows))

        assert barred() == len(before.people)
        for _ in rekeying.rekey(by=BY, wait=lambda _: None):
            assert barred() == len(before.people)
        assert barred() == len(before.people)


def test_old_process_finds_what_a_new_one_writes_until_the_change_begins(
    app: Flask, before: Released
) -> None:
    """Processes are restarted one by one: for a while some know only the old key."""
    with restarted(app, SECOND, FIRST):
        suppress("+447700900850")
        assert forms() == {32}
    vault.use(app.extensions["outreach_settings"].data_keys)
    db.session.rollback()
    assert optouts.withheld({vault.digest("+447700900850")})


@both_databases
def test_run_that_was_stopped_goes_on_where_it_was(app: Flask, before: Released) -> None:
    with restarted(app, SECOND, FIRST):
        for stop_after in (1, 2, 3):
            steps = rekeying.rekey(by=BY, wait=lambda _: None)
            for _ in range(stop_after):
                next(steps, None)
            steps.close()
            assert_everything_is_found(before)
    with restarted(app, SECOND, FIRST):
        rotate()
        assert forms() == {33}
        assert_everything_is_found(before)


def test_third_key_goes_through_the_two_before(app: Flask, before: Released) -> None:
    with restarted(app, SECOND, FIRST):
        rotate()
    with restarted(app, THIRD, SECOND, FIRST):
        assert_everything_is_found(before)
        for _ in rekeying.rekey(by=BY, wait=lambda _: None):
            assert_everything_is_found(before)
        assert_everything_is_found(before)
        assert {row.root_key_id for row in db.session.scalars(select(DataKey))} == {"k3"}


@both_databases
def test_number_with_a_row_in_each_form_ends_with_one_that_stands(
    app: Flask, before: Released
) -> None:
    """Two processes at different stages may each write one."""
    later = clock.now() + timedelta(days=1)
    with restarted(app, SECOND, FIRST):
        from outreach import keychain

        with transaction():
            keychain.move_to(KeyStage.STANDING)
        keychain.follow()
        with transaction():
            newest = bytes(vault.digest(STOPPED))
            db.session.add(
                Suppression(
                    phone_digest=newest,
                    digest_key_id="k2",
                    kind=SuppressionKind.OPT_OUT,
                    source=SuppressionSource.STAFF,
                    created_at=later,
                )
            )
            db.session.add(Hold(phone_digest=bytes(vault.digest(HELD)), created_at=later))
            db.session.add(LastContact(phone_digest=bytes(vault.digest(TEXTED)), texted_at=later))
        rotate()
        assert_everything_is_found(before)
        active = (
            select(func.count()).select_from(Suppression).where(Suppression.removed_at.is_(None))
        )
        assert db.session.scalar(active) == 1
        held = select(func.count()).select_from(Hold).where(Hold.released_at.is_(None))
        assert db.session.scalar(held) == 1
        assert db.session.scalars(select(LastContact.texted_at)).one() == later


def test_rows_of_a_process_that_had_not_looked_are_swept_up(app: Flask, before: Released) -> None:
    with restarted(app, SECOND, FIRST):
        rotate()
    vault.use(app.extensions["outreach_settings"].data_keys)
    suppress("+447700900860")
    with restarted(app, SECOND, FIRST):
        assert (
            older_rows(
                next(c for c in digest_columns(DigestUse.STANDING) if str(c).startswith("supp"))
            )
            == 1
        )
        db.session.rollback()
        assert optouts.withheld({vault.digest("+447700900860")})
        assert rekeying.sweep() == 1
        assert optouts.withheld({vault.digest("+447700900860")})


@both_databases
def test_lists_and_stops_go_on_from_other_threads_meanwhile(app: Flask, before: Released) -> None:
    numbers = [f"+4477009007{n:02}" for n in range(60)]
    with restarted(app, SECOND, FIRST) as again:
        wrong: list[str] = []

        def write() -> None:
            with again.app_context():
                for number in numbers:
                    suppress(number)
                    if not optouts.withheld({vault.digest(number)}):
                        wrong.append(number)
                    db.session.rollback()
                db.session.remove()

        writer = threading.Thread(target=write)
        writer.start()
        for _ in rekeying.rekey(by=BY, wait=lambda seconds: threading.Event().wait(0.005)):
            pass
        writer.join()
        rekeying.sweep()
        db.session.rollback()
        assert wrong == []
        assert len(optouts.withheld({vault.digest(number) for number in numbers})) == len(numbers)
        assert forms() == {33}


def test_command_tells_how_far_it_is_and_writes_it_down(app: Flask, before: Released) -> None:
    with restarted(app, SECOND, FIRST):
        rekeying.EVERYBODY_HAS_LOOKED = 0.0
        result = CliRunner().invoke(main, ["keys", "rotate"])
        assert result.exit_code == 0, result.output
        assert "suppression.phone_digest: 1" in result.output
        assert "Everything is under the newest key" in result.output
        assert "k1 may leave OUTREACH_DATA_KEYS now" in result.output
        again = CliRunner().invoke(main, ["keys", "rotate"])
        assert again.exit_code == 1
        assert "There is nothing to do" in again.output
        db.session.rollback()
        rotated = select(AuditEvent).where(AuditEvent.action == "key.rotated")
        assert db.session.scalars(rotated).one().object_id == "k2"


@pytest.fixture(autouse=True)
def _quick() -> Iterator[None]:
    usual = rekeying.EVERYBODY_HAS_LOOKED
    yield
    rekeying.EVERYBODY_HAS_LOOKED = usual
