"""Nobody who said STOP is texted after we knew, whenever it came."""

from outreach import clock
from outreach.domain.actor import Actor
from outreach.domain.optout import SuppressionKind, SuppressionSource
from outreach.extensions import db
from outreach.jobs import context, dispatcher
from outreach.models import Hold, Suppression
from outreach.optouts import service as optouts
from outreach.sending import delivery, queries
from outreach.sending.jobs import send_pool
from outreach.sending.queries import Funnel
from outreach.transaction import transaction
from tests.conftest import both_databases
from tests.sending.stage import claim_only, messages, send, statuses

STAFF = Actor.job("tests")


def say_stop(digest: bytes) -> None:
    with transaction():
        optouts.suppress(digest, SuppressionKind.OPT_OUT, SuppressionSource.REPLY, by=STAFF)


@both_databases
def test_a_stop_before_the_claim(released, notify) -> None:
    campaign = released()
    say_stop(messages(campaign)[0].phone_digest)
    send()
    assert len(notify.sent) == 4
    assert queries.funnel(campaign.id) == Funnel(suppressed=1, sent=4)


@both_databases
def test_a_stop_that_left_the_message_waiting_is_seen_in_the_claim(released, notify) -> None:
    """The list of opt-outs decides, even where nobody moved the message."""
    campaign = released()
    digest = messages(campaign)[0].phone_digest
    with transaction():
        db.session.add(
            Suppression(
                phone_digest=digest,
                digest_key_id="k1",
                kind=SuppressionKind.WRONG_PERSON,
                source=SuppressionSource.STAFF,
                created_at=clock.now(),
            )
        )
    batch = claim_only()
    assert len(batch.messages) == 4
    assert statuses(campaign).count("suppressed") == 1
    post(batch)
    assert len(notify.sent) == 4
    suppressed = next(m for m in messages(campaign) if m.status.value == "suppressed")
    assert suppressed.reason == "wrong_person"


@both_databases
def test_a_stop_between_the_claim_and_the_request(released, notify) -> None:
    campaign = released()
    batch = claim_only()
    say_stop(batch.messages[4].phone_digest)
    post(batch)
    assert len(notify.sent) == 4
    assert queries.funnel(campaign.id) == Funnel(suppressed=1, sent=4)
    billed = sum(m.fragments for m in messages(campaign) if m.status.value == "accepted")
    assert queries.run_of(campaign.id).billed_fragments == billed


@both_databases
def test_a_hold_keeps_the_message_waiting_until_it_is_released(released, notify) -> None:
    campaign = released()
    digest = messages(campaign)[0].phone_digest
    with transaction():
        optouts.hold(digest, by=STAFF)
    send(2)
    assert queries.funnel(campaign.id) == Funnel(waiting=1, sent=4)
    with transaction():
        optouts.release_hold(digest, by=STAFF)
    send()
    assert queries.funnel(campaign.id) == Funnel(sent=5)


def test_a_claim_leaves_a_number_on_hold_where_it_is(released, notify) -> None:
    campaign = released()
    digest = messages(campaign)[0].phone_digest
    with transaction():
        optouts.hold(digest, by=STAFF)
    batch = claim_only()
    assert len(batch.messages) == 4
    assert digest not in {message.phone_digest for message in batch.messages}
    post(batch)


@both_databases
def test_numbers_on_hold_at_the_head_of_the_list_keep_nobody_waiting(
    released, notify, settings
) -> None:
    settings(send_rate=2)
    campaign = released()
    with transaction():
        for message in messages(campaign)[:3]:
            optouts.hold(message.phone_digest, by=STAFF)
    send()
    assert len(notify.sent) == 2


def test_a_hold_between_the_claim_and_the_request(released, notify) -> None:
    campaign = released()
    batch = claim_only()
    with transaction():
        db.session.add(Hold(phone_digest=batch.messages[0].phone_digest, created_at=clock.now()))
    post(batch)
    assert len(notify.sent) == 4
    assert queries.funnel(campaign.id) == Funnel(waiting=1, sent=4)


def test_where_the_opt_outs_cannot_be_read_nothing_leaves(released, notify, monkeypatch) -> None:
    campaign = released()
    batch = claim_only()

    def fail(_: object) -> None:
        raise RuntimeError("the database does not answer")

    monkeypatch.setattr(delivery, "withheld", fail)
    try:
        post(batch)
    except RuntimeError:
        send_pool().drain(10)
    assert notify.sent == []
    assert set(statuses(campaign)) == {"pending"}


def post(batch) -> None:
    pool = send_pool()
    delivery.post_all(batch, dispatcher.key_name(context.settings()), pool)
    assert pool.drain(20)
    db.session.rollback()
