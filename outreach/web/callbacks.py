"""Notify's calls prove themselves by a bearer token, compared in constant time (contract 8)."""

from hmac import compare_digest

from flask import abort, current_app, request

from outreach.config import Settings


def require_token() -> None:
    """Answers 403 unless the request carries one of the tokens in force."""
    settings: Settings = current_app.extensions["outreach_settings"]
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    matches = [compare_digest(given.encode(), token.encode()) for token in settings.callback_tokens]
    if scheme.lower() != "bearer" or not any(matches):
        abort(403)
