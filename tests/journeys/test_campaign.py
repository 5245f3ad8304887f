"""One campaign through the real parts: from sign-in to a delivered text, a STOP, and the auditor.

Given the demo with its people, its sample list of 1,000 rows and the local Notify; when the
requester, the approver, a recipient and the auditor each do their part in Chromium; then the funnel
is in the audit log. The tests of this module are one story and run in order.
"""

import re
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pytest
from govuk_bank_holidays.bank_holidays import BankHolidays

from outreach.domain.phone import Mobile, parse_mobile
from outreach.domain.send_window import LONDON
from outreach.recipients.sample import sample_opted_out
from tests.demo_site import DemoSite
from tests.journeys.people import Person
from tests.simulator.control_client import ControlClient

pytestmark = [
    pytest.mark.timeout(300),
    pytest.mark.skipif(
        BankHolidays(use_cached_holidays=True).is_holiday(
            datetime.now(LONDON).date(), division=BankHolidays.ENGLAND_AND_WALES
        ),
        reason="on a bank holiday nothing may leave, so there is nothing to see",
    ),
]

MESSAGE = "Help is available (name and link)"
SAMPLE_ROWS = 1000
DONE_SECONDS = 150


@dataclass
class Story:
    """What one chapter leaves to the next."""

    address: str = ""
    counts: Counter[str] = field(default_factory=Counter)


@pytest.fixture(scope="module")
def story() -> Story:
    return Story()


def texts_per_number(site: DemoSite) -> dict[str, int]:
    """By the local Notify's own record."""
    with closing(ControlClient(site.simulator_url)) as control:
        return control.counts()


def draft(person: Person, title: str) -> str:
    """Everything but the list. The address of the campaign."""
    person.open("/campaigns")
    person.look("campaigns")
    person.follow("Create a campaign")
    person.fill("Title of the campaign", title)
    person.look("create")
    person.page.locator("main button[type=submit]").click()
    address = person.page.url
    person.look("tasks")
    person.follow("Purpose and lawful basis")
    person.look("purpose")
    person.fill("What is this campaign for?", "To say that help exists.")
    person.fill("Why may these people be texted?", "A public task; the numbers were found in it.")
    person.fill("Operation reference", "OP-2026-17")
    person.press("Save and continue")
    person.open(f"{address}/message")
    person.look("message")
    person.choose(MESSAGE)
    person.press("Save and continue")
    person.open(f"{address}/partner")
    person.look("partner")
    person.choose("Riverside Support")
    person.press("Save and continue")
    person.open(f"{address}/schedule")
    person.look("schedule")
    person.fill("From", "00:00")
    person.fill("Until", "23:59")
    person.choose("Sunday")
    person.page.locator("[name=budget]").fill("100")
    person.press("Save and continue")
    return address


def submit(person: Person, address: str) -> None:
    person.open(f"{address}/check")
    person.look("check")
    person.page.locator("main input[type=checkbox]").check()
    person.page.locator("main form button[type=submit]").click()


def test_requester_drafts_and_reads_the_row_report(
    person: Callable[..., Person], site: DemoSite, story: Story
) -> None:
    requester = person("requester")
    requester.sign_in()
    requester.look("home")
    story.address = draft(requester, "Autumn outreach")
    requester.open(f"{story.address}/recipients")
    requester.look("recipients")
    requester.upload(site.sample_list())
    report = requester.reads
    requester.look("report")
    assert re.search(r"\d+ of 1,000 rows will be texted", report)
    for reason in ("Opted out", "Landline", "Same number as an earlier row"):
        assert reason in report
    assert not re.search(r"07\d{3} ?\d{6}", report)


def test_requester_checks_real_previews_and_submits(
    person: Callable[..., Person], story: Story
) -> None:
    requester = person("requester")
    requester.sign_in()
    requester.open(f"{story.address}/check")
    assert "Riverside offers free, private support" in requester.reads
    assert "Cost without VAT" in requester.reads
    submit(requester, story.address)
    requester.look("submitted")
    assert "Waiting for approval" in requester.reads
    requester.open(f"{story.address}/check")
    assert requester.page.url.endswith("/reopen")


def test_requester_cannot_open_the_approval(person: Callable[..., Person], story: Story) -> None:
    requester = person("requester")
    requester.sign_in()
    requester.open(story.address.replace("/campaigns/", "/approvals/"))
    assert "You cannot use this page" in requester.reads


def test_approver_reads_what_will_go_approves_and_releases(
    person: Callable[..., Person], story: Story
) -> None:
    approver = person("approver")
    approver.sign_in()
    approver.open("/approvals")
    approver.look("approvals")
    approver.follow("Autumn outreach")
    approver.look("review")
    assert "Riverside offers free, private support" in approver.reads
    for box in approver.page.locator("main input[type=checkbox]").all():
        box.check()
    approver.press("Approve")
    approver.press("Release")
    approver.look("release")
    approver.page.locator("main form button[type=submit]").click()
    approver.open(f"{story.address}/progress")
    approver.look("progress-start")


