"""What is known of a campaign's lists."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from uuid import UUID

from sqlalchemy import LargeBinary, exists, func, select, type_coerce

from outreach import clock, vault
from outreach.domain.cost import CostSummary, Tariff
from outreach.domain.refusal import RefusalReason
from outreach.extensions import db
from outreach.models import (
    Campaign,
    DataKey,
    LastContact,
    LegalHold,
    Recipient,
    RowProblem,
    Setting,
    Upload,
)
from outreach.optouts import queries as optouts
from outreach.optouts.queries import Withheld

FREQUENCY_CAP_DAYS = 90
WITHHELD_REASONS = {
    Withheld.OPT_OUT: RefusalReason.OPTED_OUT,
    Withheld.WRONG_PERSON: RefusalReason.WRONG_PERSON,
    Withheld.HOLD: RefusalReason.ON_HOLD,
}
CURRENT = ("checking", "checked")


@dataclass(frozen=True)
class UploadTotals:
    """Rows of every checked list of a campaign: uploaded = refused + suppressed + accepted."""

    uploaded: int
    refused: int
    suppressed: int
    accepted: int
    reasons: Mapping[RefusalReason, int]


@dataclass(frozen=True)
class Example:
    """A row opened for a preview, and why it was picked."""

    kind: str
    row_number: int
    secrets: vault.RecipientSecrets
    fragments: int


def campaign(campaign_id: UUID) -> Campaign | None:
    return db.session.get(Campaign, campaign_id)


def upload(campaign_id: UUID, upload_id: UUID) -> Upload | None:
    """One list of this campaign, or None where it is another's."""
    return db.session.scalar(
        select(Upload).where(Upload.id == upload_id, Upload.campaign_id == campaign_id)
    )


def uploads(campaign_id: UUID) -> list[Upload]:
    """The campaign's lists that count or may come to count, oldest first."""
    statement = (
        select(Upload)
        .where(Upload.campaign_id == campaign_id, Upload.status.in_(CURRENT))
        .order_by(Upload.uploaded_at)
    )
    return list(db.session.scalars(statement))


def current_upload(campaign_id: UUID) -> Upload | None:
    """The newest list, whether it is being checked, was checked, or was refused as a file."""
    return db.session.scalars(
        select(Upload)
        .where(Upload.campaign_id == campaign_id, Upload.status.in_((*CURRENT, "refused")))
        .order_by(Upload.uploaded_at.desc())
        .limit(1)
    ).first()


def upload_totals(campaign_id: UUID) -> UploadTotals:
    reasons: Counter[RefusalReason] = Counter()
    uploaded = accepted = 0
    for upload in uploads(campaign_id):
        if upload.status == "checked":
            uploaded += upload.rows_total
            accepted += upload.accepted
            reasons.update({RefusalReason(name): n for name, n in upload.reasons.items()})
    suppressed = sum(n for reason, n in reasons.items() if reason.is_suppression)
    refused = sum(reasons.values()) - suppressed
    return UploadTotals(uploaded, refused, suppressed, accepted, reasons)


def accepted_count(campaign_id: UUID) -> int:
    statement = select(func.count()).where(Recipient.campaign_id == campaign_id)
    return db.session.scalar(statement) or 0


def list_digest(campaign_id: UUID, *, of_first_release: bool = False) -> str:
    """SHA-256 over the accepted rows in order: what an approval is bound to.

    The seal stands for number, values and code; digests of numbers change when keys do. The first
    release took those in too.
    """
    digest = sha256()
    statement = (
        select(
            Recipient.row_number,
            type_coerce(Recipient.phone_digest, LargeBinary),
            Recipient.sealed,
        )
        .where(Recipient.campaign_id == campaign_id)
        .order_by(Recipient.id)
    )
    for row_number, phone_digest, sealed in db.session.execute(statement):
        phone = bytes(phone_digest) if of_first_release else b""
        digest.update(row_number.to_bytes(4, "big") + phone + sha256(sealed or b"").digest())
    return digest.hexdigest()


def is_checked_against(campaign: Campaign) -> bool:
    """Whether every list was checked against the message as it is now chosen."""
    wanted = [campaign.template_id, campaign.template_version]
    return all(
        upload.status == "checked" and upload.summary.get("template") == wanted
        for upload in uploads(campaign.id)
    )


