"""Nothing that was submitted reaches a log line, an error or a stored message."""

import dataclasses
import logging
import traceback
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.notify import reading
from outreach.notify.errors import PreviewRefused
from outreach.notify.gateway import NotifyGateway
from outreach.notify.reading import Unreadable, read
from outreach.notify.scrub import HIDDEN, scrub
from outreach.simulator.builtin import NAME_LINK_TEMPLATE
from tests.simulator.server import SimulatorProcess

CANARY = "Canary-Value-471"
NUMBER = "07700900471"


def test_the_librarys_warnings_say_the_status_and_no_more(
    gateway: NotifyGateway, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        gateway.send_text(
            phone_number=NUMBER + "9999",
            template_id=NAME_LINK_TEMPLATE,
            personalisation={"name": CANARY, "link": CANARY},
            reference=CANARY * 100,
        )
        gateway.find_by_reference(CANARY * 100)
    assert "Notify answered 400" in caplog.messages
    assert CANARY not in caplog.text
    assert "77009" not in caplog.text


def test_an_error_carries_neither_values_nor_the_librarys_own_error(
    notify: SimulatorProcess, gateway: NotifyGateway
) -> None:
    notify.control.edit_template(NAME_LINK_TEMPLATE, body="((name)) ((other))")
    with pytest.raises(PreviewRefused) as caught:
        gateway.preview(NAME_LINK_TEMPLATE, {"name": CANARY})
    told = "".join(traceback.format_exception(caught.value))
    assert CANARY not in told
    assert "HTTPError" not in told


@pytest.mark.parametrize(
    ("message", "submitted", "kept"),
    [
        ("phone_number 07700900471 is wrong", ["07700900471"], f"phone_number {HIDDEN} is wrong"),
        ("number +44 7700 900-471.", [], f"number {HIDDEN}."),
        ("number (0)7700 900471!", [], f"number ({HIDDEN}!"),
        ("Your message is 1017 characters long", [], "Your message is 1017 characters long"),
        ("of 3000 requests per 60 seconds", [], "of 3000 requests per 60 seconds"),
        ("is not valid", ["is", ""], "is not valid"),
        ("ab abc", ["abc", "ab"], f"ab {HIDDEN}"),
    ],
)
def test_scrubbing(message: str, submitted: list[str], kept: str) -> None:
    assert scrub(message, submitted) == kept


@given(st.text(alphabet="0123456789 -().+", min_size=0, max_size=40), st.text(max_size=20))
def test_no_run_of_seven_digits_survives(number: str, around: str) -> None:
    kept = scrub(f"{around}{number}{around}")
    run = longest = 0
    for character in kept:
        run = run + 1 if character.isdecimal() else 0
        longest = max(longest, run)
    assert longest < 7
    assert len(kept) <= 300


READERS: list[Callable[[object], object]] = [
    reading.accepted,
    reading.notification,
    reading.notification_page,
    reading.template,
    reading.templates,
    reading.preview,
    reading.received_page,
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "content", "template", "body", "notifications", "templates"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)


@pytest.mark.parametrize("reader", READERS)
@given(body=JSON)
def test_an_answer_of_any_other_shape_is_unreadable_and_nothing_worse(
    reader: Callable[[object], object], body: object
) -> None:
    outcome: object = None
    with suppress(Unreadable):
        outcome = read(reader, body)
    assert outcome is None or isinstance(outcome, list) or dataclasses.is_dataclass(outcome)
