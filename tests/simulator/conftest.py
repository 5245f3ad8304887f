"""What the simulator's tests share."""

from tests.simulator.fixtures import api, client, notify, receiver, simulator_process

__all__ = ["api", "client", "notify", "receiver", "simulator_process"]