def example_rows(campaign: Campaign) -> list[Example]:
    """Rows opened to be previewed: the shortest text, the longest, one that needs UCS-2.

    The caller records that somebody looked. Raises vault.KeyDestroyed.
    """
    key = vault.open_data_key(db.session.get_one(DataKey, campaign.data_key_id))
    examples: dict[int, Example] = {}
    for upload in uploads(campaign.id):
        for kind, row_number in upload.summary.get("examples", {}).items():
            row = _row(upload, row_number)
            if row is not None and row.sealed is not None and row.id not in examples:
                secrets = vault.open_recipient(key, campaign.id, row.row_number, row.sealed)
                examples[row.id] = Example(kind, row.row_number, secrets, row.fragments)
    return list(examples.values())


def cost_summary(campaign_id: UUID) -> CostSummary:
    billed = Recipient.fragments * Recipient.price_multiplier
    messages, fragments, billed_total, crown = db.session.execute(
        select(
            func.count(),
            func.coalesce(func.sum(Recipient.fragments), 0),
            func.coalesce(func.sum(billed), 0),
            func.count().filter(Recipient.price_multiplier > 1),
        ).where(Recipient.campaign_id == campaign_id)
    ).one()
    return CostSummary(tariff(), messages, int(fragments), int(billed_total), crown)


def tariff() -> Tariff:
    """The price as the administrator set it, or Notify's of April 2026."""
    names = ("pence_per_fragment", "vat_per_cent", "free_fragments")
    found = {
        row.name: row.value
        for row in db.session.scalars(select(Setting).where(Setting.name.in_(names)))
    }
    usual = Tariff()
    return Tariff(
        Decimal(str(found.get("pence_per_fragment", usual.pence_per_fragment))),
        Decimal(str(found.get("vat_per_cent", usual.vat_per_cent))),
        int(found.get("free_fragments", usual.free_fragments)),
    )


def reasons_not_to_text(
    campaign_id: UUID, digests: Mapping[str, bytes]
) -> dict[str, RefusalReason]:
    """Of numbers with their digests.

    Opted out, wrong person, held, in the campaign, or too soon.
    """
    by_digest = {digest: number for number, digest in digests.items()}
    found = {
        by_digest[digest]: RefusalReason.FREQUENCY_CAP for digest in texted_lately([*by_digest])
    }
    found |= {
        by_digest[digest]: RefusalReason.ALREADY_IN_CAMPAIGN
        for digest in _in_campaign(campaign_id, [*by_digest])
    }
    for digest, why in optouts.withheld([*by_digest]).items():
        found[by_digest[digest]] = WITHHELD_REASONS[why]
    return found


def problems(
    upload_id: UUID, reason: str | None = None, limit: int | None = None
) -> Iterator[RowProblem]:
    """Rows that will not be texted, in the order of the file."""
    statement = select(RowProblem).where(RowProblem.upload_id == upload_id)
    if reason is not None:
        statement = statement.where(RowProblem.reason == reason)
    return iter(db.session.scalars(statement.order_by(RowProblem.row_number).limit(limit)))


def has_legal_hold(campaign_id: UUID) -> bool:
    """Whether an administrator keeps what there is of the campaign."""
    held = exists().where(LegalHold.campaign_id == campaign_id, LegalHold.lifted_at.is_(None))
    return bool(db.session.scalar(select(held)))


def stalled_uploads(before: datetime) -> list[UUID]:
    """Lists whose check has shown no progress since `before`: their worker may be gone."""
    statement = select(Upload.id).where(
        Upload.status == "checking",
        (Upload.progress_at.is_(None)) | (Upload.progress_at < before),
    )
    return list(db.session.scalars(statement))


def _row(upload: Upload, row_number: int) -> Recipient | None:
    return db.session.scalar(
        select(Recipient).where(
            Recipient.upload_id == upload.id, Recipient.row_number == row_number
        )
    )


def frequency_cap_days() -> int:
    """Days that have to pass between two texts to one number; 0 is no cap."""
    days = db.session.get(Setting, "frequency_cap_days")
    return int(days.value) if days else FREQUENCY_CAP_DAYS


def texted_lately(digests: list[bytes]) -> Iterator[bytes]:
    """Those of the numbers that any campaign texted within the frequency cap."""
    since = clock.now() - timedelta(days=frequency_cap_days())
    return iter(
        db.session.scalars(
            select(LastContact.phone_digest).where(
                LastContact.phone_digest.in_(digests), LastContact.texted_at > since
            )
        )
    )


def _in_campaign(campaign_id: UUID, digests: list[bytes]) -> Iterator[bytes]:
    return iter(
        db.session.scalars(
            select(Recipient.phone_digest).where(
                Recipient.campaign_id == campaign_id, Recipient.phone_digest.in_(digests)
            )
        )
    )
