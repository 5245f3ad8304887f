"""One simulator for all tests of a run, wiped before each; the genuine client; a raw caller."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import requests
from notifications_python_client import NotificationsAPIClient
from notifications_python_client.authentication import create_jwt_token

from outreach.simulator.builtin import BARE_TEMPLATE
from outreach.simulator.service import LIVE_KEY
from tests.simulator.receiver import Receiver
from tests.simulator.server import SimulatorProcess


@pytest.fixture(scope="session")
def simulator_process() -> Iterator[SimulatorProcess]:
    with SimulatorProcess(
        handover_delay=0.02, receipt_delay=0.04, callback_retry_delay=0.1, callback_timeout=1.0
    ) as process:
        yield process


@pytest.fixture
def notify(simulator_process: SimulatorProcess) -> SimulatorProcess:
    """The simulator, as if just started."""
    simulator_process.control.reset()
    return simulator_process


@dataclass
class Api:
    """Raw requests with a token of one key, for what the genuine client would never send."""

    base_url: str
    session: requests.Session
    key: str = LIVE_KEY

    def headers(self, key: str | None = None) -> dict[str, str]:
        text = key or self.key
        return {"Authorization": f"Bearer {create_jwt_token(text[-36:], text[-73:-37])}"}

    def get(self, path: str, *, key: str | None = None) -> requests.Response:
        return self.session.get(self.base_url + path, headers=self.headers(key), timeout=10)

    def post(
        self, path: str, body: Any = None, *, key: str | None = None, raw: bytes | None = None
    ) -> requests.Response:
        url, headers = self.base_url + path, self.headers(key)
        if raw is not None:
            return self.session.post(url, data=raw, headers=headers, timeout=10)
        return self.session.post(url, json=body, headers=headers, timeout=10)

    def send(self, *, key: str | None = None, **members: Any) -> requests.Response:
        """POST sms with a good body, some members changed; `...` leaves one out."""
        body = {"phone_number": "07700900123", "template_id": BARE_TEMPLATE, **members}
        kept = {name: value for name, value in body.items() if value is not ...}
        return self.post("/v2/notifications/sms", kept, key=key)


@pytest.fixture
def api(notify: SimulatorProcess) -> Iterator[Api]:
    with requests.Session() as session:
        session.trust_env = False
        yield Api(notify.base_url, session)


@pytest.fixture
def client(notify: SimulatorProcess) -> Iterator[NotificationsAPIClient]:
    """The genuine client with the live key."""
    made = NotificationsAPIClient(notify.api_key, base_url=notify.base_url, timeout=10)
    yield made
    made.request_session.close()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as made:
        yield made


def errors(response: requests.Response) -> list[tuple[str, str]]:
    """Class and message of every error of a v2 answer, whose shape is checked."""
    body = response.json()
    assert set(body) == {"status_code", "errors"}
    assert body["status_code"] == response.status_code
    return [(item["error"], item["message"]) for item in body["errors"]]
