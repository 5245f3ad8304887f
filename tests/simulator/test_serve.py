"""The process: its HTTP, its command line, its end."""

import json
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
import requests
from click.testing import CliRunner
from notifications_python_client import NotificationsAPIClient

from outreach.cli.simulator import simulator
from outreach.simulator.service import LIVE_SECRET, key_text
from tests.simulator.fixtures import Api
from tests.simulator.receiver import TOKEN, Receiver
from tests.simulator.server import SimulatorProcess

OTHER_SERVICE = "11111111-2222-4333-8444-555555555555"


def talk(notify: SimulatorProcess, sent: bytes, *, answers: int = 1) -> bytes:
    """What comes back over one connection for these bytes, until it ends or enough came."""
    host, port = notify.base_url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=5) as connection:
        connection.sendall(sent)
        received = b""
        while received.count(b"HTTP/1.1 ") < answers or not received.endswith((b"}", b"\n")):
            try:
                part = connection.recv(65536)
            except ConnectionResetError:
                break
            if not part:
                break
            received += part
    return received


def test_one_connection_serves_many_requests_one_after_the_other(
    notify: SimulatorProcess,
) -> None:
    ask = b"GET /_status?simple=1 HTTP/1.1\r\nHost: x\r\n\r\n"
    came = talk(notify, ask * 3, answers=3)
    assert came.count(b"HTTP/1.1 200 OK") == 3
    assert came.count(b"Connection: keep-alive") == 3


@pytest.mark.parametrize(
    "head",
    [b"GET /_status HTTP/1.1\r\nConnection: close\r\n\r\n", b"GET /_status HTTP/1.0\r\n\r\n"],
)
def test_a_caller_that_wants_it_closed_gets_it_closed(
    notify: SimulatorProcess, head: bytes
) -> None:
    assert b"Connection: close" in talk(notify, head, answers=9)


def test_a_head_request_has_no_body(notify: SimulatorProcess) -> None:
    came = talk(notify, b"HEAD / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", answers=9)
    assert came.startswith(b"HTTP/1.1 200")
    assert came.endswith(b"\r\n\r\n")


@pytest.mark.parametrize(
    "sent",
    [
        b"nonsense\r\n\r\n",
        b"GET / HTTP/1.1\r\nno colon\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"a: b\r\n" * 300 + b"\r\n",
        b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"POST / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n",
        b"POST / HTTP/1.1\r\nContent-Length: -5\r\n\r\n",
    ],
)
def test_bytes_that_are_no_request_end_the_connection_and_nothing_else(
    notify: SimulatorProcess, sent: bytes
) -> None:
    assert talk(notify, sent, answers=9) == b""
    assert requests.get(f"{notify.base_url}/_status", timeout=5).ok


def test_a_caller_who_waits_to_be_asked_is_asked(notify: SimulatorProcess) -> None:
    head = b"POST /_status HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n"
    came = talk(notify, head + b"{}", answers=2)
    assert came.startswith(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK")


def test_answers_forbid_storing(api: Api) -> None:
    answer = api.send()
    assert answer.headers["Cache-Control"] == "no-store, no-cache, private, must-revalidate"
    assert answer.headers["Content-Type"] == "application/json"


def test_latency_is_added_to_every_answer() -> None:
    with SimulatorProcess(latency=200) as process:
        client = NotificationsAPIClient(process.api_key, base_url=process.base_url)
        started = time.monotonic()
        client.get_all_templates()
        assert time.monotonic() - started >= 0.2
        client.request_session.close()


def test_options_choose_service_templates_callbacks_and_limits(
    tmp_path: Path, receiver: Receiver
) -> None:
    templates = tmp_path / "templates.json"
    templates.write_text(json.dumps([{"name": "Mine", "body": "Hello ((x))"}]), "utf-8")
    key = key_text("mine", LIVE_SECRET, OTHER_SERVICE)
    with SimulatorProcess(
        api_key=key,
        templates=templates,
        prefix=True,
        service_name="Clinic",
        international=False,
        receipt_url=receiver.url,
        receipt_token=TOKEN,
        rate_limit="off",
        inbound_number="07700900600",
        receipt_delay=0.01,
        permanent_failure_rate=1,
    ) as process:
        client = NotificationsAPIClient(key, base_url=process.base_url)
        (template,) = client.get_all_templates()["templates"]
        sent = client.send_sms_notification("07700900123", template["id"], {"x": "you"})
        assert sent["content"] == {"body": "Hello you", "from_number": "447700900600"}
        assert OTHER_SERVICE in sent["template"]["uri"]
        assert process.control.messages()[0].sent_text == "Clinic: Hello you"
        assert receiver.wait(1)[0].body["status"] == "permanent-failure"
        assert process.control.limits()["rate_limit"] is None
        client.request_session.close()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--api-key", "short"], "a name, a service id and a secret"),
        (["--test-api-key", key_text("t", LIVE_SECRET, OTHER_SERVICE)], "the same service id"),
        (["--receipt-url", "http://127.0.0.1:1/"], "--receipt-url and --receipt-token belong"),
        (
            ["--received-url", "http://127.0.0.1:1/", "--received-token", "short"],
            "at least 10 characters",
        ),
        (["--rate-limit", "fast"], "a number of sends a minute, or off"),
        (["--permanent-failure-rate", "1.5"], "is not in the range"),
    ],
)
def test_options_that_do_not_fit_are_refused_with_a_sentence(
    arguments: list[str], said: str
) -> None:
    result = CliRunner().invoke(simulator, [*arguments, "--port", "0"])
    assert result.exit_code != 0
    assert said in result.output


@pytest.mark.parametrize(
    "content", ["{", "{}", "[1]", '[{"name": "x"}]', '[{"name":1,"body":2,"type":"fax"}]']
)
def test_a_templates_file_that_is_none_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "templates.json"
    path.write_text(content)
    result = CliRunner().invoke(simulator, ["--templates", str(path), "--port", "0"])
    assert result.exit_code == 1
    assert result.output.startswith("Error: ")


def test_a_taken_port_is_named(notify: SimulatorProcess) -> None:
    port = notify.base_url.rsplit(":", 1)[1]
    result = CliRunner().invoke(simulator, ["--port", port])
    assert result.exit_code == 1
    assert f"Port {port} on 127.0.0.1 is taken" in result.output


def test_it_ends_at_once_on_a_signal_though_a_request_hangs() -> None:
    process = SimulatorProcess()
    process.start()
    process.control.fault_on("read-hang", seconds=30)
    with subprocess.Popen(  # noqa: S603 -- our own command
        [sys.executable, "-c", ASK, f"{process.base_url}/v2/templates"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as asking:
        time.sleep(0.5)
        started = time.monotonic()
        process.stop()
        assert time.monotonic() - started < 3
        asking.wait(5)


ASK = "import sys, urllib.request; urllib.request.urlopen(sys.argv[1])"
