"""Lists of notifications: order, pages, filters, links (contract section 5)."""

from uuid import uuid4

import pytest
from notifications_python_client import NotificationsAPIClient

from outreach.simulator.builtin import BARE_TEMPLATE, NOTICE_EMAIL
from tests.simulator.fixtures import Api, errors
from tests.simulator.server import SimulatorProcess

STATUSES = (
    "cancelled, created, sending, sent, delivered, pending, failed, technical-failure, "
    "temporary-failure, permanent-failure, pending-virus-check, validation-failed, "
    "virus-scan-failed, returned-letter, accepted, received"
)


def send(client: NotificationsAPIClient, count: int, reference: str = "r") -> list[str]:
    return [
        client.send_sms_notification("07700900123", BARE_TEMPLATE, reference=reference)["id"]
        for _ in range(count)
    ]


def test_pages_hold_250_newest_first_and_next_is_always_there_but_on_an_empty_page(
    notify: SimulatorProcess, client: NotificationsAPIClient
) -> None:
    ids = send(client, 260)
    first = client.get_all_notifications()
    assert [item["id"] for item in first["notifications"]] == ids[:9:-1]
    assert first["links"] == {
        "current": f"{notify.base_url}/v2/notifications",
        "next": f"{notify.base_url}/v2/notifications?older_than={ids[10]}",
    }
    second = client.get_all_notifications(older_than=ids[10])
    assert [item["id"] for item in second["notifications"]] == ids[9::-1]
    assert second["links"]["next"].endswith(f"older_than={ids[0]}")
    third = client.get_all_notifications(older_than=ids[0])
    assert third["notifications"] == []
    assert list(third["links"]) == ["current"]
    assert [item["id"] for item in client.get_all_notifications_iterator()] == ids[::-1]


def test_next_repeats_the_filters(client: NotificationsAPIClient) -> None:
    (only,) = send(client, 1, "a b&c")
    links = client.get_all_notifications(reference="a b&c", status=["created", "delivered"])[
        "links"
    ]
    assert links["next"].endswith(
        f"?reference=a+b%26c&status=created&status=delivered&older_than={only}"
    ) or links["next"].endswith(
        f"?status=created&status=delivered&reference=a+b%26c&older_than={only}"
    )


def test_an_unknown_older_than_gives_an_empty_page(client: NotificationsAPIClient) -> None:
    send(client, 1)
    assert client.get_all_notifications(older_than=str(uuid4()))["notifications"] == []


def test_a_list_holds_only_what_the_callers_type_of_key_sent_but_a_read_does_not(
    notify: SimulatorProcess, api: Api
) -> None:
    notify.control.service(guest_list=["07700900123"])
    keys = [notify.api_key, notify.team_api_key, notify.test_api_key]
    sent = [api.send(key=key, reference="same").json()["id"] for key in keys]
    for key, own in zip(keys, sent, strict=True):
        listed = api.get("/v2/notifications?reference=same", key=key).json()["notifications"]
        assert [item["id"] for item in listed] == [own]
        assert all(
            api.get(f"/v2/notifications/{other}", key=key).status_code == 200 for other in sent
        )


def test_filters_by_status_type_and_reference(
    notify: SimulatorProcess, client: NotificationsAPIClient
) -> None:
    numbers = {
        "07700900101": "delivered",
        "07700900102": "permanent-failure",
        "07700900103": "temporary-failure",
        "07700900104": "technical-failure",
    }
    for number, status in numbers.items():
        client.send_sms_notification(number, BARE_TEMPLATE, reference=status)
        notify.control.receipt(status, number=number)
    client.send_email_notification("a@b.org", NOTICE_EMAIL, {"subject": "s", "message": "m"})

    def found(**filters: object) -> set[str]:
        return {
            item["phone_number"] or item["email_address"]
            for item in client.get_all_notifications(**filters)["notifications"]
        }

    assert found(status="delivered") >= {"07700900101"}
    assert found(status="failed") == {"07700900102", "07700900103", "07700900104"}
    assert found(status=["permanent-failure", "technical-failure"]) == {
        "07700900102",
        "07700900104",
    }
    assert found(template_type="email") == {"a@b.org"}
    assert found(template_type=["sms", "email"]) == {*numbers, "a@b.org"}
    assert found(reference="delivered") == {"07700900101"}
    assert found(reference="deliv") == set()


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("page=2", "Additional properties are not allowed (page was unexpected)"),
        ("page_size=9", "Additional properties are not allowed (page_size was unexpected)"),
        ("status=elephant", f"status elephant is not one of [{STATUSES}]"),
        ("template_type=fax", "template_type fax is not one of [sms, email, letter]"),
        ("older_than=x", "older_than is not a valid UUID"),
        ("include_jobs=false", "include_jobs false is not one of [true, True]"),
    ],
)
def test_a_query_it_does_not_know_is_refused(api: Api, query: str, message: str) -> None:
    answer = api.get(f"/v2/notifications?{query}")
    assert (answer.status_code, errors(answer)) == (400, [("ValidationError", message)])


@pytest.mark.parametrize("query", ["include_jobs=true", "include_jobs=True", "status=failed"])
def test_a_query_it_knows_passes(api: Api, query: str) -> None:
    assert api.get(f"/v2/notifications?{query}").status_code == 200
