"""Every test starts without guesses: they are counted for the whole process."""

import pytest

from outreach.domain.guessing import Guesses
from outreach.landing import service


@pytest.fixture(autouse=True)
def no_guesses_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "_guesses", Guesses())
