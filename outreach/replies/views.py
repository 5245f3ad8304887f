"""Pages of the replies capability."""

from flask import Blueprint

blueprint = Blueprint("replies", __name__)
