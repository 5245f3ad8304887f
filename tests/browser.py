"""Real Chromium for tests: start it, look at a page as a person would, keep pictures of it."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

PICTURES = Path(__file__).parent.parent / "build" / "screenshots"
WIDTHS = (320, 768, 1280)
"""A small phone (and 400% zoom at 1280), a tablet, a desk."""

_FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-features=AutofillServerCommunication",
)


def chromium_path() -> str:
    """Debian's Chromium, or the first of its other names on the path."""
    for name in ("/usr/bin/chromium", "chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    raise RuntimeError("Browser tests need Chromium: install it with `apt install chromium`.")


class _Shared:
    """The one Chromium of this process: Playwright refuses to be started twice in a thread."""

    def __init__(self) -> None:
        self.users = 0
        self.stack = ExitStack()
        self.chromium: Browser | None = None

    def start(self) -> Browser:
        playwright = self.stack.enter_context(sync_playwright())
        chromium = playwright.chromium.launch(executable_path=chromium_path(), args=list(_FLAGS))
        self.stack.callback(chromium.close)
        return chromium


_shared = _Shared()


@contextmanager
def browser() -> Iterator[Browser]:
    """One Chromium for as many pages as wanted; shared by all who want one at the same time, and
    ended with the last of them."""
    if _shared.chromium is None:
        _shared.chromium = _shared.start()
    _shared.users += 1
    try:
        yield _shared.chromium
    finally:
        _shared.users -= 1
        if _shared.users == 0:
            _shared.chromium = None
            _shared.stack.close()


@contextmanager
def open_page(
    chromium: Browser, *, width: int = 1280, height: int = 900, scripts: bool = True
) -> Iterator[Page]:
    """A fresh page with no cookies; `scripts=False` is somebody without JavaScript."""
    context = chromium.new_context(
        viewport={"width": width, "height": height}, java_script_enabled=scripts
    )
    try:
        yield context.new_page()
    finally:
        context.close()


def watch_faults(page: Page) -> list[str]:
    """A list that fills with what goes wrong from now on: script errors, anything the console
    reports as an error (a broken content security policy among them) and failed requests."""
    faults: list[str] = []

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error":
            faults.append(f"console: {message.text}")

    def on_failed(request: Request) -> None:
        faults.append(f"request: {request.url} {request.failure}")

    page.on("console", on_console)
    page.on("pageerror", lambda error: faults.append(f"script: {error}"))
    page.on("requestfailed", on_failed)
    return faults


def check_accessibility(page: Page) -> None:
    """Fails with axe's words where it finds anything on the page as it stands at this size."""
    results = Axe().run(page)
    assert results.violations_count == 0, f"{page.url}\n{results.generate_report()}"


def check_fits(page: Page) -> None:
    """Fails where a person would have to scroll sideways (WCAG 1.4.10 reflow)."""
    needed, shown = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert needed <= shown, f"{page.url} needs {needed}px and has {shown}px"


def check_targets(page: Page) -> None:
    """Fails where something to press is under 24 by 24 CSS pixels (WCAG 2.5.8); links inside a
    sentence and what is hidden are exempt."""
    small = page.evaluate(
        """() => [...document.querySelectorAll('button, input, select, textarea, summary')]
        .filter((part) => part.type !== 'hidden' && part.checkVisibility())
        .map((part) => [part.outerHTML.slice(0, 120), part.getBoundingClientRect()])
        .filter(([, box]) => box.width > 1 && (box.width < 24 || box.height < 24))
        .map(([html, box]) => `${Math.round(box.width)}x${Math.round(box.height)} ${html}`)"""
    )
    assert small == [], f"{page.url}\n" + "\n".join(small)


def screenshot(page: Page, name: str) -> Path:
    """The whole page as a picture in build/screenshots/, which git ignores."""
    path = PICTURES / f"{name}.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=path, full_page=True)
    return path


def look_at(page: Page, name: str) -> None:
    """Axe, the width, the size of what is pressed; and a picture."""
    check_accessibility(page)
    check_fits(page)
    check_targets(page)
    screenshot(page, name)


def look_at_every_width(page: Page, name: str) -> None:
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        look_at(page, f"{name}-{width}")
