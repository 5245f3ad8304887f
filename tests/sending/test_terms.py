"""Send window, start time, bank holidays, budget and settings, checked by every slice."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from outreach import clock, vault
from outreach.domain.campaign import CampaignStatus
from outreach.domain.send_window import SendWindow
from outreach.extensions import db
from outreach.models import AuditEvent, DataKey, Message, Setting
from outreach.sending import holidays, queries
from outreach.sending.terms import terms
from outreach.transaction import transaction
from tests.conftest import both_databases
from tests.sending.stage import messages, send, status_of, statuses

WORKDAY = SendWindow(time(9), time(20))


def at(*moment: int):
    return clock.set_to(lambda: datetime(*moment, tzinfo=UTC))


@pytest.mark.parametrize(
    ("moment", "sent"),
    [
        ((2026, 11, 24, 8, 59), 0),
        ((2026, 11, 24, 9, 0), 5),
        ((2026, 11, 24, 20, 0), 0),
        ((2026, 7, 1, 8, 0), 5),  # nine in London in summer
        ((2026, 7, 1, 19, 0), 0),
        ((2026, 11, 22, 12, 0), 0),  # a Sunday
        ((2026, 12, 25, 12, 0), 0),
        ((2026, 12, 28, 12, 0), 0),  # the day in lieu of Boxing Day
        ((2040, 6, 1, 12, 0), 0),  # nobody knows that year's bank holidays
    ],
)
def test_texts_leave_only_inside_the_window(released, notify, moment, sent) -> None:
    released(window=WORKDAY)
    with at(*moment):
        send()
    assert len(notify.sent) == sent


@both_databases
def test_nothing_leaves_before_the_start_time(released, notify) -> None:
    start = clock.now() + timedelta(minutes=5)
    released(start_at=start)
    assert send() == 0
    with clock.set_to(lambda: start):
        send()
    assert len(notify.sent) == 5


@both_databases
def test_the_budget_is_never_passed(released, notify, settings) -> None:
    campaign = released(budget_pence=100)
    fragments = [message.fragments for message in messages(campaign)]
    settings(pence_per_fragment=100 / (sum(fragments) - 1))
    send(2)
    assert len(notify.sent) == 4
    assert status_of(campaign) is CampaignStatus.PAUSED
    assert "budget" in queries.find_campaign(campaign.id).pause_reason


def test_a_campaign_that_is_not_as_approved_sends_nothing(released, notify) -> None:
    campaign = released()
    with transaction():
        queries.lock_campaign(campaign.id).budget_pence = 999_999
    send()
    assert notify.sent == []
    assert status_of(campaign) is CampaignStatus.PAUSED


def test_a_campaign_whose_key_is_destroyed_sends_nothing(released, notify) -> None:
    campaign = released()
    with transaction():
        db.session.get(DataKey, campaign.data_key_id).wrapped = None
    send()
    assert notify.sent == []
    assert status_of(campaign) is CampaignStatus.PAUSED


def test_a_row_that_was_changed_in_the_database_is_not_sent(released, notify) -> None:
    from outreach.models import Recipient

    campaign = released()
    with transaction():
        db.session.query(Recipient).filter_by(campaign_id=campaign.id).first().sealed = b"x" * 60
    send()
    assert sorted(statuses(campaign)) == ["accepted"] * 4 + ["refused"]


def test_a_text_whose_number_is_not_the_one_looked_up_for_opt_outs_is_not_sent(
    released, notify
) -> None:
    campaign = released()
    with transaction():
        first = db.session.get(Message, messages(campaign)[0].id)
        first.phone_digest = vault.digest("+447700900999")
    send()
    assert sorted(statuses(campaign)) == ["accepted"] * 4 + ["refused"]
    assert len(notify.sent) == 4


def test_the_sender_setting_goes_with_every_text(released, notify, settings, monkeypatch) -> None:
    senders = []
    real = notify.send_text

    def remember(**given: object) -> object:
        senders.append(given["sms_sender_id"])
        return real(**given)

    monkeypatch.setattr(notify, "send_text", remember)
    settings(sms_sender_id="8e222534-7f05-4972-86e3-17c5d9f894e2")
    released()
    send()
    assert set(senders) == {"8e222534-7f05-4972-86e3-17c5d9f894e2"}


def test_new_bank_holidays_are_kept_and_recorded(app, monkeypatch) -> None:
    fetched = holidays.packaged() | {date(2027, 9, 9)}
    monkeypatch.setattr(holidays, "_dates", lambda _: fetched)
    monkeypatch.setattr(holidays, "BankHolidays", lambda **_: None)
    assert holidays.are_old()
    holidays.refresh()
    assert date(2027, 9, 9) in terms().bank_holidays
    assert not holidays.are_old()
    assert db.session.query(AuditEvent).filter_by(action="setting.changed").count() == 1
    holidays.refresh()
    assert db.session.query(AuditEvent).filter_by(action="setting.changed").count() == 1


def test_packaged_bank_holidays_need_no_network() -> None:
    assert date(2026, 12, 25) in holidays.packaged()
    assert date(2026, 8, 3) not in holidays.packaged()  # Scotland's


def test_settings_are_read_by_name(app, settings) -> None:
    settings(send_rate=30, pilot_messages=7)
    assert terms().send_rate == 30.0
    assert terms().pilot_messages == 7
    assert db.session.get(Setting, "send_rate").value == 30
