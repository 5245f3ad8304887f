"""What sending keeps about a released campaign, beside the campaign itself."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from outreach.domain.pausing import PauseKind
from outreach.models.base import Base, Named, UtcDateTime


class CampaignRun(Base):
    """One row a released campaign, locked after the campaign and before its messages."""

    __tablename__ = "campaign_run"

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaign.id"), primary_key=True)
    terms_digest: Mapped[str] = mapped_column(String(64))
    """SHA-256 over what was approved but the list; compared at every claim."""
    billed_fragments: Mapped[int] = mapped_column(default=0)
    """Fragments as billed of every message that is, or may be, at Notify."""
    pause_kind: Mapped[PauseKind | None] = mapped_column(Named(PauseKind))
    paused_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    paused_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    judged_answers: Mapped[int] = mapped_column(default=0)
    judged_failures: Mapped[int] = mapped_column(default=0)
    """Final answers, and permanent failures among them, when sending last started."""
    retry_asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    retry_asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
