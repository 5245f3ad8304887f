"""The partner's pages: check a code, record what came of it, see one's own figures.

A code travels in the body of a POST only: no address, log line or flash message holds one.
"""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from outreach.domain.access import Permission
from outreach.domain.actor import Actor
from outreach.domain.outcome import OutcomeKind
from outreach.partners import jobs, service
from outreach.partners.forms import CheckForm, OutcomeForm, WithdrawForm
from outreach.partners.service import Change, Genuine
from outreach.transaction import transaction
from outreach.web.current import actor
from outreach.web.permissions import requires

blueprint = Blueprint("partners", __name__, url_prefix="/partner")

__all__ = ["blueprint", "jobs"]  # importing the jobs registers them

DONE = {
    Change.RECORDED: "The outcome is recorded.",
    Change.CORRECTED: "The outcome is changed.",
    Change.WITHDRAWN: "The outcome is withdrawn. Nothing is kept under this code.",
    Change.UNCHANGED: "Nothing had to be changed.",
}


@blueprint.get("")
@requires(Permission.CHECK_CODE)
def index() -> str:
    return render_template("partners/index.html", form=CheckForm(formdata=None))


@blueprint.post("")
@requires(Permission.CHECK_CODE)
def check() -> str | tuple[str, int]:
    form, by = CheckForm(), actor(Permission.CHECK_CODE)
    if not form.validate_on_submit():
        return render_template("partners/index.html", form=form)
    try:
        with transaction():
            genuine = service.check(form.code.data, by=by)
    except service.TooManyWrongCodes as refusal:
        form.code.errors = [str(refusal)]
        return render_template("partners/index.html", form=form), 429
    except service.CampaignClosed as refusal:
        form.code.errors = [str(refusal)]
        return render_template("partners/index.html", form=form), 409
    return _result(genuine)


@blueprint.post("/outcome")
@requires(Permission.CHECK_CODE)
def record() -> str | Response:
    form, by = OutcomeForm(), actor(Permission.CHECK_CODE)
    if not form.validate_on_submit():
        if form.code.errors:
            return redirect(url_for(".index"))
        return _result(_again(form.code.data, by), form)
    with transaction():
        change = service.record(form.code.data, OutcomeKind(form.outcome.data), by=by)
    return _done(change)


@blueprint.post("/withdrawal")
@requires(Permission.CHECK_CODE)
def withdraw() -> str | Response:
    form, by = WithdrawForm(), actor(Permission.CHECK_CODE)
    if not form.validate_on_submit():
        return redirect(url_for(".index"))
    with transaction():
        change = service.withdraw(form.code.data, by=by)
    return _done(change)


@blueprint.get("/outcome")
@blueprint.get("/withdrawal")
@requires(Permission.CHECK_CODE)
def begin_again() -> Response:
    """Where a reload or a new sign-in lands: the code has to be typed once more."""
    return redirect(url_for(".index"))


@blueprint.get("/figures")
@requires(Permission.CHECK_CODE)
def figures() -> str:
    by = actor(Permission.CHECK_CODE)
    with transaction():
        rows = service.own_figures(by=by)
    return render_template("partners/figures.html", rows=rows, kinds=list(OutcomeKind))


def _again(code: str, by: Actor) -> Genuine | None:
    with transaction():
        return service.look_again(code, by=by)


def _result(genuine: Genuine | None, form: OutcomeForm | None = None) -> str:
    if genuine is None:
        return render_template("partners/not_genuine.html", form=CheckForm(formdata=None))
    held = genuine.held
    form = form or OutcomeForm(
        formdata=None, code=genuine.code, outcome=held.outcome if held else None
    )
    withdraw_form = WithdrawForm(formdata=None, code=genuine.code) if held else None
    return render_template(
        "partners/genuine.html", genuine=genuine, form=form, withdraw_form=withdraw_form
    )


def _done(change: Change) -> str | Response:
    if change is Change.NOT_GENUINE:
        return _result(None)
    flash(DONE[change], "success")
    return redirect(url_for(".index"))
