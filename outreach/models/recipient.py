"""Uploaded lists: what was accepted, sealed, and what was not and why."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from outreach.models.base import Base, BigId, UtcDateTime
from outreach.models.digest import DigestUse, KeyedDigest


class Upload(Base):
    """One list given to a campaign. The file itself is never kept; its SHA-256 is."""

    __tablename__ = "upload"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaign.id"), index=True)
    uploaded_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    status: Mapped[str] = mapped_column(String(20))
    """checking, checked, refused (as a file), cancelled or removed."""
    sha256: Mapped[str | None] = mapped_column(String(64))
    rows_total: Mapped[int] = mapped_column(default=0)
    rows_done: Mapped[int] = mapped_column(default=0)
    accepted: Mapped[int] = mapped_column(default=0)
    reasons: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    """How many rows were withheld, by reason."""
    notices: Mapped[list[str]] = mapped_column(JSON, default=list)
    summary: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """Figures for the pages: fragments, Crown dependency rows, replaced characters."""
    fault: Mapped[str | None]
    spool: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    """The file, sealed, only while a worker is checking it.

    Blanked in the transaction that ends the check.
    """
    progress_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class RowProblem(Base):
    """A row that will not be texted, and why. The number is kept masked only."""

    __tablename__ = "row_problem"

    upload_id: Mapped[UUID] = mapped_column(ForeignKey("upload.id"), primary_key=True)
    row_number: Mapped[int] = mapped_column(primary_key=True)
    reason: Mapped[str] = mapped_column(String(40))
    masked: Mapped[str] = mapped_column(String(24))
    detail: Mapped[str | None] = mapped_column(String(200))


class Recipient(Base):
    """A person's row in a campaign.

    `sealed` holds number, personalisation and code, until erased.
    """

    __tablename__ = "recipient"
    __table_args__ = (
        UniqueConstraint("campaign_id", "phone_digest"),
        Index("ix_recipient_phone_digest", "phone_digest"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaign.id"))
    upload_id: Mapped[UUID] = mapped_column(ForeignKey("upload.id"))
    row_number: Mapped[int]
    phone_digest: Mapped[bytes] = mapped_column(KeyedDigest(DigestUse.CAMPAIGN))
    code_digest: Mapped[bytes | None] = mapped_column(KeyedDigest(DigestUse.CAMPAIGN), unique=True)
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    """AES-GCM under the campaign's data key, bound to campaign and row number, of a JSON array
    [phone in E.164, {placeholder: value}, code]."""
    fragments: Mapped[int]
    price_multiplier: Mapped[int] = mapped_column(default=1)
    erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """From then on `phone_digest` is noise, `row_number` 0, and the rest of the person None."""
