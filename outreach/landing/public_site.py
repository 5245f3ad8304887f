"""The public host as an application of its own, in the same process as the staff site.

It has no secret key, so it cannot set a cookie; no accounts, no forms library, no session. What is
not in it does not exist on the public host: it answers 404 where staff would sign in.
"""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from flask import Blueprint, Flask, current_app, render_template
from sqlalchemy import Engine
from werkzeug.exceptions import HTTPException
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wsgi import get_host

from outreach import keychain
from outreach.config import Settings
from outreach.extensions import db
from outreach.web import assets, headers, logs, permissions

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

log = logging.getLogger(__name__)

MAIN_APP, DATABASE = "outreach_main_app", "outreach_database"
_FROM_MAIN = ("PUBLIC_HOST", "TRUSTED_HOSTS", "SEND_FILE_MAX_AGE_DEFAULT")
_MAX_BYTES = 4_096
"""A recipient's POST carries nothing."""


class ByHost:
    """Sends a request to the public site or to the main application, by the host it asks for.

    What machines may call on either host stays with the main application.
    """

    def __init__(self, main: Flask, behind: "WSGIApplication", public: Flask) -> None:
        self._main, self._behind, self._public = main, behind, public
        self._public_host = public.config["PUBLIC_HOST"]

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        first_part = environ["PATH_INFO"].lstrip("/").partition("/")[0]
        is_public = get_host(environ) == self._public_host and first_part not in self._shared
        return (self._public if is_public else self._behind)(environ, start_response)

    @cached_property
    def _shared(self) -> frozenset[str]:
        """First parts of addresses that answer on either host; read when all are registered."""
        return frozenset(
            rule.rule.lstrip("/").partition("/")[0]
            for rule in self._main.url_map.iter_rules()
            if (access := permissions.access_of(self._main, rule.endpoint))
            and access.host == "either"
        )


def put_in_front(main: Flask, *blueprints: Blueprint) -> None:
    """From now on `main` answers the public host with a site made of `blueprints`."""
    public = _create(main, blueprints)
    if isinstance(main.wsgi_app, ProxyFix):  # the host is known only behind it
        main.wsgi_app.app = ByHost(main, main.wsgi_app.app, public)
    else:
        main.wsgi_app = ByHost(main, main.wsgi_app, public)  # type: ignore[method-assign]


def database() -> Engine:
    """The database, for a read that needs nothing else of the main application."""
    engine: Engine = current_app.extensions[DATABASE]
    return engine


@contextmanager
def main_application() -> Iterator[None]:
    """Within the block, the tables can be read and written."""
    with current_app.extensions[MAIN_APP].app_context():
        yield


def _create(main: Flask, blueprints: Iterable[Blueprint]) -> Flask:
    settings: Settings = main.extensions["outreach_settings"]
    public = Flask(
        "outreach.public",
        template_folder=main.template_folder,
        static_folder=main.static_folder,
        static_url_path=main.static_url_path,
    )
    public.config.update({name: main.config[name] for name in _FROM_MAIN})
    public.config.update(MAX_CONTENT_LENGTH=_MAX_BYTES)
    public.extensions[MAIN_APP] = main
    with main.app_context():
        public.extensions[DATABASE] = db.engine
    public.jinja_options = main.jinja_options
    assets.init_app(public)
    logs.init_app(public)
    keychain.guard(public, main)
    permissions.init_app(public)
    headers.init_app(public, settings)
    public.register_error_handler(HTTPException, _http_error)
    public.register_error_handler(Exception, _fault)
    for blueprint in blueprints:
        public.register_blueprint(blueprint)
    permissions.mark_endpoint(public, "static", permissions.Access(host="either"))
    return public


def _http_error(error: HTTPException) -> tuple[str, int] | HTTPException:
    if error.code is None or error.code < 400:
        return error
    return render_template("errors/public.html", status=error.code), error.code


def _fault(error: Exception) -> tuple[str, int]:
    log.error("unhandled error: %s", type(error).__name__, exc_info=error)
    return render_template("errors/public.html", status=500), 500
