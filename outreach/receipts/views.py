"""Pages of the receipts capability."""

from flask import Blueprint

blueprint = Blueprint("receipts", __name__)
