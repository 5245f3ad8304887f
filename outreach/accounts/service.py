"""Accounts: made by invitation only. Only `outreach user` and an administrator invite."""

import secrets
from collections.abc import Iterable

from flask_security import hash_password
from sqlalchemy import select

from outreach import clock
from outreach.accounts.password_rules import as_hashed
from outreach.audit import service as audit
from outreach.domain.access import Role
from outreach.domain.actor import Actor
from outreach.domain.audit import AuditAction
from outreach.domain.people import AccountRefused, check_roles
from outreach.extensions import db
from outreach.models import Organisation, RoleRow, User


def ensure_roles() -> dict[Role, RoleRow]:
    """The row of each role, made where missing."""
    rows = {Role(row.name): row for row in db.session.scalars(select(RoleRow))}
    for role in Role:
        if role not in rows:
            rows[role] = RoleRow(name=role.value)
            db.session.add(rows[role])
    return rows


def add_organisation(*, name: str, phone: str, website: str, by: Actor) -> Organisation:
    organisation = Organisation(name=name, phone=phone, website=website, created_at=clock.now())
    db.session.add(organisation)
    db.session.flush()
    audit.record(
        AuditAction.ORGANISATION_CREATED,
        by,
        "organisation",
        organisation.id,
        changes={"name": name},
    )
    return organisation


def invite(
    email: str,
    roles: Iterable[Role],
    *,
    by: Actor,
    name: str = "",
    organisation: Organisation | None = None,
) -> User:
    """A new account with its roles and no password yet. Raises AccountRefused."""
    wanted = frozenset(roles)
    check_roles(wanted, has_organisation=organisation is not None)
    user = new_user(email, name=name, organisation=organisation)
    set_roles(user, wanted)
    audit.record(
        AuditAction.USER_INVITED, by, "user", user.id, changes={"roles": " ".join(sorted(wanted))}
    )
    return user


def new_user(email: str, *, name: str, organisation: Organisation | None) -> User:
    """An account that may do nothing yet. Raises AccountRefused."""
    check_is_new(email)
    user = User(
        email=email.strip().lower(),
        name=name or email.partition("@")[0],
        password=None,
        active=True,
        fs_uniquifier=secrets.token_hex(32),
        organisation=organisation,
        created_at=clock.now(),
        roles=[],
    )
    db.session.add(user)
    db.session.flush()
    return user


def set_roles(user: User, roles: Iterable[Role]) -> None:
    """No rule is asked here: see `people`."""
    wanted, rows = frozenset(roles), ensure_roles()
    user.roles = [rows[role] for role in Role if role in wanted]


def join(user: User, password: str) -> None:
    """The invited person sets a password; the invitation cannot be used again."""
    user.password = hash_password(as_hashed(password))
    user.fs_uniquifier = secrets.token_hex(32)
    person = Actor.job("invitation")
    audit.record(AuditAction.USER_JOINED, person, "user", user.id)


def check_is_new(email: str) -> None:
    """Raises AccountRefused."""
    known = db.session.scalar(select(User.id).where(User.email == email.strip().lower()))
    if known is not None:
        raise AccountRefused(f"There is already an account for {email.strip()}.")


__all__ = [
    "AccountRefused",
    "add_organisation",
    "check_is_new",
    "ensure_roles",
    "invite",
    "join",
    "new_user",
    "set_roles",
]
