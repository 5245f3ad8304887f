"""The simulator as a Flask app: its own process, known to a site only by address and key."""

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from outreach.simulator import control, control_messages, pages, phones, v2, v2_reads
from outreach.simulator.engine import Simulator
from outreach.simulator.errors import ApiError, legacy
from outreach.simulator.showing import FILTERS
from outreach.simulator.wire import EXTENSION, answer, refused, unmatched


def create_app(simulator: Simulator) -> Flask:
    """An app over a simulator that the caller starts and stops."""
    app = Flask(__name__, static_url_path="/_static")
    app.extensions[EXTENSION] = simulator
    app.register_error_handler(ApiError, refused)
    app.register_error_handler(HTTPException, unmatched)
    app.register_blueprint(v2.blueprint)
    app.register_blueprint(v2_reads.blueprint)
    app.register_blueprint(control.blueprint)
    app.register_blueprint(control_messages.blueprint)
    app.register_blueprint(phones.blueprint)
    app.register_blueprint(pages.blueprint)
    app.jinja_env.filters.update(FILTERS)
    app.add_url_rule("/_status", view_func=status, methods=["GET", "POST"])
    app.add_url_rule("/service/<path:rest>", view_func=admin_only)
    return app


def status() -> Response:
    """Needs no token; `?simple=1` gives only the word."""
    if request.args.get("simple"):
        return answer({"status": "ok"})
    return answer({"status": "ok", "git_commit": "simulator", "build_time": None})


def admin_only(rest: str) -> Response:
    """Paths of the web pages' own API: with a service's key always refused."""
    return answer(legacy("Unauthorized: admin authentication token required"), 401)
