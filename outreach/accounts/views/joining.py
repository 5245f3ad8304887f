"""Accepting an invitation."""

from flask import abort, current_app, redirect, render_template, url_for
from werkzeug.wrappers import Response

from outreach.accounts import invitations, service
from outreach.accounts.forms import PasswordForm
from outreach.accounts.views.common import blueprint
from outreach.transaction import transaction
from outreach.web.permissions import public


@blueprint.route("/invitation/<string:token>", methods=["GET", "POST"])
@public
def accept_invitation(token: str) -> str | Response:
    settings = current_app.extensions["outreach_settings"]
    person = invitations.invited_person(token, settings)
    if person is None:
        abort(404)
    form = PasswordForm(person)
    if form.validate_on_submit():
        with transaction():
            service.join(person, form.password.data or "")
        return redirect(url_for("security.login"))
    return render_template("accounts/accept_invitation.html", form=form, person=person)
