"""A typed hand on the controls of a running simulator."""

from dataclasses import dataclass
from typing import Any

import requests


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
