"""Changes of roles that wait for a second administrator."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from outreach.models.base import Base, UtcDateTime
from outreach.models.user import User


class RoleRequest(Base):
    """A wish for somebody's roles; `decision` stays None until a second person decides."""

    __tablename__ = "role_request"
    __table_args__ = (
        Index(
            "uq_role_request_open",
            "user_id",
            unique=True,
            sqlite_where=text("decision IS NULL"),
            postgresql_where=text("decision IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    roles: Mapped[str] = mapped_column(String(200))
    """Names of roles with a space between, in the order of `Role`."""
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decision: Mapped[str | None] = mapped_column(String(20))
    """confirmed, refused or withdrawn."""
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    user: Mapped[User] = relationship(foreign_keys=[user_id])
    asked_by: Mapped[User] = relationship(foreign_keys=[asked_by_id])
