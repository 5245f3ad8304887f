"""The suppression list and the holds: keyed digests, no numbers."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from outreach.domain.optout import SuppressionKind, SuppressionSource
from outreach.models.base import Base, BigId, Named, UtcDateTime
from outreach.models.digest import DigestUse, KeyedDigest


class Suppression(Base):
    """A number nobody texts, across all campaigns, until removed on the person's own request."""

    __tablename__ = "suppression"
    __table_args__ = (
        Index(
            "uq_suppression_active",
            "phone_digest",
            "kind",
            unique=True,
            sqlite_where=text("removed_at IS NULL"),
            postgresql_where=text("removed_at IS NULL"),
        ),
        Index("ix_suppression_campaign", "campaign_id", "kind"),
        Index("ix_suppression_created", "created_at"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    phone_digest: Mapped[bytes] = mapped_column(KeyedDigest(DigestUse.STANDING))
    digest_key_id: Mapped[str] = mapped_column(String(40))
    kind: Mapped[SuppressionKind] = mapped_column(Named(SuppressionKind))
    source: Mapped[SuppressionSource] = mapped_column(Named(SuppressionSource))
    campaign_id: Mapped[UUID | None] = mapped_column(ForeignKey("campaign.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    removed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    removed_reason: Mapped[str | None] = mapped_column(String(300))


class Hold(Base):
    """A number nothing is sent to until a person has read its reply."""

    __tablename__ = "hold"
    __table_args__ = (
        Index(
            "uq_hold_active",
            "phone_digest",
            unique=True,
            sqlite_where=text("released_at IS NULL"),
            postgresql_where=text("released_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    phone_digest: Mapped[bytes] = mapped_column(KeyedDigest(DigestUse.STANDING))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    released_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    released_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))


class ConfirmationText(Base):
    """The one text that may confirm an opt-out: an intent first, then what came of it.

    Nothing here is ever sent twice: a row whose request had no usable answer ends as unconfirmed.
    """

    __tablename__ = "confirmation_text"
    __table_args__ = (
        Index("ix_confirmation_text_status", "status", "planned_at"),
        Index("ix_confirmation_text_phone", "phone_digest", "planned_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    received_text_id: Mapped[UUID] = mapped_column(ForeignKey("received_text.id"), unique=True)
    """The reply that asked to stop; its sealed row holds the number."""
    phone_digest: Mapped[bytes] = mapped_column(KeyedDigest(DigestUse.STANDING))
    reference: Mapped[UUID] = mapped_column(unique=True, default=uuid4)
    status: Mapped[str] = mapped_column(String(20))
    """planned, sending, sent, refused, unconfirmed or dropped."""
    planned_at: Mapped[datetime] = mapped_column(UtcDateTime)
    claimed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    notification_id: Mapped[UUID | None]
    reason: Mapped[str | None] = mapped_column(String(200))
