"""The one door to the organisation's sign-in service: OpenID Connect by Authlib.

The authorization code flow with PKCE, state and nonce. Of what the provider publishes about itself
only that is believed which fits the issuer that was set; of a token, only what is signed by one of
its keys, with a signature that needs a private key, for us, now, and in answer to what was asked.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.base_client import BaseApp, OAuth2Mixin, OpenIDMixin
from authlib.integrations.requests_client import OAuth2Session
from joserfc.errors import JoseError

from outreach.config import OidcSettings, Settings, is_safe_address
from outreach.domain.errors import OutreachError
from outreach.domain.single_sign_on import SKEW

SECONDS = 10
"""How long the provider may take for one answer."""
SIGNED_BY_A_PRIVATE_KEY = frozenset(
    {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"}
)
"""Never `none`, and never an HMAC: whoever knows its secret could write tokens."""
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")

T = TypeVar("T")


class ProviderDown(OutreachError):
    """It does not answer, or not with what OpenID Connect asks for; the message says what."""


class AnswerRefused(OutreachError):
    """What came back is not believed."""


@dataclass(frozen=True)
class Question:
    """One trip to the provider: where to send the browser, and what its answer must fit."""

    url: str
    state: str
    nonce: str
    verifier: str


class _Http(OAuth2Session):  # type: ignore[misc]
    """Goes only where the provider said, not where an answer might lead on (ASVS 15.3.2)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, default_timeout=SECONDS, **kwargs)
        self.max_redirects = 0


class _Client(OAuth2Mixin, OpenIDMixin, BaseApp):  # type: ignore[misc]
    client_cls = _Http


