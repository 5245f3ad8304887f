"""Guessing codes: limited by address and together, and nobody else is shut out."""

from multiprocessing import get_context

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from outreach import clock
from outreach.domain.guessing import PER_ADDRESS, Guesses
from outreach.domain.referral import new_code
from outreach.extensions import db
from outreach.landing import service
from outreach.models import Organisation, Suppression
from tests.referrals.released import HEADING, Released, release

OF_THE_SITE = service._guesses
"""As `outreach serve` has it when it starts its processes; tests have one each in its place."""
GUESSER, NEIGHBOUR = {"REMOTE_ADDR": "192.0.2.1"}, {"REMOTE_ADDR": "192.0.2.2"}


@pytest.fixture
def released(partner_organisation: Organisation) -> Released:
    return release(1)


def guess(recipient: FlaskClient, times: int, **environ: str) -> None:
    for _ in range(times):
        recipient.get(f"/h/{new_code()}", environ_overrides=environ)


def sees_campaign(recipient: FlaskClient, released: Released, environ: dict[str, str]) -> bool:
    answer = recipient.get(f"/h/{released.people[0].code}", environ_overrides=environ)
    assert answer.status_code == 200
    return HEADING in answer.text


def test_whoever_guessed_too_much_gets_general_help_for_every_code(
    recipient: FlaskClient, released: Released
) -> None:
    guess(recipient, PER_ADDRESS - 1, **GUESSER)
    assert sees_campaign(recipient, released, GUESSER)
    guess(recipient, 1, **GUESSER)
    assert not sees_campaign(recipient, released, GUESSER)
    assert sees_campaign(recipient, released, NEIGHBOUR)


def test_opening_good_codes_is_never_limited(recipient: FlaskClient, released: Released) -> None:
    """A whole carrier may be behind one address."""
    for _ in range(PER_ADDRESS + 50):
        assert sees_campaign(recipient, released, GUESSER)


def test_too_many_guesses_together_shut_out_those_who_guess(
    recipient: FlaskClient, released: Released, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "_guesses", Guesses(together=20))
    for number in range(20):
        guess(recipient, 1, REMOTE_ADDR=f"198.51.100.{number}")
    assert not sees_campaign(recipient, released, {"REMOTE_ADDR": "198.51.100.7"})
    assert sees_campaign(recipient, released, NEIGHBOUR)


@pytest.mark.parametrize("act", ["stop", "not-me"])
def test_an_act_that_is_not_looked_up_says_that_nothing_was_done(
    recipient: FlaskClient, released: Released, act: str
) -> None:
    guess(recipient, PER_ADDRESS, **GUESSER)
    answers = {
        recipient.post(f"/h/{code}/{act}", environ_overrides=GUESSER).status_code
        for code in (released.people[0].code, new_code(), "nonsense")
    }
    assert answers == {429}
    assert db.session.scalar(select(func.count()).select_from(Suppression)) == 0
    answer = recipient.post(f"/h/{released.people[0].code}/{act}", environ_overrides=GUESSER)
    assert "Nothing was changed" in answer.text
    assert "reply STOP" in answer.text


def test_guesses_by_post_count_too(recipient: FlaskClient, released: Released) -> None:
    for _ in range(PER_ADDRESS):
        recipient.post(f"/h/{new_code()}/stop", environ_overrides=GUESSER)
    assert not sees_campaign(recipient, released, GUESSER)


def test_processes_of_one_site_count_together() -> None:
    address, now = "203.0.113.77", clock.now().timestamp()

    def guess_elsewhere() -> None:
        for _ in range(PER_ADDRESS):
            OF_THE_SITE.count(address, now, is_known=False)

    assert OF_THE_SITE.may_look_up(address, now)
    other = get_context("fork").Process(target=guess_elsewhere)
    other.start()
    other.join(30)
    assert other.exitcode == 0
    assert not OF_THE_SITE.may_look_up(address, now)
