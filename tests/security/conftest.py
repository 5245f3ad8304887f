"""One world for each file: making it takes longer than asking it a thousand questions."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.accounts.conftest import account
from tests.security.world import World, made_world


@pytest.fixture(scope="module")
def world(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with made_world(sqlite_template, tmp_path_factory.mktemp("world")) as world:
        yield world


__all__ = ["account", "world"]
