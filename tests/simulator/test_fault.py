"""Every fault that can be switched on does what its line says (contract section 19)."""

import time

import pytest
import requests
from notifications_python_client import NotificationsAPIClient

from outreach.simulator.builtin import BARE_TEMPLATE
from outreach.simulator.faults import KNOWN, Fault, Faults, fraction
from tests.simulator.fixtures import Api, errors
from tests.simulator.receiver import Receiver
from tests.simulator.server import SimulatorProcess


@pytest.fixture
def calling(notify: SimulatorProcess, receiver: Receiver) -> SimulatorProcess:
    notify.control.callbacks(receipts=receiver.target, received=receiver.target)
    return notify


def send(
    client: NotificationsAPIClient, reference: str = "ref-1", number: str = "07700900123"
) -> str:
    return str(client.send_sms_notification(number, BARE_TEMPLATE, reference=reference)["id"])


def stored(notify: SimulatorProcess) -> int:
    return len(notify.control.messages())


@pytest.mark.parametrize(
    ("fault", "status", "error", "is_stored"),
    [
        ("rate-limit", 429, "RateLimitError", False),
        ("daily-limit", 429, "TooManyRequestsError", False),
        ("error-500", 500, "SQLAlchemyError", False),
        ("error-500-after-storing", 500, "SQLAlchemyError", True),
        ("timeout-504", 504, "SoftTimeLimitExceeded", False),
        ("timeout-504-after-storing", 504, "SoftTimeLimitExceeded", True),
    ],
)
def test_a_fault_in_notifys_own_envelope(
    notify: SimulatorProcess, api: Api, fault: str, status: int, error: str, is_stored: bool
) -> None:
    notify.control.fault_on(fault, remaining=1)
    answer = api.send()
    assert (answer.status_code, errors(answer)[0][0]) == (status, error)
    assert stored(notify) == int(is_stored)
    assert api.send().status_code == 201


@pytest.mark.parametrize(
    ("fault", "status", "is_stored"),
    [
        ("html-503", 503, False),
        ("html-503-after-storing", 503, True),
        ("not-json-201", 201, True),
    ],
)
def test_a_fault_that_answers_in_html(
    notify: SimulatorProcess, api: Api, fault: str, status: int, is_stored: bool
) -> None:
    notify.control.fault_on(fault, remaining=1)
    answer = api.send()
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "text/html")
    assert answer.text.startswith("<html>")
    assert stored(notify) == int(is_stored)


@pytest.mark.parametrize(("fault", "is_stored"), [("reset", False), ("reset-after-storing", True)])
def test_a_fault_that_cuts_the_connection(
    notify: SimulatorProcess, api: Api, fault: str, is_stored: bool
) -> None:
    notify.control.fault_on(fault, remaining=1)
    with pytest.raises(requests.ConnectionError):
        api.send()
    assert stored(notify) == int(is_stored)
    assert api.send().status_code == 201


@pytest.mark.parametrize("fault", ["hang", "hang-after-storing", "slow"])
def test_a_fault_that_waits(notify: SimulatorProcess, api: Api, fault: str) -> None:
    notify.control.fault_on(fault, remaining=1, seconds=0.3)
    started = time.monotonic()
    assert api.send().status_code == 201
    assert time.monotonic() - started >= 0.3


@pytest.mark.parametrize(
    ("fault", "status"),
    [("read-error-500", 500), ("read-html-503", 503), ("read-timeout-504", 504)],
)
def test_a_fault_of_reads_leaves_sends_alone(
    notify: SimulatorProcess, api: Api, fault: str, status: int
) -> None:
    notify.control.fault_on(fault)
    assert api.get("/v2/notifications").status_code == status
    assert api.send().status_code == 201


def test_a_read_that_hangs_or_is_cut(notify: SimulatorProcess, api: Api) -> None:
    notify.control.fault_on("read-hang", remaining=1, seconds=0.3)
    started = time.monotonic()
    assert api.get("/v2/notifications").status_code == 200
    assert time.monotonic() - started >= 0.3
    notify.control.fault_on("read-reset", remaining=1)
    with pytest.raises(requests.ConnectionError):
        api.get("/v2/notifications")


def test_a_receipt_can_come_twice(
    calling: SimulatorProcess, client: NotificationsAPIClient, receiver: Receiver
) -> None:
    calling.control.fault_on("receipt-duplicate")
    send(client)
    first, second = receiver.wait(2)
    assert first.body == second.body


def test_a_receipt_can_come_before_the_201(
    calling: SimulatorProcess, client: NotificationsAPIClient, receiver: Receiver
) -> None:
    calling.control.fault_on("receipt-early")
    sent = send(client)
    assert len(receiver.posts) == 1
    assert receiver.posts[0].body["id"] == sent
    assert receiver.posts[0].body["status"] == "delivered"


def test_receipts_can_overtake_each_other(
    calling: SimulatorProcess, client: NotificationsAPIClient, receiver: Receiver
) -> None:
    calling.control.fault_on("receipt-late", seconds=0.5)
    ids = [send(client, f"ref-{n}", f"0770090010{n}") for n in range(8)]
    came = [post.body["id"] for post in receiver.wait(8)]
    assert sorted(came) == sorted(ids)
    assert came != ids


