"""Pages of the sending capability."""

from flask import Blueprint

from outreach.sending import jobs

blueprint = Blueprint("sending", __name__)

__all__ = ["blueprint", "jobs"]
