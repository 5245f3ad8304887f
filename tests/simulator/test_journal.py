"""A journal keeps the messages of a simulator that ends or is killed."""

from pathlib import Path

import pytest
from notifications_python_client import NotificationsAPIClient

from outreach.simulator.builtin import BARE_TEMPLATE, NOTICE_EMAIL
from tests.simulator.server import SimulatorProcess


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "journal.jsonl"


def make_client(process: SimulatorProcess) -> NotificationsAPIClient:
    return NotificationsAPIClient(process.api_key, base_url=process.base_url, timeout=5)


def test_a_killed_simulator_still_has_its_messages(journal: Path) -> None:
    with SimulatorProcess(journal=journal, receipt_delay=0.02, handover_delay=0.0) as process:
        client = make_client(process)
        client.send_sms_notification("07700900123", BARE_TEMPLATE, reference="ref-1")
        client.send_email_notification("a@b.org", NOTICE_EMAIL, {"subject": "s", "message": "m"})
        process.control.receive("07700900124", "Hello")
        process.control.advance(5)
        before = process.control.messages()
        address = process.base_url
        process.restart()
        assert process.base_url == address
        assert process.control.messages() == before
        assert process.control.counts() == {"447700900123": 1}
        found = client.get_all_notifications(reference="ref-1")["notifications"]
        assert [item["status"] for item in found] == ["delivered"]
        texts = client.get_received_texts()["received_text_messages"]
        assert [item["content"] for item in texts] == ["Hello"]
        client.request_session.close()


def test_a_message_under_way_goes_on_after_a_restart(journal: Path) -> None:
    with SimulatorProcess(journal=journal, receipt_delay=0.3, handover_delay=0.0) as process:
        client = make_client(process)
        process.control.outcome("07700900124", "never-final")
        sent = client.send_sms_notification("07700900123", BARE_TEMPLATE)["id"]
        process.restart()
        process.control.advance(10)
        assert client.get_notification_by_id(sent)["status"] == "delivered"
        client.request_session.close()


def test_a_torn_last_line_does_no_harm_and_a_reset_empties_the_file(journal: Path) -> None:
    with SimulatorProcess(journal=journal) as process:
        client = make_client(process)
        client.send_sms_notification("07700900123", BARE_TEMPLATE)
        process.kill()
        with journal.open("a") as lines:
            lines.write('{"kind": "accepted", "id": "to')
        process.start()
        client.send_sms_notification("07700900124", BARE_TEMPLATE)
        process.restart()
        assert process.control.counts() == {"447700900123": 1, "447700900124": 1}
        process.control.reset()
        assert journal.read_text() == ""
        process.restart()
        assert process.control.counts() == {}
        client.request_session.close()
