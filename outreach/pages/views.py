"""The start page, the standing pages, and whether the service is alive."""

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from outreach.domain.access import Permission
from outreach.pages import queries
from outreach.web.permissions import machine, public, requires

blueprint = Blueprint("pages", __name__)


@blueprint.get("/")
@requires(Permission.SIGNED_IN)
def home() -> str:
    return render_template("pages/home.html")


@blueprint.get("/accessibility")
@public
def accessibility() -> str:
    return render_template("pages/accessibility.html")


@blueprint.get("/privacy")
@public
def privacy() -> str:
    return render_template("pages/privacy.html")


@blueprint.get("/account")
@requires(Permission.SIGNED_IN)
def account() -> str:
    return render_template("pages/account.html")


@blueprint.get("/login")
@public
def login() -> Response:
    return redirect(url_for("security.login"))


@blueprint.get("/healthz")
@machine
def healthz() -> dict[str, str]:
    """Alive: the process answers."""
    return {"status": "ok"}


@blueprint.get("/readyz")
@machine
def readyz() -> tuple[dict[str, str], int]:
    """Ready: the database answers and a worker has reported within the last half minute."""
    problems = queries.readiness_problems()
    if problems:
        return {"status": "not ready", "why": "; ".join(problems)}, 503
    return {"status": "ready"}, 200
