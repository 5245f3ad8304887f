"""The guard that stands over all tests does find a silent change, wherever the service makes it."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from outreach.audit import service as audit
from outreach.domain.access import Role
from outreach.domain.campaign import CampaignStatus
from outreach.extensions import db
from outreach.models import Setting
from outreach.sending.delivery import run_slice
from outreach.sending.jobs import send_pool
from outreach.transaction import transaction
from tests.accounts.conftest import account
from tests.conftest import both_databases
from tests.factories import make_campaign
from tests.told import Told

__all__ = ["account"]


@pytest.fixture
def muted(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From then on nothing is recorded."""
    return lambda: monkeypatch.setattr(audit, "record", lambda *_, **__: None)


@pytest.fixture
def seen(app: Flask, told: Told) -> Told:
    """A second guard. What it finds was meant, so the first is to forget it."""
    mine = Told()
    with mine.watching(db.engine):
        yield mine
    told.silent.clear()


@both_databases
def test_a_page_that_changes_something_silently_is_found(
    seen: Told, client_as: Callable[..., FlaskClient], muted: Callable[[], None]
) -> None:
    client = client_as(Role.REQUESTER)
    client.post("/campaigns/new", data={"title": "Told"})
    assert seen.silent == []
    muted()
    client.post("/campaigns/new", data={"title": "Silent"})
    (found,) = set(seen.silent)
    assert found.startswith("campaigns/views/")
    assert found.endswith("changed campaign, data_key and told nothing")
    with pytest.raises(AssertionError, match="told nothing"):
        seen.assert_all_told()


def test_a_page_of_the_sign_in_library_is_found(
    seen: Told, account: Callable[..., object], muted: Callable[[], None]
) -> None:
    browser = account().sign_in()
    muted()
    browser.post("/account/recovery-codes")
    assert "security.mf_recovery_codes changed user and told nothing" in seen.silent


def test_a_job_is_found(app: Flask, seen: Told, muted: Callable[[], None]) -> None:
    make_campaign(app, CampaignStatus.SENDING)
    muted()
    run_slice("told", send_pool())
    assert any("message" in found for found in seen.silent), seen.silent


def test_what_is_taken_back_or_is_a_test_s_own_is_not(app: Flask, seen: Told) -> None:
    with transaction():
        db.session.add(Setting(name="price", value=3))
    assert seen.silent == []
    assert seen.tables == set()
