"""The genuine Notify library: keys, timeouts, connections. Nothing else imports it."""

import logging
import os
import re
import threading
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import requests
from notifications_python_client.errors import APIError, InvalidResponse
from notifications_python_client.notifications import NotificationsAPIClient
from requests.adapters import HTTPAdapter

from outreach.notify.errors import NotifyKeyMalformed

UNREADABLE = "the answer cannot be read"
API_KEY = re.compile(r".*[0-9a-f-]{36}-[0-9a-f-]{36}", re.IGNORECASE)


@dataclass(eq=False)
class NoAnswer(Exception):
    """No answer, or one that cannot be read: whether the request took effect is unknown."""

    reason: str
    status_code: int | None = None


@dataclass(eq=False)
class ErrorAnswer(Exception):
    """An answer of 3xx, 4xx or 5xx. `is_readable` is false for one that is not Notify's JSON."""

    status_code: int
    error: str
    message: str
    is_readable: bool


class _QuietFilter(logging.Filter):
    """The library's warnings echo what was submitted, numbers included; keep the status only."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.levelno >= logging.INFO:
            arguments = record.args if isinstance(record.args, tuple) else ()
            status = arguments[2] if len(arguments) == 4 else "an error"
            record.msg, record.args, record.exc_info = "Notify answered %s", (status,), None
        return True


for _name in ("base", "notifications"):
    logging.getLogger(f"notifications_python_client.{_name}").addFilter(_QuietFilter())


class NotifyClients:
    """One genuine client for each thread, as the library is not thread-safe.

    Connections are kept alive, nothing is ever retried, and proxy settings are read from the
    environment once rather than at every request.
    """

    def __init__(self, api_key: str, base_url: str, timeout: float) -> None:
        if not API_KEY.fullmatch(api_key):
            raise NotifyKeyMalformed
        self._api_key = api_key
        self._base_url = base_url
        self._timeout = timeout
        self._proxies = requests.utils.get_environ_proxies(base_url)
        self._local = threading.local()
        self._sessions: weakref.WeakSet[requests.Session] = weakref.WeakSet()

    def call(self, ask: Callable[[NotificationsAPIClient], Any]) -> Any:
        """What Notify answered, as parsed JSON. Raises NoAnswer or ErrorAnswer, nothing else."""
        try:
            return ask(self._client())
        except InvalidResponse as problem:
            raise NoAnswer(UNREADABLE, problem.status_code) from None
        except RecursionError:  # JSON nested without end, which the library lets through
            raise NoAnswer(UNREADABLE) from None
        except APIError as problem:
            raise _translated(problem) from None

    def close(self) -> None:
        """Close the connections of every thread."""
        for session in list(self._sessions):
            session.close()

    def _client(self) -> NotificationsAPIClient:
        client = getattr(self._local, "client", None)
        if client is None:
            client = self._local.client = self._make_client()
        return client

    def _make_client(self) -> NotificationsAPIClient:
        client = NotificationsAPIClient(  # type: ignore[no-untyped-call]
            self._api_key, base_url=self._base_url, timeout=self._timeout
        )
        session = client.request_session
        adapter = HTTPAdapter(max_retries=0, pool_connections=1, pool_maxsize=1)
        session.mount("https://", adapter)
        session.mount("http://", adapter)
        session.max_redirects = 0
        session.trust_env = False
        session.proxies.update(self._proxies)
        session.verify = _certificates()
        self._sessions.add(session)
        return client


def _certificates() -> str | bool:
    return os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("CURL_CA_BUNDLE") or True


def _translated(problem: APIError) -> NoAnswer | ErrorAnswer:
    if problem.response is None:
        return NoAnswer(_why_none(problem.__cause__))
    status = problem.response.status_code
    error, message, is_readable = _read_error(problem.response)
    return ErrorAnswer(status, error, message, is_readable)


def _why_none(cause: BaseException | None) -> str:
    if isinstance(cause, requests.ConnectTimeout):
        return "the connection timed out"
    if isinstance(cause, requests.Timeout):
        return "no answer in time"
    return "the connection failed"


def _read_error(response: requests.Response) -> tuple[str, str, bool]:
    """Class and text of the first error, and whether the body was one of Notify's envelopes."""
    try:
        body = response.json()
        if "errors" in body:
            first = body["errors"][0]
            return str(first["error"]), str(first["message"]), True
        return "", str(body["message"]), True
    except (ValueError, TypeError, KeyError, IndexError, RecursionError):
        return "", "", False
