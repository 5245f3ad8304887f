"""Nobody is texted after their STOP was acknowledged, however close the two came."""

import os
from pathlib import Path

import pytest
from flask import Flask

from tests.conftest import both_databases
from tests.replies.race import race

TRIES = int(os.environ.get("OUTREACH_RACE_TRIES", "60"))
"""1,000 to prove it at length, as `bench/replies_intake.py` also does."""
SECONDS_A_TRY = 1


@both_databases
@pytest.mark.timeout(60 + TRIES * SECONDS_A_TRY)
def test_nobody_is_texted_after_a_stop_is_acknowledged(
    app: Flask, database_url: str, tmp_path: Path
) -> None:
    found = race(app, database_url, tmp_path, TRIES, seed=20261124)
    assert (found.tries, found.after, found.refused) == (TRIES, 0, 0)
    assert found.before > TRIES // 20, "no text came first: the two did not meet"
    assert found.withheld > TRIES // 20, "no STOP came first: the two did not meet"
