"""What the pages about people show."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from outreach.domain.access import Role
from outreach.extensions import db
from outreach.models import Organisation, Passkey, RoleRequest, RoleRow, User, UserSession
from outreach.models.user import user_role


@dataclass(frozen=True)
class PersonRow:
    """A person as the list shows them. `signed_in_at` is the last time, within a month or so."""

    user: User
    signed_in_at: datetime | None
    request: RoleRequest | None

    @property
    def state(self) -> str:
        """off, invited (has not joined yet), or on."""
        if not self.user.active:
            return "off"
        has_joined = self.user.password or self.user.webauthn or self.user.sso_subject
        return "on" if has_joined else "invited"


def people() -> list[PersonRow]:
    """Everybody with an account, by name."""
    last_times = select(UserSession.user_id, func.max(UserSession.created_at)).group_by(
        UserSession.user_id
    )
    last = {row[0]: row[1] for row in db.session.execute(last_times)}
    waiting = {row.user_id: row for row in open_requests()}
    rows = db.session.scalars(
        select(User)
        .options(joinedload(User.organisation), joinedload(User.webauthn))
        .order_by(func.lower(User.name), User.id)
    ).unique()
    return [PersonRow(user, last.get(user.id), waiting.get(user.id)) for user in rows]


def person(user_id: int) -> User | None:
    return db.session.get(User, user_id)


def active_with(role: Role) -> list[User]:
    """Everybody who has the role and may sign in, in the order of their accounts."""
    has_role = User.roles.any(RoleRow.name == role.value)
    return list(db.session.scalars(select(User).where(User.active, has_role).order_by(User.id)))


def person_by_email(email: str) -> User | None:
    return db.session.scalar(select(User).where(User.email == email.strip().lower()))


def lock_person(user_id: int) -> User | None:
    return db.session.get(User, user_id, with_for_update=True)


def row_of(user: User) -> PersonRow:
    signed_in_at = db.session.scalar(
        select(func.max(UserSession.created_at)).where(UserSession.user_id == user.id)
    )
    return PersonRow(user, signed_in_at, open_request(user.id))


def open_request(user_id: int) -> RoleRequest | None:
    """The change of roles that waits to be confirmed; there is one at most."""
    return db.session.scalar(
        select(RoleRequest)
        .where(RoleRequest.user_id == user_id, RoleRequest.decision.is_(None))
        .with_for_update(of=RoleRequest)
    )


def open_requests() -> list[RoleRequest]:
    return list(
        db.session.scalars(
            select(RoleRequest)
            .where(RoleRequest.decision.is_(None))
            .options(joinedload(RoleRequest.user), joinedload(RoleRequest.asked_by))
            .order_by(RoleRequest.asked_at)
        )
    )


def admin_ids() -> frozenset[int]:
    """Administrators who can sign in now: switched on, and joined."""
    has_passkey = select(Passkey.user_id)
    found = db.session.scalars(
        select(User.id)
        .join(user_role, user_role.c.user_id == User.id)
        .join(RoleRow, RoleRow.id == user_role.c.role_id)
        .where(
            RoleRow.name == Role.ADMIN.value,
            User.active,
            User.password.is_not(None) | User.sso_subject.is_not(None) | User.id.in_(has_passkey),
        )
    )
    return frozenset(found)


def lock_admins() -> None:
    """Until the transaction ends nobody else takes an administrator away."""
    db.session.scalar(select(RoleRow).where(RoleRow.name == Role.ADMIN.value).with_for_update())


def organisations() -> list[Organisation]:
    return list(db.session.scalars(select(Organisation).order_by(Organisation.name)))


def organisation(organisation_id: int) -> Organisation | None:
    return db.session.get(Organisation, organisation_id)
