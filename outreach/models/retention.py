"""What keeps a campaign's data from being erased, and how far an erasure has come."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from outreach.domain.retention import ErasureKind
from outreach.models.base import Base, Named, UtcDateTime
from outreach.models.user import User


class LegalHold(Base):
    """An administrator's order to keep a campaign's data past its time, until lifted.

    Another thing than a `Hold`, which keeps a number from being texted.
    """

    __tablename__ = "legal_hold"
    __table_args__ = (
        Index(
            "uq_legal_hold_active",
            "campaign_id",
            unique=True,
            sqlite_where=text("lifted_at IS NULL"),
            postgresql_where=text("lifted_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaign.id"))
    reason: Mapped[str] = mapped_column(String(300))
    placed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    placed_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    lifted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    lifted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    lifted_reason: Mapped[str | None] = mapped_column(String(300))

    placed_by: Mapped[User] = relationship(foreign_keys=[placed_by_id])


class Erasure(Base):
    """One kind of a campaign's rows being blanked, a slice at a time.

    The rows of every kind are made in the transaction that destroys the campaign's keys, so that
    whatever is left after a stop is found here. `cursor` is the last id that was blanked.
    """

    __tablename__ = "erasure"

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaign.id"), primary_key=True)
    kind: Mapped[ErasureKind] = mapped_column(Named(ErasureKind), primary_key=True)
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime)
    count: Mapped[int] = mapped_column(default=0)
    cursor: Mapped[str | None] = mapped_column(String(40))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
