"""Settings, read once from the environment. A bad one stops start-up with a sentence."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from dotenv import dotenv_values

from outreach.keys import KeyRing, KeysUnreadable

HOW_TO_MAKE = {
    "OUTREACH_SECRET_KEY": "Make one with `outreach keys new-secret`.",
    "OUTREACH_DATA_KEYS": "Make one with `outreach keys new`, and keep a copy apart from the "
    "database.",
    "OUTREACH_NOTIFY_API_KEY": "Create it in GOV.UK Notify under API integration, API keys.",
    "OUTREACH_CALLBACK_TOKENS": "Make one with `outreach keys new-secret` and enter it in Notify "
    "with the callback address.",
    "OUTREACH_PUBLIC_URL": "It is the address recipients open, such as https://help.example.org.",
    "OUTREACH_STAFF_URL": "It is the address staff open, such as https://outreach.example.org.",
}


SECRET_KEY_LENGTH = 32


class SettingsRefused(Exception):
    """A setting is missing or malformed; the message says which and how to make it."""


@dataclass(frozen=True)
class Settings:
    """What a running service was told. `callback_tokens` are all valid at once, newest first."""

    secret_key: str
    data_keys: KeyRing
    notify_api_key: str
    callback_tokens: tuple[str, ...]
    public_url: str
    staff_url: str
    database_url: str
    notify_base_url: str = "https://api.notifications.service.gov.uk"
    instance_path: Path = field(default_factory=lambda: Path("instance").resolve())
    metrics_token: str = ""
    is_demo: bool = False
    trusted_proxies: int = 0

    @property
    def secret_keys(self) -> tuple[str, ...]:
        """Newest first: the first signs, the others are still believed while they are changed."""
        return tuple(self.secret_key.split())

    @property
    def public_host(self) -> str:
        return urlsplit(self.public_url).netloc

    @property
    def staff_host(self) -> str:
        return urlsplit(self.staff_url).netloc

    @property
    def is_secure(self) -> bool:
        """True behind TLS, so that cookies may be marked Secure and HSTS sent."""
        return self.staff_url.startswith("https://")


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Settings from `environ`, or from the process environment over a `.env` file.

    Raises SettingsRefused.
    """
    values = dict(environ) if environ is not None else _environment()
    instance = Path(values.get("OUTREACH_INSTANCE_PATH", "instance")).resolve()
    return Settings(
        secret_key=_secret_keys(values),
        data_keys=_key_ring(values),
        notify_api_key=_long_enough(values, "OUTREACH_NOTIFY_API_KEY", 73),
        callback_tokens=_tokens(values),
        public_url=_url(values, "OUTREACH_PUBLIC_URL"),
        staff_url=_url(values, "OUTREACH_STAFF_URL"),
        database_url=values.get("OUTREACH_DATABASE_URL") or f"sqlite:///{instance}/outreach.db",
        notify_base_url=values.get("OUTREACH_NOTIFY_BASE_URL") or Settings.notify_base_url,
        instance_path=instance,
        metrics_token=values.get("OUTREACH_METRICS_TOKEN", ""),
        is_demo=values.get("OUTREACH_DEMO", "") == "1",
        trusted_proxies=_count(values, "OUTREACH_TRUSTED_PROXIES"),
    )


def _environment() -> dict[str, str]:
    from_file = {k: v for k, v in dotenv_values(".env").items() if v is not None}
    return {**from_file, **os.environ}


def _required(values: Mapping[str, str], name: str) -> str:
    value = values.get(name, "").strip()
    if not value:
        raise SettingsRefused(f"{name} is not set. {HOW_TO_MAKE[name]}")
    return value


def _long_enough(values: Mapping[str, str], name: str, length: int) -> str:
    value = _required(values, name)
    if len(value) < length:
        raise SettingsRefused(
            f"{name} is too short: at least {length} characters. {HOW_TO_MAKE[name]}"
        )
    return value


def _secret_keys(values: Mapping[str, str]) -> str:
    """One, or several while they are changed; each must be long enough by itself."""
    value = _required(values, "OUTREACH_SECRET_KEY")
    if any(len(key) < SECRET_KEY_LENGTH for key in value.split()):
        raise SettingsRefused(
            f"OUTREACH_SECRET_KEY is too short: at least {SECRET_KEY_LENGTH} characters with no "
            f"space in them. {HOW_TO_MAKE['OUTREACH_SECRET_KEY']}"
        )
    return value


def _url(values: Mapping[str, str], name: str) -> str:
    value = _required(values, name).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path:
        raise SettingsRefused(f"{name} must be a web address with no path. {HOW_TO_MAKE[name]}")
    return value


def _tokens(values: Mapping[str, str]) -> tuple[str, ...]:
    tokens = tuple(_required(values, "OUTREACH_CALLBACK_TOKENS").split())
    if any(len(token) < 10 for token in tokens):  # Notify's own minimum: contract section 8
        raise SettingsRefused(
            "OUTREACH_CALLBACK_TOKENS holds a token under 10 characters. "
            + HOW_TO_MAKE["OUTREACH_CALLBACK_TOKENS"]
        )
    return tokens


def _key_ring(values: Mapping[str, str]) -> KeyRing:
    try:
        return KeyRing.parse(_required(values, "OUTREACH_DATA_KEYS"))
    except KeysUnreadable as error:
        raise SettingsRefused(
            f"OUTREACH_DATA_KEYS: {error} {HOW_TO_MAKE['OUTREACH_DATA_KEYS']}"
        ) from error


def _count(values: Mapping[str, str], name: str) -> int:
    value = values.get(name, "0")
    if not value.isdecimal():
        raise SettingsRefused(f"{name} must be a whole number, such as 1.")
    return int(value)
