"""For administrators: what is due to be erased, when, and what stands against it."""

from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from outreach import clock
from outreach.campaigns import keeping
from outreach.campaigns import queries as campaigns
from outreach.domain.access import Permission
from outreach.domain.actor import Actor
from outreach.domain.retention import REMAINS, ErasureBlocked
from outreach.jobs.engine import engine
from outreach.retention import holds, jobs, queries, service
from outreach.retention.forms import EraseForm, HoldForm, LiftForm
from outreach.transaction import transaction
from outreach.web.current import actor
from outreach.web.permissions import requires

if TYPE_CHECKING:
    from outreach.models import Campaign

blueprint = Blueprint("retention", __name__, url_prefix="/admin/retention")

Page = str | Response


class ChangeHold(Protocol):
    """Places a hold or lifts it."""

    def __call__(self, campaign_id: UUID, *, by: Actor, reason: str) -> object: ...


@blueprint.get("")
@requires(Permission.ADMINISTER)
def index() -> str:
    return render_template(
        "retention/index.html",
        listed=queries.listed(),
        erased=queries.erased(),
        days=keeping.keep_for().days,
        last_run=queries.last_run(),
        now=clock.now(),
    )


@blueprint.get("/<uuid:campaign_id>")
@requires(Permission.ADMINISTER)
def show(campaign_id: UUID) -> Page:
    """That somebody looked is recorded: the counts tell how many people a campaign is about."""
    with transaction():
        campaign = _found(campaign_id)
        service.record_preview(campaign_id, by=actor(Permission.ADMINISTER))
        entry, counts = queries.one(campaign), queries.counts(campaign)
    return render_template(
        "retention/show.html", entry=entry, counts=counts, remains=REMAINS, now=clock.now()
    )


@blueprint.route("/<uuid:campaign_id>/erase", methods=["GET", "POST"])
@requires(Permission.ADMINISTER, fresh=True)
def erase(campaign_id: UUID) -> Page:
    campaign, form = _found(campaign_id), EraseForm()
    entry = queries.one(campaign)
    if not campaign.status.is_over or entry.reasons:
        flash("This campaign’s data cannot be erased now. The page says why.")
        return redirect(url_for(".show", campaign_id=campaign_id))
    if not form.validate_on_submit():
        return render_template(
            "retention/erase.html", entry=entry, counts=queries.counts(campaign), form=form
        )
    reason, by = form.reason.data, actor(Permission.ADMINISTER)
    try:
        with transaction():
            service.begin(campaign_id, by=by, reason=reason)
    except ErasureBlocked as blocked:
        flash(str(blocked))
        return redirect(url_for(".show", campaign_id=campaign_id))
    engine().nudge(jobs.blank_erased)
    flash("The keys are destroyed, so nobody can read the data any more.", "success")
    return redirect(url_for(".index"))


@blueprint.route("/<uuid:campaign_id>/hold", methods=["GET", "POST"])
@requires(Permission.ADMINISTER, fresh=True)
def hold(campaign_id: UUID) -> Page:
    said = "The campaign’s data is kept until the hold is lifted."
    return _change_hold(campaign_id, HoldForm(), "retention/hold.html", holds.place, said)


@blueprint.route("/<uuid:campaign_id>/lift", methods=["GET", "POST"])
@requires(Permission.ADMINISTER, fresh=True)
def lift(campaign_id: UUID) -> Page:
    said = "The hold is lifted."
    return _change_hold(campaign_id, LiftForm(), "retention/lift.html", holds.lift, said)


def _change_hold(
    campaign_id: UUID, form: HoldForm | LiftForm, page: str, change: ChangeHold, said: str
) -> Page:
    campaign = _found(campaign_id)
    if not form.validate_on_submit():
        return render_template(page, campaign=campaign, form=form)
    reason, by = form.reason.data, actor(Permission.ADMINISTER)
    with transaction():
        change(campaign_id, by=by, reason=reason)
    flash(said, "success")
    return redirect(url_for(".show", campaign_id=campaign_id))


def _found(campaign_id: UUID) -> "Campaign":
    """One whose data is still there."""
    campaign = campaigns.get(campaign_id)
    if campaign is None or campaign.erased_at is not None:
        abort(404)
    return campaign
