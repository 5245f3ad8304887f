"""A whole world in Chromium, on both of its host names, as any role."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page

from outreach.domain.access import Role
from outreach.domain.campaign import CampaignStatus
from tests.security.routes import Route, routes
from tests.security.world import World, made_world
from tests.serving import serving
from tests.settings import PUBLIC_URL, STAFF_URL

_S = CampaignStatus
STATUS_OF = {
    "approvals.show": _S.SUBMITTED,
    "approvals.send_back": _S.SUBMITTED,
    "approvals.release": _S.APPROVED,
    "campaigns.reopen": _S.SUBMITTED,
    "campaigns.copy": _S.COMPLETED,
    "sending.pause": _S.SENDING,
}
"""In which state a page's campaign has to be; a draft for the other pages of drafting."""
NOT_PAGES = (
    ".csv",
    "/newest",
    "<uuid:upload_id>/progress",
    "<uuid:check_id>/progress",
    "/tile/",
    "/landing-page/",
)
"""Ends of files and of parts of pages. The preview of a landing page is sandboxed, so that no axe
runs in it; the same page is looked at on its own host."""


@dataclass(frozen=True)
class Target:
    """One page in one state, and who looks at it; None is somebody not signed in."""

    name: str
    url: str
    role: Role | None


@dataclass
class Served:
    world: World
    proxy: str

    @contextmanager
    def page_of(
        self, chromium: Browser, role: Role | None, *, scripts: bool = True
    ) -> Iterator[Page]:
        """Requests go by way of the server as a proxy, so both names lead to it."""
        context = chromium.new_context(proxy={"server": self.proxy}, java_script_enabled=scripts)
        if role is not None:
            cookie = self.world.browser(role).get_cookie("outreach", domain="staff.test")
            assert cookie is not None
            context.add_cookies([{"name": "outreach", "value": cookie.value, "url": STAFF_URL}])
        try:
            yield context.new_page()
        finally:
            context.close()

    def targets(self) -> list[Target]:
        """Every page that somebody may open, once; the start page for every role. Those about one
        thing are left out where the world has none."""
        found = {target.name: target for target in self._targets()}
        return list(found.values())

    def _targets(self) -> Iterator[Target]:
        for role in (None, *Role):
            yield Target(f"/ as {role or 'nobody'}", STAFF_URL + "/", role)
        yield Target("/no-such-page", STAFF_URL + "/no-such-page", Role.REQUESTER)
        yield Target("/admin as requester", STAFF_URL + "/admin", Role.REQUESTER)
        for route in routes(self.world.app):
            role = next((who for who in (None, *Role) if route.opens_to(who)), Role.AUDITOR)
            if route.method == "GET" and self._is_page(route, role):
                yield from self._of_route(route, role)

    def _is_page(self, route: Route, role: Role | None) -> bool:
        return (
            route.opens_to(role)
            and set(route.rule.arguments) <= {*self.world.ids, "act", "language"}
            and not any(end in route.rule.rule for end in NOT_PAGES)
            and route.rule.endpoint != "security.logout"
        )

    def _of_route(self, route: Route, role: Role | None) -> Iterator[Target]:
        words, host = dict(route.words), STAFF_URL
        if route.access is not None and route.access.host == "public":
            host = PUBLIC_URL
        if "campaign_id" in route.rule.arguments:
            statuses = self._statuses(route.rule.endpoint)
            for status in statuses:
                address = self.world.address(
                    route.rule, **words, campaign_id=self.world.statuses[status]
                )
                name = str(route).removeprefix("GET ") + f" ({status})"
                yield Target(name, host + address, role)
            return
        address = self.world.address(route.rule, **words)
        yield Target(str(route).removeprefix("GET "), host + address, role)

    def _statuses(self, endpoint: str) -> list[CampaignStatus]:
        if endpoint in {"campaigns.show", "reports.show"}:
            return list(CampaignStatus)
        if endpoint == "sending.show_progress":
            return [_S.SENDING, _S.PAUSED, _S.COMPLETED]
        if endpoint.startswith("campaigns."):
            return [STATUS_OF.get(endpoint, _S.DRAFT)]
        return [STATUS_OF.get(endpoint, _S.PAUSED)]


@contextmanager
def served(template: Path, folder: Path, *, is_empty: bool) -> Iterator[Served]:
    with made_world(template, folder, is_empty=is_empty) as world, serving(world.app) as proxy:
        yield Served(world, proxy)
