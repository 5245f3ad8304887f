"""The life of a message: statuses, magic numbers, cost, the 72-hour rule, retention."""

from datetime import datetime

import pytest
import requests
from notifications_python_client import NotificationsAPIClient
from notifications_python_client.errors import HTTPError

from outreach.simulator.builtin import BARE_TEMPLATE, NOTICE_EMAIL
from tests.simulator.fixtures import Api
from tests.simulator.receiver import Receiver
from tests.simulator.server import SimulatorProcess

HOUR = 3600.0
DAY = 24 * HOUR


def send(client: NotificationsAPIClient, number: str = "07700900123") -> str:
    return str(client.send_sms_notification(number, BARE_TEMPLATE)["id"])


def status(client: NotificationsAPIClient, notification_id: str) -> str:
    return str(client.get_notification_by_id(notification_id)["status"])


def test_created_then_sending_then_delivered(
    notify: SimulatorProcess, client: NotificationsAPIClient
) -> None:
    notify.control.delivery(handover_delay=60.0, receipt_delay=600.0)
    sent = send(client)
    read = client.get_notification_by_id(sent)
    assert (read["status"], read["sent_at"], read["completed_at"]) == ("created", None, None)
    assert (read["is_cost_data_ready"], read["cost_in_pounds"], read["cost_details"]) == (
        False,
        None,
        {},
    )
    notify.control.advance(61)
    read = client.get_notification_by_id(sent)
    assert (read["status"], read["completed_at"]) == ("sending", None)
    assert (read["is_cost_data_ready"], read["cost_in_pounds"]) == (True, 0.024)
    notify.control.advance(HOUR)
    read = client.get_notification_by_id(sent)
    assert read["status"] == "delivered"
    assert read["created_at"] < read["sent_at"] < read["completed_at"]
    waited = moment(read["completed_at"]) - moment(read["sent_at"])
    assert 300 <= waited.total_seconds() <= 900


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("number", "final"),
    [
        ("07700900001", "delivered"),
        ("07700900002", "permanent-failure"),
        ("+447700900002", "permanent-failure"),
        ("07700900003", "temporary-failure"),
        ("07700 900 003", "delivered"),
    ],
)
def test_a_test_key_reads_the_number_as_it_was_typed(
    notify: SimulatorProcess, api: Api, receiver: Receiver, number: str, final: str
) -> None:
    notify.control.callbacks(receipts=receiver.target)
    sent = api.send(phone_number=number, key=notify.test_api_key).json()
    posted = receiver.wait(1)[0].body
    assert (posted["id"], posted["status"], posted["to"]) == (sent["id"], final, number)


def test_a_temporary_failure_of_a_test_key_shows_pending_on_its_way(
    notify: SimulatorProcess, api: Api
) -> None:
    notify.control.delivery(receipt_delay=1000.0)
    sent = api.send(phone_number="07700900003", key=notify.test_api_key).json()
    seen = []
    for _ in range(30):
        notify.control.advance(50)
        seen.append(api.get(f"/v2/notifications/{sent['id']}").json()["status"])
    assert list(dict.fromkeys(seen)) == ["sending", "pending", "temporary-failure"]


@pytest.mark.parametrize("number", ["07700900000", "+44 7700 900 111", "07700900222"])
def test_a_smoke_test_number_is_answered_and_never_stored(
    notify: SimulatorProcess, client: NotificationsAPIClient, receiver: Receiver, number: str
) -> None:
    notify.control.callbacks(receipts=receiver.target)
    before = notify.control.limits()["tokens"]["normal"]
    sent = client.send_sms_notification(number, BARE_TEMPLATE, reference="smoke")
    assert sent["content"]["body"]
    with pytest.raises(HTTPError, match="No result found"):
        client.get_notification_by_id(sent["id"])
    assert client.get_all_notifications(reference="smoke")["notifications"] == []
    notify.control.advance(60)
    notify.control.settle()
    assert receiver.posts == []
    assert notify.control.counts() == {}
    state = notify.control.limits()
    assert state["today"]["sms"] == 0
    assert before == 1000


def test_a_smoke_test_number_meets_the_team_rule_first(notify: SimulatorProcess, api: Api) -> None:
    answer = api.send(phone_number="07700900000", key=notify.team_api_key)
    assert answer.status_code == 400


