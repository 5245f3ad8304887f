"""What a sign-in service says of a person, and what that is worth here (OpenID Connect Core 1.0).

A token whose signature, issuer, audience and nonce are right says who somebody is. It gives no
account, no role and no second step beyond what the operator has set down.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from outreach.domain.access import Role
from outreach.domain.errors import OutreachError

Claims = Mapping[str, object]

SKEW = timedelta(seconds=60)
"""How far the provider's clock and ours may be apart."""
FLOW = timedelta(minutes=10)
"""How long somebody may take at the provider."""
LONGEST_NAME = 120


class RoleRulesUnreadable(OutreachError):
    """The text that says which value gives which role cannot be read."""


@dataclass(frozen=True)
class RoleRules:
    """Which values of which claim give which roles; whatever is not named gives nothing.

    Never the partner's role: a charity's people are no part of the force's directory, and they
    belong to an organisation, which no claim can say.
    """

    claim: str
    roles: tuple[tuple[str, Role], ...]

    @classmethod
    def parse(cls, claim: str, text: str) -> "RoleRules":
        """Read `value=role; value=role`. Raises RoleRulesUnreadable."""
        pairs = [part.rpartition("=") for part in text.split(";") if part.strip()]
        rules = tuple((value.strip(), _role(role.strip())) for value, _, role in pairs)
        if not claim or not rules or any(not value for value, _ in rules):
            raise RoleRulesUnreadable("write it as value=role, with a semicolon between two")
        return cls(claim, rules)

    def roles_of(self, claims: Claims) -> frozenset[Role]:
        """Exactly the roles that the person's claims give by these rules."""
        held = claimed_values(claims, self.claim)
        return frozenset(role for value, role in self.roles if value in held)


def _role(name: str) -> Role:
    if name not in set(Role) - {Role.PARTNER}:
        known = ", ".join(role for role in Role if role is not Role.PARTNER)
        raise RoleRulesUnreadable(f"{name!r} is none of the roles it may give: {known}")
    return Role(name)


def claimed_values(claims: Claims, name: str) -> frozenset[str]:
    """The texts a claim holds, as a text or a list; `a.b` also finds `b` inside `a`."""
    found: object = claims.get(name)
    if found is None and "." in name:
        found = claims
        for part in name.split("."):
            found = found.get(part) if isinstance(found, Mapping) else None
    if isinstance(found, str):
        return frozenset({found})
    if isinstance(found, list):
        return frozenset(each for each in found if isinstance(each, str))
    return frozenset()


def subject_key(issuer: str, subject: str) -> bytes:
    """Who this is, for good: issuer and subject, the only pair that names a person (Core, 5.7)."""
    return sha256(json.dumps([issuer, subject]).encode()).digest()


def verified_address(claims: Claims, verified_claim: str) -> str | None:
    """The email address in lower case, where the provider says that it checked it; else None.

    Some providers write the truth as text.
    """
    address, told = claims.get("email"), claims.get(verified_claim)
    is_verified = told is True or (isinstance(told, str) and told.lower() == "true")
    if not is_verified or not isinstance(address, str) or "@" not in address:
        return None
    return address.strip().lower()


def display_name(claims: Claims, address: str) -> str:
    """As others will see it: one line, not endless."""
    told = claims.get("name")
    words = "".join(c if c.isprintable() else " " for c in told) if isinstance(told, str) else ""
    return " ".join(words.split())[:LONGEST_NAME] or address.partition("@")[0]


def proved_at(claims: Claims) -> datetime | None:
    """When the person last proved to the provider who they are, where it says so."""
    told = claims.get("auth_time")
    if isinstance(told, bool) or not isinstance(told, int | float):
        return None
    try:
        return datetime.fromtimestamp(told, UTC)
    except (OverflowError, ValueError, OSError):
        return None


def is_proved_since(claims: Claims, asked_at: datetime) -> bool:
    """Whether the person proved it after being asked to, and not at some earlier time."""
    at = proved_at(claims)
    return at is not None and at >= asked_at - SKEW


def has_second_step(claims: Claims, trusted: Iterable[str]) -> bool:
    """Whether the provider says that it asked for one of the ways the operator trusts (`acr`,
    or `amr` of RFC 8176)."""
    return bool(
        (claimed_values(claims, "amr") | claimed_values(claims, "acr")) & frozenset(trusted)
    )
