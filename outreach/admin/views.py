"""Administration: the templates that may be used, partners, the number for replies."""

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from outreach.admin import queries, service
from outreach.admin.forms import OrganisationForm, ReplyNumberForm
from outreach.domain.access import Permission
from outreach.notify.errors import NotifyError
from outreach.notify.results import Template
from outreach.transaction import transaction
from outreach.web.current import actor
from outreach.web.forms import ButtonForm
from outreach.web.notify import gateway
from outreach.web.permissions import requires

blueprint = Blueprint("admin", __name__, url_prefix="/admin")


@blueprint.get("")
@requires(Permission.ADMINISTER)
def index() -> str:
    return render_template("admin/index.html")


@blueprint.get("/templates")
@requires(Permission.ADMINISTER)
def templates() -> str:
    try:
        live, fault = _live(), None
    except NotifyError as error:
        live, fault = [], str(error)
    return render_template(
        "admin/templates.html", lists=queries.sorted_out(live), fault=fault, form=None
    )


@blueprint.post("/templates/<uuid:template_id>/allow")
@requires(Permission.ADMINISTER, fresh=True)
def allow(template_id: UUID) -> Response:
    if not ButtonForm().validate_on_submit():
        abort(400)
    by = actor(Permission.ADMINISTER)
    found = [each for each in _live() if each.id == str(template_id)]
    if not found:
        flash("This template is not in GOV.UK Notify any more. Nothing was changed.")
        return redirect(url_for(".templates"))
    with transaction():
        service.allow_template(found[0], by=by)
    flash(f"Requesters may now use “{found[0].name}”.", "success")
    return redirect(url_for(".templates"))


@blueprint.post("/templates/<uuid:template_id>/withdraw")
@requires(Permission.ADMINISTER, fresh=True)
def withdraw(template_id: UUID) -> Response:
    if not ButtonForm().validate_on_submit():
        abort(400)
    by = actor(Permission.ADMINISTER)
    with transaction():
        name = service.withdraw_template(str(template_id), by=by)
    if name is None:
        flash("This template was withdrawn already.")
    else:
        flash(f"“{name}” may no longer be used.", "success")
    return redirect(url_for(".templates"))


@blueprint.get("/organisations")
@requires(Permission.ADMINISTER)
def organisations() -> str:
    return render_template("admin/organisations.html", organisations=queries.organisations())


@blueprint.route("/organisations/new", methods=["GET", "POST"])
@requires(Permission.ADMINISTER, fresh=True)
def add_organisation() -> str | Response:
    form, by = OrganisationForm(), actor(Permission.ADMINISTER)

    def add() -> None:
        service.add_organisation(**_given(form), by=by)

    if form.validate_on_submit() and _is_saved(form, add):
        flash("The partner was added.", "success")
        return redirect(url_for(".organisations"))
    return render_template("admin/organisation.html", form=form, organisation=None)


@blueprint.route("/organisations/<int:organisation_id>", methods=["GET", "POST"])
@requires(Permission.ADMINISTER, fresh=True)
def edit_organisation(organisation_id: int) -> str | Response:
    organisation = queries.organisation(organisation_id) or abort(404)
    form, by = OrganisationForm(obj=organisation), actor(Permission.ADMINISTER)

    def change() -> None:
        found = queries.organisation(organisation_id) or abort(404)
        service.change_organisation(found, **_given(form), by=by)

    if form.validate_on_submit() and _is_saved(form, change):
        flash("The partner’s details were changed.", "success")
        return redirect(url_for(".organisations"))
    return render_template("admin/organisation.html", form=form, organisation=organisation)


def _is_saved(form: OrganisationForm, save: Callable[[], None]) -> bool:
    """Not where another partner has the name, which the form then tells."""
    try:
        with transaction():
            save()
    except service.NameTaken as taken:
        form.name.errors = [str(taken)]
        return False
    return True


@blueprint.route("/reply-number", methods=["GET", "POST"])
@requires(Permission.ADMINISTER, fresh=True)
def reply_number() -> str | Response:
    form = ReplyNumberForm(number=queries.reply_number())
    if form.validate_on_submit():
        with transaction():
            service.set_reply_number(form.number.data or "", by=actor(Permission.ADMINISTER))
        flash("The number was saved.", "success")
        return redirect(url_for(".index"))
    return render_template("admin/reply_number.html", form=form)


def _live() -> list[Template]:
    """Raises NotifyError. What checking the sign-in read is ended before Notify is asked."""
    with transaction():
        pass
    return gateway().list_templates()


def _given(form: OrganisationForm) -> dict[str, str]:
    return {
        "name": form.name.data or "",
        "phone": form.phone.data or "",
        "website": form.website.data or "",
    }
