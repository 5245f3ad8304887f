"""Messages: the truth about what was sent. Jobs are only a nudge to look here (design section
5)."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from outreach.domain.message import MessageStatus
from outreach.models.base import Base, BigId, Named, UtcDateTime
from outreach.models.digest import DigestUse, KeyedDigest


class Message(Base):
    """Our record of one text to one recipient. `retry` counts up from 0 for a second text asked for
    by a person after a temporary failure."""

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("recipient_id", "retry"),
        Index("ix_message_campaign_status", "campaign_id", "status", "retry", "id"),
        Index(
            "ix_message_pilot",
            "campaign_id",
            "status",
            sqlite_where=text("is_pilot"),
            postgresql_where=text("is_pilot"),
        ),
        Index("ix_message_campaign_accepted", "campaign_id", "accepted_at"),
        Index("ix_message_status_lease", "status", "lease_until"),
        Index(
            "ix_message_silent",
            "accepted_at",
            sqlite_where=text("status = 'accepted'"),
            postgresql_where=text("status = 'accepted'"),
        ),
        Index("ix_message_notification", "notification_id"),
        Index("ix_message_phone_digest", "phone_digest", "status"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaign.id"))
    recipient_id: Mapped[int] = mapped_column(ForeignKey("recipient.id"))
    phone_digest: Mapped[bytes] = mapped_column(KeyedDigest(DigestUse.CAMPAIGN))
    retry: Mapped[int] = mapped_column(default=0)
    reference: Mapped[UUID] = mapped_column(unique=True, default=uuid4)
    status: Mapped[MessageStatus] = mapped_column(Named(MessageStatus))
    is_pilot: Mapped[bool] = mapped_column(default=False)
    fragments: Mapped[int]
    price_multiplier: Mapped[int] = mapped_column(default=1)
    attempt: Mapped[int] = mapped_column(default=0)
    """Counts claims; a result is recorded only by the claim it belongs to."""
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    claimed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    accepted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    final_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    checked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the reconciler last asked Notify about it."""
    notification_id: Mapped[UUID | None]
    notify_status: Mapped[str | None] = mapped_column(String(30))
    """What Notify last said when asked about a silent message; `absent` where it has none."""
    template_version: Mapped[int | None]
    reason: Mapped[str | None] = mapped_column(String(300))


class LastContact(Base):
    """When a number was last texted by any campaign, for the frequency cap. Outlives the
    recipients."""

    __tablename__ = "last_contact"

    phone_digest: Mapped[bytes] = mapped_column(KeyedDigest(DigestUse.STANDING), primary_key=True)
    texted_at: Mapped[datetime] = mapped_column(UtcDateTime)
