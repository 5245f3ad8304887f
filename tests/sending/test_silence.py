"""Accepted texts without a receipt: Notify is asked (contract sections 5, 8 and 9)."""

from collections import Counter
from dataclasses import replace

from outreach.sending import gate, silence
from tests.conftest import both_databases
from tests.factories import a_list
from tests.sending.stage import actions, later, messages, send, status_of, statuses


def ask(notify) -> int:
    return silence.ask_about_some(notify)


def at_notify(notify, *words: str) -> None:
    """What Notify would say of its texts, newest first."""
    notify.records = [
        replace(record, status=word) for record, word in zip(notify.records, words, strict=False)
    ] + notify.records[len(words) :]


@both_databases
def test_nothing_is_asked_while_callbacks_may_still_come(released, notify) -> None:
    released()
    send()
    with later(minutes=29):
        assert not silence.is_any_due()
        assert ask(notify) == 0
    with later(minutes=31):
        assert silence.is_any_due()
        assert ask(notify) == 5
        assert ask(notify) == 0  # asked a moment ago


@both_databases
def test_what_callbacks_lost_is_found_one_by_one(released, notify) -> None:
    campaign = released()
    send()
    at_notify(notify, "technical-failure", "delivered", "permanent-failure", "sending", "sent")
    with later(minutes=31):
        ask(notify)
    assert Counter(statuses(campaign)) == Counter(
        {"technical-failure": 1, "delivered": 1, "permanent-failure": 1, "accepted": 2}
    )
    assert "messages.settled" in actions(campaign)


@both_databases
def test_many_are_found_by_pages(released, notify, monkeypatch) -> None:
    numbers = [f"07700 9004{n:02}" for n in range(90)]
    campaign = released(recipients=a_list(numbers, ["Jo"] * 90))
    send(3)
    at_notify(notify, *["delivered"] * 90)
    asked = []
    real = notify.get_notification
    monkeypatch.setattr(notify, "get_notification", lambda uid: asked.append(uid) or real(uid))
    monkeypatch.setattr(
        notify,
        "list_notifications",
        lambda older_than=None, status=None: _older(notify, older_than),
    )
    with later(minutes=31):
        while ask(notify):
            pass
    assert set(statuses(campaign)) == {"delivered"}
    assert len(asked) < 30, "not by pages: one by one it would be 90"


def _older(notify, older_than: str | None) -> list[object]:
    ids = [record.id for record in notify.records]
    start = ids.index(older_than) + 1 if older_than else 0
    return notify.records[start : start + 250]


def test_a_text_handed_over_abroad_stays_sent_and_is_not_asked_about_again(
    released, notify
) -> None:
    campaign = released()
    send()
    at_notify(notify, *["sent"] * 5)
    with later(minutes=31):
        ask(notify)
        gate.judge_running_campaigns()
    assert {message.notify_status for message in messages(campaign)} == {"sent"}
    assert status_of(campaign).value == "completed"
    with later(hours=3):
        assert not silence.is_any_due()


def test_a_text_that_notify_does_not_have_is_noted(released, notify) -> None:
    campaign = released()
    send()
    notify.records.clear()
    with later(minutes=31):
        ask(notify)
    assert {message.notify_status for message in messages(campaign)} == {"absent"}
    assert set(statuses(campaign)) == {"accepted"}


def test_a_notify_that_does_not_answer_changes_nothing(released, notify) -> None:
    campaign = released()
    send()
    notify.is_down = True
    with later(minutes=31):
        assert ask(notify) == 0
        assert silence.is_any_due()
    assert set(statuses(campaign)) == {"accepted"}


def test_nothing_is_asked_beyond_notifys_retention(released, notify) -> None:
    released()
    send()
    with later(days=7, minutes=1):
        assert not silence.is_any_due()
