"""Mail that waits to go through Notify, and what became of it."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from outreach.models.base import Base, UtcDateTime


class Mail(Base):
    """One email to one person who has an account. Its id is the reference Notify knows it by."""

    __tablename__ = "mail"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    kind: Mapped[str] = mapped_column(String(40))
    """A `MailKind`."""
    root_key_id: Mapped[str] = mapped_column(String(40))
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    """JSON [address, {placeholder: value}], which may hold a link that opens an account; blanked
    once it is sent or given up."""
    state: Mapped[str] = mapped_column(String(20), index=True)
    """waiting, sending, sent or failed."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    tries: Mapped[int] = mapped_column(default=0)
    failure: Mapped[str | None] = mapped_column(String(200))
