"""Pages of the reports capability."""

from flask import Blueprint

blueprint = Blueprint("reports", __name__)
