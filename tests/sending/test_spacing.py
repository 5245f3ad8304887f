"""Two lists with the same people, approved at once: whatever the order of things, one text each."""

import random
from collections import Counter
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import update

from outreach.domain.access import Role
from outreach.extensions import db
from outreach.models import AuditEvent, Campaign, Message
from outreach.models.digest import as_stored
from outreach.notify.results import Ambiguous, Refused
from outreach.sending import held, progress, queries, service
from outreach.sending.held import Decision
from outreach.sending.queries import Funnel
from outreach.transaction import transaction
from tests.conftest import both_databases
from tests.factories import a_list, acting, cast
from tests.fakes.notify import LOST, FakeNotify
from tests.rekeying.rings import FIRST, SECOND, restarted
from tests.sending.stage import claim_only, later, messages, reconcile_now, send, statuses

Release = Callable[..., Campaign]
Two = tuple[Campaign, Campaign]
NO_ANSWER = Ambiguous("no answer in time")
ANN, BO, CY, DI = (f"+447700900{number}" for number in (123, 124, 301, 302))


@pytest.fixture
def first(released: Release) -> Campaign:
    return released(title="First", recipients=a_list([ANN, BO, CY], "ABC"))


@pytest.fixture
def two(first: Campaign, released: Release) -> Two:
    """Ann and Bo are on both lists; Cy is on the first only, Di on the second."""
    return first, released(title="Second", recipients=a_list([ANN, BO, DI], "ABD"))


def texts_by_number(notify: FakeNotify) -> Counter[str]:
    return Counter(text.to for text in notify.sent)


def cancel(campaign: Campaign) -> None:
    with transaction():
        service.cancel(
            queries.lock_campaign(campaign.id),
            reason="Not needed",
            by=acting(cast().approver, Role.APPROVER),
        )


@both_databases
def test_whoever_is_on_two_lists_gets_one_text(two: Two, notify: FakeNotify) -> None:
    send()
    send()  # when it is known what came of the first
    assert texts_by_number(notify) == dict.fromkeys((ANN, BO, CY, DI), 1)
    funnels = [queries.funnel(campaign.id) for campaign in two]
    assert sum(funnel.sent for funnel in funnels) == 4
    assert sum(funnel.suppressed for funnel in funnels) == 2
    withheld = [each for one in two for each in messages(one) if each.status.value == "suppressed"]
    assert {message.reason for message in withheld} == {"frequency-cap"}
    events = db.session.query(AuditEvent).filter_by(action="messages.suppressed")
    assert sum(event.changes["frequency-cap"] for event in events) == 2


@both_databases
def test_one_claim_takes_a_number_once(two: Two) -> None:
    numbers = [message.phone_digest for message in claim_only().messages]
    assert len(numbers) == len(set(numbers)) == 4


@both_databases
def test_a_text_that_may_have_gone_keeps_the_other_waiting(
    first: Campaign, released: Release, notify: FakeNotify
) -> None:
    notify.answers = [NO_ANSWER] * 3
    send()
    second = released(title="Second", recipients=a_list([ANN, BO, DI], "ABD"))
    send(2)
    assert texts_by_number(notify) == {DI: 1}
    assert queries.funnel(second.id) == Funnel(waiting=2, sent=1)
    reasons = [reason.words for reason in progress.look(second).reasons]
    assert "2 texts wait until we know whether another" in " ".join(reasons)


@both_databases
def test_where_it_had_gone_the_other_is_withheld(two: Two, notify: FakeNotify) -> None:
    first, second = two
    notify.answers = [LOST] * 4
    send(2)
    with later(minutes=10):
        send()
        assert queries.funnel(second.id).suppressed == 0
        assert reconcile_now() == 4
        send(2)
    assert texts_by_number(notify) == dict.fromkeys((ANN, BO, CY, DI), 1)
    assert Counter(statuses(first) + statuses(second)) == Counter(accepted=4, suppressed=2)


@both_databases
def test_where_it_had_not_and_is_cancelled_the_other_goes(
    first: Campaign, released: Release, notify: FakeNotify
) -> None:
    notify.answers = [NO_ANSWER] * 3
    send()
    second = released(title="Second", recipients=a_list([ANN, BO], "AB"))
    with later(minutes=10):
        cancel(first)
        reconcile_now()
        send(2)
    assert statuses(first) == ["cancelled"] * 3
    assert texts_by_number(notify) == {ANN: 1, BO: 1}
    assert statuses(second) == ["accepted"] * 2


