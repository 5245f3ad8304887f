"""The suppression list: what it holds in figures, one number looked up, added, removed, files.

A number is typed and posted, never listed, and never part of an address.
"""

from typing import TYPE_CHECKING

from flask import Blueprint, Response, abort, flash, redirect, render_template, stream_with_context
from flask import url_for as address
from werkzeug.wrappers import Response as AnyResponse

from outreach import clock, vault
from outreach.domain.access import Permission
from outreach.domain.optout import (
    KIND_WORDS,
    SOURCE_WORDS,
    SuppressionKind,
    SuppressionSource,
)
from outreach.optouts import queries, service, transfer
from outreach.optouts.forms import AddForm, ImportForm, LookUpForm, RemoveForm
from outreach.optouts.under_way import wait_for_texts_under_way
from outreach.transaction import transaction
from outreach.web import current
from outreach.web.forms import ButtonForm
from outreach.web.permissions import requires

if TYPE_CHECKING:
    from outreach.models import Suppression

blueprint = Blueprint("optouts", __name__, url_prefix="/opt-outs")

Page = str | AnyResponse


@blueprint.get("")
@requires(Permission.ADD_OPTOUT)
def index() -> str:
    figures = queries.figures(clock.now())
    return render_template(
        "optouts/index.html", figures=figures, sources=list(SOURCE_WORDS.items())
    )


@blueprint.route("/look-up", methods=["GET", "POST"])
@requires(Permission.ADD_OPTOUT)
def look_up() -> str:
    """The answer is the page of the POST itself: the number gets into no address and no session."""
    form, found = LookUpForm(), None
    if form.validate_on_submit():
        with transaction():
            found = queries.look_up(vault.digest(form.number.e164))
            service.record_look_up(found, by=current.actor(Permission.ADD_OPTOUT))
    return _with_words("optouts/look_up.html", form=form, found=found)


@blueprint.route("/add", methods=["GET", "POST"])
@requires(Permission.ADD_OPTOUT)
def add() -> Page:
    form = AddForm()
    if form.validate_on_submit():
        digest = vault.digest(form.number.e164)
        with transaction():
            is_new = service.suppress(
                digest,
                SuppressionKind(form.kind.data),
                SuppressionSource.STAFF,
                by=current.actor(Permission.ADD_OPTOUT),
            )
        wait_for_texts_under_way(digest)
        if is_new:
            flash("The number is on the suppression list. Nobody texts it any more.", "success")
        else:
            flash("The number was on the suppression list already.", "important")
        return redirect(address(".index"))
    return render_template("optouts/add.html", form=form)


@blueprint.route("/<int:suppression_id>/remove", methods=["GET", "POST"])
@requires(Permission.REMOVE_OPTOUT, fresh=True)
def remove(suppression_id: int) -> Page:
    form = RemoveForm()
    if form.validate_on_submit():
        with transaction():
            by = current.actor(Permission.REMOVE_OPTOUT)
            service.remove(_find(suppression_id), by=by, reason=form.reason.data)
        flash("The number is off the suppression list.", "success")
        return redirect(address(".index"))
    return _with_words("optouts/remove.html", form=form, entry=_find(suppression_id))


@blueprint.route("/import", methods=["GET", "POST"])
@requires(Permission.ADD_OPTOUT, fresh=True)
def import_list() -> str:
    """The answer is the page of the POST itself: what could not be read, line by line."""
    form, read, added = ImportForm(), None, 0
    if form.validate_on_submit():
        try:
            read = transfer.read_file(form.content, SuppressionKind(form.kind.data))
        except transfer.FileUnreadable as fault:
            form.file.errors = [str(fault)]
        else:
            with transaction():
                by = current.actor(Permission.ADD_OPTOUT)
                added = service.import_digests(read.entries, by=by)
    return render_template("optouts/import.html", form=form, read=read, added=added)


@blueprint.route("/export", methods=["GET", "POST"])
@requires(Permission.ADD_OPTOUT, fresh=True)
def export() -> Page:
    form, count = ButtonForm(), queries.count_active()
    if not form.validate_on_submit():
        key_id = vault.ring().newest.key_id
        return render_template("optouts/export.html", form=form, count=count, key_id=key_id)
    with transaction():
        service.record_export(count, by=current.actor(Permission.ADD_OPTOUT))
    lines = transfer.export_lines(queries.all_active())
    answer = Response(stream_with_context(lines), mimetype="text/csv")
    name = f"suppression-list-{clock.now():%Y-%m-%d}.csv"
    answer.headers["Content-Disposition"] = f"attachment; filename={name}"
    return answer


def _with_words(template: str, **context: object) -> str:
    return render_template(template, kind_words=KIND_WORDS, source_words=SOURCE_WORDS, **context)


def _find(suppression_id: int) -> "Suppression":
    return queries.suppression(suppression_id) or abort(404)
