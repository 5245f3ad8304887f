"""Templates, previews and received texts: answers, or named errors that say what to do."""

from collections.abc import Callable
from datetime import UTC

import pytest

from outreach.notify.errors import (
    NotifyKeyRefused,
    NotifyUnavailable,
    PreviewRefused,
    TemplateMissing,
)
from outreach.notify.gateway import NotifyGateway
from outreach.simulator.builtin import BARE_TEMPLATE, INVITATION_EMAIL, NAME_LINK_TEMPLATE
from tests.simulator.server import SimulatorProcess

UNKNOWN = "0d1e2f3a-4b5c-4d6e-8f70-8192a3b4c5d6"

QUESTIONS: list[Callable[[NotifyGateway], object]] = [
    lambda gateway: gateway.list_templates(),
    lambda gateway: gateway.get_template(BARE_TEMPLATE),
    lambda gateway: gateway.preview(BARE_TEMPLATE, {}),
    lambda gateway: gateway.received_texts(),
]


def test_templates_are_listed_by_type(gateway: NotifyGateway) -> None:
    texts, emails = gateway.list_templates(), gateway.list_templates("email")
    assert {template.type for template in texts} == {"sms"}
    assert {template.type for template in emails} == {"email"}
    assert len(gateway.list_templates(None)) == len(texts) + len(emails)


def test_a_template_has_its_version_placeholders_and_times(
    notify: SimulatorProcess, gateway: NotifyGateway
) -> None:
    template = gateway.get_template(NAME_LINK_TEMPLATE)
    assert template.placeholders == ("name", "link")
    assert (template.version, template.subject, template.updated_at) == (1, None, None)
    assert template.created_at.tzinfo is UTC
    notify.control.edit_template(NAME_LINK_TEMPLATE, body="((link))")
    edited = gateway.get_template(NAME_LINK_TEMPLATE)
    assert (edited.version, edited.placeholders) == (2, ("link",))
    assert edited.updated_at is not None


def test_a_preview_is_notifys_own(gateway: NotifyGateway) -> None:
    shown = gateway.preview(NAME_LINK_TEMPLATE, {"name": "ŵ – 😀", "link": "L"})
    assert shown.body.startswith("Hello ŵ - ?. Riverside")
    assert shown.version == 1
    email = gateway.preview(INVITATION_EMAIL, {"inviter": "Bo", "link": "L", "expires": "now"})
    assert email.subject == "You have been invited to Outreach"


@pytest.mark.parametrize("template_id", [UNKNOWN, "x"])
def test_a_template_that_is_gone_has_its_own_error(
    gateway: NotifyGateway, template_id: str
) -> None:
    for ask in (gateway.get_template, lambda missing: gateway.preview(missing, {})):
        with pytest.raises(TemplateMissing, match="choose another template"):
            ask(template_id)


def test_a_preview_without_a_value_is_refused_by_name(gateway: NotifyGateway) -> None:
    with pytest.raises(PreviewRefused, match="Missing personalisation: link"):
        gateway.preview(NAME_LINK_TEMPLATE, {"name": "Ann"})


@pytest.mark.parametrize("ask", QUESTIONS)
@pytest.mark.parametrize(
    "fault", ["read-error-500", "read-html-503", "read-timeout-504", "read-reset"]
)
def test_a_failing_notify_is_unavailable(
    notify: SimulatorProcess,
    gateway: NotifyGateway,
    ask: Callable[[NotifyGateway], object],
    fault: str,
) -> None:
    notify.control.fault_on(fault)
    with pytest.raises(NotifyUnavailable, match="Wait a minute and try again"):
        ask(gateway)


@pytest.mark.parametrize("ask", QUESTIONS)
def test_a_refused_key_names_the_setting(
    notify: SimulatorProcess, ask: Callable[[NotifyGateway], object]
) -> None:
    gateway = NotifyGateway(notify.revoked_api_key, notify.base_url, timeout=1)
    with pytest.raises(NotifyKeyRefused, match="OUTREACH_NOTIFY_API_KEY"):
        ask(gateway)
    gateway.close()


def test_nobody_there_is_unavailable(notify: SimulatorProcess) -> None:
    gateway = NotifyGateway(notify.api_key, "http://127.0.0.1:9", timeout=1)
    with pytest.raises(NotifyUnavailable, match="the connection failed"):
        gateway.list_templates()


def test_received_texts_come_newest_first_in_pages(
    notify: SimulatorProcess, gateway: NotifyGateway
) -> None:
    ids = [notify.control.receive("07700900123", f"text {n}")[0] for n in range(3)]
    texts = gateway.received_texts()
    assert [text.id for text in texts] == ids[::-1]
    assert texts[0].content == "text 2"
    assert (texts[0].user_number, texts[0].notify_number) == ("447700900123", "07700900500")
    assert texts[0].created_at.tzinfo is UTC
    assert [text.id for text in gateway.received_texts(older_than=ids[1])] == ids[:1]
