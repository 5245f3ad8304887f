"""Who is signed in where. The cookie only names a row here, so ending the row ends the session."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from outreach.models.base import Base, UtcDateTime
from outreach.models.user import User


class UserSession(Base):
    """One sign-in of one person in one browser; kept a while after its end, for that person to see.

    Whether it still lives is decided by `domain/session_life.py` from its times.
    """

    __tablename__ = "user_session"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    """SHA-256 of the 256 random bits in the cookie: a copy of this table opens nothing."""
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """The last act of the person, to the minute; pages that ask by themselves do not count."""
    confirmed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When the person last gave a password, a code or a passkey."""
    browser: Mapped[str] = mapped_column(String(60))
    """Such as `Firefox on Windows`."""
    address: Mapped[str] = mapped_column(String(45))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    end_reason: Mapped[str | None] = mapped_column(String(20))
    """A `SessionEnd`."""
    kept: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    """A form that was sent after the session had run out, sealed, for an hour."""
    kept_key_id: Mapped[str | None] = mapped_column(String(40))
    kept_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    user: Mapped[User] = relationship()


class SignInTry(Base):
    """Wrong passwords and codes of late, by a keyed digest of who or where; no address in clear."""

    __tablename__ = "sign_in_try"

    subject: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    failures: Mapped[int]
    last_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
