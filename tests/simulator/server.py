"""A simulator as a real process on a free loopback port, and a typed hand on its controls.

with SimulatorProcess(rate_limit="off", receipt_delay=0.1) as notify:
    site = make_site(notify.base_url, notify.api_key)
    notify.control.fault_on("reset-after-storing", remaining=1)
    assert notify.control.counts() == {"447700900123": 1}
"""

import os
import select
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import requests

from outreach.simulator.service import LIVE_KEY, REVOKED_KEY, TEAM_KEY, TEST_KEY

START_SECONDS = 20.0
RUN = "from outreach.cli.main import main; main()"


@dataclass(frozen=True)
class SimulatedMessage:
    """One message by the simulator's own record. `number` is 447…; times are Notify's texts;
    `body` is as the API shows it and `sent_text` as it reaches the phone."""

    id: str
    reference: str | None
    number: str
    to: str
    body: str
    sent_text: str
    subject: str | None
    status: str
    key_type: str
    template_id: str
    template_version: int
    fragments: int
    copies: int
    created_at: str
    sent_at: str | None
    completed_at: str | None
    notification_type: str


@dataclass(frozen=True)
class Statistics:
    """What the simulator saw. Rates are in attempts, refused ones included."""

    accepted: int
    attempts: int
    refused_429_rate: int
    refused_429_daily: int
    busiest_60s: int
    peak_per_second: int
    received: int
    waiting_acts: int
    callbacks: dict[str, dict[str, Any]]


class ControlClient:
    """The control API with a method for each act. Raises requests.HTTPError for a refusal."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url
        self._session = requests.Session()
        self._session.trust_env = False

    def close(self) -> None:
        self._session.close()

    def call(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        url = f"{self.base_url}/_control{path}"
        answer = self._session.request(method, url, json=body, timeout=60)
        if answer.status_code == 400:
            raise requests.HTTPError(answer.text, response=answer)
        answer.raise_for_status()
        return answer.json()

    def reset(self) -> None:
        """Forget everything, as after a fresh start."""
        self.call("POST", "/reset")

    def counts(self) -> dict[str, int]:
        """Texts taken for each number (447…)."""
        counted: dict[str, int] = self.call("GET", "/counts")["counts"]
        return counted

    def messages(
        self, *, number: str | None = None, reference: str | None = None
    ) -> list[SimulatedMessage]:
        """All messages, or those of one number or reference; newest first."""
        query = "?limit=10000"
        query += f"&number={number.replace('+', '%2B')}" if number else ""
        query += f"&reference={reference}" if reference else ""
        found: list[dict[str, Any]] = []
        following: str | None = ""
        while following is not None:
            older = f"&older_than={following}" if following else ""
            page = self.call("GET", f"/messages{query}{older}")
            found += page["messages"]
            following = page["next"] if not (number or reference) else None
        return [SimulatedMessage(**item) for item in found]

    def statistics(self) -> Statistics:
        return Statistics(**self.call("GET", "/statistics"))

    def fault_on(
        self,
        name: str,
        *,
        probability: float = 1.0,
        remaining: int | None = None,
        seconds: float | None = None,
        number: str | None = None,
    ) -> None:
        """Switch a fault on: how likely, how many more times, how long, for which number."""
        body = {
            "probability": probability,
            "remaining": remaining,
            "seconds": seconds,
            "number": number,
        }
        self.call("PUT", f"/faults/{name}", body)

    def fault_off(self, name: str) -> None:
        self.call("DELETE", f"/faults/{name}")

    def faults_off(self, *, seed: int | None = None) -> None:
        """Everything off; a seed makes the coming draws repeatable."""
        self.call("DELETE", "/faults", {} if seed is None else {"seed": seed})

    def fault_hits(self) -> dict[str, int]:
        """How often each fault that is on has struck."""
        on = self.call("GET", "/faults")["on"]
        return {name: fault["hits"] for name, fault in on.items()}

    def advance(self, seconds: float) -> None:
        """Push the clock forward; returns when all that fell due is done."""
        self.call("POST", "/clock", {"advance": seconds})

    def run_nightly(self) -> dict[str, int]:
        """The nightly jobs now; keys timed_out, received_purged, sent_purged."""
        touched: dict[str, int] = self.call("POST", "/nightly")
        return touched

    def settle(self, timeout: float = 10.0) -> bool:
        """Wait until nothing is overdue and no callback is being posted."""
        return bool(self.call("POST", "/settle", {"timeout": timeout})["settled"])

    def receive(self, from_number: str, text: str) -> list[str]:
        """Somebody texts the service; Notify's ids of what it stored."""
        body = {"from": from_number, "text": text}
        return [item["id"] for item in self.call("POST", "/received", body)["received"]]

    def receipt(
        self,
        status: str,
        *,
        notification_id: str | None = None,
        reference: str | None = None,
        number: str | None = None,
    ) -> bool:
        """A provider's result for one message; whether the status moved."""
        body = {
            "status": status,
            "id": notification_id,
            "reference": reference,
            "number": number,
        }
        return bool(self.call("POST", "/receipts", body)["moved"])

    def raw_receipt(self, body: dict[str, Any]) -> None:
        """Post a receipt with just this body, known to the store or not."""
        self.call("POST", "/receipts", {"body": body})

    def outcome(self, number: str, status: str | None) -> None:
        """What texts to this number end in (`never-final` for silence); None forgets it."""
        self.call("PATCH", "/delivery", {"numbers": {number: status}})

    def delivery(self, **changes: Any) -> None:
        """Change latency, handover_delay, receipt_delay (seconds), seed, outcomes (shares)."""
        self.call("PATCH", "/delivery", changes)

    def limits(self, **changes: Any) -> dict[str, Any]:
        """Change rate_limit (0 for none), key_type with tokens or other_caller (calls a second
        by somebody else on that key type), today (name to count). Answers the state."""
        state: dict[str, Any] = self.call("PATCH", "/limits", changes)
        return state

    def service(self, **changes: Any) -> None:
        """Change switches of the service, such as is_trial, has_prefix, may_text_abroad."""
        self.call("PATCH", "/service", changes)

    def callbacks(self, **changes: Any) -> None:
        """Set receipts and received ({"url", "token"} or None) and retry_delay in seconds."""
        self.call("PUT", "/callbacks", changes)

    def add_template(self, name: str, body: str, **more: str) -> str:
        """A new template; its id. More: type, subject, id."""
        added = self.call("POST", "/templates", {"name": name, "body": body, **more})
        return str(added["id"])

    def edit_template(self, template_id: str, **changes: str) -> int:
        """Save a new version with another name, body or subject; its number."""
        return int(self.call("PATCH", f"/templates/{template_id}", changes)["version"])

    def archive_template(self, template_id: str) -> None:
        self.call("POST", f"/templates/{template_id}/archive")


