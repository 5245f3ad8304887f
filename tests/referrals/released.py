"""A released campaign put straight into the tables, with every code known to the test."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID, uuid4

from sqlalchemy import insert, select

from outreach import vault
from outreach.domain.campaign import CampaignStatus
from outreach.domain.message import MessageStatus
from outreach.domain.referral import new_code
from outreach.extensions import db
from outreach.models import (
    Campaign,
    LandingPage,
    Message,
    Organisation,
    Recipient,
    Upload,
    User,
)
from outreach.transaction import transaction
from outreach.vault import RecipientSecrets

RELEASED_AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
HEADING, TEXT = "Support is near you", "Riverside listens.\n\n* Free\n* Private"


@dataclass(frozen=True)
class Person:
    """A recipient as the force's list and our sealed row know them."""

    phone: str
    phone_digest: bytes
    code: str
    recipient_id: int


@dataclass(frozen=True)
class Released:
    campaign_id: UUID
    people: tuple[Person, ...]

    @property
    def campaign(self) -> Campaign:
        return db.session.get_one(Campaign, self.campaign_id)


def release(
    size: int = 3,
    *,
    organisation: Organisation | None = None,
    title: str = "Operation Larkspur, November",
    public_name: str | None = "Autumn support",
    message_status: MessageStatus = MessageStatus.ACCEPTED,
    is_released: bool = True,
    first_phone: int = 500,
) -> Released:
    """A campaign of `size` people; where `is_released` it is sending and the texts have left."""
    with transaction():
        campaign = _add_campaign(_partner(organisation), title, public_name, is_released)
        upload = Upload(
            campaign_id=campaign.id,
            uploaded_by_id=campaign.created_by_id,
            uploaded_at=RELEASED_AT,
            status="checked",
        )
        db.session.add(upload)
        db.session.flush()
        people = _add_people(campaign, upload, size, first_phone)
        if is_released:
            _add_messages(campaign, people, message_status)
        return Released(campaign.id, people)


def _partner(organisation: Organisation | None) -> int:
    wanted = select(Organisation).order_by(Organisation.id)
    found = organisation.id if organisation else db.session.scalar(wanted.limit(1)).id
    return int(found)


def _add_campaign(
    partner_id: int, title: str, public_name: str | None, is_released: bool
) -> Campaign:
    keys = [vault.make_data_key(purpose, RELEASED_AT) for purpose in ("campaign", "outcomes")]
    db.session.add_all(keys)
    author = db.session.scalar(select(User).where(User.email == "author@example.org"))
    if author is None:
        author = User(
            email="author@example.org",
            name="Author",
            fs_uniquifier=uuid4().hex,
            created_at=RELEASED_AT,
        )
        db.session.add(author)
    db.session.flush()
    campaign = Campaign(
        title=title,
        public_name=public_name,
        status=CampaignStatus.SENDING if is_released else CampaignStatus.APPROVED,
        created_at=RELEASED_AT,
        created_by_id=author.id,
        partner_id=partner_id,
        released_at=RELEASED_AT if is_released else None,
        data_key_id=keys[0].id,
        outcome_key_id=keys[1].id,
        landing_pages=[LandingPage(language="en", heading=HEADING, body=TEXT)],
    )
    db.session.add(campaign)
    db.session.flush()
    return campaign


def _add_people(
    campaign: Campaign, upload: Upload, size: int, first_phone: int
) -> tuple[Person, ...]:
    key = vault.open_data_key(db.session.get_one(vault.DataKey, campaign.data_key_id))
    rows, secrets = [], []
    for number in range(1, size + 1):
        secret = RecipientSecrets(f"+4477009{first_phone + number:05}", {}, new_code())
        secrets.append(secret)
        rows.append(
            {
                "campaign_id": campaign.id,
                "upload_id": upload.id,
                "row_number": number,
                "phone_digest": vault.digest(secret.phone),
                "code_digest": vault.digest(secret.code),
                "sealed": vault.seal_recipient(key, campaign.id, number, secret),
                "fragments": 1,
                "price_multiplier": 1,
            }
        )
    db.session.execute(insert(Recipient), rows)
    ids = db.session.scalars(
        select(Recipient.id)
        .where(Recipient.campaign_id == campaign.id)
        .order_by(Recipient.row_number)
    ).all()
    return tuple(
        Person(secret.phone, row["phone_digest"], secret.code, recipient_id)
        for secret, row, recipient_id in zip(secrets, rows, ids, strict=True)
    )


def _add_messages(campaign: Campaign, people: tuple[Person, ...], status: MessageStatus) -> None:
    is_sent = status not in {MessageStatus.PENDING, MessageStatus.SUPPRESSED}
    db.session.execute(
        insert(Message),
        [
            {
                "campaign_id": campaign.id,
                "recipient_id": person.recipient_id,
                "phone_digest": person.phone_digest,
                "reference": uuid4(),
                "status": status,
                "fragments": 1,
                "accepted_at": RELEASED_AT if is_sent else None,
            }
            for person in people
        ],
    )
