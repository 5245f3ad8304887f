"""Who are you, asked again before an act that matters, without losing what was being done."""

from flask import abort, redirect, render_template, request, session
from flask_login import current_user
from werkzeug.wrappers import Response

from outreach import clock
from outreach.accounts import gate, kept_forms, live_sessions
from outreach.accounts.forms import ConfirmForm
from outreach.accounts.views.common import blueprint, is_route, own_page
from outreach.domain.access import Permission
from outreach.transaction import transaction
from outreach.web.current import person_actor
from outreach.web.permissions import requires

OWN_FIELDS = frozenset({"csrf_token", "confirm_password", "confirm_code", "confirm_to", "submit"})


@blueprint.route("/account/confirm", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def confirm() -> str | Response:
    """After the right answer, on to where the person was going.

    A form that was on its way is sent on by 307, with which a browser sends the same form again.
    """
    to = request.form.get("confirm_to", "")
    form = ConfirmForm(current_user._get_current_object())
    if form.validate_on_submit():
        _note()
        if is_route(to, "POST"):
            return redirect(to, code=307)
        return redirect(own_page(request.args.get("next")))
    fields = [pair for pair in request.form.items(multi=True) if pair[0] not in OWN_FIELDS]
    return render_template("accounts/confirm.html", form=form, to=to, fields=fields)


def _note() -> None:
    here = gate.current_session() or abort(403)
    by = person_actor()
    with transaction():
        session[gate.TOKEN] = live_sessions.note_confirmed(here.id, by)
        kept_forms.forget(here.user_id)  # it goes on at once
    session["fs_paa"] = clock.now().timestamp()  # Flask-Security asks this for its own pages
