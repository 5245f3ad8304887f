"""Every endpoint declares who may call it, or is refused.

The mark sits on the view function and is read from the running application, so that a decorator in
the wrong order refuses instead of opening the page.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlencode

from flask import Flask, abort, current_app, redirect, request
from flask_login import current_user
from werkzeug.wrappers import Response

from outreach.domain.access import Permission

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Access:
    """Who may call an endpoint, and on which host name it answers: staff, public or either."""

    permission: Permission | None = None
    host: str = "staff"


def requires(permission: Permission) -> Callable[[View], View]:
    """Signed-in staff or partners whose roles give `permission`, on the staff host."""
    return _mark(Access(permission))


def public(view: View) -> View:
    """Anybody, on the staff host: signing in, the accessibility statement."""
    return _mark(Access())(view)


def recipient_page(view: View) -> View:
    """Anybody, on the public host only: what a recipient opens."""
    return _mark(Access(host="public"))(view)


def machine(view: View) -> View:
    """Called by machines on either host, which prove themselves or learn nothing of note."""
    return _mark(Access(host="either"))(view)


def access_of(app: Flask, endpoint: str) -> Access | None:
    access = getattr(app.view_functions.get(endpoint), "outreach_access", None)
    return access if isinstance(access, Access) else None


def mark_endpoint(app: Flask, endpoint: str, access: Access) -> None:
    """For endpoints of libraries, which cannot be decorated."""
    _mark(access)(app.view_functions[endpoint])


def init_app(app: Flask) -> None:
    app.before_request(_check)


def _mark(access: Access) -> Callable[[View], View]:
    def mark(view: View) -> View:
        view.outreach_access = access  # type: ignore[attr-defined]
        return view

    return mark


def _check() -> Response | None:
    if request.endpoint is None:
        return None  # the 404 or 405 that routing already decided
    access = access_of(current_app, request.endpoint)
    if access is None:
        abort(403)
    if access.host not in {"either", _host()}:
        abort(404)
    if access.permission is None:
        return None
    if not current_user.is_authenticated:
        return _to_sign_in()
    if not current_user.may(access.permission):
        abort(403)
    return None


def _host() -> str:
    return "public" if request.host == current_app.config["PUBLIC_HOST"] else "staff"


def _to_sign_in() -> Response:
    """Back to this page after signing in, if it can be opened again by a GET."""
    target = request.full_path.rstrip("?") if request.method == "GET" else request.path
    return redirect(f"/sign-in?{urlencode({'next': target})}")
