"""One place that turns errors into pages: what happened, what to do, nothing lost."""

import logging

from flask import Flask, current_app, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, SecurityError
from werkzeug.wrappers import Response

from outreach.domain.errors import OutreachError
from outreach.extensions import db
from outreach.web.hosts import is_public_host

log = logging.getLogger(__name__)

PAGES = frozenset({400, 403, 404, 405, 413, 429, 500, 503})


def init_app(app: Flask) -> None:
    app.register_error_handler(SecurityError, _strange_host)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(OutreachError, _refused)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _fault)


def _page(status: int, **context: object) -> tuple[str, int]:
    db.session.rollback()
    if is_public_host():
        return render_template("errors/public.html", status=status), status
    return render_template(f"errors/{status}.html", **context), status


def _strange_host(error: SecurityError) -> Response:
    """Another host name: no page of ours has an address there, so plain words."""
    log.warning("refused: a host name that is not ours")
    return Response("This address does not belong to the service.\n", 400, mimetype="text/plain")


def _http_error(error: HTTPException) -> tuple[str, int] | HTTPException:
    if error.code is None or error.code < 400:
        return error
    return _page(error.code if error.code in PAGES else 400)


def _stale_form(error: CSRFError) -> tuple[str, int]:
    log.warning("refused: a form without its token")
    return _page(400, is_stale_form=True)


def _refused(error: OutreachError) -> tuple[str, int]:
    """A rule said no, and no view pinned it to a field: a page that says which rule and why."""
    db.session.rollback()
    return render_template("errors/refused.html", reason=str(error), above=_page_above()), 409


def _page_above() -> str | None:
    """The page about the thing that the act was to change: the nearest one up the address."""
    routes = current_app.create_url_adapter(request)
    path = request.path
    while routes is not None and (path := path.rpartition("/")[0]):
        if routes.test(path, method="GET"):
            return path
    return None


def _fault(error: Exception) -> tuple[str, int]:
    log.error("unhandled error: %s", type(error).__name__, exc_info=error)
    return _page(500)
