"""Acts that matter ask again who the person is, and lose nothing by it."""

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests.accounts.conftest import (
    PASSWORD,
    Account,
    SetClock,
    copy_cookies,
    events,
    is_signed_in,
)

Accounts = Callable[..., Account]
Acts = list[dict[str, str]]


@pytest.fixture
def stale(account: Accounts, acts: Acts, time: SetClock) -> tuple[Account, FlaskClient]:
    """Somebody whose last proof is 16 minutes old, and who has been about since."""
    person = account()
    browser = person.sign_in()
    time.forward(minutes=16)
    assert is_signed_in(browser)
    return person, browser


def test_fresh_person_is_not_asked(account: Accounts, acts: Acts, time: SetClock) -> None:
    browser = account().sign_in()
    time.forward(minutes=14)
    assert browser.get("/tests/act").text == "acted"
    assert browser.post("/tests/act", data={"x": "1"}).text == "acted"


def test_form_opened_while_fresh_may_be_sent_a_little_later(
    stale: tuple[Account, FlaskClient], acts: Acts, time: SetClock
) -> None:
    _, browser = stale
    assert browser.post("/tests/act", data={"x": "1"}).text == "acted"
    time.forward(minutes=14)
    assert browser.post("/tests/act", data={"x": "2"}).status_code == 403
    assert acts == [{"x": "1"}]


def test_password_leads_back_to_the_page_that_was_asked_for(
    stale: tuple[Account, FlaskClient],
) -> None:
    _, browser = stale
    answer = browser.get("/tests/act?part=2")
    assert answer.status_code == 302
    page = browser.get(answer.location)
    assert "Confirm that it is you" in page.text
    answer = browser.post(answer.location, data={"confirm_password": PASSWORD})
    assert answer.location == "/tests/act?part=2"
    assert browser.get(answer.location).text == "acted"
    assert len(events("session.confirmed")) == 1


def test_form_that_was_sent_is_sent_on_with_all_its_fields(
    stale: tuple[Account, FlaskClient], acts: Acts, time: SetClock
) -> None:
    person, browser = stale
    time.forward(minutes=14)
    sent = {"reason": 'She asked "why" <b>', "tick": "yes"}
    page = browser.post("/tests/act?id=7", data=sent).text
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
    assert hidden["confirm_to"] == "/tests/act?id=7"
    assert hidden["reason"] == "She asked &#34;why&#34; &lt;b&gt;"
    answer = browser.post(
        "/account/confirm",
        data={**sent, "confirm_to": "/tests/act?id=7", "confirm_code": person.code()},
    )
    assert answer.status_code == 307
    assert answer.location == "/tests/act?id=7"
    assert browser.post(answer.location, data=sent).text == "acted"
    assert acts == [sent]


def test_confirmed_session_goes_on_under_a_new_token(stale: tuple[Account, FlaskClient]) -> None:
    """Whoever had copied the cookie before is out (ASVS 7.2.4)."""
    person, browser = stale
    thief = person.browser()
    copy_cookies(browser, thief)
    assert is_signed_in(thief)
    browser.post("/account/confirm", data={"confirm_password": PASSWORD})
    assert is_signed_in(browser)
    assert not is_signed_in(thief)


def test_page_under_way_with_the_old_token_leaves_the_new_cookie_be(
    stale: tuple[Account, FlaskClient],
) -> None:
    person, browser = stale
    slow = person.browser()
    copy_cookies(browser, slow)
    browser.post("/account/confirm", data={"confirm_password": PASSWORD})
    answer = slow.get("/account", headers={"Live-Request": "true"})
    assert answer.status_code == 302
    assert "Set-Cookie" not in answer.headers


def test_wrong_password_keeps_the_fields_and_is_written_down(
    stale: tuple[Account, FlaskClient],
) -> None:
    _, browser = stale
    page = browser.post(
        "/account/confirm",
        data={"confirm_to": "/tests/act", "confirm_password": "wrong", "reason": "kept"},
    )
    assert page.status_code == 200
    assert "That is not right" in page.text
    assert 'name="reason" value="kept"' in page.text
    assert [event.changes["how"] for event in events("session.refused")] == ["password"]


def test_code_confirms_once(stale: tuple[Account, FlaskClient]) -> None:
    person, browser = stale
    code = person.code()
    data = {"confirm_code": code}
    assert browser.post("/account/confirm?next=/tests/act", data=data).status_code == 302
    assert "That is not right" in browser.post("/account/confirm", data=data).text


def test_guessing_is_slowed_down(stale: tuple[Account, FlaskClient]) -> None:
    _, browser = stale
    pages = [browser.post("/account/confirm", data={"confirm_code": "000000"}) for _ in range(6)]
    assert "Wait 1 minute" in pages[-1].text
    right = browser.post("/account/confirm", data={"confirm_password": PASSWORD})
    assert "Wait" in right.text


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "/%09/evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "/no-such-page",
        " //evil.example",
        "/sign-in@evil.example",
    ],
)
def test_confirming_leads_to_no_other_site(
    stale: tuple[Account, FlaskClient], elsewhere: str
) -> None:
    person, browser = stale
    by_address = browser.post(
        "/account/confirm", query_string={"next": elsewhere}, data={"confirm_password": PASSWORD}
    )
    assert by_address.location == "/"
    by_form = browser.post(
        "/account/confirm", data={"confirm_to": elsewhere, "confirm_code": person.code()}
    )
    assert by_form.location == "/"
