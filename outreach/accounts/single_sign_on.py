"""Whom the sign-in service's word lets in, to which account, in which roles. The caller commits.

An account is tied to issuer and subject, which never change hands; an email address only leads to
the account at the first time, and only where the provider checked it. An account that has a
password of its own is tied by its person, who is signed in, and not by whoever has the address.
"""

import secrets
from dataclasses import dataclass

from sqlalchemy import select

from outreach.accounts import people, queries, service
from outreach.audit import service as audit
from outreach.config import OidcSettings, Settings
from outreach.domain import single_sign_on as rules
from outreach.domain.access import Role
from outreach.domain.actor import Actor
from outreach.domain.audit import AuditAction
from outreach.extensions import db
from outreach.models import User

JOB = Actor.job("single_sign_on")


@dataclass(frozen=True)
class Identity:
    """What the provider's claims come to under the operator's rules. `roles` is None where roles
    are given here."""

    subject: bytes
    address: str | None
    name: str
    roles: frozenset[Role] | None


@dataclass(frozen=True)
class Admission:
    """The account that may be opened, or why none may."""

    user: User | None
    why_not: str = ""


def identity_of(claims: rules.Claims, oidc: OidcSettings) -> Identity:
    address = rules.verified_address(claims, oidc.verified_claim)
    return Identity(
        rules.subject_key(oidc.issuer, str(claims["sub"])),
        address,
        rules.display_name(claims, address or ""),
        oidc.roles.roles_of(claims) if oidc.roles else None,
    )


def admit(identity: Identity, settings: Settings) -> Admission:
    """The account, tied and in its roles of today."""
    user = _tied_to(identity.subject)
    if user is None:
        found = _by_address(identity, settings)
        if found.user is None:
            return found
        user = found.user
    if not user.active:
        return Admission(None, "switched-off")
    if identity.roles is not None and Role.PARTNER not in user.role_set:
        _give(user, identity.roles)
    return Admission(user) if user.roles else Admission(None, "no-role")


def tie_own(user: User, identity: Identity, *, by: Actor) -> str:
    """Tie the account of somebody signed in; why not, or nothing."""
    if identity.address != user.email:
        return "another-address"
    if _tied_to(identity.subject) is not None:
        return "tied-elsewhere"
    user.sso_subject = identity.subject
    audit.record(AuditAction.USER_LINKED, by, "user", user.id)
    return ""


def untie(user: User, *, by: Actor) -> None:
    """The provider's word opens this account no longer, until it is tied anew."""
    user.sso_subject = None
    people.end_sessions(user, by=by)
    audit.record(AuditAction.USER_UNLINKED, by, "user", user.id)


def are_roles_claimed(user: User, settings: Settings) -> bool:
    """Whether the person's roles come with every sign-in, so that nobody gives others here."""
    has_rules = settings.oidc is not None and settings.oidc.roles is not None
    return has_rules and user.sso_subject is not None and Role.PARTNER not in user.role_set


def _by_address(identity: Identity, settings: Settings) -> Admission:
    """The first time: somebody invited, somebody known, or somebody whose claims give a role."""
    if identity.address is None:
        return Admission(None, "address-not-verified")
    user = queries.person_by_email(identity.address)
    if user is None:
        return _newcomer(identity)
    if not user.active:
        return Admission(None, "switched-off")
    if user.sso_subject is not None:
        return Admission(None, "another-subject")
    if settings.has_local_accounts and (user.password or user.webauthn):
        return Admission(None, "not-tied")
    _tie(user, identity)
    return Admission(user)


def _newcomer(identity: Identity) -> Admission:
    if not identity.roles:
        return Admission(None, "not-invited")
    user = service.new_user(identity.address or "", name=identity.name, organisation=None)
    _tie(user, identity)
    return Admission(user)


def _tie(user: User, identity: Identity) -> None:
    """An invitation that is still about opens nothing from now on."""
    user.sso_subject = identity.subject
    user.fs_uniquifier = secrets.token_hex(32)
    audit.record(AuditAction.USER_LINKED, JOB, "user", user.id)
    audit.record(AuditAction.USER_JOINED, JOB, "user", user.id)


def _give(user: User, wanted: frozenset[Role]) -> None:
    """Exactly the roles that the claims give, whatever the person had."""
    if wanted != user.role_set:
        people.put_roles(user, wanted, by=JOB)


def _tied_to(subject: bytes) -> User | None:
    return db.session.scalar(select(User).where(User.sso_subject == subject).with_for_update())
