"""Whose a referral code is. Only the landing page's acts and the partners' check may ask."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, select

from outreach import vault
from outreach.domain.referral import CodeUnreadable, read_code
from outreach.extensions import db
from outreach.models import Campaign, Recipient


@dataclass(frozen=True)
class CodeMatch:
    """The recipient a code was given to. None of it may be shown beside the code."""

    recipient_id: int
    phone_digest: bytes
    campaign: Campaign


def is_live() -> ColumnElement[bool]:
    """Codes count from a campaign's release until it is erased."""
    return and_(Campaign.released_at.is_not(None), Campaign.erased_at.is_(None))


def find_by_code(code: str) -> CodeMatch | None:
    """Whose `code` is, however it was typed. None where it is unreadable, unknown or not live."""
    try:
        digest = vault.digest(read_code(code))
    except CodeUnreadable:
        return None
    row = db.session.execute(
        select(Recipient.id, Recipient.phone_digest, Campaign)
        .join(Campaign, Campaign.id == Recipient.campaign_id)
        .where(Recipient.code_digest == digest, is_live())
    ).one_or_none()
    return None if row is None else CodeMatch(*row)
