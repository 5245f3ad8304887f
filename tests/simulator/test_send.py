"""What a send answers and what reads show of it (contract sections 4 and 5)."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from notifications_python_client import NotificationsAPIClient

from outreach.simulator.builtin import BARE_TEMPLATE, INVITATION_EMAIL, NAME_LINK_TEMPLATE
from outreach.simulator.service import INBOUND_SENDER_ID, NAMED_SENDER_ID, SERVICE_ID
from tests.simulator.fixtures import Api, errors
from tests.simulator.server import SimulatorProcess

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
VALUES = {"name": "Ann", "link": "https://x.example"}


def test_the_201_has_the_documented_shape(
    notify: SimulatorProcess, client: NotificationsAPIClient
) -> None:
    sent = client.send_sms_notification("07700900123", BARE_TEMPLATE, reference="ref-1")
    root = notify.base_url
    assert sent == {
        "id": sent["id"],
        "reference": "ref-1",
        "content": {
            "body": "The Riverside helpline is open today until 8pm. Calls are free and private.",
            "from_number": "447700900500",
        },
        "uri": f"{root}/v2/notifications/{sent['id']}",
        "template": {
            "id": BARE_TEMPLATE,
            "version": 1,
            "uri": f"{root}/services/{SERVICE_ID}/templates/{BARE_TEMPLATE}",
        },
        "scheduled_for": None,
    }


def test_a_read_shows_every_field(notify: SimulatorProcess, client: NotificationsAPIClient) -> None:
    sent = client.send_sms_notification("07700 900123", BARE_TEMPLATE)
    notify.control.advance(1)
    read = client.get_notification_by_id(sent["id"])
    nothing = ["email_address", "postcode", "subject", "created_by_name", "scheduled_for"]
    nothing += ["postage", "one_click_unsubscribe_url", "reference"]
    nothing += [f"line_{n}" for n in range(1, 7)]
    assert [read.pop(name) for name in nothing] == [None] * len(nothing)
    for name in ("created_at", "sent_at", "completed_at"):
        assert MOMENT.fullmatch(read.pop(name))
    assert read == {
        "id": sent["id"],
        "phone_number": "07700 900123",
        "type": "sms",
        "status": "delivered",
        "template": {
            "version": 1,
            "id": BARE_TEMPLATE,
            "uri": f"{notify.base_url}/v2/template/{BARE_TEMPLATE}/version/1",
        },
        "body": sent["content"]["body"],
        "is_cost_data_ready": True,
        "cost_in_pounds": 0.024,
        "cost_details": {
            "billable_sms_fragments": 1,
            "international_rate_multiplier": 1.0,
            "sms_rate": 0.024,
        },
    }


def test_two_equal_posts_make_two_messages(
    notify: SimulatorProcess, client: NotificationsAPIClient
) -> None:
    ids = {
        client.send_sms_notification("07700900123", BARE_TEMPLATE, reference="same")["id"]
        for _ in range(3)
    }
    assert len(ids) == 3
    listed = client.get_all_notifications(reference="same")["notifications"]
    assert {item["id"] for item in listed} == ids
    assert notify.control.counts() == {"447700900123": 3}


def test_scheduled_for_is_accepted_and_ignored(api: Api) -> None:
    later = (datetime.now(UTC) + timedelta(hours=5)).isoformat()
    sent = api.send(scheduled_for=later).json()
    assert sent["scheduled_for"] is None
    assert api.get(f"/v2/notifications/{sent['id']}").json()["scheduled_for"] is None


@pytest.mark.parametrize(
    ("sender", "shown"), [(INBOUND_SENDER_ID, "447700900500"), (NAMED_SENDER_ID, "Support")]
)
def test_a_chosen_sender_is_used(client: NotificationsAPIClient, sender: str, shown: str) -> None:
    sent = client.send_sms_notification("07700900123", BARE_TEMPLATE, sms_sender_id=sender)
    assert sent["content"]["from_number"] == shown


def test_ids_without_hyphens_or_with_braces_pass(api: Api) -> None:
    bare = BARE_TEMPLATE.replace("-", "")
    for form in (bare, f"{{{BARE_TEMPLATE}}}", BARE_TEMPLATE.upper()):
        sent = api.send(template_id=form)
        assert sent.json()["template"]["id"] == BARE_TEMPLATE
    read = api.get(f"/v2/notifications/{sent.json()['id'].replace('-', '')}")
    assert read.status_code == 200


def test_extra_values_are_ignored(client: NotificationsAPIClient) -> None:
    sent = client.send_sms_notification("07700900123", NAME_LINK_TEMPLATE, {**VALUES, "other": "x"})
    assert sent["content"]["body"].startswith("Hello Ann.")


@pytest.mark.parametrize(
    ("path", "status", "error"),
    [
        ("/v2/notifications/sms", 400, ("ValidationError", "notification_id is not a valid UUID")),
        (f"/v2/notifications/{BARE_TEMPLATE}", 404, ("NoResultFound", "No result found")),
    ],
)
def test_reading_what_is_not_there(
    api: Api, path: str, status: int, error: tuple[str, str]
) -> None:
    answer = api.get(path)
    assert (answer.status_code, errors(answer)) == (status, [error])


def test_an_email_is_sent_and_read(
    notify: SimulatorProcess, client: NotificationsAPIClient
) -> None:
    values = {"inviter": "Bo", "link": "https://x.example/i/1", "expires": "noon"}
    sent = client.send_email_notification(
        "Ann@example.org",
        INVITATION_EMAIL,
        values,
        reference="mail",
        one_click_unsubscribe_url="https://x.example/u",
    )
    assert sent["content"]["subject"] == "You have been invited to Outreach"
    assert "https://x.example/i/1" in sent["content"]["body"]
    notify.control.receipt("delivered", reference="mail")
    read = client.get_notification_by_id(sent["id"])
    assert (read["type"], read["email_address"]) == ("email", "Ann@example.org")
    assert read["phone_number"] is None
    assert read["one_click_unsubscribe_url"] == "https://x.example/u"
    assert notify.control.counts() == {}


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"template_id": INVITATION_EMAIL}, "email_address is a required property"),
        (
            {"template_id": INVITATION_EMAIL, "email_address": "ann"},
            "email_address Not a valid email address",
        ),
        (
            {"template_id": BARE_TEMPLATE, "email_address": "ann@example.org"},
            "sms template is not suitable for email notification",
        ),
        (
            {"template_id": INVITATION_EMAIL, "email_address": "ann@example.org"},
            "Missing personalisation: inviter, link, expires",
        ),
        (
            {"template_id": INVITATION_EMAIL, "email_address": "a@b.org", "phone_number": "1"},
            "Additional properties are not allowed (phone_number was unexpected)",
        ),
    ],
)
def test_an_email_is_refused(api: Api, body: dict[str, str], error: str) -> None:
    answer = api.post("/v2/notifications/email", body)
    assert answer.status_code == 400
    assert errors(answer)[0][1] == error
