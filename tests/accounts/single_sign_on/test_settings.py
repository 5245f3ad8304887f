"""The settings of single sign-on: whole or not at all, and nobody is locked out by them."""

import pytest

from outreach.config import SettingsRefused, read_settings
from outreach.domain.access import Role
from tests.settings import API_KEY, DATA_KEYS

BASE = {
    "OUTREACH_SECRET_KEY": "s" * 40,
    "OUTREACH_DATA_KEYS": DATA_KEYS,
    "OUTREACH_NOTIFY_API_KEY": API_KEY,
    "OUTREACH_CALLBACK_TOKENS": "callback-token",
    "OUTREACH_PUBLIC_URL": "https://help.example.org",
    "OUTREACH_STAFF_URL": "https://outreach.example.org",
}
OIDC = {
    "OUTREACH_OIDC_ISSUER": "https://login.example.org/force",
    "OUTREACH_OIDC_CLIENT_ID": "outreach",
    "OUTREACH_OIDC_CLIENT_SECRET": "secret-of-the-client",
}


def test_without_them_there_is_no_provider_and_local_accounts_are_on() -> None:
    settings = read_settings(BASE)
    assert settings.oidc is None
    assert settings.has_local_accounts


def test_everything_is_read() -> None:
    settings = read_settings(
        BASE
        | OIDC
        | {
            "OUTREACH_OIDC_NAME": "Force sign-in",
            "OUTREACH_OIDC_SCOPES": "openid email groups",
            "OUTREACH_OIDC_ROLE_CLAIM": "groups",
            "OUTREACH_OIDC_ROLES": "senders=requester; log readers=auditor",
            "OUTREACH_OIDC_SECOND_STEP": "mfa otp",
            "OUTREACH_OIDC_VERIFIED_CLAIM": "xms_edov",
            "OUTREACH_LOCAL_ACCOUNTS": "off",
        }
    )
    assert settings.oidc is not None
    assert settings.oidc.name == "Force sign-in"
    assert settings.oidc.scopes == "openid email groups"
    assert settings.oidc.trusted_steps == {"mfa", "otp"}
    assert settings.oidc.verified_claim == "xms_edov"
    assert settings.oidc.roles is not None
    assert settings.oidc.roles.roles_of({"groups": ["log readers"]}) == {Role.AUDITOR}
    assert not settings.has_local_accounts


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"OUTREACH_OIDC_CLIENT_SECRET": ""}, "needs OUTREACH_OIDC_CLIENT_SECRET too"),
        ({"OUTREACH_OIDC_ISSUER": "http://login.example.org"}, "must begin with https://"),
        ({"OUTREACH_OIDC_ISSUER": "http://127.0.0.1.evil.example"}, "must begin with https://"),
        ({"OUTREACH_OIDC_ISSUER": "login.example.org"}, "must begin with https://"),
        ({"OUTREACH_OIDC_ROLE_CLAIM": "groups"}, "go together"),
        ({"OUTREACH_OIDC_ROLES": "a=admin"}, "go together"),
        (
            {"OUTREACH_OIDC_ROLE_CLAIM": "g", "OUTREACH_OIDC_ROLES": "a=partner"},
            "none of the roles it may give",
        ),
        ({"OUTREACH_LOCAL_ACCOUNTS": "no"}, "must be on or off"),
    ],
)
def test_half_a_setting_stops_start_up_with_a_sentence(changes: dict[str, str], words: str) -> None:
    with pytest.raises(SettingsRefused, match=words):
        read_settings(BASE | OIDC | changes)


def test_local_accounts_cannot_be_off_where_nothing_else_lets_anybody_in() -> None:
    with pytest.raises(SettingsRefused, match="nobody could sign in"):
        read_settings(BASE | {"OUTREACH_LOCAL_ACCOUNTS": "off"})


def test_provider_on_this_machine_may_do_without_tls() -> None:
    for issuer in ("http://127.0.0.1:9000", "http://localhost:9000/realms/force"):
        assert read_settings(BASE | OIDC | {"OUTREACH_OIDC_ISSUER": issuer}).oidc is not None


def test_settings_show_no_secret_when_they_are_printed() -> None:
    shown = repr(read_settings(BASE | OIDC))
    for secret in ("secret-of-the-client", "s" * 40, API_KEY, "callback-token", DATA_KEYS):
        assert secret not in shown
