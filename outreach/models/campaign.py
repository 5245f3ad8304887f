"""A campaign: one approved purpose, audience, template and send window."""

from datetime import datetime, time
from uuid import UUID, uuid4

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from outreach.domain.campaign import CampaignStatus
from outreach.domain.send_window import SendWindow
from outreach.models.base import Base, Named, UtcDateTime
from outreach.models.user import Organisation, User


class Campaign(Base):
    """Only the campaigns, approvals and sending services change `status`, by domain rules."""

    __tablename__ = "campaign"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    title: Mapped[str] = mapped_column(String(120))
    public_name: Mapped[str | None] = mapped_column(String(120))
    """What the partner and the funder are told it is called: see `name_outside`."""
    status: Mapped[CampaignStatus] = mapped_column(Named(CampaignStatus), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    editor_ids: Mapped[list[int]] = mapped_column(JSON, default=list)
    """Everybody who changed the draft: none of them may approve it."""

    purpose: Mapped[str | None] = mapped_column(Text)
    lawful_basis: Mapped[str | None] = mapped_column(Text)
    operation_reference: Mapped[str | None] = mapped_column(String(60))

    template_id: Mapped[str | None] = mapped_column(String(36))
    template_name: Mapped[str | None] = mapped_column(String(255))
    template_version: Mapped[int | None]
    template_body: Mapped[str | None] = mapped_column(Text)

    partner_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))

    window_opens: Mapped[time | None]
    window_closes: Mapped[time | None]
    window_days: Mapped[list[int] | None] = mapped_column(JSON)
    start_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    budget_pence: Mapped[int | None]

    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    returned_reason: Mapped[str | None] = mapped_column(Text)
    content_digest: Mapped[str | None] = mapped_column(String(64))
    """SHA-256 over what was approved: template version, list, window, budget, landing page."""
    approved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    released_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    released_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    is_pilot_passed: Mapped[bool] = mapped_column(default=False)
    pause_reason: Mapped[str | None] = mapped_column(Text)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    data_key_id: Mapped[UUID] = mapped_column(ForeignKey("data_key.id"))
    outcome_key_id: Mapped[UUID] = mapped_column(ForeignKey("data_key.id"))
    """The key of the wall: made with the campaign, destroyed when it is closed."""

    partner: Mapped[Organisation | None] = relationship()
    created_by: Mapped[User] = relationship(foreign_keys=[created_by_id])
    submitted_by: Mapped[User | None] = relationship(foreign_keys=[submitted_by_id])
    approved_by: Mapped[User | None] = relationship(foreign_keys=[approved_by_id])
    released_by: Mapped[User | None] = relationship(foreign_keys=[released_by_id])
    landing_pages: Mapped[list["LandingPage"]] = relationship(order_by="LandingPage.language")

    @property
    def name_outside(self) -> str:
        """For partner and funder: the title is the force's own and may name an operation."""
        headings = [page.heading for page in self.landing_pages]
        return self.public_name or next(iter(headings), "Help by text")

    @property
    def send_window(self) -> SendWindow | None:
        if self.window_opens is None or self.window_closes is None or not self.window_days:
            return None
        return SendWindow(self.window_opens, self.window_closes, frozenset(self.window_days))


class LandingPage(Base):
    """What the campaign's landing page says in one language (a BCP 47 tag such as `en`)."""

    __tablename__ = "landing_page"

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaign.id"), primary_key=True)
    language: Mapped[str] = mapped_column(String(12), primary_key=True)
    heading: Mapped[str] = mapped_column(String(120))
    body: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(default=1)
