"""People, their roles and the organisations they belong to."""

from datetime import datetime

from flask_security import RoleMixin, UserMixin
from sqlalchemy import JSON, Column, ForeignKey, LargeBinary, String, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from outreach.domain.access import Permission, Role, permissions_of
from outreach.models.base import Base, UtcDateTime
from outreach.models.passkey import Passkey

user_role = Table(
    "user_role",
    Base.metadata,
    Column("user_id", ForeignKey("user.id", ondelete="CASCADE"), primary_key=True),
    Column("role_id", ForeignKey("role.id", ondelete="CASCADE"), primary_key=True),
)


class Organisation(Base):
    """A partner charity.

    What recipients are told about it, and whose people may check its codes.
    """

    __tablename__ = "organisation"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    phone: Mapped[str] = mapped_column(String(40))
    website: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class RoleRow(Base, RoleMixin):
    """A role as Flask-Security stores it; what it may do is in `domain/access.py`."""

    __tablename__ = "role"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40), unique=True)


class User(Base, UserMixin):
    """An account. `organisation` is set for partners only."""

    __tablename__ = "user"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(255), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    tf_primary_method: Mapped[str | None] = mapped_column(String(64))
    tf_totp_secret: Mapped[str | None] = mapped_column(String(255))
    tf_last_counter: Mapped[int | None]
    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(JSON)
    """Argon2 hashes; each is taken out when its code is used."""
    fs_webauthn_user_handle: Mapped[str | None] = mapped_column(  # type: ignore[assignment]
        String(64), unique=True
    )
    sso_subject: Mapped[bytes | None] = mapped_column(LargeBinary(32), index=True, unique=True)
    """Whom the organisation's sign-in service knows this as: SHA-256 of issuer and subject."""
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    organisation: Mapped[Organisation | None] = relationship()
    roles: Mapped[list[RoleRow]] = relationship(  # type: ignore[assignment]  # theirs is wider
        secondary=user_role, lazy="selectin"
    )

    webauthn: Mapped[list[Passkey]] = relationship(  # type: ignore[assignment]  # theirs is wider
        cascade="all, delete"
    )

    @property
    def role_set(self) -> frozenset[Role]:
        return frozenset(Role(role.name) for role in self.roles)

    def may(self, permission: Permission) -> bool:
        return permission in permissions_of(self.role_set)
