"""What a person decides about a reply, and what follows."""

from flask import Flask

from outreach import vault
from outreach.extensions import db
from outreach.models import AuditEvent, Campaign
from outreach.optouts import queries as suppressions
from outreach.optouts.queries import Withheld
from outreach.replies.views.acting import ACTS
from tests.conftest import both_databases
from tests.replies import stage
from tests.replies.conftest import Reader
from tests.replies.stage import NUMBER, arrive, events, put_setting, reply

E164 = [f"+4477009003{number:02}" for number in range(6)]


def is_withheld(number: str = NUMBER) -> Withheld | None:
    db.session.rollback()
    return suppressions.withheld([vault.digest(number)]).get(vault.digest(number))


LEADS_TO = {
    "opt-out": Withheld.OPT_OUT,
    "wrong-person": Withheld.WRONG_PERSON,
    "wants-help": Withheld.HOLD,
    "urgent": Withheld.HOLD,
    "no-action": Withheld.HOLD,
    "release-hold": None,
}


@both_databases
def test_each_act_closes_the_reply_and_does_what_it_says(
    app: Flask, rosa: Reader, texted: Campaign
) -> None:
    for number, (act, leads_to) in zip(E164, LEADS_TO.items(), strict=False):
        reply_id = arrive(number=number)
        assert is_withheld(number) is Withheld.HOLD
        assert "You can undo this for 10 minutes" in rosa.decide(reply_id, act).get_text()
        row = reply(reply_id)
        assert row.state == "closed"
        assert row.resolution == ACTS[act]
        assert is_withheld(number) is leads_to, act
        event = events("reply.resolved")[-1]
        assert event.changes["decision"] == row.resolution
        assert event.actor == str(stage.rosa().user_id)


def test_a_get_changes_nothing(app: Flask, rosa: Reader) -> None:
    reply_id = arrive()
    rosa.act(reply_id, "take")
    for act in ("opt-out", "wrong-person", "no-action", "release-hold", "wants-help", "urgent"):
        rosa.see(f"/replies/{reply_id}/{act}")
    assert reply(reply_id).state == "open"
    assert is_withheld() is Withheld.HOLD


def test_an_opt_out_ends_the_hold_so_that_a_later_start_is_heard(app: Flask, rosa: Reader) -> None:
    rosa.decide(arrive(), "opt-out")
    arrive("START")
    assert is_withheld() is None


def test_what_helps_is_shown_and_the_partner_is_not_told(
    app: Flask, rosa: Reader, texted: Campaign
) -> None:
    reply_id = arrive()
    rosa.act(reply_id, "take")
    page = rosa.see(f"/replies/{reply_id}/wants-help").get_text(" ", strip=True)
    for told in ("Riverside Support", "0808 157 0123", "https://riverside.example.org"):
        assert told in page
    assert "Do not tell the partner who replied" in page
    rosa.act(reply_id, "wants-help")
    for event in db.session.query(AuditEvent).filter(AuditEvent.action.startswith("reply.")):
        assert "riverside" not in f"{event.changes} {event.reason}".lower()
        assert event.actor_kind != "partner"


def test_help_for_a_reply_to_no_campaign_names_every_partner(
    app: Flask, rosa: Reader, texted: Campaign
) -> None:
    reply_id = arrive(number="+447700900777")
    rosa.act(reply_id, "take")
    assert "Riverside Support" in rosa.see(f"/replies/{reply_id}/wants-help").get_text()


def test_urgent_guidance_is_the_forces_own(app: Flask, rosa: Reader) -> None:
    reply_id = arrive(stage.URGENT)
    rosa.act(reply_id, "take")
    assert "call 999" in rosa.see(f"/replies/{reply_id}/urgent").get_text()
    put_setting("urgent_guidance", "Ring the duty inspector.\nThen log it.")
    page = rosa.see(f"/replies/{reply_id}/urgent").get_text()
    assert "Ring the duty inspector." in page
    assert "call 999" not in page


def test_a_hold_is_not_released_while_another_reply_of_the_number_waits(
    app: Flask, rosa: Reader
) -> None:
    first, second = arrive(minutes_ago=5), arrive("and another?")
    rosa.act(first, "take")
    assert "1 more reply from this number" in rosa.see(f"/replies/{first}").get_text()
    status, page = rosa.send(f"/replies/{first}/release-hold")
    assert status == 409
    assert "another reply from this number" in page.get_text()
    assert reply(first).state == "open"
    rosa.act(first, "no-action")
    rosa.decide(second, "release-hold")
    assert is_withheld() is None


def test_an_opt_out_leaves_the_hold_for_the_other_reply(app: Flask, rosa: Reader) -> None:
    first, second = arrive(minutes_ago=5), arrive("and another?")
    rosa.decide(first, "opt-out")
    assert suppressions.active_hold(vault.digest(NUMBER)) is not None
    rosa.decide(second, "wrong-person")
    assert suppressions.active_hold(vault.digest(NUMBER)) is None


def test_events_hold_neither_text_nor_number(app: Flask, rosa: Reader, texted: Campaign) -> None:
    reply_id = arrive("canary words?")
    for act in ("take", "no-action", "undo", "hand-back", "take", "opt-out"):
        rosa.act(reply_id, act)
    rosa.see(f"/replies/{reply_id}")
    rosa.see("/replies/dealt-with")
    for event in db.session.query(AuditEvent):
        told = f"{event.changes} {event.reason} {event.object_id}"
        assert "canary" not in told
        assert "900123" not in told


def test_an_unknown_act_is_404(app: Flask, rosa: Reader) -> None:
    rosa.see(f"/replies/{arrive()}/delete", status=404)
