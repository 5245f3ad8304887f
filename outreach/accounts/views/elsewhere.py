"""Signing in with the organisation's own sign-in service, and proving there anew who one is.

OpenID Connect answers by GET, with a redirect of the browser. What was asked is kept in the cookie
of the browser that asked, and is good for one answer and ten minutes.
"""

from datetime import UTC, datetime
from hmac import compare_digest
from typing import TYPE_CHECKING, Any, cast

from flask import abort, current_app, flash, g, redirect, request, session, url_for
from flask_login import current_user
from flask_security import login_user
from werkzeug.wrappers import Response

from outreach import clock
from outreach.accounts import gate, live_sessions, queries, sign_ins, single_sign_on, throttle
from outreach.accounts.provider import AnswerRefused, Provider, ProviderDown
from outreach.accounts.views.common import blueprint, own_page
from outreach.config import Settings
from outreach.domain import single_sign_on as rules
from outreach.domain.access import Permission
from outreach.domain.session_life import proof_from_elsewhere
from outreach.transaction import transaction
from outreach.web.current import person_actor, person_id
from outreach.web.permissions import public, requires

if TYPE_CHECKING:
    from outreach.models import User

ASKED = "provider_asked"
SIGN_IN, CONFIRM, TIE = "sign-in", "confirm", "tie"
NO_ANSWER = "{} does not answer. Try again in a few minutes, or tell an administrator."
REFUSED = (
    "You could not be signed in with {}. Try again. If it goes on, ask an administrator of this "
    "service for an account or a role."
)
NOT_TIED = (
    "You already have an account with a password here. Sign in with it, and then choose {} under "
    "How you sign in."
)
NOT_PROVED = "{} did not say that you proved again who you are. Try again."
NOT_YOURS = "That is not the sign-in of this account. Nothing was changed."


@blueprint.get("/sign-in/provider")
@public
def sign_in_elsewhere() -> Response:
    """Only from our own page or the address bar: another site cannot begin a session that nobody
    asked for (ASVS 7.6.2)."""
    if request.headers.get("Sec-Fetch-Site", "none") not in {"same-origin", "none"}:
        return redirect(url_for("security.login"))
    return _leave(SIGN_IN, request.args.get("next"))


@blueprint.get("/account/confirm/provider")
@requires(Permission.SIGNED_IN)
def confirm_elsewhere() -> Response:
    return _leave(CONFIRM, request.args.get("next"))


@blueprint.get("/account/provider")
@requires(Permission.SIGNED_IN, fresh=True)
def tie_account() -> Response:
    return _leave(TIE, url_for(".sign_in_details"))


@blueprint.get("/sign-in/provider/sign-out")
@public
def sign_out_elsewhere() -> Response:
    """End the session at the provider too, where it has a page for that."""
    provider = _provider()
    try:
        address = provider.sign_out_address(f"{_settings().staff_url}/sign-in")
    except ProviderDown:
        address = None
    if address is None:
        flash(f"{provider.settings.name} has no page for signing out. Close your browser.")
    return redirect(address or url_for("security.login"))


@blueprint.get("/sign-in/provider/answer")
@public
def answer_from_elsewhere() -> Response:
    provider, asked = _provider(), session.pop(ASKED, None)
    try:
        claims = _claims(provider, asked)
    except AnswerRefused as refusal:
        return _refuse(str(refusal), REFUSED)
    except ProviderDown:
        return _refuse("no-answer", NO_ANSWER)
    go_on = {SIGN_IN: _signed_in, CONFIRM: _confirmed, TIE: _tied}[asked["for"]]
    return go_on(provider, claims, asked)


def _leave(purpose: str, target: str | None) -> Response:
    """To the provider, keeping what its answer must fit."""
    provider = _provider()
    try:
        question = provider.ask(anew=purpose != SIGN_IN)
    except (ProviderDown, AnswerRefused):
        flash(NO_ANSWER.format(provider.settings.name))
        return redirect(url_for("security.login") if purpose == SIGN_IN else "/account")
    session[ASKED] = {
        "for": purpose,
        "state": question.state,
        "nonce": question.nonce,
        "verifier": question.verifier,
        "next": own_page(target),
        "at": clock.now().timestamp(),
    }
    return redirect(question.url)


