"""`outreach reconcile`, and what to do after restoring a backup."""

from collections import Counter

from click.testing import CliRunner

from outreach.cli.reconcile import reconcile
from outreach.extensions import db
from outreach.models import CampaignRun, Message
from outreach.notify.results import Ambiguous
from outreach.sending import queries
from outreach.transaction import transaction
from tests.conftest import both_databases
from tests.sending.stage import claim_only, later, messages, reconcile_now, send, statuses
from tests.sending.test_resume_after_crash import post


def command(*options: str) -> str:
    ran = CliRunner().invoke(reconcile, options)
    assert ran.exit_code == 0, ran.output
    return ran.output


def test_the_command_looks_up_what_is_unconfirmed(released, notify) -> None:
    campaign = released()
    notify.answers = [Ambiguous("no answer in time")] * 5
    send()
    with later(minutes=5):
        said = command()
    assert "Looked up 5 unconfirmed texts; 0 are still open." in said
    assert set(statuses(campaign)) == {"pending"}


def test_the_command_asks_about_silent_texts(released, notify) -> None:
    released()
    send()
    with later(hours=1):
        assert "Asked about 5 silent texts; 5 are still silent." in command()


def test_with_nothing_to_do_it_says_so(app) -> None:
    assert "Looked up 0 unconfirmed texts" in command()


@both_databases
def test_after_a_restored_backup_nothing_is_sent_without_a_look_up(released, notify) -> None:
    """The backup was made before three of five texts went: it calls all five waiting."""
    campaign = released()
    post(notify, claim_only(), 3)
    restore_to_pending(campaign)
    assert "5 waiting texts are looked up" in command("--after-restore")
    assert Counter(statuses(campaign)) == Counter(accepted=3, pending=2)
    with later(seconds=20):
        send(2)
    assert len(notify.sent) == len({text.to for text in notify.sent}) == 5
    billed = sum(message.fragments for message in messages(campaign))
    assert queries.run_of(campaign.id).billed_fragments == billed
    assert reconcile_now() == 0


def restore_to_pending(campaign) -> None:
    with transaction():
        blank = {"status": "pending", "attempt": 0, "lease_until": None, "claimed_at": None}
        db.session.query(Message).filter_by(campaign_id=campaign.id).update(blank)
        db.session.get(CampaignRun, campaign.id).billed_fragments = 0