class Provider:
    """One for the application; what the provider publishes is read at the first need and kept."""

    def __init__(self, settings: OidcSettings, redirect_uri: str) -> None:
        self.settings = settings
        self._redirect_uri = redirect_uri
        self._client = self._new_client()
        self._checked_client: _Client | None = None

    def ask(self, *, anew: bool) -> Question:
        """Raises ProviderDown. `anew`: the person has to prove who they are, signed in or not."""
        self._metadata()
        question = {"state": _random(), "nonce": _random(), "code_verifier": _random()}
        more = {"prompt": "login", "max_age": 0} if anew else {}
        url = _calling(
            lambda: self._client.create_authorization_url(self._redirect_uri, **question, **more)
        )["url"]
        return Question(url, question["state"], question["nonce"], question["code_verifier"])

    def claims(self, code: str, nonce: str, verifier: str) -> dict[str, Any]:
        """What the provider says of the person. Raises ProviderDown and AnswerRefused."""
        self._metadata()
        token = _calling(
            lambda: self._client.fetch_access_token(
                redirect_uri=self._redirect_uri, code=code, code_verifier=verifier
            )
        )
        if not isinstance(token, dict) or "id_token" not in token:
            raise AnswerRefused("no-token")
        claims = self._believed(token, nonce)
        return claims | self._more(token, claims)

    def must_name_itself(self) -> bool:
        """Whether it promises to put its name on each answer (RFC 9207)."""
        return bool(self._metadata().get("authorization_response_iss_parameter_supported"))

    def sign_out_address(self, back_to: str) -> str | None:
        """Where a browser ends its session at the provider (RP-Initiated Logout 1.0)."""
        if not self._is_ours(str(self._metadata().get("end_session_endpoint", ""))):
            return None
        made = self._client.create_logout_url(back_to, client_id=self.settings.client_id)
        return str(made["url"])

    def check(self) -> None:
        """Read afresh what it publishes, and its keys. Raises ProviderDown."""
        self._client = self._new_client()
        self._metadata()
        if not _calling(self._client.fetch_jwk_set).get("keys"):
            raise ProviderDown("it publishes no keys")

    def _new_client(self) -> _Client:
        return _Client(
            None,
            name="provider",
            client_id=self.settings.client_id,
            client_secret=self.settings.client_secret,
            server_metadata_url=(
                self.settings.issuer.rstrip("/") + "/.well-known/openid-configuration"
            ),
            client_kwargs={"scope": self.settings.scopes, "code_challenge_method": "S256"},
        )

    def _metadata(self) -> dict[str, Any]:
        """Checked once (OpenID Connect Discovery 1.0, 4.3)."""
        client = self._client
        read: dict[str, Any] = _calling(client.load_server_metadata)
        if client is not self._checked_client:
            self._client = self._new_client()  # where this one does not fit, ask again next time
            read |= self._fit(read)
            self._client = self._checked_client = client
        return read

    def _fit(self, read: dict[str, Any]) -> dict[str, Any]:
        if read.get("issuer") != self.settings.issuer:
            raise ProviderDown("it calls itself by another name than OUTREACH_OIDC_ISSUER")
        unsafe = [name for name in ENDPOINTS if not self._is_ours(str(read.get(name, "")))]
        if unsafe:
            raise ProviderDown(f"it publishes no safe address for {', '.join(unsafe)}")
        challenges = read.get("code_challenge_methods_supported")
        if challenges is not None and "S256" not in challenges:
            raise ProviderDown("it does not take PKCE by S256")
        told = read.get("id_token_signing_alg_values_supported") or ["RS256"]
        usable = [name for name in told if name in SIGNED_BY_A_PRIVATE_KEY]
        if not usable:
            raise ProviderDown("it signs in no way that needs a private key")
        return {"id_token_signing_alg_values_supported": usable}

    def _is_ours(self, address: str) -> bool:
        is_open = self.settings.issuer.startswith("http://")
        return is_safe_address(address, is_loopback_fine=is_open)

    def _believed(self, token: dict[str, Any], nonce: str) -> dict[str, Any]:
        """The claims of the signed token. Raises AnswerRefused."""
        options = {
            "iss": {"essential": True, "value": self.settings.issuer},
            "aud": {"essential": True, "value": self.settings.client_id},
            "nonce": {"essential": True, "value": nonce},
            "sub": {"essential": True},
        }
        claims = _calling(
            lambda: self._client.parse_id_token(
                token, nonce=nonce, claims_options=options, leeway=int(SKEW.total_seconds())
            )
        )
        if claims.get("aud") not in (self.settings.client_id, [self.settings.client_id]):
            raise AnswerRefused("token")  # also for somebody else: not for us to trust
        if not isinstance(claims["sub"], str):
            raise AnswerRefused("token")
        return dict(claims)

    def _more(self, token: dict[str, Any], claims: dict[str, Any]) -> dict[str, Any]:
        """What the token leaves out, where the provider tells it of the same person only."""
        rules = self.settings.roles
        is_all_there = "email" in claims and (rules is None or rules.claim in claims)
        if is_all_there or not self._is_ours(str(self._metadata().get("userinfo_endpoint", ""))):
            return {}
        told = _calling(lambda: self._client.userinfo(token=token))
        if told.get("sub") != claims["sub"]:  # OpenID Connect Core 1.0, 5.3.2
            raise AnswerRefused("userinfo")
        return {name: value for name, value in told.items() if name not in claims}


def provider_of(settings: Settings) -> Provider | None:
    """The one that is set, if one is."""
    if settings.oidc is None:
        return None
    return Provider(settings.oidc, f"{settings.staff_url}/sign-in/provider/answer")


def _calling(ask: Callable[[], T]) -> T:
    """Turn what the libraries raise into our two errors."""
    try:
        return ask()
    except requests.RequestException as error:
        raise ProviderDown("it does not answer as it should") from error
    except (AuthlibBaseError, JoseError) as error:
        raise AnswerRefused("token") from error
    except (ValueError, KeyError, TypeError, AttributeError, RuntimeError) as error:
        raise ProviderDown("its answer cannot be read") from error


def _random() -> str:
    return secrets.token_urlsafe(48)
