"""What is held about one person, and the file they get of it (right of access, DPA 2018 s.45).

The referral code is left out: whoever handles the request must not see it, and the person has it
in the text they got. So are names of staff, who are entitled to their own privacy; when, in which
role and what for is told.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from outreach.domain.optout import KIND_WORDS, SOURCE_WORDS, SuppressionKind, SuppressionSource
from outreach.domain.send_window import LONDON

STATUS_WORDS: Mapping[str, str] = {
    "pending": "waiting to be sent",
    "sending": "being sent",
    "held": "held: nobody can tell whether it was sent",
    "accepted": "sent",
    "delivered": "delivered",
    "permanent-failure": "not delivered: the number does not work",
    "temporary-failure": "not delivered: the phone could not be reached",
    "technical-failure": "not delivered: a fault on the way",
    "refused": "not sent: GOV.UK Notify refused it",
    "suppressed": "not sent",
    "cancelled": "not sent",
}


@dataclass(frozen=True)
class SentText:
    """One text to the person: when it left, or None, and what became of it (a message's status)."""

    at: datetime | None
    status: str


@dataclass(frozen=True)
class InCampaign:
    """The person's row in one campaign.

    `title` is the team's and goes on no file; `name` is what the public is told. `stands_against`
    says why the row cannot be erased now, `no_correction` why it cannot be corrected.
    """

    recipient_id: int
    title: str
    name: str
    purpose: str | None
    listed_at: datetime
    values: Mapping[str, str]
    wording: str | None
    texts: Sequence[SentText]
    stands_against: str | None
    no_correction: str | None


@dataclass(frozen=True)
class Reply:
    """A text the person sent us. `stands_against` as above."""

    reply_id: UUID
    at: datetime
    text: str
    stands_against: str | None


@dataclass(frozen=True)
class Listing:
    """An entry of the suppression list."""

    kind: SuppressionKind
    source: SuppressionSource
    since: datetime
    until: datetime | None


@dataclass(frozen=True)
class Look:
    """That somebody looked or acted: when, in which role (None for the service), what."""

    at: datetime
    role: str | None
    what: str


@dataclass(frozen=True)
class Held:
    """Everything that is kept under one number."""

    masked: str
    campaigns: Sequence[InCampaign]
    replies: Sequence[Reply]
    listings: Sequence[Listing]
    on_hold_since: datetime | None
    last_texted_at: datetime | None
    looks: Sequence[Look]

    @property
    def is_empty(self) -> bool:
        return not (
            self.campaigns
            or self.replies
            or self.listings
            or self.on_hold_since
            or self.last_texted_at
        )


def file_for(held: Held, number: str, at: datetime) -> str:
    """Plain text, to be read by anybody and printed."""
    return "\n".join([*_head(number, at), *_body(held), *_foot()])


def _head(number: str, at: datetime) -> Iterator[str]:
    yield "What we hold about you"
    yield "======================"
    yield ""
    yield f"Mobile number: {number}"
    yield f"Looked up: {_when(at)}"
    yield ""


def _body(held: Held) -> Iterator[str]:
    if held.is_empty:
        yield "We hold nothing under this number."
        yield ""
    for campaign in held.campaigns:
        yield from _campaign(campaign)
    for reply in held.replies:
        yield from _section(f"Your text to us on {_when(reply.at)}", [reply.text])
    for listing in held.listings:
        until = f" It ended on {_when(listing.until)}." if listing.until else ""
        yield from _section(
            "The list of numbers we do not text",
            [
                (
                    f"{KIND_WORDS[listing.kind]}, since {_when(listing.since)}. "
                    f"How we know: {SOURCE_WORDS[listing.source].lower()}.{until}"
                )
            ],
        )
    if held.on_hold_since:
        words = "Nothing is sent to you until somebody has read your text."
        yield from _section(
            "Your number is on hold", [f"Since {_when(held.on_hold_since)}. {words}"]
        )
    if held.last_texted_at:
        yield from _section("When we last texted you", [_when(held.last_texted_at)])
    looks = [f"{_when(each.at)}: {each.role or 'the service'} {each.what}" for each in held.looks]
    yield from _section("Who looked at it or worked on it", looks)


def _campaign(campaign: InCampaign) -> Iterator[str]:
    lines = [f"Your number came to us on {_when(campaign.listed_at)}."]
    lines += [f"What it was for: {campaign.purpose}"] if campaign.purpose else []
    lines += [f"{name}: {value}" for name, value in campaign.values.items()]
    lines += [f"The wording: {campaign.wording}"] if campaign.wording else []
    lines += [
        f"Text {_when(text.at) if text.at else 'not sent yet'}: "
        f"{STATUS_WORDS.get(text.status, text.status)}"
        for text in campaign.texts
    ]
    yield from _section(campaign.name, lines)


def _foot() -> Iterator[str]:
    yield from _section(
        "What is not here",
        [
            (
                "The code or link in the text you got: you have it, and the people who answer you "
                "must not see it."
            ),
            "Whether you were in touch with the charity: we cannot find out. Ask the charity.",
            "Campaigns whose time is over: they have been erased.",
        ],
    )


def _section(title: str, lines: Sequence[str]) -> Iterator[str]:
    if not lines:
        return
    yield title
    yield "-" * len(title)
    yield from lines
    yield ""


def _when(at: datetime) -> str:
    local = at.astimezone(LONDON)
    return f"{local.day} {local:%B %Y} at {local:%H:%M}"
