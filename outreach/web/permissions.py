"""Every endpoint declares who may call it, or is refused.

The mark sits on the view function and is read from the running application, so that a decorator in
the wrong order refuses instead of opening the page.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask, abort, current_app, request
from flask_login import current_user
from werkzeug.wrappers import Response

from outreach.domain.access import Permission
from outreach.web.hosts import is_public_host

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Access:
    """Who may call an endpoint, and on which host name it answers: staff, public or either.

    `is_fresh`: the person must have proved within the last quarter of an hour who they are.
    """

    permission: Permission | None = None
    host: str = "staff"
    is_fresh: bool = False


@dataclass(frozen=True)
class Gatekeeper:
    """What the accounts capability does at the door, handed down so that this module knows it not.

    `sign_in` answers somebody who is not signed in; `ask_again` answers a person who has to prove
    again who they are, or gives None; `note_refusal` writes down that a role was missing.
    """

    sign_in: Callable[[], Response]
    ask_again: Callable[[], Response | None]
    note_refusal: Callable[[], None]


def requires(permission: Permission, *, fresh: bool = False) -> Callable[[View], View]:
    """Signed-in staff or partners whose roles give `permission`, on the staff host.

    `fresh`: for acts that matter (approve, release, reveal, export, administer), whoever has not
    given a password, a code or a passkey within 15 minutes is asked for one first, and then goes
    on with what was being done; a form opened in that time may be sent for 15 minutes more.
    """
    return _mark(Access(permission, is_fresh=fresh))


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


def use_gatekeeper(app: Flask, gatekeeper: Gatekeeper) -> None:
    app.extensions["outreach_gatekeeper"] = gatekeeper


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
    gatekeeper: Gatekeeper = current_app.extensions["outreach_gatekeeper"]
    if not current_user.is_authenticated:
        return gatekeeper.sign_in()
    if not current_user.may(access.permission):
        gatekeeper.note_refusal()
        abort(403)
    return gatekeeper.ask_again() if access.is_fresh else None


def _host() -> str:
    return "public" if is_public_host() else "staff"
