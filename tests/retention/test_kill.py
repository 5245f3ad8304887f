"""A run killed at every commit, before it and after it, ends as one that was left alone."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from flask import Flask, current_app
from sqlalchemy import select

from outreach import vault
from outreach.domain.retention import ErasureKind
from outreach.extensions import db
from outreach.models import DataKey, Erasure
from tests.conftest import both_databases
from tests.retention.stage import (
    Planted,
    all_blobs,
    erase_due,
    events,
    messages,
    plant,
    recipients,
)

ROOT = Path(__file__).parents[2]
SIZE = 5
COMMITS = (0, 1, 2, 4, 7, 11)
SURVIVING = ("suppression", "hold", "last_contact")


def run_and_kill(database_url: str, at: int, moment: str) -> None:
    """Must really be killed: a run that ended before would prove nothing."""
    db.session.rollback()
    db.session.remove()
    store = current_app.extensions["outreach_settings"].key_store
    command = [sys.executable, "-m", "tests.retention.killed_run"]
    command += [database_url, store, str(at), moment]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)  # noqa: S603
    assert ran.returncode == -9, ran.stdout + ran.stderr


@both_databases
@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("at", COMMITS)
def test_a_killed_run_is_gone_on_with(app: Flask, database_url: str, at: int, moment: str) -> None:
    planted = plant(app, size=SIZE)
    run_and_kill(database_url, at, moment)
    assert_readable_or_gone(planted)
    erase_due()
    assert_all_is_blanked(planted)
    assert_each_is_told_once()


@both_databases
def test_a_run_killed_again_and_again_ends(app: Flask, database_url: str) -> None:
    planted = plant(app, size=SIZE)
    for _ in range(6):
        run_and_kill(database_url, 1, "after")
    erase_due()
    assert_all_is_blanked(planted)
    assert_each_is_told_once()


def assert_readable_or_gone(planted: Planted) -> None:
    """Either the keys live and nothing is blanked, or both are destroyed and the rest is noted."""
    campaign = planted.campaign
    keys = [
        db.session.get_one(DataKey, each).wrapped
        for each in (campaign.data_key_id, campaign.outcome_key_id)
    ]
    noted = len(db.session.scalars(select(Erasure)).all())
    if campaign.erased_at is None:
        assert all(keys)
        assert noted == 0
        assert all(row.sealed for row in recipients(campaign.id))
    else:
        assert keys == [None, None]
        assert noted == len(ErasureKind)


def assert_all_is_blanked(planted: Planted) -> None:
    left = all_blobs(but=SURVIVING)
    assert left.isdisjoint(planted.sealed)
    assert left.isdisjoint(planted.digests)
    assert [row.sealed for row in recipients(planted.campaign_id)] == [None] * SIZE
    campaign = planted.campaign
    for key_id in (campaign.data_key_id, campaign.outcome_key_id):
        assert vault.store().share(key_id) is None
    assert not {m.reference for m in messages(planted.campaign_id)} & set(planted.references)


def assert_each_is_told_once() -> None:
    told = [event.changes for event in events("retention.erased")]
    assert Counter(each["kind"] for each in told) == Counter(kind.value for kind in ErasureKind)
    rows = {each["kind"]: each["rows"] for each in told}
    assert (rows["recipients"], rows["messages"], rows["replies"]) == (SIZE, SIZE, 2)
    assert len(events("key.destroyed")) == 2
