"""The pages: phones to read and reply from, emails, templates, faults, counts."""

from collections.abc import Iterator

import pytest
import requests
from bs4 import BeautifulSoup
from notifications_python_client import NotificationsAPIClient

from outreach.simulator.builtin import BARE_TEMPLATE, INVITATION_EMAIL, LINK_TEMPLATE
from outreach.simulator.showing import links, phone
from tests.browser import (
    browser,
    check_accessibility,
    check_fits,
    check_targets,
    open_page,
    watch_faults,
)
from tests.simulator.receiver import Receiver
from tests.simulator.server import SimulatorProcess

PATHS = [
    "/",
    "/phones",
    "/phones/447700900123",
    "/emails",
    "/templates",
    f"/templates/{LINK_TEMPLATE}",
    "/faults",
    "/counts",
    "/control",
]


class Visitor:
    """A browser without scripts, as plain requests."""

    def __init__(self, base_url: str, session: requests.Session) -> None:
        self.base_url = base_url
        self.session = session

    def get(self, path: str) -> BeautifulSoup:
        answer = self.session.get(self.base_url + path, timeout=10)
        assert answer.status_code == 200, answer.text
        return BeautifulSoup(answer.text, "html5lib")

    def post(self, path: str, **form: str) -> BeautifulSoup:
        answer = self.session.post(self.base_url + path, data=form, timeout=10)
        assert answer.history, answer.text
        assert answer.history[0].status_code == 303
        return BeautifulSoup(answer.text, "html5lib")


@pytest.fixture
def visitor(notify: SimulatorProcess) -> Iterator[Visitor]:
    with requests.Session() as session:
        session.trust_env = False
        yield Visitor(notify.base_url, session)


@pytest.fixture
def sent(client: NotificationsAPIClient) -> NotificationsAPIClient:
    """One text with a link and one email are there."""
    values = {"link": "https://help.example/h/ABCD-EFGH-J"}
    client.send_sms_notification("07700900123", LINK_TEMPLATE, values)
    values = {"inviter": "Bo", "link": "https://x.example/i/1", "expires": "noon"}
    client.send_email_notification("ann@example.org", INVITATION_EMAIL, values)
    return client


@pytest.mark.parametrize("path", PATHS)
def test_every_page_says_that_it_is_a_simulator(
    visitor: Visitor, sent: NotificationsAPIClient, path: str
) -> None:
    page = visitor.get(path)
    assert "Nothing here is sent to anybody" in page.select_one("header").text
    assert len(page.select("h1")) == 1
    assert page.select_one("html")["lang"] == "en"
    assert not page.select("script, style, [style]")


def test_a_phone_shows_newest_first_with_links_to_follow(
    notify: SimulatorProcess, visitor: Visitor, sent: NotificationsAPIClient
) -> None:
    sent.send_sms_notification("07700900123", BARE_TEMPLATE)
    page = visitor.get("/phones/07700900123")
    bubbles = [bubble.text for bubble in page.select(".talk .bubble")]
    assert [text[:4] for text in bubbles] == ["The ", "Free"]
    anchor = page.select_one(".talk .bubble a")
    assert anchor["href"] == "https://help.example/h/ABCD-EFGH-J"
    assert anchor["rel"] == ["noreferrer"]


def test_the_phone_used_last_comes_first_in_the_list(
    notify: SimulatorProcess, visitor: Visitor, sent: NotificationsAPIClient
) -> None:
    for tail in (124, 125):
        sent.send_sms_notification(f"07700900{tail}", BARE_TEMPLATE)
    notify.control.receive("07700900123", "Hello")
    numbers = [cell.text.strip() for cell in visitor.get("/phones").select("tbody th")]
    assert numbers == ["+44 7700 900123", "+44 7700 900125", "+44 7700 900124"]


def test_the_list_of_phones_is_paged(visitor: Visitor, client: NotificationsAPIClient) -> None:
    for n in range(53):
        client.send_sms_notification(f"07700900{100 + n + n // 11}", BARE_TEMPLATE)
    assert len(visitor.get("/phones").select("tbody tr")) == 50
    assert len(visitor.get("/phones?page=2").select("tbody tr")) >= 1


def test_a_reply_goes_to_the_callback_and_the_list(
    notify: SimulatorProcess, visitor: Visitor, sent: NotificationsAPIClient, receiver: Receiver
) -> None:
    notify.control.callbacks(received=receiver.target)
    page = visitor.post("/phones/447700900123/reply", text="Who <b>is</b> this?\r\nSam")
    assert page.select_one(".talk .in .bubble").text == "Who <b>is</b> this?\nSam"
    body = receiver.wait(1)[0].body
    assert (body["source_number"], body["message"]) == ("447700900123", "Who <b>is</b> this?\nSam")
    visitor.post("/phones/447700900123/reply", quick="STOP", text="")
    texts = sent.get_received_texts()["received_text_messages"]
    assert [item["content"] for item in texts] == ["STOP", "Who <b>is</b> this?\nSam"]


