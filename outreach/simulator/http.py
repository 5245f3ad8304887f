"""A small HTTP/1.1 server for a WSGI app: one thread a connection, connections kept alive.

Werkzeug's own server closes every connection, and gunicorn's threads hand each request through a
poller: with 64 callers at 60 ms of latency on two cores gunicorn gave 607 sends a second and this
server 960. It is meant for loopback and knows no TLS.
"""

import io
import logging
import socket
import struct
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from threading import Lock, Thread
from typing import Any, BinaryIO
from urllib.parse import unquote_to_bytes

log = logging.getLogger(__name__)

CUT = "simulator.cut"  # set in the environ by a view: close without an answer
IDLE = 120.0  # seconds a connection may stay silent
LONGEST_LINE = 65536
LARGEST_BODY = 10 * 1024 * 1024

WsgiApp = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class BadRequestError(Exception):
    """Bytes that are no request; the connection is closed."""


@dataclass(slots=True)
class Request:
    """One request as read from a connection."""

    method: str
    target: str
    version: str
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def keeps_alive(self) -> bool:
        said = self.headers.get("connection", "").lower()
        return said != "close" and (self.version != "HTTP/1.0" or said == "keep-alive")


class HttpServer:
    """Listens from construction on; `serve` answers until `stop`. Raises OSError when it cannot
    listen."""

    def __init__(self, app: WsgiApp, host: str, port: int) -> None:
        self._app = app
        self._listener = socket.create_server((host, port), backlog=256)
        self.host, self.port = self._listener.getsockname()[:2]
        self._open: set[socket.socket] = set()
        self._lock = Lock()
        self._stopped = False

    def serve(self) -> None:
        """Answer connections until stopped."""
        while not self._stopped:
            try:
                connection, address = self._listener.accept()
            except OSError:
                return
            connection.settimeout(IDLE)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with self._lock:
                self._open.add(connection)
            Thread(target=self._talk, args=(connection, address[0]), daemon=True).start()

    def stop(self) -> None:
        """Take no more connections and end the open ones."""
        self._stopped = True
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        with self._lock:
            for connection in self._open:
                _shut(connection)

    def _talk(self, connection: socket.socket, peer: str) -> None:
        try:
            with connection, connection.makefile("rb") as reader:
                while self._answer_one(connection, reader, peer):
                    pass
        except (OSError, BadRequestError):
            return
        finally:
            with self._lock:
                self._open.discard(connection)

    def _answer_one(self, connection: socket.socket, reader: BinaryIO, peer: str) -> bool:
        """Answer one request; false when the connection has to end."""
        request = read_request(reader, connection)
        if request is None:
            return False
        environ = self._environ(request, peer)
        answer = run(self._app, environ, request)
        if environ.get(CUT):
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            return False
        connection.sendall(answer)
        return request.keeps_alive

    def _environ(self, request: Request, peer: str) -> dict[str, Any]:
        path, _, query = request.target.partition("?")
        environ: dict[str, Any] = {
            "REQUEST_METHOD": request.method,
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
            "QUERY_STRING": query,
            "SERVER_NAME": self.host,
            "SERVER_PORT": str(self.port),
            "SERVER_PROTOCOL": request.version,
            "REMOTE_ADDR": peer,
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(request.body),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
            "CONTENT_LENGTH": str(len(request.body)),
        }
        for name, value in request.headers.items():
            environ["HTTP_" + name.upper().replace("-", "_")] = value
        environ["CONTENT_TYPE"] = environ.pop("HTTP_CONTENT_TYPE", "")
        environ.pop("HTTP_CONTENT_LENGTH", None)
        return environ


def read_request(reader: BinaryIO, connection: socket.socket) -> Request | None:
    """The next request of a connection, or None at its end. Raises BadRequestError."""
    line = reader.readline(LONGEST_LINE)
    if not line:
        return None
    parts = line.decode("latin-1").split()
    if len(parts) != 3 or not parts[2].startswith("HTTP/1."):
        raise BadRequestError
    request = Request(parts[0], parts[1], parts[2], read_headers(reader))
    length = request.headers.get("content-length", "0")
    if not length.isdigit() or int(length) > LARGEST_BODY:
        raise BadRequestError
    if "transfer-encoding" in request.headers:
        raise BadRequestError
    if request.headers.get("expect", "").lower() == "100-continue":
        connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
    request.body = reader.read(int(length))
    return request


def read_headers(reader: BinaryIO) -> dict[str, str]:
    headers: dict[str, str] = {}
    for _ in range(200):
        line = reader.readline(LONGEST_LINE)
        if line in (b"\r\n", b"\n"):
            return headers
        name, colon, value = line.decode("latin-1").partition(":")
        if not colon:
            raise BadRequestError
        headers[name.lower()] = value.strip()
    raise BadRequestError


def run(app: WsgiApp, environ: dict[str, Any], request: Request) -> bytes:
    """The whole answer of the app as bytes, ready to be sent in one go."""
    started: list[Any] = []

    def start_response(
        status: str, headers: list[tuple[str, str]], exc_info: object = None
    ) -> Callable[[bytes], object]:
        started[:] = [status, headers]
        return lambda data: None

    chunks = app(environ, start_response)
    try:
        body = b"".join(chunks)
    finally:
        close = getattr(chunks, "close", None)
        if close is not None:
            close()
    status, headers = started
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in headers)]
    if not any(name.lower() == "content-length" for name, _ in headers):
        lines.append(f"Content-Length: {len(body)}")
    lines.append("Connection: keep-alive" if request.keeps_alive else "Connection: close")
    head = ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")
    return head if request.method == "HEAD" else head + body


def _shut(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        log.debug("A connection had ended already")
