"""Filling a draft, submitting it, taking it back, ending it unsent. The caller commits."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from outreach import clock
from outreach.audit import service as audit
from outreach.campaigns import letters, queries, readiness
from outreach.domain.actor import Actor
from outreach.domain.audit import AuditAction, Scalar
from outreach.domain.campaign import WORDS, CampaignStatus, after_change, move
from outreach.domain.errors import ChangedMeanwhile, Incomplete, MoveRefused
from outreach.domain.landing import check_text
from outreach.domain.landing_text import LandingText
from outreach.domain.send_window import SendWindow
from outreach.extensions import db
from outreach.models import Campaign, LandingPage, Organisation
from outreach.notify.results import Template

DRAFT = CampaignStatus.DRAFT


class TemplateChanged(ChangedMeanwhile):
    """Notify now holds another version of the template than the one that was chosen."""


class AlreadySubmitted(MoveRefused):
    """The campaign was submitted before, perhaps by the same press of a button."""


def set_title(campaign: Campaign, title: str, *, by: Actor) -> None:
    _change(AuditAction.CAMPAIGN_PURPOSE_CHANGED, campaign, by, {"title": title}, {"title": title})


def set_purpose(
    campaign: Campaign, *, purpose: str, lawful_basis: str, operation_reference: str, by: Actor
) -> None:
    """Why these people may be texted. The event names the fields and leaves out what they say."""
    values = {
        "purpose": purpose,
        "lawful_basis": lawful_basis,
        "operation_reference": operation_reference,
    }
    changed = [name for name, value in values.items() if getattr(campaign, name) != value]
    fields = {"fields": ", ".join(changed)}
    _change(AuditAction.CAMPAIGN_PURPOSE_CHANGED, campaign, by, values, fields)


def set_message(campaign: Campaign, template: Template, *, by: Actor) -> None:
    """The template as Notify has it now. Raises Incomplete where it may not be used."""
    if template.type != "sms" or template.id not in queries.allowed_template_ids():
        raise Incomplete("This message is not on the list of those that may be used.")
    values = {
        "template_id": template.id,
        "template_name": template.name,
        "template_version": template.version,
        "template_body": template.body,
    }
    changes: dict[str, Scalar] = {
        "template": template.id,
        "version": template.version,
        "name": template.name,
    }
    _change(AuditAction.CAMPAIGN_MESSAGE_CHOSEN, campaign, by, values, changes)


def set_partner(
    campaign: Campaign,
    partner: Organisation,
    pages: Sequence[LandingText],
    *,
    public_name: str | None = None,
    by: Actor,
) -> None:
    """The charity that helps, and what the landing page says, in every language it has.

    `public_name` is what the partner and the funder are told the campaign is called; without one,
    it is the heading of the page.

    Raises LandingTextTooLong.
    """
    for text in pages:
        check_text(text.heading, text.body)
    public_name = public_name or None
    changes: dict[str, Scalar] = {
        "organisation": partner.id,
        "name": partner.name,
        "public_name": public_name,
    }
    values = {"partner_id": partner.id, "public_name": public_name}
    _change(AuditAction.CAMPAIGN_PARTNER_CHOSEN, campaign, by, values, changes)
    before = {page.language: page for page in campaign.landing_pages}
    for text in pages:
        _set_page(campaign, before.pop(text.language, None), text, by)
    for page in before.values():
        begin_change(campaign, by)
        campaign.landing_pages.remove(page)
        db.session.delete(page)
        _record_page(campaign, page.language, page.version, by, is_removed=True)


def set_schedule(
    campaign: Campaign,
    window: SendWindow,
    *,
    start_at: datetime | None,
    budget_pence: int,
    by: Actor,
) -> None:
    """When texts may leave, from when on, and what they may cost without VAT."""
    values = {
        "window_opens": window.opens,
        "window_closes": window.closes,
        "window_days": sorted(window.days),
        "start_at": start_at,
        "budget_pence": budget_pence,
    }
    changes: dict[str, Scalar] = {
        "window": f"{window.opens:%H:%M} to {window.closes:%H:%M}",
        "days": " ".join(str(day) for day in sorted(window.days)),
        "start_at": start_at.isoformat() if start_at else None,
        "budget_pence": budget_pence,
    }
    _change(AuditAction.CAMPAIGN_SCHEDULE_CHANGED, campaign, by, values, changes)


def submit(campaign: Campaign, live: Template, *, by: Actor) -> None:
    """Hand it over for approval. `live` is the template as Notify has it now.

    Raises AlreadySubmitted, MoveRefused, Incomplete, TemplateChanged.
    """
    if campaign.status is CampaignStatus.SUBMITTED:
        raise AlreadySubmitted(_already_submitted(campaign))
    status = move(campaign.status, CampaignStatus.SUBMITTED)
    if problems := readiness.problems(campaign):
        raise Incomplete("; ".join(problem.sentence for problem in problems) + ".")
    check_template(campaign, live)
    campaign.status = status
    campaign.submitted_at = clock.now()
    campaign.submitted_by_id = by.user_id
    campaign.content_digest = queries.content_digest(campaign)
    campaign.returned_reason = None
    cost = readiness.cost_summary(campaign)
    changes: dict[str, Scalar] = {
        "content_digest": campaign.content_digest,
        "recipients": cost.messages,
        "fragments": cost.billed,
        "template_version": campaign.template_version,
    }
    audit.record_of_campaign(AuditAction.CAMPAIGN_SUBMITTED, by, campaign.id, changes)
    letters.tell_approvers(campaign)


def check_template(campaign: Campaign, live: Template) -> None:
    """Raises TemplateChanged where Notify would send other words than those that were chosen."""
    if (live.version, live.body) != (campaign.template_version, campaign.template_body):
        raise TemplateChanged(
            f"The template “{campaign.template_name}” has been changed in GOV.UK Notify since it "
            f"was chosen: it is now version {live.version}, and version "
            f"{campaign.template_version} was chosen. Choose the message again, so that the new "
            "words are read and the recipients checked against them."
        )


def reopen(campaign: Campaign, *, by: Actor, why: str = "The requester took it back.") -> None:
    """Back to a draft. What was submitted or approved is so no more. Raises MoveRefused."""
    before = campaign.status
    campaign.status = after_change(before)
    if before is DRAFT:
        return
    forget_decisions(campaign)
    if before is CampaignStatus.APPROVED:
        audit.record_of_campaign(AuditAction.CAMPAIGN_APPROVAL_VOIDED, by, campaign.id, reason=why)
    else:
        audit.record_of_campaign(
            AuditAction.CAMPAIGN_REOPENED, by, campaign.id, {"was": before.value}
        )


def forget_decisions(campaign: Campaign) -> None:
    """Who submitted and who approved, and what: none of it holds for other content."""
    campaign.submitted_at = campaign.submitted_by_id = campaign.content_digest = None
    campaign.approved_at = campaign.approved_by_id = None


def cancel(campaign: Campaign, *, by: Actor, reason: str) -> None:
    """End a campaign that has not been released. Raises MoveRefused."""
    if campaign.status.is_running:
        raise MoveRefused("This campaign is being sent. Cancel it on its progress page.")
    before = campaign.status
    campaign.status = move(before, CampaignStatus.CANCELLED)
    campaign.ended_at = clock.now()
    audit.record_of_campaign(
        AuditAction.CAMPAIGN_CANCELLED, by, campaign.id, {"was": before.value}, reason
    )


def _change(
    action: AuditAction,
    campaign: Campaign,
    by: Actor,
    values: Mapping[str, object],
    changes: Mapping[str, Scalar],
) -> None:
    """Set what differs and record it; the same values again change nothing and void nothing."""
    if all(getattr(campaign, name) == value for name, value in values.items()):
        return
    begin_change(campaign, by)
    for name, value in values.items():
        setattr(campaign, name, value)
    db.session.flush()
    audit.record_of_campaign(action, by, campaign.id, changes)


def begin_change(campaign: Campaign, by: Actor) -> None:
    """Whatever was decided about the content is void, and who changes it may not approve it.

    Raises MoveRefused once it is running or over.
    """
    reopen(campaign, by=by, why="The content was changed after approval.")
    if by.user_id is not None and by.user_id not in campaign.editor_ids:
        campaign.editor_ids = [*campaign.editor_ids, by.user_id]


def _set_page(campaign: Campaign, page: LandingPage | None, text: LandingText, by: Actor) -> None:
    if page is not None and (page.heading, page.body) == (text.heading, text.body):
        return
    begin_change(campaign, by)
    if page is None:
        page = LandingPage(language=text.language, version=0)
        campaign.landing_pages.append(page)
    page.heading, page.body, page.version = text.heading, text.body, page.version + 1
    _record_page(campaign, text.language, page.version, by)


def _record_page(
    campaign: Campaign, language: str, version: int, by: Actor, *, is_removed: bool = False
) -> None:
    changes: dict[str, Scalar] = {"language": language, "version": version, "removed": is_removed}
    audit.record_of_campaign(AuditAction.CAMPAIGN_LANDING_CHANGED, by, campaign.id, changes)


def _already_submitted(campaign: Campaign) -> str:
    who = campaign.submitted_by.name if campaign.submitted_by else "somebody"
    return (
        f"This campaign is {WORDS[campaign.status]}: {who} has submitted it already. "
        "It was submitted once, and nothing more was changed."
    )
