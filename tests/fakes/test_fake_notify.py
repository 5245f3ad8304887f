"""The Notify in memory answers to the same calls as the genuine gateway."""

import inspect

import pytest

from outreach.notify.errors import NotifyError
from outreach.notify.gateway import NotifyGateway
from outreach.notify.results import Accepted, NotFound, Refused
from tests.fakes.notify import FakeNotify

METHODS = [
    name
    for name, _ in inspect.getmembers(NotifyGateway, inspect.isfunction)
    if not name.startswith("_")
]


@pytest.mark.parametrize("name", METHODS)
def test_method_takes_the_same_parameters(name: str) -> None:
    genuine = inspect.signature(getattr(NotifyGateway, name))
    assert inspect.signature(getattr(FakeNotify, name)) == genuine


def test_text_is_filled_in_and_found_again() -> None:
    notify = FakeNotify()
    template = notify.add_template(body="Hello ((name))")
    answer = notify.send_text(
        phone_number="07700 900123",
        template_id=template.id,
        personalisation={"name": "Jo"},
        reference="r1",
    )
    assert isinstance(answer, Accepted)
    assert (answer.body, answer.template_version) == ("Hello Jo", 1)
    assert [text.to for text in notify.sent] == ["07700 900123"]
    assert [record.id for record in notify.find_by_reference("r1")] == [answer.notification_id]
    assert isinstance(notify.get_notification("other"), NotFound)


def test_answers_are_given_in_their_order() -> None:
    notify = FakeNotify(answers=[Refused(400, "BadRequestError", "No.")])
    template = notify.add_template(body="Hello")
    options = {"phone_number": "1", "template_id": template.id, "personalisation": {}}
    assert isinstance(notify.send_text(**options, reference="a"), Refused)
    assert isinstance(notify.send_text(**options, reference="b"), Accepted)
    assert len(notify.sent) == 1


@pytest.mark.parametrize("fault", ["is_down", "is_key_refused"])
def test_faults_make_questions_fail(fault: str) -> None:
    notify = FakeNotify(**{fault: True})
    for ask in (notify.list_templates, notify.received_texts):
        with pytest.raises(NotifyError):
            ask()
