"""Data keys, wrapped. Destroying one erases everything sealed under it, in backups too.

See `vault.destroy_data_key`, and `keystore.py` for the half that is not here.
"""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import LargeBinary, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from outreach.models.base import Base, UtcDateTime


class DataKey(Base):
    """`wrapped` is None once it has been destroyed. `vault.py` makes, opens and destroys them."""

    __tablename__ = "data_key"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    purpose: Mapped[str] = mapped_column(String(40))
    root_key_id: Mapped[str] = mapped_column(String(40))
    wrapped: Mapped[bytes | None] = mapped_column(LargeBinary)
    has_share: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether the key store holds half of what opens it; keys of older releases have none yet."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    destroyed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class UsedKeyStore(Base):
    """The key store this database was made with, so that another one is refused. One row."""

    __tablename__ = "key_store"

    only: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """1: there is no second row."""
    store_id: Mapped[str] = mapped_column(String(32))
    used_since: Mapped[datetime] = mapped_column(UtcDateTime)


class KnownKey(Base):
    """A root key this database has been used with. The key itself is never here.

    Something sealed under it tells at start-up whether the key that is set is the same one.
    """

    __tablename__ = "known_key"

    key_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    position: Mapped[int] = mapped_column(unique=True)
    """1 is the oldest: digests go through the keys in this order."""
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    stage: Mapped[str] = mapped_column(String(20))
    """How far digests are brought under it; a `KeyStage`."""
    staged_at: Mapped[datetime] = mapped_column(UtcDateTime)
    digest_key: Mapped[bytes | None] = mapped_column(LargeBinary)
    """Its digest key, sealed under a newer root, so that this root may leave the settings."""
    digest_key_under: Mapped[str | None] = mapped_column(String(40))
    """That newer root's name."""


class RekeyingProgress(Base):
    """How far one column has been brought under the newest key, so that a stop loses nothing."""

    __tablename__ = "rekeying_progress"

    column: Mapped[str] = mapped_column(String(60), primary_key=True)
    """Such as `message.phone_digest`, or `data_key` for the wrapping."""
    key_id: Mapped[str] = mapped_column(String(40))
    done: Mapped[int] = mapped_column(default=0)
    cursor: Mapped[str | None] = mapped_column(Text)
    """The last row's key, as text."""
