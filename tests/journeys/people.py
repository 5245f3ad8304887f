"""The people of a journey, each in a browser of their own, doing what they came for."""

from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.browser import check_accessibility, screenshot
from tests.demo_site import DemoSite
from tests.mouse import Mouse

VIEW = {"width": 1280, "height": 900}


class Person(Mouse):
    """Somebody at a browser. Every page they come to is checked by axe and photographed once."""

    def __init__(self, chromium: Browser, site: DemoSite, name: str, scripts: bool = True) -> None:
        self.site, self.name = site, name
        self._context = chromium.new_context(
            viewport=VIEW,
            java_script_enabled=scripts,
            service_workers="block",  # type: ignore[arg-type]
        )
        self.page: Page = self._context.new_page()
        self._scripts = scripts
        self._seen: set[str] = set()
        self._is_signed_in = False

    def close(self) -> None:
        self._context.close()

    def sign_in(self) -> None:
        """With password and code, unless signed in already."""
        if self._is_signed_in:
            return
        self._is_signed_in = True
        self.open("/sign-in")
        self.page.get_by_label("Email address").fill(f"{self.name}@demo.example")
        self.page.get_by_label("Password", exact=True).fill(self.site.password)
        self.press("Continue")
        self.page.get_by_label("Security code").fill(self.site.fresh_code(self.name))
        self.press("Continue")

    def open(self, address: str) -> None:
        self.page.goto(address if "://" in address else self.site.staff_url + address)

    def choose(self, label: str) -> None:
        self.page.get_by_label(label, exact=True).check()

    @property
    def reads(self) -> str:
        return self.page.locator("main").inner_text()

    def look(self, name: str) -> None:
        """Check this page with axe and keep a picture of it, the first time it is looked at."""
        if name in self._seen:
            return
        self._seen.add(name)
        screenshot(self.page, f"journey-{self.name}-{name}")
        if self._scripts:
            check_accessibility(self.page)

    def upload(self, path: Path) -> None:
        self.page.locator("input[type=file]").set_input_files(path)
        self.press("Upload and check")
