"""What POST sms refuses, word for word, and in which order (contract sections 3 and 4)."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from outreach.simulator.builtin import BARE_TEMPLATE, NAME_LINK_TEMPLATE, NOTICE_EMAIL
from outreach.simulator.service import SERVICE_ID
from tests.simulator.fixtures import Api, errors
from tests.simulator.server import SimulatorProcess

UNKNOWN = str(uuid4())
TRIAL = (
    "Can’t send to this recipient when service is in trial mode – see "
    "https://www.notifications.service.gov.uk/trial-mode"
)
TEAM_ONLY = "Can’t send to this recipient using a team-only API key"


def in_hours(hours: float) -> str:
    return (datetime.now(UTC) + timedelta(hours=hours)).isoformat()


@pytest.mark.parametrize(
    ("members", "messages"),
    [
        ({"phone_number": ...}, ["phone_number is a required property"]),
        ({"template_id": ...}, ["template_id is a required property"]),
        (
            {"phone_number": ..., "template_id": ...},
            ["phone_number is a required property", "template_id is a required property"],
        ),
        ({"template_id": "x"}, ["template_id is not a valid UUID"]),
        ({"template_id": None}, ["template_id is not a valid UUID"]),
        ({"sms_sender_id": "x"}, ["sms_sender_id is not a valid UUID"]),
        ({"sms_sender_id": None}, ["sms_sender_id is not a valid UUID"]),
        ({"reference": None}, ["reference None is not of type string"]),
        ({"reference": 5}, ["reference 5 is not of type string"]),
        ({"reference": "a" * 1001}, [f"reference {'a' * 1001} is too long"]),
        ({"personalisation": "x"}, ["personalisation x is not of type object"]),
        ({"personalisation": None}, ["personalisation None is not of type object"]),
        ({"personalisation": ["a"]}, ["personalisation [a] is not of type object"]),
        ({"phone_number": 7700900001}, ["phone_number 7700900001 is not of type string"]),
        ({"phone_number": None}, ["phone_number None is not of type string"]),
        ({"foo": 1}, ["Additional properties are not allowed (foo was unexpected)"]),
        (
            {"foo": 1, "bar": 2},
            ["Additional properties are not allowed (bar, foo were unexpected)"],
        ),
        ({"scheduled_for": in_hours(-1)}, ["scheduled_for datetime can not be in the past"]),
        (
            {"scheduled_for": in_hours(25)},
            ["scheduled_for datetime can only be 24 hours in the future"],
        ),
        ({"scheduled_for": 5}, ["scheduled_for 5 is not of type string, null"]),
    ],
)
def test_the_schema_refuses_with_every_fault_it_finds(
    api: Api, members: dict[str, Any], messages: list[str]
) -> None:
    answer = api.send(**members)
    assert answer.status_code == 400
    assert sorted(errors(answer)) == sorted(("ValidationError", text) for text in messages)


@pytest.mark.parametrize("raw", [b"", b"{", b"\xff", b"not json"])
def test_a_body_that_is_no_json_is_refused(api: Api, raw: bytes) -> None:
    answer = api.post("/v2/notifications/sms", raw=raw)
    assert errors(answer) == [("BadRequestError", "Invalid JSON supplied in POST data")]


@pytest.mark.parametrize("body", [{}, [], [1]])
def test_an_empty_object_or_a_list_lacks_both_members(api: Api, body: object) -> None:
    assert len(errors(api.post("/v2/notifications/sms", body))) == 2


def test_the_content_type_is_not_looked_at(api: Api) -> None:
    headers = {**api.headers(), "Content-Type": "text/plain"}
    answer = api.session.post(
        f"{api.base_url}/v2/notifications/sms",
        data=f'{{"phone_number": "07700900123", "template_id": "{BARE_TEMPLATE}"}}',
        headers=headers,
        timeout=10,
    )
    assert answer.status_code == 201


@pytest.mark.parametrize(
    ("members", "message"),
    [
        ({"template_id": UNKNOWN}, "Template not found"),
        (
            {"template_id": NOTICE_EMAIL},
            "email template is not suitable for sms notification",
        ),
        (
            {"template_id": NAME_LINK_TEMPLATE},
            "Missing personalisation: name, link",
        ),
        (
            {"template_id": NAME_LINK_TEMPLATE, "personalisation": {"name": "A", "link": None}},
            "Missing personalisation: link",
        ),
        (
            {
                "template_id": NAME_LINK_TEMPLATE,
                "personalisation": {"name": "A", "link": {"file": "abc"}},
            },
            "Can only send a file by email",
        ),
        (
            {"sms_sender_id": UNKNOWN},
            f"sms_sender_id {UNKNOWN} does not exist in database for service id {SERVICE_ID}",
        ),
    ],
)
def test_template_values_and_sender_are_refused(
    api: Api, members: dict[str, Any], message: str
) -> None:
    answer = api.send(**members)
    assert (answer.status_code, errors(answer)) == (400, [("BadRequestError", message)])


def test_a_message_that_renders_to_nothing_is_refused(notify: SimulatorProcess, api: Api) -> None:
    template = notify.control.add_template("Only a gap", " ((gap)) ")
    answer = api.send(template_id=template, personalisation={"gap": " "})
    assert errors(answer) == [("BadRequestError", "Your message is empty.")]


def test_an_archived_template_is_refused(notify: SimulatorProcess, api: Api) -> None:
    notify.control.archive_template(BARE_TEMPLATE)
    assert errors(api.send()) == [("BadRequestError", "Template has been deleted")]


@pytest.mark.parametrize(("has_prefix", "shown"), [(False, 919), (True, 939)])
def test_919_characters_are_too_many_and_the_message_counts_the_prefix(
    notify: SimulatorProcess, api: Api, has_prefix: bool, shown: int
) -> None:
    notify.control.service(has_prefix=has_prefix)
    template = notify.control.add_template("Gap", "((gap))")
    assert api.send(template_id=template, personalisation={"gap": "a" * 918}).status_code == 201
    answer = api.send(template_id=template, personalisation={"gap": "a" * 919})
    message = (
        "Your message is too long. Text messages cannot be longer than 918 characters. "
        f"Your message is {shown} characters long."
    )
    assert errors(answer) == [("BadRequestError", message)]


def test_texts_switched_off_are_refused(notify: SimulatorProcess, api: Api) -> None:
    notify.control.service(may_text=False)
    message = "Service is not allowed to send text messages"
    assert errors(api.send()) == [("BadRequestError", message)]


def test_an_unknown_kind_of_notification_is_a_500(api: Api) -> None:
    answer = api.post("/v2/notifications/fax", {})
    assert answer.status_code == 500
    assert errors(answer) == [("KeyError", "Internal server error")]


def test_letters_are_not_offered(api: Api) -> None:
    answer = api.post("/v2/notifications/letter", {})
    assert errors(answer) == [("BadRequestError", "Service is not allowed to send letters")]


def test_a_team_key_reaches_only_the_guest_list(notify: SimulatorProcess, api: Api) -> None:
    refused = api.send(key=notify.team_api_key)
    assert errors(refused) == [("BadRequestError", TEAM_ONLY)]
    notify.control.service(guest_list=["07700 900123"])
    assert api.send(key=notify.team_api_key).status_code == 201


def test_a_service_in_trial_reaches_strangers_only_with_a_test_key(
    notify: SimulatorProcess, api: Api
) -> None:
    notify.control.service(is_trial=True)
    assert errors(api.send()) == [("BadRequestError", TRIAL)]
    assert api.send(key=notify.test_api_key).status_code == 201


ORDER = [
    "ValidationError",
    "Service is not allowed to send text messages",
    "Template not found",
    "does not exist in database",
    "trial mode",
    "Not a UK mobile number",
    "too long",
]


def test_the_first_failing_check_wins(notify: SimulatorProcess, api: Api) -> None:
    """All faults at once; then they are mended one after the other, in the contract's order."""
    long_text = notify.control.add_template("Long", "a" * 1000)
    body: dict[str, Any] = {
        "phone_number": "999",
        "template_id": UNKNOWN,
        "sms_sender_id": UNKNOWN,
    }
    notify.control.service(is_trial=True, may_text=False)
    seen = []

    def note() -> None:
        error, message = errors(api.send(**body))[0]
        seen.append(f"{error}: {message}")

    note()
    body["phone_number"] = "02079460991"
    note()
    notify.control.service(may_text=True)
    note()
    body["template_id"] = long_text
    note()
    del body["sms_sender_id"]
    note()
    notify.control.service(is_trial=False)
    note()
    body["phone_number"] = "07700900123"
    note()
    for text, expected in zip(seen, ORDER, strict=True):
        assert expected in text


def test_limits_come_before_the_body_and_the_minute_before_the_day(
    notify: SimulatorProcess, api: Api
) -> None:
    notify.control.service(daily_limit=0)
    notify.control.limits(rate_limit=6, tokens=1)
    assert errors(api.post("/v2/notifications/sms", raw=b"{"))[0][0] == "RateLimitError"
    notify.control.limits(tokens=3)
    assert errors(api.post("/v2/notifications/sms", raw=b"{"))[0][0] == "TooManyRequestsError"


def test_a_bad_token_comes_before_the_limits(notify: SimulatorProcess, api: Api) -> None:
    notify.control.limits(rate_limit=6, tokens=0)
    assert errors(api.send(key=notify.revoked_api_key))[0][0] == "AuthError"
