"""Callbacks: what is posted, what is tried again, what is not (contract section 8)."""

import pytest
from notifications_python_client import NotificationsAPIClient

from outreach.simulator.builtin import BARE_TEMPLATE
from tests.simulator.receiver import TOKEN, Receiver
from tests.simulator.server import SimulatorProcess


@pytest.fixture
def calling(notify: SimulatorProcess, receiver: Receiver) -> SimulatorProcess:
    """A simulator that posts both kinds of callback to the receiver."""
    notify.control.callbacks(receipts=receiver.target, received=receiver.target)
    return notify


def send(client: NotificationsAPIClient, reference: str | None = None) -> str:
    return str(
        client.send_sms_notification("+44 7700 900 123", BARE_TEMPLATE, reference=reference)["id"]
    )


def test_a_receipt_has_these_members_in_this_order(
    calling: SimulatorProcess, client: NotificationsAPIClient, receiver: Receiver
) -> None:
    sent = send(client, "ref-1")
    posted = receiver.wait(1)[0]
    read = client.get_notification_by_id(sent)
    assert list(posted.body.items()) == [
        ("id", sent),
        ("reference", "ref-1"),
        ("to", "+44 7700 900 123"),
        ("status", "delivered"),
        ("created_at", read["created_at"]),
        ("completed_at", read["completed_at"]),
        ("sent_at", read["sent_at"]),
        ("notification_type", "sms"),
        ("template_id", BARE_TEMPLATE),
        ("template_version", 1),
    ]
    assert posted.headers["Content-Type"] == "application/json"
    assert posted.headers["Authorization"] == f"Bearer {TOKEN}"
    assert posted.headers["User-Agent"].startswith("python-requests/")


def test_no_reference_is_a_null(
    calling: SimulatorProcess, client: NotificationsAPIClient, receiver: Receiver
) -> None:
    send(client)
    assert receiver.wait(1)[0].body["reference"] is None


def test_a_received_text_has_these_members(calling: SimulatorProcess, receiver: Receiver) -> None:
    (text_id,) = calling.control.receive("07700 900123", "CANCEL my slot! £5")
    body = receiver.wait(1)[0].body
    assert body.pop("date_received").endswith(".000000Z")
    assert body == {
        "id": text_id,
        "source_number": "447700900123",
        "destination_number": "07700900500",
        "message": "CANCEL my slot! £5",
    }


@pytest.mark.parametrize("status", [500, 502, 503, 429])
def test_a_failing_receiver_is_asked_six_times_in_all_with_the_same_body(
    calling: SimulatorProcess, client: NotificationsAPIClient, receiver: Receiver, status: int
) -> None:
    calling.control.callbacks(retry_delay=0.01)
    receiver.answers = [status] * 10
    send(client)
    posts = receiver.wait(6)
    calling.control.advance(3600)
    calling.control.settle()
    assert len(receiver.posts) == 6
    assert all(post.body == posts[0].body for post in posts)
    counts = calling.control.statistics().callbacks["receipt"]
    assert (counts["posts"], counts["retried"], counts["dropped"]) == (6, 5, 1)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 422])
def test_any_other_refusal_loses_the_event_for_good(
    calling: SimulatorProcess, client: NotificationsAPIClient, receiver: Receiver, status: int
) -> None:
    receiver.answers = [status]
    send(client)
    receiver.wait(1)
    calling.control.advance(3600)
    calling.control.settle()
    assert len(receiver.posts) == 1
    assert calling.control.statistics().callbacks["receipt"]["refused"] == 1


def test_a_retry_comes_300_seconds_later_by_the_simulators_clock(
    calling: SimulatorProcess, client: NotificationsAPIClient, receiver: Receiver
) -> None:
    calling.control.callbacks(retry_delay=300.0)
    receiver.answers = [500]
    send(client)
    receiver.wait(1)
    calling.control.settle()
    calling.control.advance(290)
    calling.control.settle()
    assert len(receiver.posts) == 1
    calling.control.advance(15)
    receiver.wait(2)


def test_a_slow_answer_counts_as_none_and_is_tried_again(
    calling: SimulatorProcess, client: NotificationsAPIClient, receiver: Receiver
) -> None:
    receiver.delay = 1.3
    send(client)
    receiver.wait(2)


def test_a_receiver_that_is_down_gets_it_later(
    notify: SimulatorProcess, client: NotificationsAPIClient
) -> None:
    nobody = {"url": "http://127.0.0.1:9/", "token": TOKEN}
    notify.control.callbacks(receipts=nobody, retry_delay=300.0)
    send(client)
    notify.control.advance(1)
    notify.control.settle()
    assert notify.control.statistics().callbacks["receipt"]["by_status"] == {"no answer": 1}
    notify.control.advance(301)
    notify.control.settle()
    assert notify.control.statistics().callbacks["receipt"]["retried"] == 2


def test_a_retry_goes_where_the_first_attempt_went(
    calling: SimulatorProcess, client: NotificationsAPIClient, receiver: Receiver
) -> None:
    receiver.answers = [500]
    send(client)
    receiver.wait(1)
    calling.control.callbacks(receipts=None, retry_delay=0.1)
    assert [post.path for post in receiver.wait(2)] == ["/callback", "/callback"]


def test_a_redirect_turns_the_post_into_an_empty_get(
    calling: SimulatorProcess, client: NotificationsAPIClient, receiver: Receiver
) -> None:
    receiver.answers = [302]
    send(client)
    second = receiver.wait(2)[1]
    assert (second.method, second.path, second.body) == ("GET", "/moved", {})


def test_a_received_text_is_read_again_for_each_attempt(
    calling: SimulatorProcess, receiver: Receiver
) -> None:
    calling.control.callbacks(retry_delay=10 * 24 * 3600.0)
    receiver.answers = [500]
    calling.control.receive("07700900123", "Hello")
    receiver.wait(1)
    calling.control.settle()
    calling.control.advance(11 * 24 * 3600)
    calling.control.settle()
    assert len(receiver.posts) == 1


def test_without_a_target_nothing_is_posted(
    notify: SimulatorProcess, client: NotificationsAPIClient
) -> None:
    send(client)
    notify.control.advance(10)
    notify.control.settle()
    assert notify.control.statistics().callbacks == {}


def test_a_raw_receipt_may_say_anything(calling: SimulatorProcess, receiver: Receiver) -> None:
    body = {"id": "nobody-knows", "reference": None, "status": "delivered"}
    calling.control.raw_receipt(body)
    assert receiver.wait(1)[0].body == body