def test_an_empty_reply_is_refused_with_a_sentence(
    notify: SimulatorProcess, visitor: Visitor
) -> None:
    answer = visitor.session.post(
        f"{notify.base_url}/phones/447700900123/reply", data={"text": " "}, timeout=5
    )
    assert answer.status_code == 400
    assert "write something" in answer.text


def test_a_phone_is_found_as_its_number_is_typed(
    notify: SimulatorProcess, visitor: Visitor
) -> None:
    page = visitor.get("/phones/find?number=07700+900123")
    assert page.select_one("h1").text == "Phone +44 7700 900123"
    answer = visitor.session.get(f"{notify.base_url}/phones/find?number=hello", timeout=5)
    assert answer.status_code == 400


def test_a_phone_can_be_given_its_fate(
    notify: SimulatorProcess, visitor: Visitor, client: NotificationsAPIClient
) -> None:
    page = visitor.post("/phones/447700900123/outcome", outcome="permanent-failure")
    assert page.select_one("option[selected]").text == "permanent-failure"
    client.send_sms_notification("07700900123", BARE_TEMPLATE)
    notify.control.advance(10)
    assert "permanent-failure" in visitor.get("/phones/447700900123").select_one(".talk").text


def test_an_email_shows_its_link(visitor: Visitor, sent: NotificationsAPIClient) -> None:
    page = visitor.get("/emails")
    assert page.select_one("h2").text == "You have been invited to Outreach"
    assert page.select_one("pre a")["href"] == "https://x.example/i/1"


def test_a_template_is_edited_and_archived(
    visitor: Visitor, client: NotificationsAPIClient
) -> None:
    path = f"/templates/{BARE_TEMPLATE}"
    page = visitor.post(path, name="Renamed", body="One\r\ntwo ((x))")
    assert page.select_one("h1").text == "Renamed"
    template = client.get_template(BARE_TEMPLATE)
    assert (template["version"], template["body"]) == (2, "One\ntwo ((x))")
    visitor.post(f"{path}/archive")
    listed = client.get_all_templates()["templates"]
    assert BARE_TEMPLATE not in {item["id"] for item in listed}


def test_faults_and_the_clock_are_switched_by_page(
    notify: SimulatorProcess, visitor: Visitor
) -> None:
    visitor.post("/faults", name="error-500", percent="25", remaining="", seconds="")
    on = notify.control.call("GET", "/faults")["on"]["error-500"]
    assert (on["probability"], on["remaining"]) == (0.25, None)
    visitor.post("/faults/off", name="error-500")
    assert notify.control.call("GET", "/faults")["on"] == {}
    visitor.post("/clock", hours="24")
    assert notify.control.call("GET", "/clock")["offset"] == 24 * 3600


def test_counts_tell_how_many_numbers_got_how_many(
    visitor: Visitor, sent: NotificationsAPIClient
) -> None:
    sent.send_sms_notification("07700900123", BARE_TEMPLATE)
    sent.send_sms_notification("07700900124", BARE_TEMPLATE)
    rows = [
        [cell.text for cell in row.select("th, td")]
        for row in visitor.get("/counts").select_one("table").select("tbody tr")
    ]
    assert rows == [["1", "1"], ["2", "1"]]


def test_a_page_of_another_site_cannot_press_a_button(
    notify: SimulatorProcess, visitor: Visitor
) -> None:
    answer = visitor.session.post(
        f"{notify.base_url}/phones/447700900123/reply",
        data={"text": "Hello"},
        headers={"Origin": "https://elsewhere.example"},
        timeout=5,
    )
    assert answer.status_code == 403
    assert notify.control.statistics().received == 0


def test_pages_carry_a_strict_policy(notify: SimulatorProcess, visitor: Visitor) -> None:
    answer = visitor.session.get(f"{notify.base_url}/", timeout=5)
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("see https://a.example/x.", '<a href="https://a.example/x" rel="noreferrer">'),
        ("(https://a.example/x)", ">https://a.example/x</a>)"),
        ("<script>", "&lt;script&gt;"),
        ('https://a.example/"onclick', '">https://a.example/</a>&#34;onclick'),
        ("javascript:alert(1)", "javascript:alert(1)"),
    ],
)
def test_links_are_made_of_web_addresses_only(text: str, html: str) -> None:
    assert html in links(text)


@pytest.mark.parametrize(
    ("number", "shown"),
    [("447700900123", "+44 7700 900123"), ("07700900500", "+44 7700 900500"), ("HMRC", "HMRC")],
)
def test_numbers_are_spaced_for_reading(number: str, shown: str) -> None:
    assert phone(number) == shown


def test_every_page_is_accessible_and_fits_a_small_screen(
    notify: SimulatorProcess, sent: NotificationsAPIClient
) -> None:
    notify.control.receive("07700900123", "Hello")
    notify.control.fault_on("slow", seconds=0.1)
    notify.control.advance(10)
    with browser() as chromium, open_page(chromium, width=320) as page:
        faults = watch_faults(page)
        for path in PATHS:
            page.goto(notify.base_url + path)
            check_accessibility(page)
            check_fits(page)
            check_targets(page)
        assert faults == []
