"""Which of the two host names a request came to."""

from flask import current_app, request
from werkzeug.exceptions import SecurityError


def is_public_host() -> bool:
    """Whether this is the recipients' site. False also for a name that is neither, which is refused
    before any page is reached."""
    try:
        return bool(request.host == current_app.config["PUBLIC_HOST"])
    except SecurityError:
        return False
