"""The pages a recipient opens, on the public host only (design section 7).

No page needs a token against forged requests: nothing here knows a visitor, so there is nothing a
forger could borrow. Whoever has the code in the address may do what its page offers. Browsers say
where a request comes from, and a POST that another site's page caused is refused all the same.
"""

from uuid import UUID

from flask import Blueprint, Flask, Response, abort, current_app, request
from flask.blueprints import BlueprintSetupState

from outreach.campaigns import queries as campaigns
from outreach.domain.access import Permission
from outreach.domain.landing import web_address
from outreach.domain.referral import NO_CODE, code_to_look_up
from outreach.landing import public_site, rendering, service
from outreach.landing.content import Content
from outreach.landing.wording import ACTS, DEFAULT, languages
from outreach.optouts.under_way import wait_for_texts_under_way
from outreach.transaction import transaction
from outreach.web.permissions import machine, recipient_page, requires

blueprint = Blueprint("landing", __name__)
public_only = Blueprint("public", __name__)
"""Addresses that mean something else on the staff host."""

_TAGS = ", ".join(f'"{tag}"' for tag in languages())
_ACTS = ", ".join(f'"{act}"' for act in ACTS)
_CODE = "/h/<string:code>"
_CODE_IN = f"{_CODE}/<any({_TAGS}):language>"


@blueprint.record
def _put_public_site_in_front(state: BlueprintSetupState) -> None:
    """Registering the capability with the main application makes the public site."""
    if isinstance(state.app, Flask) and public_site.MAIN_APP not in state.app.extensions:
        state.app.extensions["csrf"].exempt(blueprint)
        public_site.put_in_front(state.app, blueprint, public_only)


@blueprint.get(_CODE)
@blueprint.get(_CODE_IN)
@recipient_page
def show(code: str, language: str = DEFAULT) -> Response:
    """The page about help. Reads only, whoever or whatever fetches it."""
    wanted = code_to_look_up(code)
    content = service.content_for(wanted, request.remote_addr, language, public_site.database())
    return _page(rendering.help_page(content, language, wanted))


@blueprint.get(f"{_CODE}/<any({_ACTS}):act>")
@blueprint.get(f"{_CODE_IN}/<any({_ACTS}):act>")
@recipient_page
def confirm(code: str, act: str, language: str = DEFAULT) -> Response:
    return _page(rendering.confirm_page(act, language, code_to_look_up(code)))


@blueprint.post(f"{_CODE}/<any({_ACTS}):act>")
@blueprint.post(f"{_CODE_IN}/<any({_ACTS}):act>")
@recipient_page
def end_texts(code: str, act: str, language: str = DEFAULT) -> Response:
    """ "Stop these texts" or "This was not meant for me". Nothing to the number begins after the
    page that says so."""
    _refuse_other_sites()
    wanted = code_to_look_up(code)
    try:
        with public_site.main_application():
            with transaction():
                suppressed = service.end_texts(act, wanted, request.remote_addr)
            if suppressed is not None:
                wait_for_texts_under_way(suppressed)
    except service.GuessedTooOften:
        return _page(rendering.wait_page(language, wanted), status=429)
    return _page(rendering.done_page(act, language, wanted))


@blueprint.post(f"{_CODE}/visit")
@blueprint.post(f"{_CODE_IN}/visit")
@recipient_page
def visit(code: str, language: str = DEFAULT) -> Response:
    """To the charity's site, with nothing in the address that tells where from."""
    _refuse_other_sites()
    try:
        with public_site.main_application(), transaction():
            website = service.visit(code_to_look_up(code), request.remote_addr)
    except service.GuessedTooOften:
        website = None
    target = website or rendering.general_help(language).website
    return _guarded(Response(status=303, headers={"Location": web_address(target)}))


@blueprint.get("/robots.txt")
@machine
def robots() -> Response:
    return Response("User-agent: *\nDisallow: /\n", mimetype="text/plain")


@blueprint.get("/favicon.ico")
@machine
def favicon() -> Response:
    """For browsers that ask whatever the page says: the same plain square."""
    return current_app.send_static_file("favicon.svg")


@public_only.get("/")
@public_only.get(f"/<any({_TAGS}):language>")
@recipient_page
def home(language: str = DEFAULT) -> Response:
    return _page(rendering.home_page(language))


@public_only.get("/<any(privacy, accessibility):name>")
@public_only.get(f"/<any(privacy, accessibility):name>/<any({_TAGS}):language>")
@recipient_page
def standing(name: str, language: str = DEFAULT) -> Response:
    return _page(rendering.standing_page(name, language))


@blueprint.get(f"/campaigns/<uuid:campaign_id>/landing-page/<any({_TAGS}):language>")
@requires(Permission.SEE_CAMPAIGNS)
def preview(campaign_id: UUID, language: str) -> Response:
    """For staff: the page as recipients of this campaign see it. Its buttons do nothing here."""
    campaign = campaigns.get(campaign_id)
    if campaign is None or campaign.partner is None:
        abort(404)
    partner = campaign.partner
    text = next((page for page in campaign.landing_pages if page.language == language), None)
    content = Content(
        text.heading if text else "",
        text.body if text else "",
        partner.name,
        partner.phone,
        partner.website,
    )
    page = _page(rendering.help_page(content, language, NO_CODE))
    page.headers["Content-Security-Policy"] += "; sandbox"
    return page


def _page(body: bytes, status: int = 200) -> Response:
    return _guarded(Response(body, status=status, mimetype="text/html"))


def _guarded(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = rendering.content_security_policy()
    return response


def _refuse_other_sites() -> None:
    """Fetch Metadata, section 2.1: absent in old browsers; `none` is an act of the person."""
    if request.headers.get("Sec-Fetch-Site", "none") not in {"same-origin", "none"}:
        abort(403)
