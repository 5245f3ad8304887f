"""An administrator with a Notify in memory."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from outreach.domain.access import Role
from tests.campaigns.conftest import notify, see, signed_in
from tests.factories import notify_of

__all__ = ["notify", "see", "signed_in"]


@pytest.fixture
def admin(app: Flask, client_as: Callable[..., FlaskClient]) -> FlaskClient:
    notify_of(app)
    return client_as(Role.ADMIN)
