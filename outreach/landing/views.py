"""Pages of the landing capability."""

from flask import Blueprint

blueprint = Blueprint("landing", __name__)
