"""The service tied to a provider on loopback."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.accounts.elsewhere import PERSON, RULES, oidc_of, tied_app
from tests.fakes.provider import FakeProvider, running_provider
from tests.settings import STAFF_URL


@pytest.fixture
def provider() -> Iterator[FakeProvider]:
    with running_provider(f"{STAFF_URL}/sign-in/provider/answer") as provider:
        provider.person = dict(PERSON)
        yield provider


@pytest.fixture
def app(provider: FakeProvider, database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """Roles are given here; the provider's second step is trusted."""
    with tied_app(database_url, tmp_path, oidc_of(provider)) as app:
        yield app


@pytest.fixture
def by_claim(provider: FakeProvider, database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """Roles come with the claim `groups`, and nobody has a password here."""
    oidc = oidc_of(provider, roles=RULES)
    with tied_app(database_url, tmp_path, oidc, has_local_accounts=False) as app:
        yield app
