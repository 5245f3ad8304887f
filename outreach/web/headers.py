"""Security headers on every answer (ASVS 5.0 chapter 3.4)."""

import hashlib
import secrets

from flask import Flask, g
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import Signer
from werkzeug.wrappers import Response

from outreach.config import Settings
from outreach.web.hosts import is_public_host

STAFF_CSP = (
    "default-src 'none'; script-src {scripts}; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
PUBLIC_CSP = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self' https:; "
    "base-uri 'none'; frame-ancestors 'none'"
)


Signer.default_digest_method = staticmethod(hashlib.sha256)
"""For links and form tokens, also those of libraries; the default is SHA-1 (ASVS 11.4.1)."""


class Cookies(SecureCookieSessionInterface):
    """The cookie is signed by HMAC-SHA-256; Flask's own way is SHA-1 (ASVS 11.4.1)."""

    digest_method = staticmethod(hashlib.sha256)


def csp_nonce() -> str:
    """For the script tags of this answer: what has another one, or none, does not run."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(18)
    nonce: str = g.csp_nonce
    return nonce


def _staff_policy() -> str:
    """An answer whose page asked for no nonce has no scripts."""
    nonce = g.pop("csp_nonce", None)
    return STAFF_CSP.format(scripts=f"'nonce-{nonce}'" if nonce else "'none'")


def init_app(app: Flask, settings: Settings) -> None:
    app.jinja_env.globals["csp_nonce"] = csp_nonce

    def add_headers(response: Response) -> Response:
        is_public = is_public_host()
        headers = response.headers
        headers.setdefault("Content-Security-Policy", PUBLIC_CSP if is_public else _staff_policy())
        headers.setdefault("Cache-Control", "no-store")
        headers["Referrer-Policy"] = "no-referrer" if is_public else "same-origin"
        headers["X-Content-Type-Options"] = "nosniff"
        headers["X-Frame-Options"] = "DENY"
        headers["X-Robots-Tag"] = "noindex, nofollow"
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        if settings.is_secure:
            headers["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"
        return response

    app.after_request(add_headers)
