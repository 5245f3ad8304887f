"""What somebody with a mouse does on a page, told by the words they see there."""

from playwright.sync_api import Page


class Mouse:
    page: Page

    def press(self, name: str) -> None:
        self.page.locator("main").get_by_role("button", name=name, exact=True).click()

    def follow(self, name: str) -> None:
        """A link, also one that looks like a button; the back link stands above the main part."""
        self.page.locator("main a, a.govuk-back-link").filter(has_text=name).first.click()

    def fill(self, label: str, value: str) -> None:
        self.page.get_by_label(label, exact=True).fill(value)
