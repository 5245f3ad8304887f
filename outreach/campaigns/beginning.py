"""A new draft: from nothing, or as a copy of another campaign. The caller commits."""

from collections.abc import Mapping
from uuid import uuid4

from outreach import clock, vault
from outreach.audit import service as audit
from outreach.domain.actor import Actor
from outreach.domain.audit import AuditAction, Scalar
from outreach.domain.campaign import CampaignStatus
from outreach.extensions import db
from outreach.models import Campaign, LandingPage

COPIED = (
    "purpose",
    "lawful_basis",
    "operation_reference",
    "template_id",
    "template_name",
    "template_version",
    "template_body",
    "partner_id",
    "public_name",
    "window_opens",
    "window_closes",
    "window_days",
    "budget_pence",
)
"""What a copy takes over: never recipients, nor a start time."""


def create(title: str, *, by: Actor) -> Campaign:
    """A draft with its own data key, and its own key of the wall."""
    campaign = _new(title, by)
    _record(AuditAction.CAMPAIGN_CREATED, campaign, {"title": title}, by=by)
    return campaign


def copy(original: Campaign, title: str, *, by: Actor) -> Campaign:
    """A new draft that says the same, without recipients and without a start time."""
    campaign = _new(title, by)
    for name in COPIED:
        setattr(campaign, name, getattr(original, name))
    for page in original.landing_pages:
        campaign.landing_pages.append(
            LandingPage(language=page.language, heading=page.heading, body=page.body)
        )
    changes = {"title": title, "from": str(original.id)}
    _record(AuditAction.CAMPAIGN_COPIED, campaign, changes, by=by)
    return campaign


def _new(title: str, by: Actor) -> Campaign:
    now = clock.now()
    keys = [vault.make_data_key(purpose, now) for purpose in ("campaign", "outcomes")]
    db.session.add_all(keys)
    campaign = Campaign(
        id=uuid4(),
        title=title,
        status=CampaignStatus.DRAFT,
        created_at=now,
        created_by_id=by.user_id,
        editor_ids=[],
        data_key_id=keys[0].id,
        outcome_key_id=keys[1].id,
    )
    db.session.flush()
    db.session.add(campaign)
    db.session.flush()
    return campaign


def _record(
    action: AuditAction, campaign: Campaign, changes: Mapping[str, Scalar], *, by: Actor
) -> None:
    audit.record(action, by, "campaign", campaign.id, campaign_id=campaign.id, changes=changes)
