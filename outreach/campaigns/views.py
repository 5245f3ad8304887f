"""Pages of the campaigns capability."""

from flask import Blueprint

blueprint = Blueprint("campaigns", __name__)
