"""The one read a landing page costs."""

from sqlalchemy import LargeBinary, String, and_, bindparam, select

from outreach.extensions import db
from outreach.landing.content import Content
from outreach.models import Campaign, LandingPage, Organisation, Recipient
from outreach.referrals.queries import is_live

_CONTENT = (
    select(
        LandingPage.heading,
        LandingPage.body,
        Organisation.name,
        Organisation.phone,
        Organisation.website,
    )
    .select_from(Recipient)
    .join(Campaign, Campaign.id == Recipient.campaign_id)
    .join(Organisation, Organisation.id == Campaign.partner_id)
    .outerjoin(
        LandingPage,
        and_(
            LandingPage.campaign_id == Campaign.id,
            LandingPage.language == bindparam("language", type_=String),
        ),
    )
    .where(Recipient.code_digest == bindparam("digest", type_=LargeBinary), is_live())
)


def content_by_code(code_digest: bytes, language: str) -> Content | None:
    """What the campaign says to whoever was given this code; None where the code is not live.

    Heading and body are empty where the campaign has no text in that language.
    """
    with db.engine.connect() as connection:
        row = connection.execute(_CONTENT, {"digest": code_digest, "language": language}).first()
    if row is None:
        return None
    heading, body, partner, phone, website = row
    return Content(heading or "", body or "", partner, phone, website)
