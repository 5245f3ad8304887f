"""Pages of the recipients capability."""

from flask import Blueprint

blueprint = Blueprint("recipients", __name__)
