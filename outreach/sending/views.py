"""Pages of a campaign under way: how far it is, and the brakes."""

from typing import TYPE_CHECKING
from uuid import UUID

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template
from flask import url_for as address
from werkzeug.wrappers import Response as AnyResponse

from outreach.campaigns import queries as campaigns
from outreach.domain.access import Permission
from outreach.domain.campaign import why_not_decide
from outreach.domain.pausing import PauseKind, check_may_resume
from outreach.sending import jobs, progress, queries, service
from outreach.sending.forms import ConfirmForm, PauseForm, ReasonForm
from outreach.transaction import transaction
from outreach.web import current
from outreach.web.permissions import requires

if TYPE_CHECKING:
    from outreach.models import Campaign

blueprint = Blueprint("sending", __name__)

__all__ = ["blueprint", "jobs"]  # importing the jobs registers them

Page = str | AnyResponse


@blueprint.get("/campaigns/<uuid:campaign_id>/progress")
@requires(Permission.SEE_CAMPAIGNS)
def show_progress(campaign_id: UUID) -> str:
    return render_template("sending/show_progress.html", now=progress.look(_find(campaign_id)))


@blueprint.get("/campaigns/<uuid:campaign_id>/progress/newest")
@requires(Permission.SEE_CAMPAIGNS)
def newest_progress(campaign_id: UUID) -> Response:
    """The part of the page that changes, alone."""
    now = progress.look(_find(campaign_id))
    response = make_response(render_template("sending/_progress.html", now=now))
    if now.is_over:
        response.headers["Live-Done"] = "true"
    return response


@blueprint.route("/campaigns/<uuid:campaign_id>/pause", methods=["GET", "POST"])
@requires(Permission.BRAKE)
def pause(campaign_id: UUID) -> Page:
    campaign, form = _find(campaign_id), PauseForm()
    if form.validate_on_submit():
        with transaction():
            service.pause(
                campaign, by=current.actor(Permission.BRAKE), reason=form.reason.data or None
            )
        flash("The campaign is paused. Nothing more is sent until somebody resumes it.", "success")
        return _to_progress(campaign_id)
    return render_template("sending/pause.html", campaign=campaign, form=form)


@blueprint.route("/campaigns/<uuid:campaign_id>/resume", methods=["GET", "POST"])
@requires(Permission.BRAKE)
def resume(campaign_id: UUID) -> Page:
    campaign, form = _find(campaign_id), ConfirmForm()
    kind = queries.pause_kind(campaign_id)
    _check_resume(campaign, kind)
    if form.validate_on_submit():
        by = Permission.APPROVE if kind.is_automatic else Permission.BRAKE
        with transaction():
            service.resume(campaign, by=current.actor(by))
        flash("The campaign goes on.", "success")
        return _to_progress(campaign_id)
    return render_template(
        "sending/resume.html", campaign=campaign, form=form, kind=kind, kinds=PauseKind
    )


@blueprint.route("/campaigns/<uuid:campaign_id>/stop", methods=["GET", "POST"])
@requires(Permission.BRAKE)
def cancel(campaign_id: UUID) -> Page:
    campaign, form = _find(campaign_id), ReasonForm()
    if form.validate_on_submit():
        with transaction():
            count = service.cancel(
                campaign, by=current.actor(Permission.BRAKE), reason=form.reason.data
            )
        flash(f"The campaign is cancelled. {count:,} texts were not sent.", "success")
        return _to_progress(campaign_id)
    funnel = queries.funnel(campaign_id)
    return render_template("sending/cancel.html", campaign=campaign, form=form, funnel=funnel)


def _find(campaign_id: UUID) -> "Campaign":
    return queries.find_campaign(campaign_id) or abort(404)


def _check_resume(campaign: "Campaign", kind: PauseKind) -> None:
    person = current.person_id()
    check_may_resume(
        kind,
        is_approver=current.may(Permission.APPROVE),
        why_not_decide=why_not_decide(person, campaigns.hands(campaign)),
    )


def _to_progress(campaign_id: UUID) -> AnyResponse:
    return redirect(address("sending.show_progress", campaign_id=campaign_id))
