"""One's own account: how one signs in, where one is signed in, work that was kept."""

from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from outreach import clock
from outreach.accounts import gate, kept_forms, live_sessions
from outreach.accounts.views.common import blueprint, is_route
from outreach.domain.access import Permission
from outreach.domain.session_life import SessionEnd
from outreach.transaction import transaction
from outreach.web.current import person_actor, person_id
from outreach.web.forms import ButtonForm
from outreach.web.permissions import requires

END_WORDS = {
    SessionEnd.SIGNED_OUT: "You signed out",
    SessionEnd.IDLE: "Nothing was done for 30 minutes",
    SessionEnd.TOO_LONG: "It had lasted 12 hours",
    SessionEnd.ENDED_BY_OWNER: "You ended it from another browser",
    SessionEnd.ENDED_BY_ADMIN: "An administrator ended it",
    SessionEnd.PASSWORD_CHANGED: "Your password was changed",
    SessionEnd.ROLES_CHANGED: "Your roles were changed",
    SessionEnd.SECOND_STEP_CHANGED: "Your second step was changed",
    SessionEnd.DISABLED: "Your account was switched off",
}


@blueprint.get("/account/sign-in-details")
@requires(Permission.SIGNED_IN)
def sign_in_details() -> str:
    return render_template(
        "accounts/sign_in_details.html", codes_left=len(current_user.mf_recovery_codes or [])
    )


@blueprint.get("/account/sessions")
@requires(Permission.SIGNED_IN)
def own_sessions() -> str:
    here = gate.current_session() or abort(403)
    now = clock.now()
    rows = live_sessions.of_person(person_id())
    return render_template(
        "accounts/own_sessions.html",
        living=[row for row in rows if live_sessions.end_of(row, now) is None],
        ended=[row for row in rows if live_sessions.end_of(row, now)],
        why=lambda row: END_WORDS[live_sessions.end_of(row, now) or SessionEnd.IDLE],
        here=here.id,
        form=ButtonForm(),
    )


@blueprint.post("/account/sessions/<uuid:session_id>/end")
@requires(Permission.SIGNED_IN, fresh=True)
def end_own_session(session_id: UUID) -> Response:
    if not ButtonForm().validate_on_submit():
        abort(400)
    by = person_actor()
    with transaction():
        row = live_sessions.get(session_id, person_id()) or abort(404)
        live_sessions.end(row, SessionEnd.ENDED_BY_OWNER, by=by)
    flash("That session was ended.", "success")
    return redirect(url_for(".own_sessions"))


@blueprint.post("/account/sessions/end-others")
@requires(Permission.SIGNED_IN, fresh=True)
def end_other_sessions() -> Response:
    if not ButtonForm().validate_on_submit():
        abort(400)
    here = gate.current_session() or abort(403)
    by = person_actor()
    with transaction():
        count = live_sessions.end_all(person_id(), SessionEnd.ENDED_BY_OWNER, by=by, but=here.id)
    flash(f"{count} other session{'' if count == 1 else 's'} ended.", "success")
    return redirect(url_for(".own_sessions"))


@blueprint.post("/account/stay")
@requires(Permission.SIGNED_IN)
def stay() -> Response:
    """Somebody is still there: the request itself is what counts."""
    here = gate.current_session() or abort(403)
    with transaction():
        live_sessions.note_seen(here.id, clock.now())
    left = here.times.seconds_left(clock.now())
    return Response(str(left), mimetype="text/plain")


@blueprint.get("/account/carry-on")
@requires(Permission.SIGNED_IN)
def carry_on() -> str | Response:
    """A form that was sent after the session had run out, to be sent now."""
    kept = kept_forms.newest_of(person_id())
    if kept is None:
        return redirect(url_for("pages.home"))
    return render_template("accounts/carry_on.html", kept=kept)


@blueprint.post("/account/carry-on")
@requires(Permission.SIGNED_IN)
def send_kept() -> Response:
    """Send it on by 307, with which a browser sends the same form again; it is kept no longer."""
    to = request.form.get("confirm_to", "")
    with transaction():
        kept_forms.forget(person_id())
    return redirect(to, code=307) if is_route(to, "POST") else redirect("/")


@blueprint.post("/account/carry-on/forget")
@requires(Permission.SIGNED_IN)
def forget_kept() -> Response:
    if not ButtonForm().validate_on_submit():
        abort(400)
    with transaction():
        kept_forms.forget(person_id())
    return redirect(url_for("pages.home"))