class SimulatorProcess:
    """A context manager around one `outreach simulator`.

    Options are those of the command line with underscores: `latency=60`, `rate_limit="off"`,
    `receipt_url=…`; True and False choose flags. Without a port it takes a free one.
    """

    api_key = LIVE_KEY
    team_api_key = TEAM_KEY
    test_api_key = TEST_KEY
    revoked_api_key = REVOKED_KEY

    def __init__(self, *, port: int = 0, **options: str | float | bool | Path) -> None:
        self._command = [sys.executable, "-c", RUN, "simulator", "--port", str(port)]
        self._command += _as_arguments(options)
        self._process: subprocess.Popen[str] | None = None
        self.base_url = ""

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Start and wait until it answers. A restart keeps the port."""
        self._process = subprocess.Popen(  # noqa: S603 -- our own command
            self._command, stdout=subprocess.PIPE, text=True, env=_environment()
        )
        line = self._first_line()
        if " on http" not in line:
            self.stop()
            raise RuntimeError(f"The simulator did not start: {line!r}")
        self.base_url = line.split(" on ")[1].strip()
        self._command[self._command.index("--port") + 1] = self.base_url.rsplit(":", 1)[1]
        self.control = ControlClient(self.base_url)

    def _first_line(self) -> str:
        output = self.process.stdout
        assert output is not None
        readable, _, _ = select.select([output], [], [], START_SECONDS)
        return output.readline() if readable else ""

    @property
    def process(self) -> "subprocess.Popen[str]":
        assert self._process is not None, "the simulator is not running"
        return self._process

    def stop(self) -> None:
        """Ask it to end and wait; kill it if it does not."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        self._end(signal.SIGKILL)

    def _end(self, number: signal.Signals) -> None:
        if self._process is None:
            return
        if hasattr(self, "control"):
            self.control.close()
        self._process.send_signal(number)
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(10)
        if self._process.stdout is not None:
            self._process.stdout.close()
        self._process = None

    def restart(self, *, pause: float = 0.0) -> None:
        """Kill it and start it again on the same port, as after a crash."""
        self.kill()
        time.sleep(pause)
        self.start()


def _as_arguments(options: dict[str, str | float | bool | Path]) -> list[str]:
    arguments: list[str] = []
    for name, value in options.items():
        flag = name.replace("_", "-")
        if isinstance(value, bool):
            arguments.append(f"--{flag}" if value else f"--no-{flag}")
        else:
            arguments += [f"--{flag}", str(value)]
    return arguments


def _environment() -> dict[str, str]:
    return {
        name: value for name, value in os.environ.items() if not name.startswith("OUTREACH_")
    } | {"PYTHONUNBUFFERED": "1"}
