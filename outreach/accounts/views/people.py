"""Administration of people: who may sign in, in which roles."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from flask import abort, current_app, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from outreach.accounts import inviting, mailing, people, queries, single_sign_on
from outreach.accounts.people_forms import ROLE_HINTS, ConfirmedForm, InviteForm, RolesForm
from outreach.accounts.views.common import blueprint
from outreach.config import Settings
from outreach.domain.access import Permission
from outreach.domain.actor import Actor
from outreach.domain.errors import NotAllowed
from outreach.domain.mail import MailKind
from outreach.domain.people import AccountRefused
from outreach.transaction import transaction
from outreach.web.current import actor, person_id
from outreach.web.permissions import requires

if TYPE_CHECKING:
    from outreach.models import User

CLAIMED = "This person’s roles come from your organisation’s sign-in service. Change them there."
WAITS = "Another administrator has to confirm this before it counts."


@blueprint.get("/admin/people")
@requires(Permission.ADMINISTER, fresh=True)
def index() -> str:
    by = actor(Permission.ADMINISTER)
    with transaction():
        people.note_listed(by=by)
    return render_template("accounts/index.html", rows=queries.people())


@blueprint.route("/admin/people/invite", methods=["GET", "POST"])
@requires(Permission.ADMINISTER, fresh=True)
def invite() -> str | Response:
    form = InviteForm()
    form.offer([(each.id, each.name) for each in queries.organisations()])
    if form.validate_on_submit():
        try:
            user_id = _invite(form)
        except AccountRefused as refusal:
            form.form_errors.append(str(refusal))
        else:
            return redirect(url_for(".person", user_id=user_id))
    return render_template("accounts/invite.html", form=form, hints=ROLE_HINTS)


@blueprint.get("/admin/people/<int:user_id>")
@requires(Permission.ADMINISTER, fresh=True)
def person(user_id: int) -> str:
    by = actor(Permission.ADMINISTER)
    with transaction():
        user = queries.person(user_id) or abort(404)
        people.note_seen(user.id, by=by)
    return render_template(
        "accounts/person.html",
        row=queries.row_of(user),
        is_self=user_id == person_id(),
        asked_by_me=_asked_by_me(user_id),
        can_mail=mailing.can_send(MailKind.INVITATION),
        are_roles_claimed=single_sign_on.are_roles_claimed(user, _settings()),
    )


@blueprint.route("/admin/people/<int:user_id>/roles", methods=["GET", "POST"])
@requires(Permission.ADMINISTER, fresh=True)
def roles(user_id: int) -> str | Response:
    user = queries.person(user_id) or abort(404)
    if single_sign_on.are_roles_claimed(user, _settings()):
        flash(CLAIMED)
        return redirect(url_for(".person", user_id=user_id))
    form = RolesForm(data={"roles": [role.value for role in user.role_set]})
    if form.validate_on_submit():
        by = actor(Permission.ADMINISTER)
        try:
            with transaction():
                found = queries.lock_person(user_id) or abort(404)
                is_done = people.change_roles(found, form.wanted, by=by)
        except (AccountRefused, NotAllowed) as refusal:
            form.roles.errors = [str(refusal)]
        else:
            flash("The roles were changed." if is_done else WAITS, "success" if is_done else "")
            return redirect(url_for(".person", user_id=user_id))
    return render_template("accounts/roles.html", form=form, user=user, hints=ROLE_HINTS)


@blueprint.post("/admin/people/<int:user_id>/roles/confirm")
@requires(Permission.ADMINISTER, fresh=True)
def confirm_roles(user_id: int) -> Response:
    user = queries.person(user_id) or abort(404)
    if single_sign_on.are_roles_claimed(user, _settings()):
        flash(CLAIMED)
        return redirect(url_for(".person", user_id=user_id))
    return _decide(user_id, people.confirm, "You confirmed the change of roles.")


@blueprint.post("/admin/people/<int:user_id>/roles/refuse")
@requires(Permission.ADMINISTER, fresh=True)
def refuse_roles(user_id: int) -> Response:
    return _decide(user_id, people.refuse, "The roles stay as they are.")


@blueprint.post("/admin/people/<int:user_id>/disable")
@requires(Permission.ADMINISTER, fresh=True)
def disable(user_id: int) -> Response:
    return _act(user_id, people.disable, "The account is switched off.")


@blueprint.post("/admin/people/<int:user_id>/enable")
@requires(Permission.ADMINISTER, fresh=True)
def enable(user_id: int) -> Response:
    return _act(user_id, people.enable, "The account is switched on.")


@blueprint.post("/admin/people/<int:user_id>/end-sessions")
@requires(Permission.ADMINISTER, fresh=True)
def end_sessions(user_id: int) -> Response:
    return _act(user_id, people.end_sessions, "The person was signed out everywhere.")


@blueprint.post("/admin/people/<int:user_id>/reset-second-step")
@requires(Permission.ADMINISTER, fresh=True)
def reset_second_step(user_id: int) -> Response:
    return _act(
        user_id, people.reset_second_step, "The person sets up a new second step at next sign-in."
    )


@blueprint.post("/admin/people/<int:user_id>/send-link")
@requires(Permission.ADMINISTER, fresh=True)
def send_link(user_id: int) -> Response:
    def send(user: "User", *, by: Actor) -> None:
        inviting.send_again(user, current_app.extensions["outreach_settings"], by=by)

    return _act(user_id, send, "The invitation is on its way.")


def _settings() -> Settings:
    settings: Settings = current_app.extensions["outreach_settings"]
    return settings


def _invite(form: InviteForm) -> int:
    by = actor(Permission.ADMINISTER)
    with transaction():
        chosen = form.organisation.data
        user = people.invite(
            form.email.data or "",
            form.wanted,
            by=by,
            name=form.name.data or "",
            organisation=queries.organisation(int(chosen)) if chosen else None,
        )
        inviting.send_invitation(user, current_app.extensions["outreach_settings"], by=by)
        is_waiting, user_id = not user.roles, user.id
    flash("The person was invited.", "success")
    if is_waiting:
        flash(WAITS)
    return user_id


def _act(user_id: int, act: Callable[..., object], done: str) -> Response:
    """Do it to the person, in one transaction, and lead back to their page."""
    if not ConfirmedForm().validate_on_submit():
        abort(400)
    by = actor(Permission.ADMINISTER)
    try:
        with transaction():
            act(queries.lock_person(user_id) or abort(404), by=by)
    except NotAllowed as refusal:
        flash(str(refusal))
    else:
        flash(done, "success")
    return redirect(url_for(".person", user_id=user_id))


def _decide(user_id: int, decide: Callable[..., object], done: str) -> Response:
    if not ConfirmedForm().validate_on_submit():
        abort(400)
    by = actor(Permission.ADMINISTER)
    try:
        with transaction():
            waiting = queries.open_request(user_id) or abort(404)
            decide(waiting, by=by)
    except NotAllowed as refusal:
        flash(str(refusal))
    else:
        flash(done, "success")
    return redirect(url_for(".person", user_id=user_id))


def _asked_by_me(user_id: int) -> bool:
    waiting = queries.open_request(user_id)
    return waiting is not None and waiting.asked_by_id == person_id()
