"""Finding out what became of a message: what a resend depends on."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from outreach.notify.gateway import NotifyGateway
from outreach.notify.results import Accepted, LookupFailed, NotFound, NotificationRecord
from outreach.simulator.builtin import BARE_TEMPLATE
from tests.simulator.server import SimulatorProcess


def send(gateway: NotifyGateway, reference: str = "ref-1") -> str:
    result = gateway.send_text(
        phone_number="+447700900123",
        template_id=BARE_TEMPLATE,
        personalisation={},
        reference=reference,
    )
    assert isinstance(result, Accepted)
    return result.notification_id


def test_a_message_is_found_by_its_reference_with_all_facts(
    notify: SimulatorProcess, gateway: NotifyGateway
) -> None:
    sent = send(gateway)
    notify.control.advance(10)
    found = gateway.find_by_reference("ref-1")
    assert isinstance(found, list)
    (record,) = found
    assert isinstance(record, NotificationRecord)
    assert record.sent_at is not None
    assert record.completed_at is not None
    assert record.created_at < record.sent_at < record.completed_at
    assert record.created_at.tzinfo is UTC
    assert abs(record.created_at - datetime.now(UTC)) < timedelta(seconds=30)
    assert (record.id, record.reference, record.status) == (sent, "ref-1", "delivered")
    assert (record.template_id, record.template_version) == (BARE_TEMPLATE, 1)
    assert (record.fragments, record.cost) == (1, Decimal("0.024"))


def test_an_empty_list_is_the_word_that_there_is_none(gateway: NotifyGateway) -> None:
    assert gateway.find_by_reference(str(uuid4())) == []


def test_two_with_one_reference_are_both_found(gateway: NotifyGateway) -> None:
    ids = [send(gateway), send(gateway)]
    found = gateway.find_by_reference("ref-1")
    assert isinstance(found, list)
    assert [record.id for record in found] == ids[::-1]


def test_another_type_of_key_does_not_see_it(
    notify: SimulatorProcess, gateway: NotifyGateway
) -> None:
    sent = send(gateway)
    other = NotifyGateway(notify.test_api_key, notify.base_url, timeout=1)
    assert other.find_by_reference("ref-1") == []
    assert isinstance(other.get_notification(sent), NotificationRecord)
    other.close()


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        ("read-error-500", 500),
        ("read-html-503", 503),
        ("read-timeout-504", 504),
        ("read-hang", None),
        ("read-reset", None),
    ],
)
def test_a_look_up_that_is_not_answered_never_looks_like_absence(
    notify: SimulatorProcess, gateway: NotifyGateway, fault: str, status: int | None
) -> None:
    sent = send(gateway)
    notify.control.fault_on(fault, seconds=1.3)
    for found in (
        gateway.find_by_reference("ref-1"),
        gateway.get_notification(sent),
        gateway.list_notifications(),
    ):
        assert isinstance(found, LookupFailed)
        assert found.status_code == status


def test_a_refused_key_is_a_failed_look_up(notify: SimulatorProcess) -> None:
    gateway = NotifyGateway(notify.revoked_api_key, notify.base_url, timeout=1)
    found = gateway.find_by_reference("ref-1")
    gateway.close()
    assert found == LookupFailed("Invalid token: API key revoked", 403)


def test_an_unknown_id_is_not_found(gateway: NotifyGateway) -> None:
    assert gateway.get_notification(str(uuid4())) == NotFound()


def test_a_bad_id_is_a_failed_look_up(gateway: NotifyGateway) -> None:
    assert isinstance(gateway.get_notification("x"), LookupFailed)


def test_past_retention_it_is_not_found(notify: SimulatorProcess, gateway: NotifyGateway) -> None:
    sent = send(gateway)
    notify.control.advance(9 * 24 * 3600)
    assert gateway.get_notification(sent) == NotFound()
    assert gateway.find_by_reference("ref-1") == []


def test_pages_are_walked_with_the_last_id(gateway: NotifyGateway) -> None:
    ids = [send(gateway, f"ref-{n}") for n in range(255)]
    seen: list[str] = []
    older_than = None
    while page := gateway.list_notifications(older_than=older_than):
        assert isinstance(page, list)
        seen += [record.id for record in page]
        older_than = page[-1].id
    assert seen == ids[::-1]


def test_a_list_can_be_of_one_status(notify: SimulatorProcess, gateway: NotifyGateway) -> None:
    send(gateway)
    notify.control.advance(10)
    for status, count in (("delivered", 1), ("failed", 0)):
        page = gateway.list_notifications(status=status)
        assert isinstance(page, list)
        assert len(page) == count
