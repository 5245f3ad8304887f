"""The public host: no cookie, its own pages, and none of the staff's."""

import logging
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from outreach.domain.referral import new_code
from outreach.factory import create_app
from outreach.landing import public_site
from outreach.models import Organisation
from outreach.web.permissions import access_of
from tests.referrals.released import HEADING, release
from tests.settings import STAFF_URL, make_settings

PUBLIC_PAGES = (
    "/",
    "/cy",
    "/privacy",
    "/privacy/cy",
    "/accessibility",
    "/h/ABCD-EFGH-J",
    "/h/ABCD-EFGH-J/stop",
)
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def test_no_page_sets_a_cookie_or_may_be_kept(recipient: FlaskClient) -> None:
    for path in (*PUBLIC_PAGES, "/nothing-here", "/campaigns", "/sign-in", "/h"):
        answer = recipient.get(path, headers={"Cookie": "outreach=stale; session=x"})
        assert "Set-Cookie" not in answer.headers, path
        assert "Vary" not in answer.headers, path
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS, path


def test_the_policy_allows_our_own_style_and_nothing_that_runs(recipient: FlaskClient) -> None:
    for path in PUBLIC_PAGES:
        policy = recipient.get(path).headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; style-src 'sha256-"), path
        assert "script-src" not in policy, path
        assert "unsafe" not in policy, path


def test_what_recipients_open_is_not_on_the_staff_host(anonymous: FlaskClient) -> None:
    for path in PUBLIC_PAGES:
        answer = anonymous.get(path)
        if path in {"/", "/privacy", "/accessibility"}:  # other pages under the same address
            assert "Exit this page" not in answer.text
        else:
            assert answer.status_code == 404, path


def test_no_staff_page_is_on_the_public_host(app: Flask, recipient: FlaskClient) -> None:
    """Every address without parameters that the staff site knows, asked for at the public host."""
    public = {"/", "/privacy", "/accessibility"}
    for rule in app.url_map.iter_rules():
        access = access_of(app, rule.endpoint)
        if rule.arguments or access is None or access.host != "staff" or rule.rule in public:
            continue
        for method in sorted((rule.methods or set()) - {"OPTIONS"}):
            answer = recipient.open(rule.rule, method=method)
            assert answer.status_code in {404, 405}, (method, rule.rule)
            assert "Set-Cookie" not in answer.headers


def test_machines_reach_their_addresses_on_either_host(recipient: FlaskClient) -> None:
    assert recipient.get("/healthz").json == {"status": "ok"}
    assert recipient.get("/robots.txt").text == "User-agent: *\nDisallow: /\n"
    with recipient.get("/favicon.ico") as icon:
        assert icon.mimetype == "image/svg+xml"


def test_the_host_counts_and_not_what_a_proxy_header_claims(app: Flask) -> None:
    answer = app.test_client().get(
        "/h/ABCD-EFGH-J", base_url=STAFF_URL, headers={"X-Forwarded-Host": "help.test"}
    )
    assert answer.status_code == 404


def test_behind_a_trusted_proxy_the_forwarded_host_counts(app: Flask, database_url: str) -> None:
    behind = create_app(make_settings(database_url=database_url, trusted_proxies=1))
    answer = behind.test_client().get(
        "/h/ABCD-EFGH-J", base_url="http://10.0.0.1", headers={"X-Forwarded-Host": "help.test"}
    )
    assert answer.status_code == 200
    assert "Exit this page" in answer.text


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nothing-here", 404),
        ("POST", "/", 405),
        ("DELETE", "/h/ABCD-EFGH-J", 405),
        ("GET", "/h/ABCD-EFGH-J/visit", 405),
    ],
)
def test_errors_say_no_more_than_the_page_would(
    recipient: FlaskClient, method: str, path: str, status: int
) -> None:
    answer = recipient.open(path, method=method)
    assert answer.status_code == status
    assert "Exit this page" in answer.text
    assert "Outreach" not in answer.text
    assert "Set-Cookie" not in answer.headers


def test_a_large_post_is_refused(recipient: FlaskClient) -> None:
    answer = recipient.post("/h/ABCD-EFGH-J/stop", data=b"x" * 100_000)
    assert answer.status_code in {200, 413}  # what is not read is not stored


def test_a_fault_shows_a_plain_page_and_no_trace(
    recipient: FlaskClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("the database is away")

    monkeypatch.setattr("outreach.landing.queries.content_by_code", fail)
    code = new_code()
    with caplog.at_level(logging.ERROR):
        answer = recipient.get(f"/h/{code}")
    assert answer.status_code == 500
    assert "database" not in answer.text
    assert code not in caplog.text


def test_logs_hold_the_route_and_never_the_code(
    recipient: FlaskClient,
    partner_organisation: Organisation,
    caplog: pytest.LogCaptureFixture,
) -> None:
    code = release(1).people[0].code
    with caplog.at_level(logging.INFO):
        recipient.get(f"/h/{code}")
        recipient.post(f"/h/{code}/visit")
        recipient.post(f"/h/{code}/stop")
    routes = [r.fields["route"] for r in caplog.records if r.name == "outreach.access"]
    assert routes[0] == "/h/<string:code>"
    assert len(routes) == 3
    assert code not in caplog.text
    assert not any(code in str(getattr(r, "fields", "")) for r in caplog.records)


def test_staff_see_the_page_as_recipients_will(
    as_requester: FlaskClient, partner_organisation: Organisation
) -> None:
    campaign_id = release(1, is_released=False).campaign_id
    for tag, words in (("en", HEADING), ("cy", "Siarad â Riverside Support")):
        page = as_requester.get(f"/campaigns/{campaign_id}/landing-page/{tag}")
        assert words in page.text
        assert page.headers["Content-Security-Policy"].endswith("; sandbox")
    assert as_requester.get(f"/campaigns/{uuid4()}/landing-page/en").status_code == 404


def test_nobody_else_sees_the_preview(
    as_partner: FlaskClient, recipient: FlaskClient, partner_organisation: Organisation
) -> None:
    path = f"/campaigns/{release(1).campaign_id}/landing-page/en"
    assert as_partner.get(path).status_code == 403
    assert recipient.get(path).status_code == 404


def test_the_public_site_has_no_key_to_sign_a_cookie_with(app: Flask) -> None:
    by_host = app.wsgi_app
    assert isinstance(by_host, public_site.ByHost)
    assert by_host._public.secret_key is None
    assert app.secret_key is not None


def test_acts_need_no_token_where_staff_forms_do(
    app: Flask, recipient: FlaskClient, partner_organisation: Organisation
) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    code = release(1).people[0].code
    assert recipient.post(f"/h/{code}/stop").status_code == 200
    assert app.test_client().post("/partner", base_url=STAFF_URL).status_code in {302, 400}
