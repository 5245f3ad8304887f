"""Taking a campaign back to change it, and ending one that was never released."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from outreach.campaigns import queries, service
from outreach.campaigns.forms import CancelForm
from outreach.campaigns.views.common import blueprint, found
from outreach.domain.access import Permission
from outreach.transaction import transaction
from outreach.web.current import actor
from outreach.web.forms import ButtonForm
from outreach.web.permissions import requires


@blueprint.route("/<uuid:campaign_id>/reopen", methods=["GET", "POST"])
@requires(Permission.DRAFT)
def reopen(campaign_id: UUID) -> str | Response:
    campaign = found(campaign_id)
    form = ButtonForm()
    if form.validate_on_submit():
        with transaction():
            service.reopen(queries.lock(campaign_id), by=actor(Permission.DRAFT))
        flash("The campaign is a draft again. Submit it when it is ready.", "success")
        return redirect(url_for(".show", campaign_id=campaign_id))
    return render_template("campaigns/reopen.html", campaign=campaign, form=form)


@blueprint.route("/<uuid:campaign_id>/cancel", methods=["GET", "POST"])
@requires(Permission.BRAKE)
def cancel(campaign_id: UUID) -> str | Response:
    """Before it is released; once it runs, ending it is a matter of sending."""
    campaign = found(campaign_id)
    if campaign.status.is_running:
        return redirect(url_for("sending.cancel", campaign_id=campaign_id))
    form = CancelForm()
    if form.validate_on_submit():
        reason, by = form.reason.data, actor(Permission.BRAKE)
        with transaction():
            service.cancel(queries.lock(campaign_id), by=by, reason=reason)
        flash("The campaign was cancelled. Nobody was texted.", "success")
        return redirect(url_for(".show", campaign_id=campaign_id))
    return render_template("campaigns/cancel.html", campaign=campaign, form=form)