def test_a_receipt_can_be_lost_although_the_status_is_final(
    calling: SimulatorProcess, client: NotificationsAPIClient, receiver: Receiver
) -> None:
    calling.control.fault_on("receipt-lost")
    sent = send(client)
    calling.control.advance(10)
    calling.control.settle()
    assert client.get_notification_by_id(sent)["status"] == "delivered"
    assert receiver.posts == []


def test_a_receipt_can_be_for_an_id_nobody_knows(
    calling: SimulatorProcess, client: NotificationsAPIClient, receiver: Receiver
) -> None:
    calling.control.fault_on("receipt-unknown-id")
    sent = send(client)
    ids = {post.body["id"] for post in receiver.wait(2)}
    assert sent in ids
    assert len(ids) == 2


@pytest.mark.parametrize(
    ("fault", "member"),
    [("receipt-null-reference", "reference"), ("receipt-null-sent-at", "sent_at")],
)
def test_a_receipt_can_lack_a_value(
    calling: SimulatorProcess,
    client: NotificationsAPIClient,
    receiver: Receiver,
    fault: str,
    member: str,
) -> None:
    calling.control.fault_on(fault)
    send(client)
    assert receiver.wait(1)[0].body[member] is None


@pytest.mark.parametrize(
    ("fault", "status"), [("never-final", "sending"), ("technical-failure", "technical-failure")]
)
def test_a_message_can_end_without_a_receipt(
    calling: SimulatorProcess,
    client: NotificationsAPIClient,
    receiver: Receiver,
    fault: str,
    status: str,
) -> None:
    calling.control.fault_on(fault)
    sent = send(client)
    calling.control.advance(60)
    calling.control.settle()
    read = client.get_notification_by_id(sent)
    assert read["status"] == status
    assert receiver.posts == []
    if fault == "technical-failure":
        assert (read["sent_at"], read["cost_in_pounds"]) == (None, 0.0)


def test_the_network_can_deliver_a_text_twice(
    notify: SimulatorProcess, client: NotificationsAPIClient
) -> None:
    notify.control.fault_on("double-text")
    send(client)
    notify.control.advance(10)
    assert notify.control.counts() == {"447700900123": 2}
    assert notify.control.messages()[0].copies == 2


@pytest.mark.parametrize(
    ("fault", "posts", "ids"), [("received-duplicate", 2, 1), ("received-twice", 2, 2)]
)
def test_a_received_text_can_come_twice(
    calling: SimulatorProcess,
    client: NotificationsAPIClient,
    receiver: Receiver,
    fault: str,
    posts: int,
    ids: int,
) -> None:
    calling.control.fault_on(fault)
    calling.control.receive("07700900123", "Hello")
    assert len({post.body["id"] for post in receiver.wait(posts)}) == ids
    assert len(client.get_received_texts()["received_text_messages"]) == ids


def test_a_received_text_can_be_lost_to_the_callback(
    calling: SimulatorProcess, client: NotificationsAPIClient, receiver: Receiver
) -> None:
    calling.control.fault_on("received-lost")
    calling.control.receive("07700900123", "Hello")
    calling.control.settle()
    assert receiver.posts == []
    assert len(client.get_received_texts()["received_text_messages"]) == 1


def test_a_fault_can_be_for_one_number_only(notify: SimulatorProcess, api: Api) -> None:
    notify.control.fault_on("error-500", number="07700 900124")
    assert api.send(phone_number="07700900123").status_code == 201
    assert api.send(phone_number="+447700900124").status_code == 500


def test_a_bad_fault_is_refused(notify: SimulatorProcess) -> None:
    with pytest.raises(requests.HTTPError, match="no fault named nonsense"):
        notify.control.fault_on("nonsense")
    with pytest.raises(requests.HTTPError, match="between 0 and 1"):
        notify.control.fault_on("reset", probability=1.5)


def strikes(seed: int, order: list[str]) -> dict[str, bool]:
    faults = Faults(seed)
    faults.on(Fault("reset", probability=0.5))
    return {key: faults.strikes("reset", key) is not None for key in order}


def test_the_seed_and_the_message_decide_and_not_the_order() -> None:
    keys = [f"ref-{n}" for n in range(200)]
    first = strikes(1, keys)
    assert first == strikes(1, keys[::-1])
    assert first != strikes(2, keys)
    assert 60 < sum(first.values()) < 140


def test_the_same_message_draws_anew_each_time() -> None:
    faults = Faults(3)
    faults.on(Fault("reset", probability=0.5))
    drawn = [faults.strikes("reset", "ref") is not None for _ in range(40)]
    assert 5 < sum(drawn) < 35


def test_a_probability_of_nought_never_strikes_and_of_one_always() -> None:
    faults = Faults()
    for probability, expected in ((0.0, 0), (1.0, 50)):
        faults.on(Fault("reset", probability=probability))
        assert sum(bool(faults.strikes("reset", str(n))) for n in range(50)) == expected


def test_every_known_fault_is_described_and_a_draw_lies_in_its_bounds() -> None:
    assert all(what.endswith(".") for what in KNOWN.values())
    assert all(0 <= fraction(n) < 1 for n in range(1000))
