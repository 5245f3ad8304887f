"""What the charity records, and what the public page counts. Nothing here leads to a recipient."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from outreach.models.base import Base


class Outcome(Base):
    """An outcome under a one-way token made with the campaign's outcome key (design section 8).

    The token is the whole identity: no row number, no time, no order but the token's own.
    """

    __tablename__ = "outcome"
    __table_args__ = {"sqlite_with_rowid": False}

    token: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaign.id"), index=True)
    iso_week: Mapped[str] = mapped_column(String(8))
    """Such as `2026-W48`."""
    outcome: Mapped[str] = mapped_column(String(20))


class PublicActCount(Base):
    """How often a deliberate act was done on a campaign's landing page, by day and nothing finer."""

    __tablename__ = "public_act_count"

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaign.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    act: Mapped[str] = mapped_column(String(20), primary_key=True)
    count: Mapped[int]
