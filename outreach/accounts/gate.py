"""At the door of every request: does the session still live, and is its person fresh enough?"""

from urllib.parse import urlencode

from flask import Flask, Response, abort, g, redirect, render_template, request, session
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from outreach import clock
from outreach.accounts import kept_forms, live_sessions
from outreach.accounts.forms import ConfirmForm
from outreach.accounts.live_sessions import SEEN_EVERY, LiveSession
from outreach.audit import service as audit
from outreach.domain.audit import AuditAction
from outreach.domain.session_life import RAN_OUT
from outreach.transaction import transaction
from outreach.web.current import person_actor
from outreach.web.permissions import Gatekeeper, use_gatekeeper

TOKEN = "sid"  # noqa: S105 - the name of the field, not a secret
OF_A_SIGN_IN = (TOKEN, "_user_id", "_fresh", "_id", "fs_paa", "fs_gexp", "identity.name")
OF_A_REQUEST = (
    "_login_user",
    "live_session",
    "ran_out",
    "proved_at",
    "new_session_id",
    "proof_from_elsewhere",
    "was_tied",
    "was_turned_away",
    "csrf_token",
)
"""Where an application context outlives the request, as in tests, nobody may be carried over."""
NEVER_KEPT = ("security.", "accounts.confirm", "accounts.stay", "partners.")
"""Forms with a password or a code in them, or with nothing to keep. A partner's form holds a
referral code, which must stand nowhere beside a time and a person (design section 8)."""


def init_app(app: Flask) -> None:
    """Before anything that asks who the person is."""
    app.before_request(_admit)
    app.after_request(_leave_the_newer_cookie)
    use_gatekeeper(app, Gatekeeper(_sign_in, ask_again, _note_refusal))
    app.context_processor(lambda: {"session_seconds": _seconds_left})


def current_session() -> LiveSession | None:
    """The session of this request, where somebody is signed in."""
    found: LiveSession | None = g.get("live_session")
    return found


def _admit() -> None:
    """A cookie counts only while its session lives in the database."""
    for name in OF_A_REQUEST:
        g.pop(name, None)
    if request.endpoint == "static" or "_user_id" not in session:
        return
    now = clock.now()
    found = live_sessions.find(session.get(TOKEN, ""), session["_user_id"], now)
    if found is None or found.end is not None:
        _turn_away(found)
        return
    g.live_session = found
    g.proved_at = session.get("fs_paa")
    if now - found.times.seen_at >= SEEN_EVERY and _is_a_person_acting():
        with transaction():
            live_sessions.note_seen(found.id, now)


def _leave_the_newer_cookie(response: Response) -> Response:
    """A page that asked by itself with a token just replaced must not undo the replacing."""
    if g.get("was_turned_away") and not _is_a_person_acting():
        session.modified = False
    return response


def _is_a_person_acting() -> bool:
    """Not a page that asks by itself: that would keep an empty chair signed in."""
    return request.headers.get("Live-Request") != "true"


def _turn_away(found: LiveSession | None) -> None:
    """Forget who it was; the form token stays, so that what was sent can be kept."""
    for name in OF_A_SIGN_IN:
        session.pop(name, None)
    g.was_turned_away = True
    if found is not None and found.end in RAN_OUT:
        g.ran_out = found


def _seconds_left() -> int | None:
    found = current_session()
    return found.times.seconds_left(clock.now()) if found else None


def _sign_in() -> AnyResponse:
    """To the sign-in page, and back afterwards; what was being sent is kept where it can be."""
    ran_out: LiveSession | None = g.get("ran_out")
    if request.method == "GET":
        target = request.full_path.rstrip("?")
    elif ran_out is not None and _keep(ran_out):
        target = "/account/carry-on"
    else:
        target = request.path if _opens_by_get() else "/"
    query = {"next": target} | ({"ended": "1"} if ran_out else {})
    return redirect(f"/sign-in?{urlencode(query)}")


def _keep(ran_out: LiveSession) -> bool:
    if request.method != "POST" or (request.endpoint or "").startswith(NEVER_KEPT):
        return False
    with transaction():
        return kept_forms.keep(ran_out.id, request.full_path.rstrip("?"), _sent_fields())


def _opens_by_get() -> bool:
    return request.url_rule is not None and "GET" in (request.url_rule.methods or ())


def ask_again() -> AnyResponse | None:
    """None where the person is fresh enough; else the page that asks who they are."""
    found = current_session() or abort(403)
    if found.times.is_fresh(clock.now(), is_sending=request.method != "GET"):
        return None
    return ask_anew()


def ask_anew() -> AnyResponse:
    """The page that asks who they are, and goes on with what was being done."""
    if request.method == "GET" or request.files:
        target = request.full_path.rstrip("?") if _opens_by_get() else "/"
        return redirect(f"/account/confirm?{urlencode({'next': target})}")
    if current_user.sso_subject is not None:
        _keep_for_later()
    page = render_template(
        "accounts/confirm.html",
        form=ConfirmForm(current_user._get_current_object()),
        to=request.full_path.rstrip("?"),
        fields=_sent_fields(),
    )
    return Response(page, 403)


def _keep_for_later() -> None:
    """A form cannot be sent on from another site, so it waits here for its person to be back."""
    here = current_session() or abort(403)
    if not (request.endpoint or "").startswith(NEVER_KEPT):
        with transaction():
            kept_forms.keep(here.id, request.full_path.rstrip("?"), _sent_fields())


def _sent_fields() -> list[tuple[str, str]]:
    return [pair for pair in request.form.items(multi=True) if pair[0] != "csrf_token"]


def _note_refusal() -> None:
    """A page somebody's role does not open (ASVS 5.0, 16.3.2)."""
    rule = request.url_rule.rule if request.url_rule else ""
    with transaction():
        audit.record(
            AuditAction.PERMISSION_REFUSED,
            person_actor(),
            "page",
            rule[:64],
            changes={"method": request.method},
        )
