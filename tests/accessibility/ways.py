"""Two ways to use a page that are not a mouse with scripts: the keyboard alone, and no scripts."""

from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.mouse import Mouse

MOST_STOPS = 150
_NAME = """() => {
  const part = document.activeElement;
  if (!part || part === document.body) return '';
  const label = part.labels && part.labels.length ? part.labels[0] : part;
  return (part.getAttribute('aria-label') || label.innerText || '').trim().split('\\n')[0].trim();
}"""
_SEEN = """() => {
  const box = document.activeElement.getBoundingClientRect();
  return box.bottom > 0 && box.top < innerHeight && box.width > 0;
}"""


class Lost(AssertionError):
    """Tab never came to the part of the page that was looked for."""


@dataclass
class ByKeyboard:
    """Everything by Tab, the arrows, Space and Enter. What has the focus must be in sight."""

    page: Page

    def press(self, name: str) -> None:
        self._tab_to(name)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    follow = press

    def fill(self, label: str, value: str) -> None:
        self._tab_to(label)
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(value)

    def tick(self, label: str) -> None:
        self._tab_to(label)
        if not self.page.evaluate("document.activeElement.checked"):
            self.page.keyboard.press("Space")
        assert self.page.evaluate("document.activeElement.checked")

    def upload(self, path: Path) -> None:
        """The system's own window for choosing a file is no part of the page."""
        self._tab_to("Upload a list")
        self.page.locator("input[type=file]").set_input_files(path)

    def _tab_to(self, name: str) -> None:
        for _ in range(MOST_STOPS):
            self.page.keyboard.press("Tab")
            if self.page.evaluate(_NAME).startswith(name):
                assert self.page.evaluate(_SEEN), f"{name} has the focus and is out of sight"
                return
        raise Lost(f"{name!r} on {self.page.url}")


@dataclass
class WithoutScripts(Mouse):
    """A mouse, and no script runs."""

    page: Page

    def tick(self, label: str) -> None:
        self.page.get_by_label(label).first.check()

    def upload(self, path: Path) -> None:
        self.page.locator("input[type=file]").set_input_files(path)


Way = ByKeyboard | WithoutScripts


def reads(page: Page, words: str) -> None:
    """Fails where the page does not say so."""
    expect(page.locator("main")).to_contain_text(words)
