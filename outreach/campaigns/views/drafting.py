"""The pages of a draft, one a task."""

from typing import TYPE_CHECKING
from uuid import UUID

from flask import render_template, request
from werkzeug.wrappers import Response

from outreach.campaigns import queries, review, service
from outreach.campaigns.forms import (
    MessageForm,
    PartnerForm,
    PurposeForm,
    ScheduleForm,
    TitleForm,
)
from outreach.campaigns.review import TemplateChoice
from outreach.campaigns.views.common import (
    back_to,
    blueprint,
    change,
    to_change,
)
from outreach.domain.access import Permission
from outreach.domain.actor import Actor
from outreach.domain.landing_text import USUAL, LandingText
from outreach.domain.send_window import LONDON, SendWindow
from outreach.jobs import context
from outreach.notify.errors import NotifyError
from outreach.transaction import transaction
from outreach.web.current import actor
from outreach.web.notify import gateway
from outreach.web.permissions import requires

if TYPE_CHECKING:
    from outreach.models import Campaign


@blueprint.route("/<uuid:campaign_id>/title", methods=["GET", "POST"])
@requires(Permission.DRAFT)
def title(campaign_id: UUID) -> str | Response:
    campaign = to_change(campaign_id)
    form = TitleForm(title=campaign.title)
    if form.validate_on_submit():
        by = actor(Permission.DRAFT)
        return change(campaign_id, lambda it: service.set_title(it, form.title.data, by=by))
    return _page("campaigns/title.html", campaign, form)


@blueprint.route("/<uuid:campaign_id>/purpose", methods=["GET", "POST"])
@requires(Permission.DRAFT)
def purpose(campaign_id: UUID) -> str | Response:
    campaign = to_change(campaign_id)
    form = PurposeForm(obj=campaign)
    if form.validate_on_submit():
        by = actor(Permission.DRAFT)
        given = {
            "purpose": form.purpose.data,
            "lawful_basis": form.lawful_basis.data,
            "operation_reference": form.operation_reference.data,
        }
        return change(campaign_id, lambda it: service.set_purpose(it, **given, by=by))
    return _page("campaigns/purpose.html", campaign, form)


@blueprint.route("/<uuid:campaign_id>/message", methods=["GET", "POST"])
@requires(Permission.DRAFT)
def message(campaign_id: UUID) -> str | Response:
    campaign = to_change(campaign_id)
    before = f"{campaign.template_id}:{campaign.template_version}"
    form = MessageForm(template=before if campaign.template_id else None)
    choices, fault = _choices(campaign)
    form.offer([(choice.key, choice.template.name) for choice in choices])
    if form.validate_on_submit() and fault is None:
        chosen = next((each for each in choices if each.key == form.template.data), None)
        if chosen is not None:
            template, by = chosen.template, actor(Permission.DRAFT)
            return change(campaign_id, lambda it: service.set_message(it, template, by=by))
        form.template.errors = [
            "This message was changed or withdrawn while you were reading. Choose again"
        ]
    return _page(
        "campaigns/message.html",
        to_change(campaign_id),
        form,
        choices=choices,
        fault=fault,
        before=before,
        reply_number=queries.reply_number(),
    )


@blueprint.route("/<uuid:campaign_id>/partner", methods=["GET", "POST"])
@requires(Permission.DRAFT)
def partner(campaign_id: UUID) -> str | Response:
    campaign = to_change(campaign_id)
    partners = queries.organisations()
    form = PartnerForm(data=_partner_data(campaign, [each.id for each in partners]))
    form.offer([(each.id, each.name) for each in partners])
    is_valid = form.validate_on_submit()
    if is_valid and request.form.get("act") != "preview":
        by = actor(Permission.DRAFT)
        return change(campaign_id, lambda it: _set_partner(it, form, by=by))
    shown = next((each for each in partners if each.id == form.partner.data), None)
    return _page(
        "campaigns/partner.html",
        campaign,
        form,
        partners=partners,
        phones={each.id: each.phone for each in partners},
        texts=_landing_texts(form),
        partner=shown,
    )


@blueprint.route("/<uuid:campaign_id>/schedule", methods=["GET", "POST"])
@requires(Permission.DRAFT)
def schedule(campaign_id: UUID) -> str | Response:
    campaign = to_change(campaign_id)
    form = ScheduleForm(data=_schedule_data(campaign))
    if form.validate_on_submit():
        window, start_at, budget = form.window, form.start_at, form.budget.data or 0
        by = actor(Permission.DRAFT)
        return change(
            campaign_id,
            lambda it: service.set_schedule(
                it, window, start_at=start_at, budget_pence=budget, by=by
            ),
        )
    return _page("campaigns/schedule.html", campaign, form)


def _page(template: str, campaign: "Campaign", form: object, **more: object) -> str:
    return render_template(
        template,
        campaign=campaign,
        form=form,
        back_href=back_to(campaign.id),
        **more,
    )


def _choices(campaign: "Campaign") -> tuple[list[TemplateChoice], str | None]:
    """What Notify offers now, or why that cannot be told. No transaction is open meanwhile."""
    operation = campaign.operation_reference
    with transaction():
        allowed = queries.allowed_template_ids()
        can_receive = queries.reply_number() is not None
    try:
        found = review.template_choices(
            gateway(),
            allowed,
            context.settings().public_url,
            can_receive_replies=can_receive,
            operation=operation,
        )
    except NotifyError as error:
        return [], str(error)
    return found, None


def _partner_data(campaign: "Campaign", partner_ids: list[int]) -> dict[str, object]:
    """What was given; else what can be accepted with one press."""
    pages = {page.language: page for page in campaign.landing_pages}
    english, welsh = pages.get("en") or USUAL, pages.get("cy")
    only_one = partner_ids[0] if len(partner_ids) == 1 else None
    return {
        "partner": campaign.partner_id or only_one,
        "public_name": campaign.public_name,
        "heading": english.heading,
        "body": english.body,
        "heading_cy": welsh.heading if welsh else None,
        "body_cy": welsh.body if welsh else None,
    }


def _landing_texts(form: PartnerForm) -> list[LandingText]:
    english = LandingText("en", form.heading.data or "", form.body.data or "")
    welsh = LandingText("cy", form.heading_cy.data or "", form.body_cy.data or "")
    return [text for text in (english, welsh) if text.heading and text.body]


def _set_partner(campaign: "Campaign", form: PartnerForm, *, by: Actor) -> None:
    chosen = queries.organisation(form.partner.data)
    if chosen is not None:
        name, texts = form.public_name.data, _landing_texts(form)
        service.set_partner(campaign, chosen, texts, public_name=name, by=by)


def _schedule_data(campaign: "Campaign") -> dict[str, object]:
    window = campaign.send_window or SendWindow()
    start = campaign.start_at.astimezone(LONDON) if campaign.start_at else None
    return {
        "opens": window.opens,
        "closes": window.closes,
        "days": sorted(window.days),
        "start_on": start.date() if start else None,
        "start_time": start.time() if start else None,
        "budget": campaign.budget_pence,
    }
