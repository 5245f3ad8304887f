"""Texts that people send to the service: list and callback (contract section 7)."""

from uuid import uuid4

import pytest
from notifications_python_client import NotificationsAPIClient

from outreach.simulator.service import SERVICE_ID
from tests.simulator.fixtures import Api, errors
from tests.simulator.receiver import Receiver
from tests.simulator.server import SimulatorProcess


def test_a_text_is_listed_and_posted_under_one_id(
    notify: SimulatorProcess, client: NotificationsAPIClient, receiver: Receiver
) -> None:
    notify.control.callbacks(received=receiver.target)
    (text_id,) = notify.control.receive("+447700900123", "STOP")
    item = client.get_received_texts()["received_text_messages"][0]
    assert item.pop("created_at").endswith("Z")
    assert item == {
        "id": text_id,
        "service_id": SERVICE_ID,
        "notify_number": "07700900500",
        "user_number": "447700900123",
        "content": "STOP",
    }
    assert receiver.wait(1)[0].body["id"] == text_id


def test_nothing_is_done_with_a_keyword(
    notify: SimulatorProcess, client: NotificationsAPIClient, api: Api
) -> None:
    notify.control.receive("07700900123", "STOP")
    assert api.send(phone_number="07700900123").status_code == 201


def test_pages_are_newest_first_with_next_on_all_but_an_empty_one(
    notify: SimulatorProcess, client: NotificationsAPIClient
) -> None:
    ids = [notify.control.receive("07700900123", f"text {n}")[0] for n in range(255)]
    page = client.get_received_texts()
    assert [item["id"] for item in page["received_text_messages"]] == ids[:4:-1]
    assert page["links"]["next"].endswith(f"older_than={ids[5]}")
    assert [item["id"] for item in client.get_received_texts_iterator()] == ids[::-1]
    end = client.get_received_texts(older_than=ids[0])
    assert (end["received_text_messages"], list(end["links"])) == ([], ["current"])


def test_an_unknown_older_than_gives_an_empty_page(
    notify: SimulatorProcess, client: NotificationsAPIClient
) -> None:
    notify.control.receive("07700900123", "Hello")
    assert client.get_received_texts(older_than=str(uuid4()))["received_text_messages"] == []


@pytest.mark.parametrize("key", ["api_key", "team_api_key", "test_api_key"])
def test_every_type_of_key_reads_them(notify: SimulatorProcess, api: Api, key: str) -> None:
    notify.control.receive("07700900123", "Hello")
    answer = api.get("/v2/received-text-messages", key=getattr(notify, key))
    assert len(answer.json()["received_text_messages"]) == 1


def test_a_service_that_cannot_receive_has_an_empty_list(
    notify: SimulatorProcess, client: NotificationsAPIClient
) -> None:
    notify.control.receive("07700900123", "Hello")
    notify.control.service(may_receive=False)
    assert client.get_received_texts()["received_text_messages"] == []
    assert notify.control.receive("07700900123", "Hello") == []


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("older_than=x", "older_than is not a valid UUID"),
        ("status=x", "Additional properties are not allowed (status was unexpected)"),
    ],
)
def test_a_query_it_does_not_know_is_refused(api: Api, query: str, message: str) -> None:
    answer = api.get(f"/v2/received-text-messages?{query}")
    assert errors(answer) == [("ValidationError", message)]


@pytest.mark.parametrize(("sender", "shown"), [("HMRC", "HMRC"), ("60006", "60006")])
def test_a_sender_that_is_no_number_comes_as_it_is(
    notify: SimulatorProcess, client: NotificationsAPIClient, sender: str, shown: str
) -> None:
    notify.control.receive(sender, "Hello")
    item = client.get_received_texts()["received_text_messages"][0]
    assert item["user_number"] == shown
