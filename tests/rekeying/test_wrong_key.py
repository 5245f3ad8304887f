"""A wrong, missing or misplaced key stops the start with a sentence, and nothing is written."""

import base64

import pytest
from flask import Flask
from sqlalchemy import select

from outreach.config import SettingsRefused
from outreach.extensions import db
from outreach.models import KnownKey
from tests.conftest import both_databases
from tests.rekeying.rings import FIRST, SECOND, THIRD, restarted

IMPOSTOR = f"k1:{base64.b64encode(b'x' * 32).decode()}"


def known() -> list[tuple[str, int, str]]:
    db.session.rollback()
    rows = db.session.scalars(select(KnownKey).order_by(KnownKey.position))
    return [(row.key_id, row.position, row.stage) for row in rows]


@both_databases
def test_first_start_writes_down_the_key(app: Flask) -> None:
    assert known() == [("k1", 1, "all")]


@pytest.mark.parametrize(
    ("keys", "sentence"),
    [
        ((IMPOSTOR,), "is not the one this database was made with"),
        ((SECOND,), "does not hold the key k1"),
        ((FIRST, SECOND), "in another order"),
        ((SECOND, IMPOSTOR), "is not the one this database was made with"),
    ],
)
def test_wrong_keys_stop_the_start(app: Flask, keys: tuple[str, ...], sentence: str) -> None:
    with pytest.raises(SettingsRefused, match=sentence), restarted(app, *keys):
        pytest.fail("it started")
    assert known() == [("k1", 1, "all")]


def test_new_key_in_front_is_only_known_at_first(app: Flask) -> None:
    with restarted(app, SECOND, FIRST):
        assert known() == [("k1", 1, "all"), ("k2", 2, "known")]
    with restarted(app, THIRD, SECOND, FIRST):
        assert known()[2] == ("k3", 3, "known")


def test_key_that_was_added_may_not_be_taken_out_again(app: Flask) -> None:
    with restarted(app, SECOND, FIRST):
        pass
    with pytest.raises(SettingsRefused, match="does not hold the key k2"), restarted(app, FIRST):
        pytest.fail("it started")
