"""Pages of a campaign under way: how far it is, and the brakes."""

from typing import TYPE_CHECKING
from uuid import UUID

from flask import (
    Blueprint,
    Response,
    abort,
    flash,
    make_response,
    redirect,
    render_template,
    request,
)
from flask import url_for as address
from werkzeug.wrappers import Response as AnyResponse

from outreach import clock
from outreach.campaigns import queries as campaigns
from outreach.domain.access import Permission
from outreach.domain.campaign import why_not_decide
from outreach.domain.errors import NotAllowed
from outreach.domain.pausing import PauseKind, check_may_resume
from outreach.domain.send_calendar import Month, read_month
from outreach.domain.send_window import LONDON
from outreach.sending import calendar, held, jobs, progress, queries, retry, service
from outreach.sending.forms import PauseForm, ReasonForm
from outreach.sending.held import Decision
from outreach.transaction import transaction
from outreach.web import current
from outreach.web.forms import ButtonForm
from outreach.web.permissions import requires

if TYPE_CHECKING:
    from outreach.models import Campaign

blueprint = Blueprint("sending", __name__)

__all__ = ["blueprint", "jobs"]  # importing the jobs registers them

Page = str | AnyResponse


@blueprint.get("/campaigns/calendar")
@requires(Permission.SEE_CAMPAIGNS)
def show_calendar() -> str:
    """A month; this one where the address names none that there is."""
    today = clock.now().astimezone(LONDON).date()
    month = read_month(request.args.get("month", ""), today)
    return render_template(
        "sending/show_calendar.html",
        sends=calendar.look(month),
        this_month=Month(today.year, today.month),
    )


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
    campaign, form = _find(campaign_id), ButtonForm()
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


@blueprint.get("/campaigns/<uuid:campaign_id>/held")
@requires(Permission.BRAKE)
def list_held(campaign_id: UUID) -> str:
    campaign = _find(campaign_id)
    found = held.held_messages(campaign_id)
    return render_template("sending/list_held.html", campaign=campaign, held=found)


@blueprint.route(
    "/campaigns/<uuid:campaign_id>/held/<int:message_id>/<any('look-again','send-it','leave-it'):act>",
    methods=["GET", "POST"],
)
@requires(Permission.BRAKE)
def decide_held(campaign_id: UUID, message_id: int, act: str) -> Page:
    campaign, form, decision = _find(campaign_id), ButtonForm(), Decision(act)
    if form.validate_on_submit():
        with transaction():
            held.decide(campaign_id, message_id, decision, by=current.actor(Permission.BRAKE))
        flash(DONE[decision], "success")
        return redirect(address("sending.list_held", campaign_id=campaign_id))
    message = held.held_message(campaign_id, message_id) or abort(404)
    return render_template(
        "sending/decide_held.html", campaign=campaign, form=form, message=message, act=act
    )


DONE = {
    Decision.LOOK_AGAIN: "The text is being looked up at GOV.UK Notify.",
    Decision.SEND_IT: "The text will be sent within the send window.",
    Decision.LEAVE_IT: "The text is left unsent.",
}


@blueprint.route("/campaigns/<uuid:campaign_id>/second-texts", methods=["GET", "POST"])
@requires(Permission.BRAKE)
def ask_retry(campaign_id: UUID) -> Page:
    """A person on the team asks; an approver, never the same person, approves."""
    campaign, form = _find(campaign_id), ButtonForm()
    asker = retry.asked_by(campaign_id)
    if form.validate_on_submit():
        if asker is None:
            _ask_for_second_texts(campaign_id)
        else:
            _approve_second_texts(campaign)
        return _to_progress(campaign_id)
    return render_template(
        "sending/ask_retry.html",
        campaign=campaign,
        form=form,
        count=retry.count_retryable(campaign_id),
        asker=asker,
        may_approve=current.may(Permission.APPROVE) and asker != current.person_id(),
    )


def _ask_for_second_texts(campaign_id: UUID) -> None:
    with transaction():
        count = retry.ask(campaign_id, by=current.actor(Permission.BRAKE))
    flash(f"An approver now has to approve second texts to {count:,} people.", "success")


def _approve_second_texts(campaign: "Campaign") -> None:
    if not current.may(Permission.APPROVE):
        raise NotAllowed("Somebody has asked for second texts already. An approver has to approve.")
    why_not = why_not_decide(current.person_id(), campaigns.hands(campaign))
    if why_not is not None:
        raise NotAllowed(why_not)
    campaign_id = campaign.id
    with transaction():
        count = retry.approve(campaign_id, by=current.actor(Permission.APPROVE))
    flash(f"{count:,} people are texted a second time.", "success")


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
