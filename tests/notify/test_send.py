"""What the gateway makes of every answer to a send, and of none (contract section 16)."""

import dataclasses
import time
from threading import Thread

import pytest

from outreach.notify.errors import NotifyKeyMalformed
from outreach.notify.gateway import NotifyGateway
from outreach.notify.results import (
    Accepted,
    Ambiguous,
    DailyLimitReached,
    KeyRefused,
    RateLimited,
    Refused,
    SendResult,
)
from outreach.simulator.builtin import BARE_TEMPLATE, NAME_LINK_TEMPLATE, NOTICE_EMAIL
from outreach.simulator.service import NAMED_SENDER_ID
from tests.simulator.server import SimulatorProcess

NUMBER = "+447700900123"
VALUES = {"name": "Ann Example", "link": "https://x.example/h/ABCD-EFGH-J"}


def send(gateway: NotifyGateway, **changes: object) -> SendResult:
    members = {
        "phone_number": NUMBER,
        "template_id": NAME_LINK_TEMPLATE,
        "personalisation": VALUES,
        "reference": "ref-1",
        **changes,
    }
    return gateway.send_text(**members)  # type: ignore[arg-type]


def stored(notify: SimulatorProcess) -> int:
    return len(notify.control.messages(reference="ref-1"))


def test_a_201_is_accepted_with_what_it_says(
    notify: SimulatorProcess, gateway: NotifyGateway
) -> None:
    notify.control.edit_template(NAME_LINK_TEMPLATE, body="Hello ((name)): ((link))")
    result = send(gateway, sms_sender_id=NAMED_SENDER_ID)
    assert isinstance(result, Accepted)
    message = notify.control.messages()[0]
    assert result == Accepted(
        notification_id=message.id,
        template_version=2,
        body="Hello Ann Example: https://x.example/h/ABCD-EFGH-J",
        from_number="Support",
    )
    assert (message.number, message.reference) == ("447700900123", "ref-1")


@pytest.mark.parametrize(
    ("changes", "error", "message"),
    [
        ({"phone_number": "0771234567"}, "ValidationError", "phone_number Number is not valid"),
        ({"phone_number": "02079460991"}, "InvalidPhoneError", "Not a UK mobile number"),
        ({"template_id": NOTICE_EMAIL}, "BadRequestError", "email template is not suitable"),
        ({"personalisation": {"name": "x"}}, "BadRequestError", "Missing personalisation: link"),
        (
            {"personalisation": {**VALUES, "name": "n" * 900}},
            "BadRequestError",
            "longer than 918 characters. Your message is 1,",
        ),
    ],
)
def test_a_400_is_refused_with_the_reason(
    gateway: NotifyGateway, changes: dict[str, object], error: str, message: str
) -> None:
    result = send(gateway, **changes)
    assert isinstance(result, Refused)
    assert (result.status_code, result.error) == (400, error)
    assert message.rstrip("1,") in result.message


def test_a_refusal_never_echoes_what_was_submitted(gateway: NotifyGateway) -> None:
    secret = "0123 " + "s" * 1001
    result = send(gateway, reference=secret)
    assert isinstance(result, Refused)
    assert result.message == "reference [hidden] is too long"


@pytest.mark.parametrize(
    ("key", "status"), [("revoked_api_key", 403), ("team_api_key", 400), ("test_api_key", 201)]
)
def test_each_key_gets_its_answer(notify: SimulatorProcess, key: str, status: int) -> None:
    gateway = NotifyGateway(getattr(notify, key), notify.base_url, timeout=1)
    result = send(gateway)
    gateway.close()
    if status == 403:
        expected = KeyRefused(403, "AuthError", "Invalid token: API key revoked")
        assert result == expected
    elif status == 400:
        assert isinstance(result, Refused)
    else:
        assert isinstance(result, Accepted)


def test_a_closed_service_refuses_the_key(notify: SimulatorProcess, gateway: NotifyGateway) -> None:
    notify.control.service(is_active=False)
    assert send(gateway) == KeyRefused(403, "AuthError", "Invalid token: service is archived")


def test_an_address_that_is_not_notify_refuses_the_key_rather_than_the_message(
    notify: SimulatorProcess, gateway: NotifyGateway
) -> None:
    result = gateway._send(lambda client: client.post("/v3/sms", {}), [])
    assert isinstance(result, KeyRefused)
    assert result.status_code == 404


