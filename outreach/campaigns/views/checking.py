"""The answers before they are submitted, with the texts as they would go."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from outreach.campaigns import queries, review, service
from outreach.campaigns.forms import SubmitForm
from outreach.campaigns.views.common import blueprint, live_template, to_change
from outreach.domain.access import Permission
from outreach.domain.errors import Incomplete
from outreach.jobs import context
from outreach.notify.errors import NotifyError
from outreach.transaction import transaction
from outreach.web.current import actor
from outreach.web.notify import gateway
from outreach.web.panels import confirm
from outreach.web.permissions import requires


@blueprint.get("/<uuid:campaign_id>/check")
@requires(Permission.DRAFT)
def check(campaign_id: UUID) -> str:
    to_change(campaign_id)
    return _answers(campaign_id, SubmitForm())


@blueprint.post("/<uuid:campaign_id>/check")
@requires(Permission.DRAFT)
def submit(campaign_id: UUID) -> str | Response | tuple[str, int]:
    to_change(campaign_id)
    form = SubmitForm()
    if not form.validate_on_submit():
        return _answers(campaign_id, form)
    try:
        live = live_template(campaign_id)
        with transaction():
            service.submit(queries.lock(campaign_id), live, by=actor(Permission.DRAFT))
    except service.AlreadySubmitted as told:
        flash(str(told))
    except (Incomplete, NotifyError, service.TemplateChanged) as refusal:
        form.form_errors.append(str(refusal))
        return _answers(campaign_id, form), 409
    else:
        confirm("Campaign submitted", "Nothing is sent before somebody else approves it.")
    return redirect(url_for(".show", campaign_id=campaign_id))


def _answers(campaign_id: UUID, form: SubmitForm) -> str:
    with transaction():
        opened = review.open_examples(queries.lock(campaign_id), by=actor(Permission.DRAFT))
    previews = review.preview(gateway(), opened, context.settings().public_url)
    campaign = to_change(campaign_id)
    return render_template(
        "campaigns/check.html",
        campaign=campaign,
        review=review.review(campaign, previews),
        form=form,
    )