@pytest.mark.parametrize(
    ("decision", "ends"),
    [
        (Decision.SEND_IT, {"accepted", "suppressed"}),
        (Decision.LEAVE_IT, {"cancelled", "suppressed"}),
    ],
)
def test_a_held_text_keeps_the_other_waiting_until_a_person_decides(
    first: Campaign, released: Release, notify: FakeNotify, decision: Decision, ends: set[str]
) -> None:
    """One text at the most follows. Where it is left, it may have gone, and counts as gone."""
    notify.answers = [NO_ANSWER] * 3
    send()
    notify.is_down = True
    with later(minutes=61):
        reconcile_now()
        notify.is_down = False
        assert statuses(first) == ["held"] * 3
        second = released(title="Second", recipients=a_list([ANN], "A"))
        send()
        assert statuses(second) == ["pending"]
        by = acting(cast().approver, Role.APPROVER)
        with transaction():
            held.decide(first.id, held.held_messages(first.id)[0].message_id, decision, by=by)
        send()
        send()
    assert {statuses(first)[0], *statuses(second)} == ends
    assert texts_by_number(notify)[ANN] == (decision is Decision.SEND_IT)


def test_those_who_wait_do_not_keep_the_rest_back(
    first: Campaign, released: Release, notify: FakeNotify, settings: Callable[..., None]
) -> None:
    """A claim of one message looks past them."""
    settings(send_rate=1)
    (taken,) = claim_only().messages
    with transaction():
        service.pause(first, reason="Wait", by=acting(cast().approver, Role.APPROVER))
    second = released(title="Second", recipients=a_list([ANN, BO], "AB"))
    with later(minutes=10):
        send()
    waiting, sent = messages(second)
    assert (waiting.phone_digest, waiting.status.value) == (taken.phone_digest, "pending")
    assert sent.status.value == "accepted"
    assert texts_by_number(notify) == {BO: 1}


def test_without_a_cap_everybody_gets_both(
    two: Two, notify: FakeNotify, settings: Callable[..., None]
) -> None:
    settings(frequency_cap_days=0)
    send(3)
    assert texts_by_number(notify) == {ANN: 2, BO: 2, CY: 1, DI: 1}


@pytest.mark.parametrize("is_older_taken", [True, False])
def test_the_cap_holds_while_keys_are_changed(app: Flask, two: Two, is_older_taken: bool) -> None:
    """A message in the new form sees one in the old form that is on its way, and the reverse."""
    older, newer = (messages(campaign)[0].id for campaign in two)
    with restarted(app, SECOND, FIRST):
        ann = db.session.get_one(Message, older).phone_digest
        with transaction():
            change(newer, phone_digest=as_stored(ann))
            change(older if is_older_taken else newer, status="sending")
        assert ann not in {message.phone_digest for message in claim_only().messages}


def change(message_id: int, **values: object) -> None:
    db.session.execute(update(Message).where(Message.id == message_id).values(**values))


REFUSED = Refused(400, "BadRequestError", "Not a valid phone number")
ANSWERS = [None, None, NO_ANSWER, LOST, LOST, REFUSED]
"""None: it is taken, and Notify says so."""
NUMBERS = [f"+447700900{number}" for number in range(600, 612)]


class Chance:
    """Whatever may happen to three campaigns with people in common, drawn from a seed. But nobody
    decides to send a held text, which may be a second one, and says so."""

    def __init__(self, seed: int, released: Release, notify: FakeNotify) -> None:
        self._random = random.Random(seed)  # noqa: S311 an order of things, not a secret
        self._released, self._notify = released, notify
        self._campaigns: list[Campaign] = []
        self.minutes = 0

    def act(self) -> None:
        self.minutes += self._random.choice([0, 1, 3, 20, 61])
        act = self._random.choice(
            [self._release, self._send, self._send, reconcile_now, self._answers, self._down,
             self._settle_held]
        )  # fmt: skip
        with later(minutes=self.minutes):
            act()

    def _release(self) -> None:
        if len(self._campaigns) < 3:
            own = f"+44770090070{len(self._campaigns)}"
            people = [own, *self._random.sample(NUMBERS, 7)]
            self._campaigns.append(self._released(recipients=a_list(people, "ABCDEFGH")))

    def _send(self) -> None:
        send(self._random.randint(1, 3))

    def _answers(self) -> None:
        drawn = self._random.choices(ANSWERS, k=6)
        self._notify.answers = [answer for answer in drawn if answer is not None]

    def _down(self) -> None:
        self._notify.is_down = not self._notify.is_down

    def _settle_held(self) -> None:
        decision = self._random.choice([Decision.LOOK_AGAIN, Decision.LEAVE_IT])
        by = acting(cast().approver, Role.APPROVER)
        for campaign in self._campaigns:
            for message in held.held_messages(campaign.id)[:3]:
                with transaction():
                    held.decide(campaign.id, message.message_id, decision, by=by)


@pytest.mark.parametrize("seed", range(12))
def test_no_order_of_things_texts_a_number_twice(
    released: Release, notify: FakeNotify, seed: int
) -> None:
    chance = Chance(seed, released, notify)
    for _ in range(40):
        chance.act()
    notify.is_down, notify.answers = False, []
    for _ in range(4):
        with later(minutes=chance.minutes + 120):
            send(2)
            reconcile_now()
    assert len(texts_by_number(notify)) > 5
    assert max(texts_by_number(notify).values()) == 1
