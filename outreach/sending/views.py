"""Pages of the sending capability."""

from flask import Blueprint

blueprint = Blueprint("sending", __name__)
