"""Data keys, wrapped. Destroying one erases everything sealed under it, in backups too."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from outreach.models.base import Base, UtcDateTime


class DataKey(Base):
    """`wrapped` is None once the key has been destroyed."""

    __tablename__ = "data_key"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    purpose: Mapped[str] = mapped_column(String(40))
    root_key_id: Mapped[str] = mapped_column(String(40))
    wrapped: Mapped[bytes | None] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    destroyed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
