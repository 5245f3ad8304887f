"""Suppressing a number: at once, for every campaign, until the person asks otherwise."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from outreach import vault
from outreach.domain.actor import Actor
from outreach.domain.optout import SuppressionKind, SuppressionSource
from outreach.extensions import db
from outreach.models import AuditEvent, Suppression
from outreach.optouts import queries, service
from outreach.optouts.queries import Withheld
from outreach.transaction import transaction
from tests.conftest import both_databases

BY = Actor.job("tests")
NUMBER = "+447700900123"


def suppress(kind: SuppressionKind = SuppressionKind.OPT_OUT) -> bool:
    with transaction():
        return service.suppress(vault.digest(NUMBER), kind, SuppressionSource.REPLY, by=BY)


@both_databases
def test_suppressed_number_is_withheld_and_listed_without_the_number(app: Flask) -> None:
    assert suppress() is True
    assert suppress() is False
    digest = vault.digest(NUMBER)
    assert queries.withheld([digest, vault.digest("+447700900124")]) == {digest: Withheld.OPT_OUT}
    assert db.session.scalar(select(func.count()).select_from(Suppression)) == 1
    events = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "optout.added")).all()
    assert len(events) == 1
    assert "900123" not in str(events[0].changes)


def test_opt_out_is_told_before_a_hold(app: Flask) -> None:
    with transaction():
        service.hold(vault.digest(NUMBER), by=BY)
    suppress()
    assert queries.withheld([vault.digest(NUMBER)]) == {vault.digest(NUMBER): Withheld.OPT_OUT}


def test_start_ends_an_opt_out_but_not_a_wrong_person(app: Flask) -> None:
    suppress()
    suppress(SuppressionKind.WRONG_PERSON)
    with transaction():
        assert service.opt_in(vault.digest(NUMBER), by=BY) is True
        assert service.opt_in(vault.digest(NUMBER), by=BY) is False
    assert queries.withheld([vault.digest(NUMBER)]) == {vault.digest(NUMBER): Withheld.WRONG_PERSON}


def test_removal_needs_a_reason(app: Flask) -> None:
    suppress()
    row = queries.active_suppression(vault.digest(NUMBER), SuppressionKind.OPT_OUT)
    assert row is not None
    with pytest.raises(ValueError, match="needs a reason"), transaction():
        service.remove(row, by=BY, reason="")
    assert queries.withheld([vault.digest(NUMBER)]) != {}


def test_released_hold_can_be_placed_again(app: Flask) -> None:
    digest = vault.digest(NUMBER)
    with transaction():
        assert service.hold(digest, by=BY) is True
        assert service.hold(digest, by=BY) is False
        assert service.release_hold(digest, by=BY) is True
    assert queries.withheld([digest]) == {}
    with transaction():
        assert service.hold(digest, by=BY) is True
    assert queries.withheld([digest]) == {digest: Withheld.HOLD}


def test_many_digests_are_asked_in_chunks(app: Flask) -> None:
    suppress()
    digests = [vault.digest(f"+4477009{n:05}") for n in range(12_000)] + [vault.digest(NUMBER)]
    assert list(queries.withheld(digests)) == [vault.digest(NUMBER)]
