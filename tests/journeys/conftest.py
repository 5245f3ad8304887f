"""One running demo for all journeys, and the browser its people use."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.demo_site import DemoSite
from tests.journeys.people import Person


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoSite]:
    folder: Path = tmp_path_factory.mktemp("journey") / "demo"
    with DemoSite(folder) as running:
        yield running


@pytest.fixture(scope="module")
def person(chromium: Browser, site: DemoSite) -> Iterator[Callable[..., Person]]:
    """A function that brings somebody: a new face the first time, the same one afterwards."""
    people: dict[tuple[str, bool], Person] = {}

    def bring(name: str, *, scripts: bool = True) -> Person:
        if (name, scripts) not in people:
            people[name, scripts] = Person(chromium, site, name, scripts)
        return people[name, scripts]

    yield bring
    for each in people.values():
        each.close()
