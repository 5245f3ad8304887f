"""The frame of staff pages as somebody uses it: by keyboard, without scripts, with errors."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import (
    WIDTHS,
    check_accessibility,
    check_fits,
    check_targets,
    open_page,
    screenshot,
    watch_faults,
)


def _send_empty(page: Page, gallery_url: str) -> None:
    page.goto(gallery_url + "/form")
    page.get_by_role("button", name="Save and continue").click()


@pytest.mark.parametrize("width", WIDTHS)
def test_a_refused_form_is_accessible(chromium: Browser, gallery_url: str, width: int) -> None:
    with open_page(chromium, width=width) as page:
        faults = watch_faults(page)
        _send_empty(page, gallery_url)
        screenshot(page, f"gallery-form-errors-{width}")
        check_accessibility(page)
        check_fits(page)
        check_targets(page)
        assert faults == []


def test_a_refused_form_takes_focus_to_its_summary(chromium: Browser, gallery_url: str) -> None:
    with open_page(chromium) as page:
        _send_empty(page, gallery_url)
        expect(page).to_have_title("Error: Every kind of field - Outreach")
        expect(page.locator(".govuk-error-summary")).to_be_focused()


@pytest.mark.parametrize(
    ("link", "target"),
    [
        ("Enter a name", "#name"),
        ("Enter a start date", "#starts_on-day"),
        ("Choose who it is for", "#who"),
        ("Choose a file", "#upload"),
    ],
)
def test_a_link_in_the_summary_leads_to_the_input(
    chromium: Browser, gallery_url: str, link: str, target: str
) -> None:
    with open_page(chromium) as page:
        _send_empty(page, gallery_url)
        page.get_by_role("link", name=link).click()
        expect(page.locator(target)).to_be_focused()


def test_a_refused_form_works_without_scripts(chromium: Browser, gallery_url: str) -> None:
    with open_page(chromium, scripts=False) as page:
        _send_empty(page, gallery_url)
        expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
        expect(page.locator(".govuk-error-message")).to_have_count(10)


def test_the_menu_folds_on_a_phone_only_where_a_script_can_open_it(
    chromium: Browser, gallery_url: str
) -> None:
    with open_page(chromium, width=320) as page:
        page.goto(gallery_url)
        expect(page.get_by_role("link", name="Replies", exact=True)).to_be_hidden()
        page.get_by_role("button", name="Menu").click()
        expect(page.get_by_role("link", name="Replies", exact=True)).to_be_visible()
        check_accessibility(page)
    with open_page(chromium, width=320, scripts=False) as page:
        page.goto(gallery_url)
        expect(page.get_by_role("link", name="Replies", exact=True)).to_be_visible()


def test_the_skip_link_comes_first_and_leads_to_the_content(
    chromium: Browser, gallery_url: str
) -> None:
    with open_page(chromium) as page:
        page.goto(gallery_url + "/errors/404")
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("main")).to_be_focused()


def test_everything_pressed_by_keyboard_shows_where_it_is(
    chromium: Browser, gallery_url: str
) -> None:
    """Each stop of the Tab key changes how the focused thing looks."""
    with open_page(chromium) as page:
        page.goto(gallery_url + "/form")
        for _ in range(28):
            page.keyboard.press("Tab")
            unseen = page.evaluate(
                """() => {
                const part = document.activeElement
                if (part === document.body) return null
                const looks = (of) => {
                  const style = getComputedStyle(of)
                  const label = of.labels?.[0] ? getComputedStyle(of.labels[0], '::before') : null
                  return [style.outline, style.boxShadow, style.backgroundColor,
                          label?.boxShadow, label?.outline].join()
                }
                const focused = looks(part)
                part.blur()
                const resting = looks(part)
                part.focus()
                return focused === resting ? part.outerHTML : null
                }"""
            )
            assert unseen is None


def test_a_second_press_of_a_button_does_not_send_twice(
    chromium: Browser, gallery_url: str
) -> None:
    with open_page(chromium) as page:
        page.goto(gallery_url + "/confirm")
        page.evaluate(
            """() => {
            window.sent = 0
            document.querySelector('main form').addEventListener('submit', (event) => {
              event.preventDefault()
              window.sent += 1
            })}"""
        )
        page.get_by_role("button", name="Cancel the campaign").dblclick()
        assert page.evaluate("window.sent") == 1
