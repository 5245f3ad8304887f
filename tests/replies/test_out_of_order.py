"""Texts of one number that arrive in another order than they were sent: the last said counts."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from outreach import clock, vault
from outreach.domain.actor import Actor
from outreach.domain.optout import SuppressionKind, SuppressionSource
from outreach.extensions import db
from outreach.models import ReceivedText
from outreach.optouts import queries as optouts
from outreach.optouts.queries import Withheld
from outreach.optouts.service import suppress
from outreach.replies import service
from outreach.transaction import transaction
from tests.conftest import both_databases
from tests.replies.stage import NUMBER
from tests.replies.test_receive import receive

EARLIER, LATER = "2026-11-24T01:00:00.000000Z", "2026-11-24T01:05:00.000000Z"


@both_databases
def test_start_that_arrives_after_a_later_stop_lifts_nothing(
    app: Flask, anonymous: FlaskClient
) -> None:
    receive(anonymous, "STOP", date_received=LATER)
    receive(anonymous, "START", date_received=EARLIER)
    digest = vault.digest(NUMBER)
    assert optouts.withheld([digest]) == {digest: Withheld.OPT_OUT}
    why = select(ReceivedText.why).where(ReceivedText.reply_class == "opt_in")
    assert db.session.scalars(why).one() == service.OVERTAKEN.why
    receive(anonymous, "START", date_received=LATER)
    assert optouts.withheld([digest]) == {}


@pytest.mark.parametrize(("said_at", "is_lifted"), [(EARLIER, False), (LATER, True)])
def test_start_said_before_an_opt_out_by_other_ways_lifts_nothing(
    app: Flask, anonymous: FlaskClient, said_at: str, is_lifted: bool
) -> None:
    digest = vault.digest(NUMBER)
    with clock.set_to(lambda: datetime(2026, 11, 24, 1, 3, tzinfo=UTC)), transaction():
        suppress(digest, SuppressionKind.OPT_OUT, SuppressionSource.LANDING_PAGE, by=Actor.public())
    with clock.set_to(lambda: datetime(2026, 11, 24, 2, tzinfo=UTC)):
        receive(anonymous, "START", date_received=said_at)
    assert (optouts.withheld([digest]) == {}) is is_lifted
