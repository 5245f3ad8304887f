"""Approving, returning, releasing: never one's own, and never other content than was read.

An approval is bound to the content digest. Notify always sends a template's newest version, so that
is looked up before each act; where anything differs, the campaign goes back. The caller commits.
"""

from outreach import clock
from outreach.approvals import queries
from outreach.audit import service as audit
from outreach.campaigns import letters, readiness
from outreach.campaigns import queries as campaigns
from outreach.campaigns import service as drafting
from outreach.domain.actor import Actor
from outreach.domain.audit import AuditAction, Scalar
from outreach.domain.campaign import WORDS, CampaignStatus, move
from outreach.domain.errors import ChangedMeanwhile, Incomplete, MoveRefused, NotAllowed
from outreach.models import Campaign
from outreach.notify.results import Template
from outreach.sending import service as sending


class AlreadyDecided(MoveRefused):
    """Somebody else has acted on the campaign first."""


def approve(campaign: Campaign, live: Template, *, by: Actor, seen_digest: str) -> str | None:
    """Let it be sent as it is. Where it is not what was submitted it is sent back instead: why is
    the answer, and None where it was approved.

    `live` is the template as Notify has it now, `seen_digest` that of the content the approver
    read. Raises NotAllowed, AlreadyDecided, ChangedMeanwhile and Incomplete.
    """
    _check_may_decide(campaign, by)
    _check_is_waiting(campaign)
    if campaign.status is CampaignStatus.APPROVED:
        raise AlreadyDecided(_already_approved(campaign))
    if why := _what_changed(campaign, live):
        return_to_requester(campaign, by=by, reason=why)
        return why
    if seen_digest != campaign.content_digest:
        raise ChangedMeanwhile(
            "The campaign has changed since you opened this page. Read it again before you decide."
        )
    if problems := readiness.problems(campaign):
        raise Incomplete("; ".join(problem.sentence for problem in problems) + ".")
    campaign.status = move(campaign.status, CampaignStatus.APPROVED)
    campaign.approved_at = clock.now()
    campaign.approved_by_id = by.user_id
    changes: dict[str, Scalar] = {
        "content_digest": campaign.content_digest,
        "template_version": campaign.template_version,
        "recipients": readiness.cost_summary(campaign).messages,
    }
    audit.record_of_campaign(AuditAction.CAMPAIGN_APPROVED, by, campaign.id, changes)
    return None


def return_to_requester(campaign: Campaign, *, by: Actor, reason: str) -> None:
    """Back to who drafted it, to be changed; an approval it has is void.

    Raises NotAllowed and AlreadyDecided.
    """
    _check_may_decide(campaign, by)
    _check_is_waiting(campaign)
    was_approved = campaign.status is CampaignStatus.APPROVED
    letters.tell_requester(campaign, letters.RETURNED)
    campaign.status = move(campaign.status, CampaignStatus.RETURNED)
    drafting.forget_decisions(campaign)
    campaign.returned_reason = reason
    voided, returned = AuditAction.CAMPAIGN_APPROVAL_VOIDED, AuditAction.CAMPAIGN_RETURNED
    audit.record_of_campaign(voided if was_approved else returned, by, campaign.id, reason=reason)


def release(campaign: Campaign, live: Template, *, by: Actor) -> str | None:
    """Start the sending of what was approved. Where it is no longer that it is sent back instead:
    why is the answer, and None where it was released.

    Raises NotAllowed, MoveRefused, ChangedMeanwhile and Incomplete; nothing is half-done.
    """
    _check_may_decide(campaign, by)
    _check_is_waiting(campaign)
    if campaign.status is CampaignStatus.SUBMITTED:
        raise MoveRefused("This campaign has to be approved before it can be released.")
    if why := _what_changed(campaign, live):
        return_to_requester(campaign, by=by, reason=why)
        return why
    _check_message_allowed(campaign)
    sending.release(campaign, by=by)
    return None


def record_view(campaign: Campaign, *, by: Actor) -> None:
    """An approver opened the review."""
    audit.record_of_campaign(AuditAction.CAMPAIGN_VIEWED, by, campaign.id)


def _check_may_decide(campaign: Campaign, by: Actor) -> None:
    if by.user_id is None:
        raise NotAllowed("Only a person can approve, return or release a campaign.")
    if why := queries.why_not(campaign, by.user_id):
        raise NotAllowed(why)


def _check_is_waiting(campaign: Campaign) -> None:
    if not campaign.status.is_waiting:
        raise AlreadyDecided(
            f"This campaign is now {WORDS[campaign.status]}: somebody acted on it before you. "
            "What you asked for was not done."
        )


def _already_approved(campaign: Campaign) -> str:
    who = campaign.approved_by.name if campaign.approved_by else "somebody else"
    return (
        f"This campaign was approved by {who} before you pressed the button. "
        "It counts once, and nothing more was changed."
    )


def _check_message_allowed(campaign: Campaign) -> None:
    if campaign.template_id not in campaigns.allowed_template_ids():
        raise Incomplete(
            "An administrator has withdrawn this message since the campaign was approved. "
            "Return the campaign, so that another message can be chosen."
        )


def _what_changed(campaign: Campaign, live: Template) -> str | None:
    """What differs from what was submitted, in a sentence for both sides."""
    try:
        drafting.check_template(campaign, live)
    except drafting.TemplateChanged as changed:
        return str(changed)
    if not campaigns.is_as_submitted(campaign):
        return (
            "The list, the times, the budget, the partner’s details or the landing page are not "
            "what they were when the campaign was submitted. Check the answers and submit it again."
        )
    return None
