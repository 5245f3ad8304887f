"""Whatever a proxy, firewall or broken server answers, the gateway makes a value of it."""

import gzip
import json
import socket
from collections.abc import Iterator
from threading import Thread

import pytest

from outreach.notify.errors import NotifyError
from outreach.notify.gateway import NotifyGateway
from outreach.notify.results import (
    Ambiguous,
    KeyRefused,
    LookupFailed,
    RateLimited,
    Refused,
    SendResult,
)
from outreach.simulator.service import LIVE_KEY

JSON_TYPE = "Content-Type: application/json"
DEEP = "[" * 200_000
GOOD = {
    "id": "1",
    "content": {"body": "b", "from_number": "f"},
    "template": {"version": 1},
}


class StrangeServer:
    """Answers each connection with the same bytes and closes it."""

    def __init__(self) -> None:
        self.answer = b""
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._thread = Thread(target=self._serve, daemon=True)
        self._thread.start()

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with connection:
                connection.settimeout(2)
                connection.recv(65536)
                connection.sendall(self.answer)
                connection.shutdown(socket.SHUT_WR)
                while connection.recv(65536):
                    pass

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()


@pytest.fixture
def strange() -> Iterator[StrangeServer]:
    server = StrangeServer()
    yield server
    server.close()


@pytest.fixture
def gateway(strange: StrangeServer) -> Iterator[NotifyGateway]:
    made = NotifyGateway(LIVE_KEY, strange.base_url, timeout=2)
    yield made
    made.close()


def http(status: str, body: str = "", *headers: str, length: int | None = None) -> bytes:
    raw = body.encode()
    size = len(raw) if length is None else length
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {size}", "Connection: close", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + raw


def without(name: str) -> str:
    return json.dumps({key: value for key, value in GOOD.items() if key != name})


UNCLEAR = {
    "nothing at all": b"",
    "no HTTP": b"SSH-2.0-OpenSSH_9.2\r\n",
    "a torn status line": b"HTTP/1.1 2",
    "a body cut short": http("201 Created", json.dumps(GOOD)[:-5], JSON_TYPE, length=500),
    "no JSON": http("201 Created", "<html></html>"),
    "an empty body": http("201 Created", ""),
    "a null": http("201 Created", "null", JSON_TYPE),
    "a list": http("201 Created", "[]", JSON_TYPE),
    "a text": http("201 Created", '"x"', JSON_TYPE),
    "no id": http("201 Created", without("id"), JSON_TYPE),
    "no template": http("201 Created", without("template"), JSON_TYPE),
    "an id that is a number": http("201 Created", json.dumps({**GOOD, "id": 5}), JSON_TYPE),
    "JSON nested without end": http("201 Created", DEEP, JSON_TYPE),
    "no content": http("204 No Content"),
    "bad UTF-8": http("201 Created", "", JSON_TYPE, length=2) + b"\xff\xfe",
    "bad gzip": http("201 Created", "not gzip", "Content-Encoding: gzip"),
    "broken chunks": b"HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    "500 in HTML": http("500 Oops", "<html></html>"),
    "500 with deep JSON": http("500 Oops", DEEP, JSON_TYPE),
    "502 in HTML": http("502 Bad Gateway", "<html></html>"),
    "503 with a null": http("503 Unavailable", "null", JSON_TYPE),
    "504 in HTML": http("504 Gateway Timeout", "<html></html>"),
    "599": http("599 What", ""),
    "400 in HTML": http("400 Bad Request", "<html></html>"),
    "400 with no errors": http("400 Bad Request", '{"errors": []}', JSON_TYPE),
    "408": http("408 Request Timeout", ""),
    "413": http("413 Too Large", "<html></html>"),
}


@pytest.mark.parametrize("answer", UNCLEAR.values(), ids=UNCLEAR.keys())
def test_an_answer_that_says_nothing_sure_is_ambiguous_and_no_look_up_takes_it_for_absence(
    strange: StrangeServer, gateway: NotifyGateway, answer: bytes
) -> None:
    strange.answer = answer
    assert isinstance(send(gateway), Ambiguous)
    assert isinstance(gateway.find_by_reference("ref"), LookupFailed)
    assert isinstance(gateway.get_notification("1" * 36), LookupFailed)
    assert isinstance(gateway.list_notifications(), LookupFailed)
    with pytest.raises(NotifyError):
        gateway.list_templates()
    with pytest.raises(NotifyError):
        gateway.get_template(LIVE_KEY[-36:])
    with pytest.raises(NotifyError):
        gateway.received_texts()


def send(gateway: NotifyGateway) -> SendResult:
    return gateway.send_text(
        phone_number="+447700900123", template_id="t", personalisation={}, reference="ref"
    )


@pytest.mark.parametrize(
    "answer",
    [
        http("302 Found", "", "Location: http://127.0.0.1:9/"),
        http("307 Temporary Redirect", "", "Location: http://127.0.0.1:9/"),
        http("401 Unauthorized", "<html></html>"),
        http("403 Forbidden", "<html>blocked</html>"),
        http("404 Not Found", '{"result": "error", "message": "x"}', JSON_TYPE),
        http("405 Method Not Allowed", ""),
    ],
)
def test_a_closed_door_stops_everything_rather_than_one_message(
    strange: StrangeServer, gateway: NotifyGateway, answer: bytes
) -> None:
    strange.answer = answer
    assert isinstance(send(gateway), KeyRefused)


def test_a_429_of_a_firewall_slows_down_like_notifys_own(
    strange: StrangeServer, gateway: NotifyGateway
) -> None:
    strange.answer = http("429 Too Many Requests", "<html></html>")
    assert send(gateway) == RateLimited("status 429")


def test_a_400_of_notify_with_several_errors_gives_the_first(
    strange: StrangeServer, gateway: NotifyGateway
) -> None:
    errors = [{"error": "ValidationError", "message": text} for text in ("one", "two")]
    body = json.dumps({"status_code": 400, "errors": errors})
    strange.answer = http("400 Bad Request", body, JSON_TYPE)
    assert send(gateway) == Refused(400, "ValidationError", "one")


def test_a_compressed_answer_is_read(strange: StrangeServer, gateway: NotifyGateway) -> None:
    packed = gzip.compress(json.dumps({"templates": []}).encode())
    head = http("200 OK", "", "Content-Encoding: gzip", length=len(packed))
    strange.answer = head + packed
    assert gateway.list_templates() == []


def test_a_list_that_ignores_the_reference_is_not_believed(
    strange: StrangeServer, gateway: NotifyGateway
) -> None:
    moment = "2026-11-24T01:41:13.064433Z"
    other = {
        "id": "1",
        "reference": "another",
        "status": "delivered",
        "created_at": moment,
        "sent_at": None,
        "completed_at": None,
        "template": {"id": "t", "version": 1},
    }
    strange.answer = http("200 OK", json.dumps({"notifications": [other]}), JSON_TYPE)
    assert isinstance(gateway.find_by_reference("ref"), LookupFailed)
