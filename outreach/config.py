"""Settings, read once from the environment. A bad one stops start-up with a sentence."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from dotenv import dotenv_values

from outreach.domain.single_sign_on import RoleRules, RoleRulesUnreadable
from outreach.keys import KeyRing, KeysUnreadable

HOW_TO_MAKE = {
    "OUTREACH_SECRET_KEY": "Make one with `outreach keys new-secret`.",
    "OUTREACH_DATA_KEYS": "Make one with `outreach keys new`, and keep a copy apart from the "
    "database.",
    "OUTREACH_NOTIFY_API_KEY": "Create it in GOV.UK Notify under API integration, API keys.",
    "OUTREACH_CALLBACK_TOKENS": "Make one with `outreach keys new-secret` and enter it in Notify "
    "with the callback address.",
    "OUTREACH_KEY_STORE_URL": "Leave it out for a file of its own on this machine; for several "
    "machines make a database for it with `createdb outreach_keys`, on another server where you "
    "can, and keep it out of the main backup.",
    "OUTREACH_PUBLIC_URL": "It is the address recipients open, such as https://help.example.org.",
    "OUTREACH_STAFF_URL": "It is the address staff open, such as https://outreach.example.org.",
}


SECRET_KEY_LENGTH = 32
KEY_STORE_FILE = "keys.db"


class SettingsRefused(Exception):
    """A setting is missing or malformed; the message says which and how to make it."""


@dataclass(frozen=True)
class OidcSettings:
    """An organisation's own sign-in service (OpenID Connect).

    `name` stands on the button. `trusted_steps`: values of `amr` or `acr` that stand in for our
    second step. `roles`: None where roles are given here. `verified_claim` says that the address
    was checked.
    """

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    name: str = "your work account"
    scopes: str = "openid email profile"
    roles: RoleRules | None = None
    trusted_steps: frozenset[str] = frozenset()
    verified_claim: str = "email_verified"


@dataclass(frozen=True)
class Settings:
    """What a running service was told. `callback_tokens` are all valid at once, newest first."""

    secret_key: str = field(repr=False)
    data_keys: KeyRing = field(repr=False)
    notify_api_key: str = field(repr=False)
    callback_tokens: tuple[str, ...] = field(repr=False)
    public_url: str
    staff_url: str
    database_url: str = field(repr=False)
    notify_base_url: str = "https://api.notifications.service.gov.uk"
    instance_path: Path = field(default_factory=lambda: Path("instance").resolve())
    metrics_token: str = field(default="", repr=False)
    is_demo: bool = False
    trusted_proxies: int = 0
    oidc: OidcSettings | None = None
    has_local_accounts: bool = True
    key_store_url: str = field(default="", repr=False)

    @property
    def key_store(self) -> str:
        """Where the halves of data keys lie: a file beside an SQLite database or under the
        instance path, unless something else is set."""
        if self.key_store_url:
            return _in_folder(self.key_store_url, self.instance_path)
        if not self.database_url.startswith("sqlite"):
            return f"sqlite:///{self.instance_path / KEY_STORE_FILE}"
        path = _sqlite_path(_in_folder(self.database_url, self.instance_path))
        return f"sqlite:///{path.parent / KEY_STORE_FILE}" if path else "sqlite://"

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
        oidc=_oidc(values),
        has_local_accounts=_has_local_accounts(values),
        key_store_url=_key_store(values),
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


def _key_store(values: Mapping[str, str]) -> str:
    url = values.get("OUTREACH_KEY_STORE_URL", "").strip()
    how = HOW_TO_MAKE["OUTREACH_KEY_STORE_URL"]
    if url and not url.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
        raise SettingsRefused(f"OUTREACH_KEY_STORE_URL must be sqlite:/// or postgresql://. {how}")
    if url and url == values.get("OUTREACH_DATABASE_URL", "").strip():
        raise SettingsRefused(
            "OUTREACH_KEY_STORE_URL is the main database, whose backups would hold both halves of "
            f"every data key. {how}"
        )
    return url


def _sqlite_path(url: str) -> Path | None:
    """None for a database in memory."""
    name = url.partition("://")[2].removeprefix("/").partition("?")[0]
    return Path(name) if name and name != ":memory:" else None


def _in_folder(url: str, folder: Path) -> str:
    """A file's path without a leading slash is taken from the instance path, as Flask does it."""
    path = _sqlite_path(url) if url.startswith("sqlite") else None
    return url if path is None else f"sqlite:///{folder / path}"


def _count(values: Mapping[str, str], name: str) -> int:
    value = values.get(name, "0")
    if not value.isdecimal():
        raise SettingsRefused(f"{name} must be a whole number, such as 1.")
    return int(value)


OIDC = "OUTREACH_OIDC_"


def _oidc(values: Mapping[str, str]) -> OidcSettings | None:
    """All three of issuer, client id and client secret, or none of them."""
    given = {
        name: values.get(f"{OIDC}{name}", "").strip()
        for name in ("ISSUER", "CLIENT_ID", "CLIENT_SECRET")
    }
    if not any(given.values()):
        return None
    missing = ", ".join(f"{OIDC}{name}" for name, value in given.items() if not value)
    if missing:
        raise SettingsRefused(f"Single sign-on needs {missing} too. Your provider gives it.")
    told = {
        "name": values.get(f"{OIDC}NAME", "").strip(),
        "scopes": values.get(f"{OIDC}SCOPES", "").strip(),
        "verified_claim": values.get(f"{OIDC}VERIFIED_CLAIM", "").strip(),
    }
    return OidcSettings(
        _issuer(given["ISSUER"]),
        given["CLIENT_ID"],
        given["CLIENT_SECRET"],
        roles=_role_rules(values),
        trusted_steps=frozenset(values.get(f"{OIDC}SECOND_STEP", "").split()),
        **{name: value for name, value in told.items() if value},
    )


def _issuer(value: str) -> str:
    """https; http on this machine only, for trying it out (OpenID Connect Discovery 1.0, 3)."""
    if not is_safe_address(value, is_loopback_fine=True):
        raise SettingsRefused(f"{OIDC}ISSUER must begin with https://, but on this machine itself.")
    return value


def is_safe_address(address: str, *, is_loopback_fine: bool) -> bool:
    parts = urlsplit(address)
    is_here = parts.hostname in {"127.0.0.1", "::1", "localhost"}
    is_open = is_loopback_fine and is_here and parts.scheme == "http"
    return bool(parts.hostname) and (parts.scheme == "https" or is_open)


def _role_rules(values: Mapping[str, str]) -> RoleRules | None:
    claim, rules = (values.get(f"{OIDC}{name}", "").strip() for name in ("ROLE_CLAIM", "ROLES"))
    if not claim and not rules:
        return None
    try:
        return RoleRules.parse(claim, rules)
    except RoleRulesUnreadable as error:
        raise SettingsRefused(f"{OIDC}ROLE_CLAIM and {OIDC}ROLES go together: {error}.") from error


def _has_local_accounts(values: Mapping[str, str]) -> bool:
    name = "OUTREACH_LOCAL_ACCOUNTS"
    value = values.get(name, "").strip().lower() or "on"
    if value not in {"on", "off"}:
        raise SettingsRefused(f"{name} must be on or off.")
    if value == "off" and not values.get(f"{OIDC}ISSUER", "").strip():
        raise SettingsRefused(
            f"{name} is off and {OIDC}ISSUER is not set, so nobody could sign in. Set one of them."
        )
    return value == "on"
