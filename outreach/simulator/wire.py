"""What all views share: the simulator of the app, answers as JSON, and ways to break an answer."""

import json
import time
from typing import Any

from flask import Response, current_app, request
from werkzeug.exceptions import HTTPException

from outreach.simulator.engine import Simulator
from outreach.simulator.errors import ApiError, legacy
from outreach.simulator.faults import Fault
from outreach.simulator.http import CUT
from outreach.simulator.records import ApiKey

EXTENSION = "outreach-simulator"
HTML_503 = (
    "<html><head><title>503 Service Temporarily Unavailable</title></head>"
    "<body><h1>503 Service Temporarily Unavailable</h1></body></html>"
)
NO_STORE = "no-store, no-cache, private, must-revalidate"


def simulator() -> Simulator:
    found: Simulator = current_app.extensions[EXTENSION]
    return found


def answer(body: Any, status: int = 200) -> Response:
    """JSON with the headers of Notify's answers."""
    response = Response(json.dumps(body), status, content_type="application/json")
    response.headers["Cache-Control"] = NO_STORE
    return response


def html_503() -> Response:
    """What a load balancer in front of Notify may say."""
    return Response(HTML_503, 503, content_type="text/html")


def refused(error: ApiError) -> Response:
    return answer(error.as_dict(), error.status)


def unmatched(error: HTTPException) -> Response:
    """Unmatched paths and wrong methods use the legacy envelope."""
    return answer(legacy(str(error.description)), error.code or 500)


def caller() -> ApiKey:
    """The key of this request. Raises ApiError 401 or 403."""
    return simulator().auth.authenticate(request.headers.get("Authorization"))


def wait_for_latency() -> None:
    if simulator().latency > 0:
        time.sleep(simulator().latency)


def broken(fault: Fault) -> Response:
    """The answer that a fault puts in place of the real one. Raises ApiError."""
    name = fault.name.removeprefix("read-").removesuffix("-after-storing")
    if name == "error-500":
        raise ApiError(500, ("SQLAlchemyError", "Internal server error"))
    if name == "timeout-504":
        raise ApiError(504, ("SoftTimeLimitExceeded", "Timeout serving request"))
    if name == "html-503":
        return html_503()
    if name == "not-json-201":
        return Response("<html>Created</html>", 201, content_type="text/html")
    request.environ[CUT] = True
    return Response(status=500)


def hang(fault: Fault | None) -> None:
    if fault is not None:
        time.sleep(fault.seconds)
