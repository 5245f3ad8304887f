"""What the charity records, and what the public page counts. Nothing here leads to a recipient."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from outreach.domain.audit import AuditAction
from outreach.domain.outcome import OutcomeKind
from outreach.models.base import Base, Named


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
    outcome: Mapped[OutcomeKind] = mapped_column(Named(OutcomeKind))


class PartnerAct(Base):
    """That a person did something in a campaign in a week, until that week's audit event.

    It is written in the transaction of the act, and becomes an event when the week is over: an
    event for each act would tell, to the second, when somebody had been in touch with the charity.
    """

    __tablename__ = "partner_act"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaign.id"), primary_key=True)
    iso_week: Mapped[str] = mapped_column(String(8), primary_key=True)
    action: Mapped[AuditAction] = mapped_column(Named(AuditAction), primary_key=True)


class PublishedFigure(Base):
    """A partner figure as it was published for a week, for ever: already starred or rounded."""

    __tablename__ = "published_figure"

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaign.id"), primary_key=True)
    iso_week: Mapped[str] = mapped_column(String(8), primary_key=True)
    """The last week that is counted in it."""
    figure: Mapped[str] = mapped_column(String(20), primary_key=True)
    """An `OutcomeKind`, or `visits`."""
    shown: Mapped[int | None]
    """None is a star."""


class PublicActCount(Base):
    """How often a deliberate act was done on a campaign's landing page, by day and nothing finer.

    Acts under codes that do not exist count under NO_CAMPAIGN, so that they cost the same.
    """

    __tablename__ = "public_act_count"

    campaign_id: Mapped[UUID] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    act: Mapped[str] = mapped_column(String(20), primary_key=True)
    count: Mapped[int]


NO_CAMPAIGN = UUID(int=0)
