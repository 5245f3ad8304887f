"""Every page of the service, full, empty and with an error, at four sizes, as axe and we see it.

The totals go to build/axe.md.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from outreach.domain.access import Role
from tests.accessibility.measure import SIZES, Measured, measure
from tests.accessibility.site import Served, Target, served
from tests.browser import open_page

REPORT = Path(__file__).parents[2] / "build" / "axe.md"
pytestmark = [
    pytest.mark.timeout(1200),
    # Chromium drops what is on its way when a page closes, and the server a file it was sending.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
FEWEST = {"full": 90, "empty": 40, "error": 20}
"""Fewer pages than this and the walk itself is broken."""

Line = tuple[str, str, Role | None, list[Measured]]


@pytest.fixture(scope="module")
def lines() -> Iterator[list[Line]]:
    """What was measured, by page and state; written down at the end."""
    found: list[Line] = []
    yield found
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(report(found))


@pytest.fixture(scope="module")
def full(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(sqlite_template, tmp_path_factory.mktemp("full"), is_empty=False) as site:
        yield site


def visit(page: Page, target: Target) -> bool:
    """Whether it is a page at that address: not a file, nor the way to another page."""
    answer = page.goto(target.url)
    assert answer is not None, target
    is_html = answer.headers.get("content-type", "").startswith("text/html")
    assert not is_html or answer.status < 500, target
    return is_html and answer.request.redirected_from is None


def look_at_all(
    site: Served, chromium: Browser, state: str, lines: list[Line],
    reach: Callable[[Page, Target], bool] = visit,
) -> None:  # fmt: skip
    """Measure each page once it is `reach`ed in its state; name every fault of every page."""
    faults, seen = [], 0
    for role in (None, *Role):
        targets = [target for target in site.targets() if target.role == role]
        with site.page_of(chromium, role) as page:
            for target in targets:
                page.set_viewport_size({"width": 1280, "height": 900})
                if not reach(page, target):
                    continue
                seen += 1
                measured = measure(page)
                lines.append((target.name, state, role, measured))
                faults += [
                    f"{target.name} ({state}) at {each.size}: {fault}"
                    for each in measured
                    for fault in each.faults
                ]
    assert faults == []
    assert seen >= FEWEST[state]


def test_full_pages(full: Served, chromium: Browser, lines: list[Line]) -> None:
    look_at_all(full, chromium, "full", lines)


def test_empty_pages(
    chromium: Browser, lines: list[Line], sqlite_template: Path, tmp_path: Path
) -> None:
    with served(sqlite_template, tmp_path, is_empty=True) as site:
        look_at_all(site, chromium, "empty", lines)


def send_nothing(page: Page, target: Target) -> bool:
    """Send the page's form as empty as it comes, and see whether it is refused with a summary."""
    if not visit(page, target):
        return False
    form = page.locator("main form[method=post]:has(input:not([type=hidden]), select, textarea)")
    if not form.count():
        return False
    with page.expect_navigation():
        form.last.evaluate(EMPTY_AND_SEND)
    return page.locator(".govuk-error-summary").count() > 0


EMPTY_AND_SEND = """(form) => {
  for (const part of form.querySelectorAll('input, textarea')) {
    if (['checkbox', 'radio'].includes(part.type)) part.checked = false;
    else if (part.type !== 'hidden') part.value = '';
  }
  form.submit();
}"""


def test_pages_with_errors(full: Served, chromium: Browser, lines: list[Line]) -> None:
    """Last, because a form that needs nothing does what it says."""
    look_at_all(full, chromium, "error", lines, send_nothing)


BAD = """<html lang="en"><title>Bad</title><main><h1>Bad</h1><p style="width: 900px">Wide</p>
<button style="outline: 0; width: 20px; height: 20px">x</button><img src="data:,"></main>"""


def test_the_measure_sees_what_is_wrong(chromium: Browser) -> None:
    with open_page(chromium) as page:
        page.set_content(BAD)
        found = {each.size: " ".join(each.faults) for each in measure(page)}
    assert all("axe image-alt" in told for told in found.values())
    assert all("target under 24 px" in told for told in found.values())
    assert all("focus not visible" in told for told in found.values())
    assert "scrolls sideways" in found["400% zoom"]
    assert "scrolls sideways" not in found["1280 px"]


def report(lines: list[Line]) -> str:
    """Totals, then a line for each page and state, as Markdown."""
    head = "| page | state | as | " + " | ".join(SIZES) + " | rules | targets | focusable |"
    body = [
        f"| `{name}` | {state} | {role or 'nobody'} | "
        + " | ".join(str(len(each.faults)) for each in measured)
        + f" | {measured[0].rules} | {measured[0].targets} | {measured[0].focusable} |"
        for name, state, role, measured in lines
    ]
    looks = [each for *_, measured in lines for each in measured]
    totals = [
        f"{len(lines)} pages and states, {len(looks)} looks at {len(SIZES)} sizes.",
        f"Faults: {sum(len(each.faults) for each in looks)}.",
        f"Rules of axe checked: {sum(each.rules for each in looks)}.",
        f"Targets measured: {sum(each.targets for each in looks)}.",
        f"Parts focused: {sum(each.focusable for each in looks)}.",
    ]
    by_state = [
        f"- {state}: {sum(1 for line in lines if line[1] == state)} pages, "
        f"{sum(len(m.faults) for line in lines if line[1] == state for m in line[3])} faults"
        for state in FEWEST
    ]
    rule = "|---|---|---|" + "---|" * (len(SIZES) + 3)
    parts = ["# Every page in every state", "", *totals, "", *by_state, "", head, rule, *body, ""]
    return "\n".join(parts)
