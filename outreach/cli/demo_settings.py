"""Where a demo lives and what it is set to. Only the demo invents its own keys."""

import json
import secrets
import shutil
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from uuid import uuid4

import pyotp

from outreach.config import Settings, read_settings
from outreach.keys import new_key

PASSWORD = "lantern-orchard-92-harbour"  # noqa: S105 - printed by the demo, opens nothing else

PEOPLE = (
    ("requester@demo.example", "Rae Requester", "requester"),
    ("approver@demo.example", "Ade Approver", "approver"),
    ("partner@demo.example", "Pat Partner", "partner"),
    ("auditor@demo.example", "Ola Auditor", "auditor"),
    ("admin@demo.example", "Ali Admin", "admin"),
)


@dataclass(frozen=True)
class DemoPlace:
    """A folder, two ports, and everything derived from them.

    Secrets are made once and kept there.
    """

    folder: Path
    port: int
    simulator_port: int

    @property
    def staff_url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def public_url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def simulator_url(self) -> str:
        return f"http://127.0.0.1:{self.simulator_port}"

    @property
    def sample_list(self) -> Path:
        return self.folder / "sample-recipients.csv"

    def forget(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        self.__dict__.pop("secrets", None)

    @cached_property
    def secrets(self) -> dict[str, str]:
        path = self.folder / "secrets.json"
        if path.exists():
            kept: dict[str, str] = json.loads(path.read_text())
            return kept
        made = {
            "secret_key": secrets.token_urlsafe(36),
            "data_keys": new_key("demo1"),
            "callback_token": secrets.token_urlsafe(24),
            "api_key": f"demo-{uuid4()}-{uuid4()}",
            "totp": pyotp.random_base32(),
        }
        self.folder.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(json.dumps(made, indent=2))
        return made

    @cached_property
    def environment(self) -> dict[str, str]:
        """The settings of every process of the demo."""
        return {
            "OUTREACH_SECRET_KEY": self.secrets["secret_key"],
            "OUTREACH_DATA_KEYS": self.secrets["data_keys"],
            "OUTREACH_NOTIFY_API_KEY": self.secrets["api_key"],
            "OUTREACH_NOTIFY_BASE_URL": self.simulator_url,
            "OUTREACH_CALLBACK_TOKENS": self.secrets["callback_token"],
            "OUTREACH_PUBLIC_URL": self.public_url,
            "OUTREACH_STAFF_URL": self.staff_url,
            "OUTREACH_DATABASE_URL": f"sqlite:///{self.folder / 'outreach.db'}",
            "OUTREACH_KEY_STORE_URL": f"sqlite:///{self.folder / 'keys.db'}",
            "OUTREACH_INSTANCE_PATH": str(self.folder),
            "OUTREACH_DEMO": "1",
        }

    @property
    def settings(self) -> Settings:
        return read_settings(self.environment)

    def simulator_command(self) -> list[str]:
        token = self.secrets["callback_token"]
        return [
            "simulator",
            "--port",
            str(self.simulator_port),
            "--api-key",
            self.secrets["api_key"],
            "--journal",
            str(self.folder / "notify.jsonl"),
            "--receipt-url",
            f"{self.staff_url}/notify/delivery-receipt",
            "--receipt-token",
            token,
            "--received-url",
            f"{self.staff_url}/notify/received-text",
            "--received-token",
            token,
        ]

    def code_now(self) -> str:
        return pyotp.TOTP(self.secrets["totp"]).now()

    def welcome(self) -> str:
        people = "\n".join(f"    {role:10} {email}" for email, _, role in PEOPLE)
        return f"""
Outreach is running. Ctrl-C stops everything; `make demo` again keeps the data.

  Staff, partners, auditors   {self.staff_url}
  Local Notify and its phones {self.simulator_url}
  What recipients open        {self.public_url}/h/CODE (from the link in their text)

  Sign in as
{people}
    password   {PASSWORD}
    code       printed below, new every 30 seconds
               (or `.venv/bin/outreach demo --code`; the key for an app is {self.secrets["totp"]})

  A list to upload            {self.sample_list}
  Logs                        {self.folder / "logs"}
"""
