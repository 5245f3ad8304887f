"""The file a person gets: everything that is held, in words, and what is left out of it."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from outreach.domain.message import MessageStatus
from outreach.domain.optout import SuppressionKind, SuppressionSource
from outreach.domain.subject import (
    STATUS_WORDS,
    Held,
    InCampaign,
    Listing,
    Look,
    Reply,
    SentText,
    file_for,
)

JULY = datetime(2026, 7, 1, 12, tzinfo=UTC)
NUMBER = "+447700900123"
NOTHING = Held("+44 7*** ***123", [], [], [], None, None, [])
CAMPAIGN = InCampaign(
    recipient_id=7,
    title="Operation Larkspur",
    name="Autumn support",
    purpose="To offer help",
    listed_at=JULY,
    values={"name": "Jo"},
    wording="Hello Jo, see [their link]",
    texts=[SentText(JULY, "delivered"), SentText(None, "pending")],
    stands_against=None,
    no_correction=None,
)


def test_nothing_held_is_said_plainly() -> None:
    said = file_for(NOTHING, NUMBER, JULY)
    assert "We hold nothing under this number." in said
    assert "Mobile number: +447700900123" in said
    assert "Looked up: 1 July 2026 at 13:00" in said  # London, in summer


def test_a_campaign_is_told_without_the_teams_own_title() -> None:
    said = file_for(replace(NOTHING, campaigns=[CAMPAIGN]), NUMBER, JULY)
    assert "Autumn support\n--------------\n" in said
    assert "Your number came to us on 1 July 2026 at 13:00." in said
    assert "name: Jo" in said
    assert "The wording: Hello Jo, see [their link]" in said
    assert "Text 1 July 2026 at 13:00: delivered" in said
    assert "Text not sent yet: waiting to be sent" in said
    assert "Larkspur" not in said
    assert "We hold nothing" not in said


def test_replies_opt_outs_holds_and_looks_are_told() -> None:
    held = replace(
        NOTHING,
        replies=[Reply(UUID(int=1), JULY, "Who is this?", None)],
        listings=[
            Listing(SuppressionKind.OPT_OUT, SuppressionSource.REPLY, JULY, None),
            Listing(SuppressionKind.WRONG_PERSON, SuppressionSource.STAFF, JULY, JULY),
        ],
        on_hold_since=JULY,
        last_texted_at=JULY,
        looks=[Look(JULY, "approver", "read a reply"), Look(JULY, None, "sent messages")],
    )
    said = file_for(held, NUMBER, JULY)
    assert "Who is this?" in said
    assert "Does not want texts, since 1 July 2026 at 13:00. How we know: reply to a text." in said
    assert "It ended on 1 July 2026 at 13:00." in said
    assert "Your number is on hold" in said
    assert "When we last texted you" in said
    assert "1 July 2026 at 13:00: approver read a reply" in said
    assert "1 July 2026 at 13:00: the service sent messages" in said


def test_what_is_left_out_is_named() -> None:
    said = file_for(NOTHING, NUMBER, JULY)
    assert "Whether you were in touch with the charity: we cannot find out." in said
    assert "The code or link in the text you got" in said


@pytest.mark.parametrize("status", list(MessageStatus))
def test_every_status_has_words(status: MessageStatus) -> None:
    assert status.value in STATUS_WORDS


def test_only_what_is_held_makes_it_not_empty() -> None:
    assert NOTHING.is_empty
    assert replace(NOTHING, looks=[Look(JULY, None, "looked")]).is_empty
    assert not replace(NOTHING, on_hold_since=JULY).is_empty