def funnel_of(person: Person) -> dict[str, int]:
    """The figures of the progress page, by their words; read at once, for they change."""
    table = person.page.locator("main table").first.inner_text()
    rows = re.findall(r"^(\w+)\s+([\d,]+)\s+[\d.]+%", table, re.MULTILINE)
    return {name: int(count.replace(",", "")) for name, count in rows}


def assert_adds_up(funnel: dict[str, int]) -> None:
    parts = [count for name, count in funnel.items() if name != "Uploaded"]
    assert funnel["Uploaded"] == SAMPLE_ROWS
    assert sum(parts) == funnel["Uploaded"], funnel


def test_progress_moves_without_a_reload_and_adds_up_at_every_moment(
    person: Callable[..., Person], story: Story
) -> None:
    approver = person("approver")
    approver.sign_in()
    approver.open(f"{story.address}/progress")
    loads: list[str] = []
    approver.page.on("load", lambda page: loads.append(page.url))
    seen: set[tuple[tuple[str, int], ...]] = set()
    deadline = time.monotonic() + DONE_SECONDS
    while time.monotonic() < deadline:
        funnel = funnel_of(approver)
        assert_adds_up(funnel)
        seen.add(tuple(funnel.items()))
        if "Completed" in approver.reads:
            break
        approver.page.wait_for_timeout(500)
    assert "Completed" in approver.reads
    assert len(seen) > 3
    assert loads == []
    approver.look("progress-end")
    without_scripts = person("approver", scripts=False)
    without_scripts.sign_in()
    without_scripts.open(f"{story.address}/progress")
    assert_adds_up(funnel_of(without_scripts))
    story.counts.update(funnel_of(without_scripts))


def test_nobody_was_texted_twice_and_no_opted_out_person_at_all(
    site: DemoSite, story: Story
) -> None:
    counts = texts_per_number(site)
    assert set(counts.values()) == {1}
    opted_out = {read(number) for number in sample_opted_out(SAMPLE_ROWS, 7)}
    assert opted_out
    assert not opted_out & {read(number) for number in counts}
    assert len(counts) == sum(count for name, count in story.counts.items() if name not in NOT_SENT)


NOT_SENT = {"Uploaded", "Refused", "Suppressed", "Waiting", "Cancelled"}


def read(number: str) -> str:
    mobile = parse_mobile(number)
    assert isinstance(mobile, Mobile)
    return mobile.e164


def test_recipient_opens_the_page_and_says_stop(
    person: Callable[..., Person], site: DemoSite
) -> None:
    recipient = person("recipient")
    recipient.open(f"{site.simulator_url}/phones")
    number = sorted(texts_per_number(site))[0]
    recipient.open(f"{site.simulator_url}/phones/{number.lstrip('+')}")
    link = recipient.page.locator(f'a[href^="{site.public_url}/h/"]').first
    recipient.open(link.get_attribute("href") or "")
    recipient.look("landing")
    assert "Riverside Support" in recipient.page.content()
    assert recipient.page.context.cookies(site.public_url) == []
    recipient.open(f"{site.simulator_url}/phones/{number.lstrip('+')}")
    recipient.page.locator("textarea, input[type=text]").first.fill("STOP")
    recipient.page.locator("form button").first.click()


def test_second_campaign_refuses_the_one_who_said_stop(
    person: Callable[..., Person], site: DemoSite, tmp_path: Path
) -> None:
    number = read(sorted(texts_per_number(site))[0])
    again = tmp_path / "again.csv"
    again.write_text(f"phone number,name\n{number},Ann\n+447400999888,Bo\n")
    requester = person("requester")
    requester.sign_in()
    address = draft(requester, "Winter outreach")
    deadline = time.monotonic() + 20
    while True:
        requester.open(f"{address}/recipients")
        requester.upload(again)
        if "Opted out: 1 row" in requester.reads or time.monotonic() > deadline:
            break
        requester.follow("Back to recipients")
    assert "Opted out: 1 row" in requester.reads
    assert "1 of 2 rows will be texted" in requester.reads


def test_auditor_reads_every_step(person: Callable[..., Person]) -> None:
    auditor = person("auditor")
    auditor.sign_in()
    auditor.open("/audit")
    auditor.look("audit")
    assert "Rae Requester" in auditor.page.content()
    for action in (
        "campaign.created",
        "recipients.uploaded",
        "campaign.submitted",
        "campaign.approved",
        "campaign.released",
        "campaign.completed",
        "optout.added",
    ):
        auditor.open(f"/audit?action={action}")
        assert auditor.page.locator("main table tbody tr, main ol li, main dl").count() > 0, action
        assert "Nothing" not in auditor.reads.splitlines()[0]
