"""A person asks what is held about them, or wants it erased or put right.

For approvers: they answer for what the team does with people's data, and did not draw up the list
themselves. The number is typed and posted, never listed, and never part of an address.
"""

from flask import Blueprint, Response, abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from outreach import clock, vault
from outreach.domain.access import Permission
from outreach.domain.optout import KIND_WORDS
from outreach.domain.phone import mask
from outreach.domain.subject import file_for
from outreach.jobs import context
from outreach.subjects import queries, service
from outreach.subjects.forms import FindForm, GoOnForm, correct_form
from outreach.transaction import transaction
from outreach.web.current import actor
from outreach.web.permissions import requires

blueprint = Blueprint("subjects", __name__, url_prefix="/subject-requests")

Page = str | AnyResponse
ANSWER = Permission.ANSWER_SUBJECTS


@blueprint.route("", methods=["GET", "POST"])
@requires(ANSWER, fresh=True)
def find() -> str:
    """The answer is the page of the POST itself: the number gets into no address."""
    form = FindForm()
    if not form.validate_on_submit():
        return render_template("subjects/find.html", form=form)
    with transaction():
        digest, by = vault.digest(form.e164), actor(ANSWER)
        held = service.find(digest, mask(form.e164), by=by, reason=form.reason.data)
    return render_template(
        "subjects/found.html",
        held=held,
        number=form.number.data,
        reason=form.reason.data,
        kind_words=KIND_WORDS,
    )


@blueprint.post("/file")
@requires(ANSWER, fresh=True)
def download() -> Response:
    form = _sent(GoOnForm())
    with transaction():
        digest, by = vault.digest(form.e164), actor(ANSWER)
        held = service.export(digest, mask(form.e164), by=by, reason=form.reason.data)
    answer = Response(file_for(held, form.e164, clock.now()), mimetype="text/plain")
    answer.headers["Content-Disposition"] = "attachment; filename=what-we-hold.txt"
    return answer


@blueprint.post("/erase")
@requires(ANSWER, fresh=True)
def erase() -> Page:
    form = _sent(GoOnForm())
    if form.confirmed.data != "yes":
        form.confirmed.data = "yes"
        return render_template("subjects/erase.html", form=form, masked=mask(form.e164))
    with transaction():
        by, digest = actor(ANSWER), vault.digest(form.e164)
        erased = service.erase(digest, by=by, reason=form.reason.data)
    return render_template("subjects/erased.html", erased=erased)


@blueprint.post("/correct")
@requires(ANSWER, fresh=True)
def correct() -> Page:
    """First the values as they are; then what was put in their place."""
    sent = _sent(GoOnForm())
    digest, row_id = vault.digest(sent.e164), sent.recipient_id.data or ""
    values = queries.values_of(digest, int(row_id) if row_id.isdecimal() else 0)
    if not values:
        raise service.NotTheirs
    form = correct_form(values)
    if form.confirmed.data == "yes" and form.validate_on_submit():
        try:
            _correct(digest, int(row_id), form.values(), form.reason.data)
        except service.DoesNotFit as fault:
            form[next(iter(form.names))].errors = [str(fault)]
        else:
            flash("The details were corrected. The campaign is a draft again.", "success")
            return redirect(url_for(".find"))
    form.confirmed.data = "yes"
    return render_template("subjects/correct.html", form=form, masked=mask(sent.e164))


def _correct(digest: bytes, recipient_id: int, values: dict[str, str], reason: str) -> None:
    by, public_url = actor(ANSWER), context.settings().public_url
    with transaction():
        service.correct(digest, recipient_id, values, public_url=public_url, by=by, reason=reason)


def _sent(form: GoOnForm) -> GoOnForm:
    """What came with a button of a page of ours."""
    if not form.validate_on_submit():
        abort(400)
    return form
