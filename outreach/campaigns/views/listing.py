"""The list of campaigns, one campaign, and starting a new one."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from outreach.campaigns import beginning, keeping, queries, readiness, review
from outreach.campaigns.forms import SearchForm, TitleForm
from outreach.campaigns.readiness import Task
from outreach.campaigns.views.common import blueprint, found
from outreach.domain.access import Permission
from outreach.optouts import queries as optouts
from outreach.transaction import transaction
from outreach.web.current import actor, may, person_id
from outreach.web.permissions import requires


@blueprint.get("")
@requires(Permission.SEE_CAMPAIGNS)
def index() -> str:
    form = SearchForm(request.args)
    names = [shown.value for shown in queries.Shown]
    form.shown.data = form.shown.data if form.shown.data in names else queries.Shown.ALL.value
    shown, search = queries.Shown(form.shown.data), form.search.data or ""
    page = request.args.get("page", 1, type=int)
    return render_template(
        "campaigns/index.html",
        filter_form=form,
        is_filtered=bool(search or shown is not queries.Shown.ALL),
        listed=queries.listed(shown, person_id(), search, page),
        page_href=lambda number: url_for(
            ".index", shown=shown.value, search=search or None, page=number
        ),
    )


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.DRAFT)
def create() -> str | Response:
    form = TitleForm()
    if form.validate_on_submit():
        with transaction():
            campaign_id = beginning.create(form.title.data, by=actor(Permission.DRAFT)).id
        return redirect(url_for(".show", campaign_id=campaign_id))
    return render_template("campaigns/create.html", form=form)


@blueprint.get("/<uuid:campaign_id>")
@requires(Permission.SEE_CAMPAIGNS)
def show(campaign_id: UUID) -> str:
    """The task list for who may draft, while there is something to do; else what there is."""
    campaign = found(campaign_id)
    problems = readiness.problems(campaign)
    if campaign.status.is_editable and may(Permission.DRAFT):
        tasks = [(task, readiness.task_status(campaign, task, problems)) for task in Task]
        return render_template(
            "campaigns/tasks.html",
            campaign=campaign,
            tasks=dict(tasks),
            problems=problems,
            kept=keeping.keeping(campaign),
        )
    return render_template(
        "campaigns/show.html",
        campaign=campaign,
        review=review.review(campaign, review.Previews()),
        cancellation_reason=queries.cancellation_reason(campaign_id),
        quality=optouts.list_quality(campaign_id),
        kept=keeping.keeping(campaign),
    )


@blueprint.route("/<uuid:campaign_id>/copy", methods=["GET", "POST"])
@requires(Permission.DRAFT)
def copy(campaign_id: UUID) -> str | Response:
    original = found(campaign_id)
    form = TitleForm(title=f"Copy of {original.title}"[:120])
    if form.validate_on_submit():
        with transaction():
            original = queries.lock(campaign_id)
            made = beginning.copy(original, form.title.data, by=actor(Permission.DRAFT)).id
        flash("The copy is a draft of its own. It has no recipients yet.", "success")
        return redirect(url_for(".show", campaign_id=made))
    return render_template("campaigns/copy.html", form=form, campaign=original)
