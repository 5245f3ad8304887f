"""A gateway to a simulator that is wiped before each test."""

from collections.abc import Iterator

import pytest

from outreach.notify.gateway import NotifyGateway
from tests.simulator.fixtures import notify, simulator_process
from tests.simulator.server import SimulatorProcess

__all__ = ["notify", "simulator_process"]


@pytest.fixture
def gateway(notify: SimulatorProcess) -> Iterator[NotifyGateway]:
    """A gateway with the live key that gives up after a second."""
    made = NotifyGateway(notify.api_key, notify.base_url, timeout=1.0)
    yield made
    made.close()
