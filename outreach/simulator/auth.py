"""The token check of every request, row by row as in contract section 2."""

import time
from typing import Any
from uuid import UUID

import jwt

from outreach.simulator.errors import auth_error
from outreach.simulator.records import ApiKey
from outreach.simulator.service import Service

WINDOW = 30  # seconds, inclusive both ways
DOCUMENTATION = "https://docs.notifications.service.gov.uk/rest-api.html#authorisation-header"
BAD_TOKEN = f"Invalid token: make sure your API token matches the example at {DOCUMENTATION}"
BAD_CLOCK = "Error: Your system clock must be accurate to within 30 seconds"


class Authenticator:
    """Finds the key that signed a token.

    The genuine client makes the same token for all requests of one second, so the last
    verified ones are remembered; their time is still checked on each use.
    """

    def __init__(self, service: Service) -> None:
        self._service = service
        self._verified: dict[str, tuple[ApiKey, int]] = {}

    def forget(self) -> None:
        """Drop what was remembered, after keys or the service changed."""
        self._verified = {}

    def authenticate(self, header: str | None) -> ApiKey:
        """The key behind an Authorization header. Raises ApiError 401 or 403."""
        remembered = self._verified.get(header) if header else None
        if remembered and abs(_now() - remembered[1]) <= WINDOW:
            return remembered[0]
        token = _bearer_token(header)
        claims = _unverified_claims(token)
        self._check_issuer(claims)
        key = self._find_key(token)
        if key.revoked:
            raise auth_error(403, "Invalid token: API key revoked")
        self._remember(str(header), key, int(claims["iat"]))
        return key

    def _check_issuer(self, claims: dict[str, Any]) -> None:
        if "iss" not in claims:
            raise auth_error(403, "Invalid token: iss field not provided")
        try:
            issuer = UUID(str(claims["iss"]))
        except ValueError:
            message = "Invalid token: service id is not the right data type"
            raise auth_error(403, message) from None
        if issuer != UUID(self._service.id):
            raise auth_error(403, "Invalid token: service not found")
        if not self._service.keys:
            raise auth_error(403, "Invalid token: service has no API keys")
        if not self._service.is_active:
            raise auth_error(403, "Invalid token: service is archived")

    def _find_key(self, token: str) -> ApiKey:
        for key in self._service.keys:
            if _is_signed_by(token, key.secret):
                return key
        raise auth_error(403, "Invalid token: API key not found")

    def _remember(self, header: str, key: ApiKey, issued_at: int) -> None:
        if len(self._verified) > 256:
            self._verified = {}
        self._verified[header] = (key, issued_at)


def _now() -> int:
    return int(time.time())


def _bearer_token(header: str | None) -> str:
    if not header:
        raise auth_error(401, "Unauthorized: authentication token must be provided")
    if header[:7].lower() != "bearer ":
        raise auth_error(401, "Unauthorized: authentication bearer scheme must be used")
    return header[7:]


def _unverified_claims(token: str) -> dict[str, Any]:
    try:
        claims: dict[str, Any] = jwt.decode(token, options={"verify_signature": False})
    except jwt.PyJWTError:
        raise auth_error(403, BAD_TOKEN) from None
    return claims


def _is_signed_by(token: str, secret: str) -> bool:
    """Whether this secret signed the token; a token without `iat` counts as signed by none."""
    try:
        claims = jwt.decode(token, secret, algorithms=["HS256"], leeway=WINDOW)
    except (jwt.InvalidIssuedAtError, jwt.ImmatureSignatureError):
        raise auth_error(403, BAD_CLOCK) from None
    except jwt.DecodeError:
        return False
    except jwt.InvalidAlgorithmError:
        raise auth_error(403, "Invalid token: algorithm used is not HS256") from None
    except jwt.InvalidTokenError:
        raise auth_error(403, BAD_TOKEN) from None
    return _has_good_time(claims)


def _has_good_time(claims: dict[str, Any]) -> bool:
    if "iat" not in claims:
        return False
    if abs(_now() - int(claims["iat"])) > WINDOW:
        raise auth_error(403, BAD_CLOCK)
    return True