def _claims(provider: Provider, asked: dict[str, Any] | None) -> dict[str, Any]:
    """Raises AnswerRefused, with a word for the audit log, and ProviderDown."""
    given = request.args
    if asked is None or not compare_digest(
        given.get("state", "").encode(), asked["state"].encode()
    ):
        raise AnswerRefused("state")
    if clock.now() - _asked_at(asked) > rules.FLOW or not throttle.use_once(asked["state"]):
        raise AnswerRefused("state")
    named = given.get("iss")
    if named != provider.settings.issuer and (named or provider.must_name_itself()):
        raise AnswerRefused("issuer")  # RFC 9207: an answer of somebody else's
    if "error" in given or not given.get("code"):
        raise AnswerRefused("provider-said-no")
    return provider.claims(given["code"], asked["nonce"], asked["verifier"])


def _signed_in(provider: Provider, claims: dict[str, Any], asked: dict[str, Any]) -> Response:
    """In, where the provider asked for a second step that is trusted; else on to our own."""
    with transaction():
        identity = single_sign_on.identity_of(claims, provider.settings)
        admission = single_sign_on.admit(identity, _settings())
        user = admission.user
        is_enough = rules.has_second_step(claims, provider.settings.trusted_steps)
        if user is not None and is_enough:
            proof = proof_from_elsewhere(rules.proved_at(claims), clock.now())
            g.proof_from_elsewhere = proof
            login_user(user, authn_via=["provider"])
            session["fs_paa"] = proof.timestamp()
    if user is None:
        why = admission.why_not
        return _refuse(why, NOT_TIED if why == "not-tied" else REFUSED)
    if is_enough:
        return redirect(asked["next"])
    return _second_step(user, asked["next"])


def _second_step(user: "User", target: str) -> Response:
    plugins = current_app.extensions["security"].two_factor_plugins
    answer = plugins.tf_enter(user, False, "provider", next_loc=target)
    session[sign_ins.BY_PROVIDER] = True
    return cast(Response, answer or abort(403))


def _confirmed(provider: Provider, claims: dict[str, Any], asked: dict[str, Any]) -> Response:
    here = gate.current_session()
    if here is None or not current_user.is_authenticated:
        return _refuse("no-session", REFUSED)
    subject = rules.subject_key(provider.settings.issuer, str(claims["sub"]))
    if current_user.sso_subject != subject:
        return _refuse("another-subject", NOT_YOURS)
    if not rules.is_proved_since(claims, _asked_at(asked)):
        return _refuse("not-proved-anew", NOT_PROVED)
    by = person_actor()
    with transaction():
        session[gate.TOKEN] = live_sessions.note_confirmed(here.id, by)
    session["fs_paa"] = clock.now().timestamp()
    return redirect(asked["next"])


def _tied(provider: Provider, claims: dict[str, Any], asked: dict[str, Any]) -> Response:
    if not current_user.is_authenticated:
        return _refuse("no-session", REFUSED)
    if not rules.is_proved_since(claims, _asked_at(asked)):
        return _refuse("not-proved-anew", NOT_PROVED)
    by, own_id = person_actor(), person_id()
    with transaction():
        user = queries.lock_person(own_id) or abort(403)
        identity = single_sign_on.identity_of(claims, provider.settings)
        why_not = single_sign_on.tie_own(user, identity, by=by)
    if why_not:
        return _refuse(why_not, NOT_YOURS)
    flash(f"You can sign in with {provider.settings.name} from now on.", "success")
    return redirect(asked["next"])


def _refuse(why: str, words: str) -> Response:
    """Written down like a wrong password; the page does not tell more than it must."""
    is_in = current_user.is_authenticated
    sign_ins.refused(person_id() if is_in else None, f"provider: {why}")
    flash(words.format(_provider().settings.name))
    return redirect("/account" if is_in else url_for("security.login"))


def _asked_at(asked: dict[str, Any]) -> datetime:
    return datetime.fromtimestamp(asked["at"], UTC)


def _settings() -> Settings:
    settings: Settings = current_app.extensions["outreach_settings"]
    return settings


def _provider() -> Provider:
    """404 where none is set."""
    found: Provider | None = current_app.extensions["outreach_provider"]
    return found or abort(404)
