"""What tests of keys and of erasure share."""

import pytest
from flask import Flask

from outreach import keychain


@pytest.fixture
def app(app: Flask) -> Flask:
    """With its keys written down, as after the first start."""
    keychain.check()
    return app
