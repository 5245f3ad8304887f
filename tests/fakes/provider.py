"""A real OpenID Connect provider on loopback: discovery, keys, sign-in page, PKCE, tokens.

By Authlib's own authorization server. What it says may be bent, to see what is believed.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749 import grants
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core import OpenIDCode
from flask import Flask, Response, jsonify, redirect, request
from joserfc import jwt
from joserfc.jwk import RSAKey
from werkzeug.serving import make_server

from tests.databases import free_port

CLIENT_ID, CLIENT_SECRET = "outreach-tests", "a-secret-of-the-tests"
Bend = Callable[[dict[str, Any]], None]


@cache
def new_key(name: str) -> RSAKey:
    """Made once: it takes a while."""
    return RSAKey.generate_key(2048, {"kid": name})


@dataclass
class Code:
    """An authorization code and what was asked with it."""

    code: str
    redirect_uri: str
    scope: str
    nonce: str | None
    code_challenge: str | None
    code_challenge_method: str | None
    auth_time: int

    def get_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_scope(self) -> str:
        return self.scope

    def get_nonce(self) -> str | None:
        return self.nonce

    def get_auth_time(self) -> int:
        return self.auth_time

    def get_acr(self) -> None:
        return None

    def get_amr(self) -> None:
        return None


class Client:
    """The one client there is. It comes back to its own address only."""

    def __init__(self, redirect_uri: str) -> None:
        self.redirect_uri = redirect_uri

    def get_client_id(self) -> str:
        return CLIENT_ID

    def get_default_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_allowed_scope(self, scope: str) -> str:
        return scope

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return redirect_uri == self.redirect_uri

    def check_client_secret(self, secret: str) -> bool:
        return secret == CLIENT_SECRET

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method == "client_secret_basic"

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == "authorization_code"


@dataclass
class FakeProvider:
    """`person`: the claims of whoever sits at the browser. `bend` changes a token's claims before
    they are signed; `sign` signs in the place of the provider's own key; `published` overrides
    what discovery says. `signed_in_at`: set while the person has a session here."""

    issuer: str
    client: Client
    person: dict[str, Any] = field(default_factory=dict)
    bend: Bend | None = None
    sign: Callable[[dict[str, Any]], str] | None = None
    published: dict[str, Any] = field(default_factory=dict)
    signed_in_at: int | None = None
    is_down: bool = False
    key: RSAKey = field(default_factory=lambda: new_key("one"))
    codes: dict[str, Code] = field(default_factory=dict)
    userinfo: dict[str, Any] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)

    def change_key(self) -> None:
        self.key = new_key("two")

    def metadata(self) -> dict[str, Any]:
        base = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "jwks_uri": f"{self.issuer}/keys",
            "end_session_endpoint": f"{self.issuer}/sign-out",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
            "authorization_response_iss_parameter_supported": True,
        }
        return {name: value for name, value in (base | self.published).items() if value is not None}

    def id_token(self, claims: dict[str, Any]) -> str:
        if self.bend is not None:
            self.bend(claims)
        if self.sign is not None:
            return self.sign(claims)
        return jwt.encode({"alg": "RS256", "kid": self.key.kid}, claims, self.key)


@contextmanager
def running_provider(redirect_uri: str) -> Iterator[FakeProvider]:
    port = free_port()
    provider = FakeProvider(f"http://127.0.0.1:{port}", Client(redirect_uri))
    server = make_server("127.0.0.1", port, _app(provider), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


SIGN_IN_PAGE = """<!DOCTYPE html><html lang="en"><title>Force sign-in</title>
<link rel="icon" href="data:,">
<h1>Force sign-in</h1><form method="post"><button>It is me</button></form></html>"""


class _Pages:
    """What the provider answers."""

    def __init__(self, provider: FakeProvider, server: AuthorizationServer) -> None:
        self.provider, self.server = provider, server

    def fail_when_down(self) -> tuple[str, int] | None:
        return ("down", 503) if self.provider.is_down else None

    def discovery(self) -> Response:
        return jsonify(self.provider.metadata())

    def keys(self) -> Response:
        return jsonify({"keys": [self.provider.key.as_dict(private=False)]})

    def authorize(self) -> Response | str:
        provider = self.provider
        if request.method == "GET":
            provider.asked.append(request.args.to_dict())
            if provider.signed_in_at is None or request.args.get("prompt") == "login":
                return SIGN_IN_PAGE
        else:
            provider.signed_in_at = int(time.time())
        user = dict(provider.person)
        grant = self.server.get_consent_grant(end_user=user)
        answer = self.server.create_authorization_response(grant_user=user, grant=grant)
        if provider.metadata().get("authorization_response_iss_parameter_supported"):
            answer.location += f"&iss={provider.issuer}"
        return answer

    def token(self) -> Response:
        return self.server.create_token_response()

    def userinfo(self) -> Response:
        return jsonify(self.provider.userinfo or self.provider.person)

    def sign_out(self) -> Response:
        self.provider.signed_in_at = None
        return redirect(request.args["post_logout_redirect_uri"])


class _Grant(grants.AuthorizationCodeGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = ["client_secret_basic"]

    def save_authorization_code(self, code: str, request: Any) -> None:
        data, provider = request.payload.data, self.server.provider
        provider.codes[code] = Code(
            code,
            request.payload.redirect_uri,
            request.payload.scope,
            data.get("nonce"),
            data.get("code_challenge"),
            data.get("code_challenge_method"),
            provider.signed_in_at or 0,
        )

    def query_authorization_code(self, code: str, client: Client) -> Code | None:
        return self.server.provider.codes.get(code)

    def delete_authorization_code(self, authorization_code: Code) -> None:
        del self.server.provider.codes[authorization_code.code]

    def authenticate_user(self, authorization_code: Code) -> dict[str, Any]:
        return self.server.provider.person


class _Token(OpenIDCode):
    def __init__(self, provider: FakeProvider) -> None:
        super().__init__(require_nonce=True)
        self.provider = provider

    def exists_nonce(self, nonce: str, request: Any) -> bool:
        return any(each.nonce == nonce for each in self.provider.codes.values())

    def get_client_claims(self, client: Client) -> dict[str, Any]:
        return {"iss": self.provider.issuer, "aud": [CLIENT_ID]}

    def get_client_algorithm(self, client: Client) -> str:
        return "RS256"

    def get_encode_header(self, client: Client) -> dict[str, str]:
        return {"alg": "RS256"}

    def resolve_client_private_key(self, client: Client) -> RSAKey:
        return self.provider.key

    def generate_user_info(self, user: dict[str, Any], scope: str) -> dict[str, Any]:
        return user

    def encode_id_token(self, token: dict[str, Any], request: Any) -> str:
        """With our key and what a test bends."""
        plain = super().encode_id_token(token, request)
        return self.provider.id_token(dict(jwt.decode(plain, self.provider.key).claims))


def _app(provider: FakeProvider) -> Flask:
    app = Flask("provider")
    server = AuthorizationServer(
        app,
        query_client=lambda client_id: provider.client if client_id == CLIENT_ID else None,
        save_token=lambda token, request: None,
    )
    server.provider = provider
    server.register_grant(_Grant, [_Token(provider), CodeChallenge(required=True)])
    pages = _Pages(provider, server)
    app.before_request(pages.fail_when_down)
    for rule, view, methods in (
        ("/.well-known/openid-configuration", pages.discovery, ["GET"]),
        ("/keys", pages.keys, ["GET"]),
        ("/authorize", pages.authorize, ["GET", "POST"]),
        ("/token", pages.token, ["POST"]),
        ("/userinfo", pages.userinfo, ["GET"]),
        ("/sign-out", pages.sign_out, ["GET"]),
    ):
        app.add_url_rule(rule, view.__name__, view, methods=methods)
    return app
