"""Templates: reading, previewing, versions, archiving (contract section 6)."""

import pytest
from notifications_python_client import NotificationsAPIClient
from notifications_python_client.errors import HTTPError

from outreach.simulator.builtin import (
    BARE_TEMPLATE,
    CONDITIONAL_TEMPLATE,
    INVITATION_EMAIL,
    LINK_TEMPLATE,
)
from tests.simulator.fixtures import Api, errors
from tests.simulator.server import SimulatorProcess

UNKNOWN = "0d1e2f3a-4b5c-4d6e-8f70-8192a3b4c5d6"

NOTHING = ("NoResultFound", "No result found")


def test_the_list_is_by_name_and_leaves_archived_ones_out(
    notify: SimulatorProcess, client: NotificationsAPIClient
) -> None:
    notify.control.archive_template(BARE_TEMPLATE)
    listed = client.get_all_templates()["templates"]
    names = [item["name"] for item in listed]
    assert names == sorted(names)
    assert BARE_TEMPLATE not in {item["id"] for item in listed}
    assert {item["type"] for item in listed} == {"sms", "email"}
    only = client.get_all_templates(template_type="email")["templates"]
    assert {item["type"] for item in only} == {"email"}
    assert client.get_all_templates(template_type="letter")["templates"] == []


def test_a_template_has_every_field(client: NotificationsAPIClient) -> None:
    template = client.get_template(CONDITIONAL_TEMPLATE)
    assert set(template) == {
        "id",
        "type",
        "created_at",
        "updated_at",
        "created_by",
        "version",
        "body",
        "subject",
        "name",
        "personalisation",
        "postage",
        "letter_contact_block",
    }
    assert template["personalisation"] == {
        "link": {"required": True},
        "evening": {"required": True},
    }
    assert (template["subject"], template["updated_at"], template["version"]) == (None, None, 1)


def test_an_edit_makes_a_version_that_every_send_uses(
    notify: SimulatorProcess, client: NotificationsAPIClient
) -> None:
    assert notify.control.edit_template(BARE_TEMPLATE, body="New words") == 2
    sent = client.send_sms_notification("07700900123", BARE_TEMPLATE)
    assert (sent["content"]["body"], sent["template"]["version"]) == ("New words", 2)
    assert client.get_template(BARE_TEMPLATE)["updated_at"] is not None
    old = client.get_template_version(BARE_TEMPLATE, 1)
    assert (old["version"], old["body"].split()[0]) == (1, "The")
    assert client.get_template_version(BARE_TEMPLATE, 0)["version"] == 2


def test_an_archived_template_is_read_and_previewed_but_not_sent(
    notify: SimulatorProcess, client: NotificationsAPIClient
) -> None:
    notify.control.archive_template(BARE_TEMPLATE)
    assert client.get_template(BARE_TEMPLATE)["name"]
    assert client.post_template_preview(BARE_TEMPLATE, {})["body"]
    with pytest.raises(HTTPError, match="Template has been deleted"):
        client.send_sms_notification("07700900123", BARE_TEMPLATE)


@pytest.mark.parametrize(
    ("method", "path", "status", "error"),
    [
        ("GET", f"/v2/template/{UNKNOWN}", 404, NOTHING),
        ("GET", "/v2/template/x", 400, ("ValidationError", "id is not a valid UUID")),
        (
            "GET",
            f"/v2/template/{LINK_TEMPLATE}/version/9",
            404,
            NOTHING,
        ),
        ("POST", f"/v2/template/{UNKNOWN}/preview", 404, NOTHING),
        ("POST", "/v2/template/x/preview", 400, ("ValidationError", "id is not a valid UUID")),
        (
            "POST",
            f"/v2/template/{LINK_TEMPLATE}/preview",
            400,
            ("BadRequestError", "Missing personalisation: link"),
        ),
        (
            "GET",
            "/v2/templates?type=fax",
            400,
            ("ValidationError", "type fax is not one of [sms, email, letter]"),
        ),
    ],
)
def test_what_cannot_be_read_or_previewed(
    api: Api, method: str, path: str, status: int, error: tuple[str, str]
) -> None:
    answer = api.get(path) if method == "GET" else api.post(path, {"personalisation": {}})
    assert (answer.status_code, errors(answer)) == (status, [error])


def test_a_version_that_is_no_number_is_an_unmatched_path(api: Api) -> None:
    answer = api.get(f"/v2/template/{LINK_TEMPLATE}/version/x")
    assert (answer.status_code, answer.json()["result"]) == (404, "error")


def test_a_preview_checks_neither_length_nor_emptiness(
    notify: SimulatorProcess, client: NotificationsAPIClient
) -> None:
    template = notify.control.add_template("Gap", "((gap))")
    assert client.post_template_preview(template, {"gap": ""})["body"] == ""
    shown = client.post_template_preview(template, {"gap": "–" * 2000})
    assert shown == {
        "id": template,
        "type": "sms",
        "version": 1,
        "body": "-" * 2000,
        "html": None,
        "subject": None,
        "postage": None,
    }


def test_a_preview_needs_no_body_where_nothing_is_to_be_filled_in(api: Api) -> None:
    assert api.post(f"/v2/template/{BARE_TEMPLATE}/preview", {}).status_code == 200
    answer = api.post(f"/v2/template/{BARE_TEMPLATE}/preview", {"personalisation": "x"})
    assert errors(answer) == [("ValidationError", "personalisation x is not of type object")]


def test_an_email_preview_has_its_subject(client: NotificationsAPIClient) -> None:
    values = {"inviter": "Bo", "link": "https://x.example", "expires": "noon"}
    shown = client.post_template_preview(INVITATION_EMAIL, values)
    assert shown["subject"] == "You have been invited to Outreach"
    assert shown["type"] == "email"
