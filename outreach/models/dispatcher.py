"""Who may send now, how fast, and which workers are alive."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from outreach.models.base import Base, BigId, UtcDateTime


class Dispatcher(Base):
    """One row a Notify key: the lease of the worker that sends, and the pace all share."""

    __tablename__ = "dispatcher"

    key_name: Mapped[str] = mapped_column(String(80), primary_key=True)
    """Service id and the first characters of a digest of the key; never the key."""
    holder: Mapped[str | None] = mapped_column(String(80))
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    next_slot_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    rate: Mapped[float]
    """Messages a second; lowered after a refusal, and raised again by small steps."""
    left: Mapped[float | None]
    refused_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    accepted: Mapped[int] = mapped_column(BigId, default=0)
    refusals: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """The rest of the pace: see `domain/pacing.py`."""
    silences: Mapped[int] = mapped_column(default=0)
    """Requests in a row that Notify did not answer."""
    paused_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    pause_reason: Mapped[str | None] = mapped_column(String(200))


class WorkerHeartbeat(Base):
    """A worker process and when it last said it was alive."""

    __tablename__ = "worker_heartbeat"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    beat_at: Mapped[datetime] = mapped_column(UtcDateTime)
