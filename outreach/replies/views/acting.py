"""What a reader does with a reply: every act is a POST, and what could do harm is asked first."""

from uuid import UUID

from flask import flash, redirect, render_template
from flask import url_for as address
from werkzeug.wrappers import Response

from outreach.domain.access import Permission
from outreach.domain.reply_queue import NotTaken, Resolution, TakenByAnother
from outreach.replies import confirming, deciding, queries
from outreach.replies.forms import RevealForm
from outreach.replies.item import Item, Stands
from outreach.replies.views.common import blueprint, found, reader
from outreach.transaction import transaction
from outreach.web import current
from outreach.web.forms import ButtonForm
from outreach.web.permissions import requires

Page = str | Response

ACTS = {
    "opt-out": Resolution.OPT_OUT,
    "wrong-person": Resolution.WRONG_PERSON,
    "wants-help": Resolution.WANTS_HELP,
    "urgent": Resolution.URGENT,
    "no-action": Resolution.NO_ACTION,
    "release-hold": Resolution.HOLD_RELEASED,
}
DONE = {
    Resolution.OPT_OUT: "The number is opted out. Nobody texts it any more.",
    Resolution.WRONG_PERSON: "The number is marked as a wrong person’s. Nobody texts it any more.",
    Resolution.WANTS_HELP: "The reply is dealt with. The number stays on hold.",
    Resolution.URGENT: "The reply is dealt with. The number stays on hold.",
    Resolution.NO_ACTION: "The reply is dealt with. The number stays on hold.",
    Resolution.HOLD_RELEASED: "The reply is dealt with, and the number is not on hold any more.",
}
_ACT_NAMES = ", ".join(f"'{act}'" for act in ACTS)


@blueprint.post("/replies/<uuid:reply_id>/take")
@requires(Permission.READ_REPLIES)
def take(reply_id: UUID) -> Response:
    try:
        with transaction():
            deciding.take(reply_id, by=reader())
    except TakenByAnother as refusal:
        flash(str(refusal), "important")
        return redirect(address("replies.index"))
    return _to(reply_id)


@blueprint.post("/replies/<uuid:reply_id>/hand-back")
@requires(Permission.READ_REPLIES)
def hand_back(reply_id: UUID) -> Response:
    with transaction():
        deciding.hand_back(reply_id, by=reader())
    flash("The reply is back in the queue for somebody else.", "success")
    return redirect(address("replies.index"))


@blueprint.route(f"/replies/<uuid:reply_id>/<any({_ACT_NAMES}):act>", methods=["GET", "POST"])
@requires(Permission.READ_REPLIES)
def decide(reply_id: UUID, act: str) -> Page:
    """The question, or the guidance; then the decision."""
    form, resolution = ButtonForm(), ACTS[act]
    if form.validate_on_submit():
        with transaction():
            deciding.decide(reply_id, resolution, by=reader())
        flash(f"{DONE[resolution]} You can undo this for 10 minutes.", "success")
        return redirect(address("replies.index"))
    item = found(reply_id)
    _check_mine(item)
    return render_template(
        "replies/decide.html",
        form=form,
        item=item,
        resolution=resolution.value,
        confirms=confirming.is_wanted(),
        guidance=queries.urgent_guidance(),
        partners=queries.partners(item.reply),
    )


@blueprint.post("/replies/<uuid:reply_id>/undo")
@requires(Permission.READ_REPLIES)
def undo(reply_id: UUID) -> Response:
    with transaction():
        deciding.undo(reply_id, by=reader())
    flash("The decision is undone. The reply is with you again.", "success")
    return _to(reply_id)


@blueprint.post("/replies/<uuid:reply_id>/put-back")
@requires(Permission.READ_REPLIES)
def put_back(reply_id: UUID) -> Response:
    with transaction():
        deciding.put_back(reply_id, by=reader())
    flash("The reply is in the queue again, with you. The number is on hold.", "success")
    return _to(reply_id)


@blueprint.route("/replies/<uuid:reply_id>/number", methods=["GET", "POST"])
@requires(Permission.REVEAL_NUMBER, fresh=True)
def reveal(reply_id: UUID) -> str:
    """The answer is the page of the POST itself: the number gets into no address and no session."""
    form, number = RevealForm(), None
    item = found(reply_id)
    if item.stands is not Stands.DONE:
        _check_mine(item)
    if form.validate_on_submit():
        by = current.actor(Permission.REVEAL_NUMBER)
        with transaction():
            number = deciding.reveal(reply_id, form.reason.data, by=by)
        item = found(reply_id)
    return render_template("replies/reveal.html", form=form, item=item, number=number)


def _check_mine(item: Item) -> None:
    if item.stands is Stands.WITH_ANOTHER:
        raise TakenByAnother
    if item.stands is not Stands.MINE:
        raise NotTaken


def _to(reply_id: UUID) -> Response:
    return redirect(address("replies.show", reply_id=reply_id))
