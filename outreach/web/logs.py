"""Logs: a JSON object a line, a request id on each, and no personal data.

The path of a landing page holds a code, so its route is logged and never its path. Whatever looks
like a phone number in any message is taken out before it is written.
"""

import json
import logging
import time
from datetime import UTC, datetime
from uuid import uuid4

from flask import Flask, g, has_request_context, request
from werkzeug.wrappers import Response

from outreach.domain.phone_masking import redact

access_log = logging.getLogger("outreach.access")


class JsonFormatter(logging.Formatter):
    """Time, level, logger, message, request id, and what `extra={"fields": {...}}` gives."""

    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname,
            "logger": record.name,
            "message": redact(record.getMessage()),
        }
        if has_request_context():
            entry["request_id"] = g.get("request_id")
        entry.update(getattr(record, "fields", {}))
        if record.exc_info:
            entry["exception"] = redact(self.formatException(record.exc_info))
        return json.dumps(entry, ensure_ascii=True)


def configure_logging(level: int = logging.INFO) -> None:
    """For a process of our own (web, worker): JSON lines on standard error."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonFormatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)


def init_app(app: Flask) -> None:
    app.before_request(_begin)
    app.after_request(_log_request)


def _begin() -> None:
    g.request_id = uuid4().hex
    g.started = time.perf_counter()


def _log_request(response: Response) -> Response:
    if request.endpoint != "static":
        rule = request.url_rule.rule if request.url_rule else "(no route)"
        fields = {
            "method": request.method,
            "route": rule,
            "status": response.status_code,
            "milliseconds": round((time.perf_counter() - g.get("started", 0)) * 1000, 1),
        }
        access_log.info("request", extra={"fields": fields})
    response.headers["X-Request-Id"] = g.get("request_id", "")
    return response
