"""The start page, the standing pages, and whether the service is alive."""

from datetime import date
from hmac import compare_digest
from ipaddress import ip_address

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from outreach.domain.access import Permission
from outreach.pages import metrics, needs, queries
from outreach.web.current import person_id, rights
from outreach.web.permissions import machine, public, requires

blueprint = Blueprint("pages", __name__)

STATEMENT_WRITTEN = date(2026, 11, 24)
STATEMENT_TESTED = date(2026, 11, 24)
STATEMENT_READ_AGAIN = date(2027, 11, 24)
"""The dates of the accessibility statement; change them with what it says."""


@blueprint.get("/")
@requires(Permission.SIGNED_IN)
def home() -> str:
    return render_template(
        "pages/home.html",
        needs=needs.needs_of(person_id(), rights()),
        steps=needs.steps_of(rights()),
    )


@blueprint.get("/accessibility")
@public
def accessibility() -> str:
    return render_template(
        "pages/accessibility.html",
        written_on=STATEMENT_WRITTEN,
        tested_on=STATEMENT_TESTED,
        read_again_on=STATEMENT_READ_AGAIN,
    )


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


@blueprint.get("/metrics")
@machine
def show_metrics() -> Response:
    """For Prometheus: from loopback, or with the token of OUTREACH_METRICS_TOKEN."""
    if not (_has_token() or _is_loopback()):
        abort(403)
    return Response(metrics.exposition(), mimetype="text/plain; version=0.0.4")


def _has_token() -> bool:
    token: str = current_app.extensions["outreach_settings"].metrics_token
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return bool(token) and compare_digest(given.encode(), token.encode())


def _is_loopback() -> bool:
    """Nobody in front of us: behind a proxy every request comes from loopback."""
    is_forwarded = any(name in request.headers for name in ("X-Forwarded-For", "Forwarded"))
    return not is_forwarded and ip_address(request.remote_addr or "::").is_loopback
