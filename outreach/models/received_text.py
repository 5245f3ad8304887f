"""Replies, stored before they are understood."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from outreach.models.base import Base, UtcDateTime
from outreach.models.digest import DigestUse, KeyedDigest


class ReceivedText(Base):
    """A reply to our number. `sealed` holds number and text under the data key, until erased."""

    __tablename__ = "received_text"
    __table_args__ = (
        Index("ix_received_text_queue", "state", "reply_class", "received_at"),
        Index("ix_received_text_received", "received_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    notify_id: Mapped[str] = mapped_column(String(64), unique=True)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    stored_at: Mapped[datetime] = mapped_column(UtcDateTime)
    data_key_id: Mapped[UUID] = mapped_column(ForeignKey("data_key.id"))
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    """AES-GCM, bound to the row's id, of a JSON array [sender, text]."""
    phone_digest: Mapped[bytes] = mapped_column(KeyedDigest(DigestUse.CAMPAIGN), index=True)
    campaign_id: Mapped[UUID | None] = mapped_column(ForeignKey("campaign.id"))
    """The campaign that last texted this number, where there is one."""
    reply_class: Mapped[str | None] = mapped_column(String(20))
    """None until classified."""
    why: Mapped[str | None] = mapped_column(String(200))
    state: Mapped[str] = mapped_column(String(20))
    """open (waits for a person), closed (acted on), automatic (certain; no person needed)."""
    resolution: Mapped[str | None] = mapped_column(String(20))
    """What a person decided (domain.reply_queue.Resolution)."""
    assigned_to_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    assigned_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    resolved_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    resolved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    added_suppression_id: Mapped[int | None] = mapped_column(ForeignKey("suppression.id"))
    """What the decision put on the suppression list, so that it can be taken back."""
    released_hold_id: Mapped[int | None] = mapped_column(ForeignKey("hold.id"))
    """The hold that the decision let go."""
