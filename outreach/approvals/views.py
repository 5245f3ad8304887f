"""What waits for approval, the review of one campaign, and the decisions on it."""

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from outreach.approvals import queries, service
from outreach.approvals.forms import ApproveForm, ReturnForm
from outreach.campaigns import queries as campaigns
from outreach.campaigns import review
from outreach.domain.access import Permission
from outreach.domain.campaign import CampaignStatus
from outreach.domain.errors import ChangedMeanwhile, Incomplete
from outreach.jobs import context
from outreach.notify.errors import NotifyError
from outreach.notify.results import Template
from outreach.recipients import queries as recipients
from outreach.sending import same_people
from outreach.transaction import transaction
from outreach.web.current import actor, person_id
from outreach.web.forms import ButtonForm
from outreach.web.notify import gateway
from outreach.web.panels import confirm
from outreach.web.permissions import requires

if TYPE_CHECKING:
    from outreach.models import Campaign

blueprint = Blueprint("approvals", __name__, url_prefix="/approvals")

Decide = Callable[["Campaign", Template], str | None]
"""Answers why the campaign was sent back instead, or None."""


@blueprint.get("")
@requires(Permission.APPROVE)
def index() -> str:
    return render_template("approvals/index.html", queue=queries.queue(person_id()))


@blueprint.get("/<uuid:campaign_id>")
@requires(Permission.APPROVE)
def show(campaign_id: UUID) -> str | Response:
    return _review(campaign_id, ApproveForm()) if _waits(campaign_id) else _to_campaign(campaign_id)


@blueprint.post("/<uuid:campaign_id>")
@requires(Permission.APPROVE, fresh=True)
def approve(campaign_id: UUID) -> str | Response | tuple[str, int]:
    form, by = ApproveForm(), actor(Permission.APPROVE)
    if not form.validate_on_submit():
        return _review(campaign_id, form) if _waits(campaign_id) else _to_campaign(campaign_id)
    seen = form.seen_digest.data or ""

    try:
        is_done = _decide(
            campaign_id, lambda it, live: service.approve(it, live, by=by, seen_digest=seen)
        )
    except ChangedMeanwhile as refusal:
        unread = ApproveForm(formdata=None)
        unread.form_errors.append(str(refusal))
        return _review(campaign_id, unread), 409
    except (NotifyError, Incomplete) as refusal:
        form.form_errors.append(str(refusal))
        return _review(campaign_id, form), 409
    if is_done:
        confirm("You approved this campaign", "Nothing is sent until it is released.")
    return redirect(url_for(".show", campaign_id=campaign_id))


@blueprint.route("/<uuid:campaign_id>/return", methods=["GET", "POST"])
@requires(Permission.APPROVE)
def send_back(campaign_id: UUID) -> str | Response:
    campaign = campaigns.get(campaign_id) or abort(404)
    form = ReturnForm()
    if form.validate_on_submit():
        reason, by = form.reason.data, actor(Permission.APPROVE)
        with transaction():
            service.return_to_requester(campaigns.lock(campaign_id), by=by, reason=reason)
        flash("The campaign was returned to its requester.", "success")
        return redirect(url_for(".index"))
    return render_template("approvals/send_back.html", campaign=campaign, form=form)


@blueprint.route("/<uuid:campaign_id>/release", methods=["GET", "POST"])
@requires(Permission.APPROVE, fresh=True)
def release(campaign_id: UUID) -> str | Response | tuple[str | Response, int]:
    form, by = ButtonForm(), actor(Permission.APPROVE)
    if not form.validate_on_submit():
        return _release_page(campaign_id, form)
    try:
        is_done = _decide(campaign_id, lambda it, live: service.release(it, live, by=by))
    except (NotifyError, ChangedMeanwhile, Incomplete) as refusal:
        form.form_errors.append(str(refusal))
        return _release_page(campaign_id, form), 409
    if is_done:
        confirm("Campaign released", "Texts leave as soon as the send window is open.")
        return redirect(f"/campaigns/{campaign_id}/progress")
    return redirect(url_for(".show", campaign_id=campaign_id))


def _decide(campaign_id: UUID, decide: Decide) -> bool:
    """Decide on the campaign as it is now. False where it had changed and was sent back instead.

    Raises whatever the service refuses with, and NotifyError. Notify is asked before the
    transaction is opened.
    """
    with transaction():
        campaign = campaigns.get(campaign_id) or abort(404)
        template_id = campaign.template_id or ""
    live = review.live_template(gateway(), template_id)
    with transaction():
        why = decide(campaigns.lock(campaign_id), live)
    if why is not None:
        flash(f"The campaign was sent back to its requester. {why}")
    return why is None


@blueprint.errorhandler(service.AlreadyDecided)
def already_decided(told: service.AlreadyDecided) -> Response:
    """Two pressed at once, or an old page was used: show the campaign as it is now."""
    flash(str(told))
    return redirect(url_for("campaigns.show", **(request.view_args or {})))


def _review(campaign_id: UUID, form: ApproveForm) -> str:
    """Everything that would go. Opening rows for it is recorded; Notify is asked in between."""
    by = actor(Permission.APPROVE)
    with transaction():
        campaign = campaigns.get(campaign_id) or abort(404)
        service.record_view(campaign, by=by)
        opened = review.open_examples(campaign, by=by)
    previews = review.preview(gateway(), opened, context.settings().public_url)
    campaign = campaigns.get(campaign_id) or abort(404)
    form.seen_digest.data = form.seen_digest.data or campaign.content_digest
    return render_template(
        "approvals/show.html",
        campaign=campaign,
        review=review.review(campaign, previews),
        form=form,
        why_not=queries.why_not(campaign, person_id()),
        first_leaving=queries.first_leaving(campaign),
        pairs=same_people.pairs_with(campaign),
        texted_lately=same_people.texted_lately(campaign),
        cap_days=recipients.frequency_cap_days(),
    )


def _release_page(campaign_id: UUID, form: ButtonForm) -> str | Response:
    campaign = campaigns.get(campaign_id) or abort(404)
    if campaign.status is not CampaignStatus.APPROVED:
        return redirect(url_for(".show", campaign_id=campaign_id))
    return render_template(
        "approvals/release.html",
        campaign=campaign,
        review=review.review(campaign, review.Previews()),
        form=form,
        why_not=queries.why_not(campaign, person_id()),
        first_leaving=queries.first_leaving(campaign),
    )


def _waits(campaign_id: UUID) -> bool:
    """Whether there is a decision to take; 404 where there is no such campaign."""
    campaign = campaigns.get(campaign_id) or abort(404)
    return campaign.status.is_waiting


def _to_campaign(campaign_id: UUID) -> Response:
    return redirect(url_for("campaigns.show", campaign_id=campaign_id))
