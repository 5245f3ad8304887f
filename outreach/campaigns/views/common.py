"""What the pages of a campaign share: finding it, changing it, asking Notify about its template."""

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from outreach.campaigns import queries, review
from outreach.domain.campaign import CampaignStatus, after_change
from outreach.domain.errors import Incomplete
from outreach.notify.results import Template
from outreach.transaction import transaction
from outreach.web.notify import gateway

if TYPE_CHECKING:
    from outreach.models import Campaign

blueprint = Blueprint("campaigns", __name__, url_prefix="/campaigns")


def found(campaign_id: UUID) -> "Campaign":
    return queries.get(campaign_id) or abort(404)


def to_change(campaign_id: UUID) -> "Campaign":
    """The campaign of a page that changes it. What waits for a decision is taken back first.

    Raises MoveRefused once it is running or over.
    """
    campaign = found(campaign_id)
    if request.method == "GET" and campaign.status.is_waiting:
        abort(redirect(url_for("campaigns.reopen", campaign_id=campaign_id)))
    after_change(campaign.status)
    return campaign


def change(campaign_id: UUID, act: Callable[["Campaign"], None]) -> Response:
    """Do it to the campaign as it is now, in one transaction, and lead back."""
    with transaction():
        campaign = queries.lock(campaign_id)
        was = campaign.status
        act(campaign)
        is_draft_again = was.is_waiting and campaign.status is CampaignStatus.DRAFT
    if is_draft_again:
        flash("You changed this campaign, so it is a draft again. Submit it when it is ready.")
    return redirect(back_to(campaign_id))


def back_to(campaign_id: UUID) -> str:
    """The task list, or the answers where a Change link led here."""
    is_from_answers = request.args.get("back") == "check"
    endpoint = "campaigns.check" if is_from_answers else "campaigns.show"
    return url_for(endpoint, campaign_id=campaign_id)


def live_template(campaign_id: UUID) -> Template:
    """The campaign's template as Notify has it now. No transaction is open while Notify is asked.

    Raises Incomplete and NotifyError.
    """
    with transaction():
        campaign = queries.get(campaign_id)
        template_id = campaign.template_id if campaign else None
    if template_id is None:
        raise Incomplete("Choose a message first.")
    return review.live_template(gateway(), template_id)
