"""Thousands of digests in one statement: the same rows as one by one, whatever form they have."""

import pytest
from flask import Flask
from sqlalchemy import LargeBinary, func, select, type_coerce

from outreach import clock, vault
from outreach.extensions import db
from outreach.models import LastContact
from outreach.transaction import transaction
from tests.conftest import both_databases
from tests.rekeying.rings import FIRST, SECOND, restarted

NUMBERS = [f"+4477009{number:05}" for number in range(3_000)]


@pytest.fixture
def texted(app: Flask) -> set[str]:
    """Every third number."""
    some = set(NUMBERS[::3])
    store(some)
    return some


def store(numbers: set[str]) -> None:
    now = clock.now()
    with transaction():
        db.session.add_all(
            LastContact(phone_digest=vault.digest(number), texted_at=now) for number in numbers
        )


def found(numbers: list[str]) -> set[str]:
    by_digest = {vault.digest(number): number for number in numbers}
    statement = select(LastContact.phone_digest).where(LastContact.phone_digest.in_([*by_digest]))
    return {by_digest[digest] for digest in db.session.scalars(statement)}


@both_databases
@pytest.mark.parametrize("count", [0, 1, 2, 5, len(NUMBERS)])
def test_finds_what_there_is(texted: set[str], count: int) -> None:
    assert found(NUMBERS[:count]) == texted.intersection(NUMBERS[:count])


@both_databases
def test_each_list_is_its_own(texted: set[str]) -> None:
    """The statement is compiled once; the second list must not find what the first asked for."""
    assert found(NUMBERS[:3]) == {NUMBERS[0]}
    assert found(NUMBERS[3:9]) == {NUMBERS[3], NUMBERS[6]}
    assert found([]) == set()


@both_databases
def test_finds_both_forms_while_keys_are_changed(app: Flask, texted: set[str]) -> None:
    with restarted(app, SECOND, FIRST):
        vault.use(vault.ring())  # as once every process knows the new key: new rows in its form
        newer = set(NUMBERS[1::3])
        store(newer)
        stored = type_coerce(LastContact.phone_digest, LargeBinary)
        assert set(db.session.scalars(select(func.length(stored)))) == {32, 33}
        assert found(NUMBERS) == texted | newer
