"""A service's side of callbacks: it keeps what is posted and answers as told."""

import json
import time
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Condition, Thread
from typing import Any, Self

TOKEN = "token-of-the-receiver"


@dataclass(frozen=True)
class Posted:
    """One request as it came, `at` in monotonic seconds."""

    method: str
    path: str
    headers: dict[str, str]
    body: dict[str, Any]
    at: float


class Receiver:
    """Answers with the listed statuses in turn, then 200. `delay` is seconds before each answer;
    a status of 3xx redirects to /moved."""

    def __init__(self) -> None:
        self.posts: list[Posted] = []
        self.answers: list[int] = []
        self.delay = 0.0
        self._arrived = Condition()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._thread = Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/callback"

    @property
    def target(self) -> dict[str, str]:
        return {"url": self.url, "token": TOKEN}

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def wait(self, count: int, timeout: float = 5.0) -> list[Posted]:
        """The posts once there are so many; fails when they do not come."""
        with self._arrived:
            if not self._arrived.wait_for(lambda: len(self.posts) >= count, timeout):
                raise AssertionError(f"{len(self.posts)} posts came, not {count}.")
            return list(self.posts)

    def _take(self, posted: Posted) -> int:
        with self._arrived:
            self.posts.append(posted)
            status = self.answers.pop(0) if self.answers else 200
            self._arrived.notify_all()
        time.sleep(self.delay)
        return status

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                raw = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                body = json.loads(raw) if raw else {}
                posted = Posted(self.command, self.path, dict(self.headers), body, time.monotonic())
                status = receiver._take(posted)
                self.send_response(status)
                if 300 <= status < 400:
                    self.send_header("Location", "/moved")
                self.send_header("Content-Length", "0")
                self.end_headers()

            do_GET = do_POST  # noqa: N815 -- the name http.server looks for

            def log_message(self, *args: object) -> None:
                """Quiet."""

        return Handler
