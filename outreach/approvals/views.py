"""Pages of the approvals capability."""

from flask import Blueprint

blueprint = Blueprint("approvals", __name__)
