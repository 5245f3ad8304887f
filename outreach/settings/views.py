"""The settings page."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from outreach.domain.access import Permission
from outreach.domain.settings import Group
from outreach.settings import queries, service
from outreach.settings.forms import SettingsForm
from outreach.transaction import transaction
from outreach.web.current import actor
from outreach.web.permissions import requires

blueprint = Blueprint("settings", __name__)


@blueprint.route("/admin/settings", methods=["GET", "POST"])
@requires(Permission.ADMINISTER, fresh=True)
def index() -> str | Response:
    form = SettingsForm.showing(queries.stored())
    if form.validate_on_submit():
        by = actor(Permission.ADMINISTER)
        with transaction():
            changed = service.change(form.values, by=by)
        flash(f"Changed: {', '.join(changed)}." if changed else "Nothing was changed.", "success")
        return redirect(url_for(".index"))
    return render_template("settings/index.html", form=form, groups=list(Group))