def test_a_foreign_number_stays_sent_with_a_time_and_no_receipt(
    notify: SimulatorProcess, client: NotificationsAPIClient, receiver: Receiver
) -> None:
    notify.control.callbacks(receipts=receiver.target)
    sent = send(client, "+33612345678")
    notify.control.advance(5 * DAY)
    read = client.get_notification_by_id(sent)
    assert read["status"] == "sent"
    assert read["completed_at"] == read["sent_at"]
    assert read["cost_in_pounds"] == 0.048
    notify.control.settle()
    assert receiver.posts == []


def test_a_crown_dependency_shows_sent_and_costs_double(
    notify: SimulatorProcess, client: NotificationsAPIClient
) -> None:
    sent = send(client, "07797123456")
    notify.control.advance(10)
    read = client.get_notification_by_id(sent)
    assert (read["status"], read["cost_details"]["international_rate_multiplier"]) == ("sent", 2.0)


def test_the_first_final_status_wins_and_only_it_has_a_receipt(
    notify: SimulatorProcess, client: NotificationsAPIClient, receiver: Receiver
) -> None:
    notify.control.callbacks(receipts=receiver.target)
    notify.control.outcome("07700900123", "never-final")
    sent = send(client)
    notify.control.advance(1)
    assert notify.control.receipt("delivered", notification_id=sent)
    assert not notify.control.receipt("permanent-failure", notification_id=sent)
    notify.control.settle()
    assert status(client, sent) == "delivered"
    assert [post.body["status"] for post in receiver.posts] == ["delivered"]


def test_a_silent_message_becomes_a_temporary_failure_after_72_hours_at_night(
    notify: SimulatorProcess, client: NotificationsAPIClient, receiver: Receiver
) -> None:
    notify.control.callbacks(receipts=receiver.target)
    notify.control.outcome("07700900123", "never-final")
    sent = send(client)
    notify.control.advance(71.9 * HOUR)
    assert status(client, sent) == "sending"
    notify.control.advance(24.2 * HOUR)
    read = client.get_notification_by_id(sent)
    assert read["status"] == "temporary-failure"
    assert "T00:05:00" in read["completed_at"]
    assert receiver.wait(1)[0].body["status"] == "temporary-failure"
    assert not notify.control.receipt("delivered", notification_id=sent)


def test_what_is_past_retention_is_gone_but_the_phone_still_has_it(
    notify: SimulatorProcess, client: NotificationsAPIClient
) -> None:
    sent = send(client)
    notify.control.receive("07700900123", "Hello")
    notify.control.advance(6.5 * DAY)
    assert status(client, sent) == "delivered"
    notify.control.advance(2 * DAY)
    with pytest.raises(HTTPError, match="No result found"):
        client.get_notification_by_id(sent)
    assert client.get_all_notifications()["notifications"] == []
    assert client.get_received_texts()["received_text_messages"] == []
    assert notify.control.counts() == {"447700900123": 1}


def test_a_purge_leaves_what_is_younger(
    notify: SimulatorProcess, client: NotificationsAPIClient
) -> None:
    send(client)
    notify.control.advance(8 * DAY)
    young = send(client)
    touched = notify.control.run_nightly()
    assert set(touched) == {"timed_out", "sent_purged", "received_purged"}
    assert [item["id"] for item in client.get_all_notifications()["notifications"]] == [young]


def test_the_same_seed_makes_the_same_numbers_fail(
    notify: SimulatorProcess, client: NotificationsAPIClient
) -> None:
    def failed(seed: int) -> set[str]:
        notify.control.reset()
        notify.control.delivery(
            seed=seed, outcomes={"permanent_failure": 0.3, "temporary_failure": 0.2}
        )
        for tail in range(100, 140):
            send(client, f"07700900{tail}")
        notify.control.advance(10)
        found = client.get_all_notifications(status="failed")["notifications"]
        return {item["phone_number"] for item in found}

    first = failed(7)
    assert 5 <= len(first) <= 35
    assert failed(7) == first
    assert failed(8) != first


def test_an_email_is_delivered_with_a_receipt_of_its_own(
    notify: SimulatorProcess, client: NotificationsAPIClient, receiver: Receiver
) -> None:
    notify.control.callbacks(receipts=receiver.target)
    client.send_email_notification("a@b.org", NOTICE_EMAIL, {"subject": "s", "message": "m"})
    posted = receiver.wait(1)[0].body
    assert (posted["notification_type"], posted["to"]) == ("email", "a@b.org")


def test_the_clock_cannot_go_back(notify: SimulatorProcess) -> None:
    with pytest.raises(requests.HTTPError, match="only go forward"):
        notify.control.advance(-1)
