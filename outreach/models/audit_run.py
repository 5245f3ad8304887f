"""What the service notes about checking the log and mailing its checkpoints.

Unlike the log itself these rows may change.
"""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from outreach.models.base import Base, BigId, UtcDateTime


class AuditCheck(Base):
    """One verification of the whole log, asked for by an auditor or done by schedule."""

    __tablename__ = "audit_check"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    """None where the schedule asked."""
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    checkpoint: Mapped[str | None] = mapped_column(Text)
    """One that the auditor kept, to compare with."""
    tree_size: Mapped[int] = mapped_column(BigId, default=0)
    done: Mapped[int] = mapped_column(BigId, default=0)
    progress_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    outcome: Mapped[str | None] = mapped_column(String(20))
    """holds, damaged or unproven; None until it has ended."""
    verdict: Mapped[str | None] = mapped_column(Text)


class AuditMailing(Base):
    """A day's checkpoint on its way to one auditor."""

    __tablename__ = "audit_mailing"

    day: Mapped[date] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    tree_size: Mapped[int] = mapped_column(ForeignKey("audit_checkpoint.tree_size"))
    reference: Mapped[UUID] = mapped_column(unique=True, default=uuid4)
    claimed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    fault: Mapped[str | None] = mapped_column(String(300))
    """Why it was last refused."""
