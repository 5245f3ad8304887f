"""What the pages of accounts share: the blueprint, and which addresses may be gone to."""

from flask import Blueprint, current_app, request
from werkzeug.exceptions import HTTPException

blueprint = Blueprint("accounts", __name__)


def own_page(target: str | None) -> str:
    """`target` where it is a page of this site, and the start page otherwise."""
    return target if target and is_route(target, "GET") else "/"


def is_route(target: str, method: str) -> bool:
    """A path that the site itself answers: no scheme, no host, nothing a browser reads as one."""
    if not target.startswith("/") or target.startswith("//") or "\\" in target:
        return False
    if any(ord(character) <= 32 for character in target):  # browsers drop some of them
        return False
    adapter = current_app.url_map.bind(request.host)
    try:
        adapter.match(target.partition("?")[0], method=method)
    except HTTPException:
        return False
    return True
