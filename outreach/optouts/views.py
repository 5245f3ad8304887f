"""Pages of the optouts capability."""

from flask import Blueprint

blueprint = Blueprint("optouts", __name__)
