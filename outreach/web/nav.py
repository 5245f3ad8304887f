"""The navigation: only what this person may open."""

from dataclasses import dataclass

from flask import request

from outreach.domain.access import Permission
from outreach.web.current import may

PLACES = (
    ("Campaigns", "/campaigns", Permission.SEE_CAMPAIGNS),
    ("Approvals", "/approvals", Permission.APPROVE),
    ("Replies", "/replies", Permission.READ_REPLIES),
    ("Opt-outs", "/opt-outs", Permission.ADD_OPTOUT),
    ("Referral codes", "/partner", Permission.CHECK_CODE),
    ("Reports", "/reports", Permission.SEE_REPORTS),
    ("Audit log", "/audit", Permission.READ_AUDIT),
    ("Administration", "/admin", Permission.ADMINISTER),
)


@dataclass(frozen=True)
class NavItem:
    text: str
    href: str
    active: bool


def nav_items() -> list[NavItem]:
    return [
        NavItem(text, href, request.path == href or request.path.startswith(f"{href}/"))
        for text, href, permission in PLACES
        if may(permission)
    ]
