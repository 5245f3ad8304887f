"""The progress page, with and without scripts."""

from datetime import UTC, datetime, time, timedelta

from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from outreach import clock
from outreach.domain.access import Role
from outreach.domain.pausing import PauseKind
from outreach.domain.send_window import SendWindow
from outreach.extensions import db
from outreach.models import Hold, WorkerHeartbeat
from outreach.sending import pauses, queries, service
from outreach.sending.timeline import arrange
from outreach.transaction import transaction
from tests.conftest import both_databases
from tests.factories import acting, cast
from tests.sending.stage import messages, send


def page(client: FlaskClient, campaign, part: str = "progress") -> str:
    answer = client.get(f"/campaigns/{campaign.id}/{part}")
    assert answer.status_code == 200, answer.text
    soup = BeautifulSoup(answer.text, "html.parser")
    return " ".join(soup.get_text(" ").split())


def a_worker() -> None:
    with transaction():
        db.session.add(WorkerHeartbeat(name="w", started_at=clock.now(), beat_at=clock.now()))


@both_databases
def test_the_page_counts_what_was_sent_and_draws_it(released, as_requester) -> None:
    campaign = released()
    send(2)
    text = page(as_requester, campaign)
    assert "100%: 5 of 5 texts" in text
    assert "Uploaded 5 100%" in text
    assert "Over time" in text
    assert "The campaign ends when the last delivery receipts are in." in text


def test_the_newest_part_alone_says_when_it_is_over(released, as_requester) -> None:
    campaign = released()
    answer = as_requester.get(f"/campaigns/{campaign.id}/progress/newest")
    assert "Live-Done" not in answer.headers
    assert "<html" not in answer.text
    with transaction():
        service.cancel(campaign, by=acting(cast().requester, Role.REQUESTER), reason="Over")
    answer = as_requester.get(f"/campaigns/{campaign.id}/progress/newest")
    assert answer.headers["Live-Done"] == "true"


def test_it_says_when_the_window_opens(released, as_requester) -> None:
    campaign = released(window=SendWindow(time(9), time(20)))
    sunday_night = datetime(2026, 11, 22, 22, tzinfo=UTC)
    with clock.set_to(lambda: sunday_night):
        text = page(as_requester, campaign)
    assert "The send window is closed until 23 November 2026 at 9am." in text
    assert "Last text expected 23 November 2026 at 9am" in text


def test_it_says_that_no_worker_is_running(released, as_requester) -> None:
    campaign = released()
    assert "No worker is running" in page(as_requester, campaign)
    a_worker()
    assert "No worker is running" not in page(as_requester, campaign)


def test_it_says_who_paused_and_why(released, as_requester) -> None:
    campaign = released()
    with transaction():
        by = acting(cast().requester, Role.REQUESTER)
        service.pause(campaign, by=by, reason="The helpline is closed")
    text = page(as_requester, campaign)
    assert "Rosa Requester paused this campaign, giving as reason: The helpline is closed." in text


def test_it_says_that_the_service_paused_by_itself(released, as_requester) -> None:
    campaign = released()
    with transaction():
        pauses.stop(campaign.id, PauseKind.BUDGET, "The budget is spent.")
    text = page(as_requester, campaign)
    assert "The service paused this campaign by itself. The budget is spent." in text


def test_it_says_that_a_reply_has_to_be_read_first(released, as_requester) -> None:
    campaign = released()
    with transaction():
        db.session.add(
            Hold(phone_digest=messages(campaign)[0].phone_digest, created_at=clock.now())
        )
    send(2)
    assert "1 text waits until the reply from its number" in page(as_requester, campaign)
    assert queries.funnel(campaign.id).waiting == 1


def test_nobody_sees_progress_of_a_campaign_that_is_not_there(as_requester) -> None:
    answer = as_requester.get("/campaigns/6f2f5a04-6e14-4a35-9a2c-0a2b9a0f4c11/progress")
    assert answer.status_code == 404


def test_long_spans_become_longer_steps_without_gaps() -> None:
    start = datetime(2026, 11, 2, 9, 7, tzinfo=UTC)
    sent = {start + timedelta(minutes=m): 2 for m in range(0, 600, 3)}
    timeline = arrange(sent, {start: 1})
    assert len(timeline.steps) <= 60
    assert sum(step.sent for step in timeline.steps) == 400
    gaps = {b.at - a.at for a, b in zip(timeline.steps, timeline.steps[1:], strict=False)}
    assert gaps == {timeline.length}
