"""The control API: what tests and demos steer the simulator with."""

from typing import Any

import pytest
import requests
from notifications_python_client import NotificationsAPIClient

from outreach.simulator.builtin import BARE_TEMPLATE
from tests.simulator.fixtures import Api
from tests.simulator.receiver import Receiver
from tests.simulator.server import SimulatorProcess


def test_counts_and_messages_are_by_normal_number_and_reference(
    notify: SimulatorProcess, api: Api
) -> None:
    for n, number in enumerate(["07700900123", "+447700900123", "07700 900124"]):
        api.send(phone_number=number, reference=f"ref-{n}")
    assert notify.control.counts() == {"447700900123": 2, "447700900124": 1}
    assert [m.reference for m in notify.control.messages()] == ["ref-2", "ref-1", "ref-0"]
    assert [m.reference for m in notify.control.messages(number="+447700900123")] == [
        "ref-1",
        "ref-0",
    ]
    assert [m.to for m in notify.control.messages(reference="ref-2")] == ["07700 900124"]


def test_messages_are_paged(notify: SimulatorProcess, api: Api) -> None:
    for n in range(5):
        api.send(reference=f"ref-{n}")
    seen: list[str] = []
    following = ""
    while following is not None:
        older = f"&older_than={following}" if following else ""
        page = notify.control.call("GET", f"/messages?limit=2{older}")
        seen += [item["reference"] for item in page["messages"]]
        following = page["next"]
    assert seen == ["ref-4", "ref-3", "ref-2", "ref-1", "ref-0"]


def test_a_reset_leaves_nothing_of_before(
    notify: SimulatorProcess, client: NotificationsAPIClient, receiver: Receiver, api: Api
) -> None:
    control = notify.control
    control.callbacks(receipts=receiver.target)
    control.fault_on("error-500")
    control.service(is_trial=True, name="Other")
    control.limits(rate_limit=6, today={"sms": 9})
    control.edit_template(BARE_TEMPLATE, body="x")
    control.advance(1000)
    control.outcome("07700900123", "permanent-failure")
    api.send(key=notify.test_api_key)
    control.receive("07700900123", "x")
    control.reset()
    assert control.counts() == {}
    assert control.statistics().attempts == 0
    assert control.call("GET", "/received") == {"received": []}
    assert control.call("GET", "/clock")["offset"] == 0
    assert control.call("GET", "/faults")["on"] == {}
    state = control.limits()
    assert (state["rate_limit"], state["today"]["sms"]) == (3000, 0)
    assert client.get_template(BARE_TEMPLATE)["version"] == 1
    sent = client.send_sms_notification("07700900123", BARE_TEMPLATE)
    control.advance(10)
    assert client.get_notification_by_id(sent["id"])["status"] == "delivered"
    control.settle()
    assert receiver.posts == []


def test_a_provider_can_be_told_what_to_say(
    notify: SimulatorProcess, client: NotificationsAPIClient, receiver: Receiver
) -> None:
    control = notify.control
    control.callbacks(receipts=receiver.target)
    control.outcome("07700900123", "never-final")
    sent = client.send_sms_notification("07700900123", BARE_TEMPLATE, reference="ref-1")
    control.advance(1)
    assert control.receipt("pending", reference="ref-1")
    assert client.get_notification_by_id(sent["id"])["status"] == "pending"
    assert control.receipt("temporary-failure", number="07700 900123")
    control.settle()
    assert [post.body["status"] for post in receiver.posts] == ["temporary-failure"]


@pytest.mark.parametrize(
    ("number", "outcome"),
    [
        ("07700900101", "permanent-failure"),
        ("07700900102", "temporary-failure"),
        ("07700900103", "technical-failure"),
    ],
)
def test_a_number_can_be_given_its_fate(
    notify: SimulatorProcess, client: NotificationsAPIClient, number: str, outcome: str
) -> None:
    notify.control.outcome(number, outcome)
    sent = client.send_sms_notification(number, BARE_TEMPLATE)
    notify.control.advance(10)
    assert client.get_notification_by_id(sent["id"])["status"] == outcome
    notify.control.outcome(number, None)
    sent = client.send_sms_notification(number, BARE_TEMPLATE)
    notify.control.advance(10)
    assert client.get_notification_by_id(sent["id"])["status"] == "delivered"


@pytest.mark.parametrize(
    ("method", "path", "body", "said"),
    [
        ("PATCH", "/service", {"is_trail": True}, "Not understood: is_trail"),
        ("PATCH", "/service", {"is_trial": "yes"}, "is_trial must be of type bool"),
        ("PATCH", "/limits", {"key_type": "x"}, "key_type is normal, team or test"),
        ("PATCH", "/limits", {"tokens": True}, "tokens must be of type int"),
        ("PATCH", "/delivery", {"numbers": {"07700900123": "lost"}}, "no status lost"),
        ("PATCH", "/delivery", {"outcomes": {"lost": 1}}, "lost"),
        ("PUT", "/callbacks", {"receipts": {"url": "x"}}, "token is missing"),
        ("POST", "/received", {"from": "07700900123"}, "text is missing"),
        ("POST", "/receipts", {"status": "delivered", "reference": "x"}, "no such message"),
        ("PATCH", f"/templates/{BARE_TEMPLATE[:-1]}0", {"body": "x"}, "no such template"),
        ("POST", f"/templates/{BARE_TEMPLATE[:-1]}0/archive", {}, "no such template"),
        ("POST", "/templates", {"name": "x"}, "body is missing"),
        ("POST", "/clock", {}, "advance is missing"),
    ],
)
def test_a_control_that_makes_no_sense_is_refused_with_a_reason(
    notify: SimulatorProcess, method: str, path: str, body: dict[str, Any], said: str
) -> None:
    with pytest.raises(requests.HTTPError, match=said):
        notify.control.call(method, path, body)


def test_a_body_that_is_no_object_is_refused(notify: SimulatorProcess) -> None:
    url = f"{notify.base_url}/_control/clock"
    answer = requests.post(url, data="[]", timeout=5)
    assert (answer.status_code, answer.json()["error"]) == (400, "The body must be a JSON object.")


def test_templates_are_added_and_listed_with_their_state(notify: SimulatorProcess) -> None:
    added = notify.control.add_template("Mine", "((x))", type="email", subject="S")
    notify.control.archive_template(added)
    listed = notify.control.call("GET", "/templates")["templates"]
    mine = next(item for item in listed if item["id"] == added)
    assert (mine["name"], mine["type"], mine["is_archived"]) == ("Mine", "email", True)
