"""The audit log and its tree. Triggers refuse any change to these tables (design section 9)."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from outreach.models.base import Base, BigId, UtcDateTime


class AuditEvent(Base):
    """Who did what to which thing, when, why.

    Holds no number, personalisation, reply text or code.
    """

    __tablename__ = "audit_event"
    __table_args__ = (
        Index("ix_audit_event_at", "at"),
        Index("ix_audit_event_campaign", "campaign_id", "id"),
        Index("ix_audit_event_actor", "actor", "id"),
        Index("ix_audit_event_action", "action", "id"),
        Index("ix_audit_event_object", "object_type", "object_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    event_id: Mapped[UUID] = mapped_column(unique=True, default=uuid4)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor_kind: Mapped[str] = mapped_column(String(20))
    actor: Mapped[str] = mapped_column(String(60))
    """A user's id, or a job's name."""
    role: Mapped[str | None] = mapped_column(String(60))
    action: Mapped[str] = mapped_column(String(40))
    category: Mapped[str] = mapped_column(String(20))
    object_type: Mapped[str] = mapped_column(String(40))
    object_id: Mapped[str] = mapped_column(String(64))
    campaign_id: Mapped[UUID | None] = mapped_column(ForeignKey("campaign.id"))
    changes: Mapped[dict[str, Any]] = mapped_column(JSON)
    reason: Mapped[str | None] = mapped_column(Text)


class AuditLeaf(Base):
    """An event's place in the tree, given when it is sealed.

    `leaf_index` counts from 0 without a gap.
    """

    __tablename__ = "audit_leaf"

    leaf_index: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    event_row_id: Mapped[int] = mapped_column(ForeignKey("audit_event.id"), unique=True)
    leaf_hash: Mapped[bytes] = mapped_column(LargeBinary(32))


class AuditTile(Base):
    """256 nodes of the tree that are complete for ever, for proofs in two or three reads.

    Only full tiles: the hashes of an unfinished one are the newest leaves, or `root`s of the level
    below. Laid out as in `domain/tiles.py`.
    """

    __tablename__ = "audit_tile"

    level: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    tile_index: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    hashes: Mapped[bytes] = mapped_column(LargeBinary(8192))
    root: Mapped[bytes] = mapped_column(LargeBinary(32))


class AuditCheckpoint(Base):
    """A signed tree head (C2SP tlog-checkpoint), as text."""

    __tablename__ = "audit_checkpoint"

    tree_size: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    root_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    note: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class AuditCosignature(Base):
    """A second body's signature line under one of the checkpoints (C2SP tlog-cosignature)."""

    __tablename__ = "audit_cosignature"

    tree_size: Mapped[int] = mapped_column(
        ForeignKey("audit_checkpoint.tree_size"), primary_key=True, autoincrement=False
    )
    witness: Mapped[str] = mapped_column(String(255), primary_key=True)
    """Its verifier key, in text."""
    line: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class AuditKey(Base):
    """A key the log is signed with; the newest signs. Its seed is the data key it names."""

    __tablename__ = "audit_key"

    verifier: Mapped[str] = mapped_column(String(255), primary_key=True)
    """The public half, as it is printed and given to others."""
    data_key_id: Mapped[UUID] = mapped_column(ForeignKey("data_key.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