def test_the_two_kinds_of_429_are_told_apart(
    notify: SimulatorProcess, gateway: NotifyGateway
) -> None:
    notify.control.fault_on("rate-limit", remaining=1)
    message = "Exceeded rate limit for key type LIVE of 3000 requests per 60 seconds"
    assert send(gateway) == RateLimited(message)
    notify.control.fault_on("daily-limit", remaining=1)
    message = "Exceeded send limits (sms: 250000) for today"
    assert send(gateway) == DailyLimitReached(message)
    assert stored(notify) == 0


@pytest.mark.parametrize(
    ("fault", "is_stored", "status"),
    [
        ("error-500", False, 500),
        ("error-500-after-storing", True, 500),
        ("html-503", False, 503),
        ("html-503-after-storing", True, 503),
        ("timeout-504", False, 504),
        ("timeout-504-after-storing", True, 504),
        ("not-json-201", True, 201),
        ("reset", False, None),
        ("reset-after-storing", True, None),
        ("hang-after-storing", True, None),
    ],
)
def test_every_unclear_answer_is_ambiguous_whether_it_was_stored_or_not(
    notify: SimulatorProcess,
    gateway: NotifyGateway,
    fault: str,
    is_stored: bool,
    status: int | None,
) -> None:
    notify.control.fault_on(fault, remaining=1, seconds=1.3)
    result = send(gateway)
    assert isinstance(result, Ambiguous)
    assert result.status_code == status
    assert stored(notify) == int(is_stored)


def test_a_send_that_hangs_may_be_taken_after_the_caller_gave_up(
    notify: SimulatorProcess, gateway: NotifyGateway
) -> None:
    notify.control.fault_on("hang", remaining=1, seconds=1.5)
    assert send(gateway) == Ambiguous("no answer in time")
    assert stored(notify) == 0
    until = time.monotonic() + 10
    while not stored(notify) and time.monotonic() < until:
        time.sleep(0.05)
    assert stored(notify) == 1


def test_a_slow_answer_in_time_is_an_answer(
    notify: SimulatorProcess, gateway: NotifyGateway
) -> None:
    notify.control.fault_on("slow", remaining=1, seconds=0.2)
    assert isinstance(send(gateway), Accepted)


def test_nobody_there_is_ambiguous(notify: SimulatorProcess) -> None:
    gateway = NotifyGateway(notify.api_key, "http://127.0.0.1:9", timeout=1)
    assert send(gateway) == Ambiguous("the connection failed")


def test_nothing_is_ever_retried_by_itself(
    notify: SimulatorProcess, gateway: NotifyGateway
) -> None:
    notify.control.fault_on("error-500")
    send(gateway)
    assert notify.control.fault_hits() == {"error-500": 1}


def test_an_email_has_the_same_answers(notify: SimulatorProcess, gateway: NotifyGateway) -> None:
    def mail() -> SendResult:
        return gateway.send_email(
            email_address="ann@example.org",
            template_id=NOTICE_EMAIL,
            personalisation={"subject": "Hello", "message": "Words"},
            reference="mail-1",
        )

    result = mail()
    assert isinstance(result, Accepted)
    assert result.body == "Words"
    notify.control.fault_on("html-503", remaining=1)
    assert isinstance(mail(), Ambiguous)


def test_many_threads_share_one_gateway(notify: SimulatorProcess) -> None:
    gateway = NotifyGateway(notify.api_key, notify.base_url, timeout=5)
    results: list[SendResult] = []

    def work(worker: int) -> None:
        for n in range(10):
            number = f"+4477009001{worker}{n}"
            results.append(send(gateway, phone_number=number, template_id=BARE_TEMPLATE))

    threads = [Thread(target=work, args=(worker,)) for worker in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    gateway.close()
    assert len(results) == 80
    assert all(isinstance(result, Accepted) for result in results)
    assert set(notify.control.counts().values()) == {1}


@pytest.mark.parametrize("key", ["", "x", "name-not-a-uuid-secret"])
def test_a_key_that_is_none_is_refused_at_once(key: str) -> None:
    with pytest.raises(NotifyKeyMalformed, match="Copy the whole key"):
        NotifyGateway(key, "http://127.0.0.1:9")


def test_results_hold_no_number(gateway: NotifyGateway) -> None:
    results = [send(gateway), send(gateway, phone_number="+447912345")]
    for result, digits in zip(results, ("7700900123", "7912345"), strict=True):
        assert digits not in str(dataclasses.asdict(result))
