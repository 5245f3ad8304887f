"""Opt-outs: where they come from and why a number is withheld (design section 6)."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class SuppressionKind(StrEnum):
    OPT_OUT = "opt_out"
    """The person does not want to be texted."""
    WRONG_PERSON = "wrong_person"
    """The number belongs to somebody else."""


class SuppressionSource(StrEnum):
    REPLY = "reply"
    LANDING_PAGE = "landing_page"
    STAFF = "staff"
    IMPORT = "import"


SOURCE_WORDS: dict[SuppressionSource, str] = {
    SuppressionSource.REPLY: "Reply to a text",
    SuppressionSource.LANDING_PAGE: "Landing page",
    SuppressionSource.STAFF: "Added by staff",
    SuppressionSource.IMPORT: "Imported list",
}

KIND_WORDS: dict[SuppressionKind, str] = {
    SuppressionKind.OPT_OUT: "Does not want texts",
    SuppressionKind.WRONG_PERSON: "Wrong person",
}

CONFIRMED_ONCE_WITHIN = timedelta(hours=24)
"""Nobody gets a second confirmation of an opt-out within this time."""
CONFIRMED_WITHIN = timedelta(minutes=30)
"""A confirmation that could not leave by then is dropped: so late it would be one more text."""


class ConfirmationStatus(StrEnum):
    """What became of the text that confirms an opt-out."""

    PLANNED = "planned"
    SENDING = "sending"
    """The intent is committed; a request may be under way, or may have been."""
    SENT = "sent"
    REFUSED = "refused"
    """Notify surely did not take it."""
    UNCONFIRMED = "unconfirmed"
    """Nobody can tell; it is never tried again."""
    DROPPED = "dropped"
    """It was not sent: too late, switched off, or the person opted in again."""


MAY_HAVE_ARRIVED = frozenset(
    {
        ConfirmationStatus.PLANNED,
        ConfirmationStatus.SENDING,
        ConfirmationStatus.SENT,
        ConfirmationStatus.UNCONFIRMED,
    }
)


@dataclass(frozen=True)
class ListQuality:
    """How good a campaign's list was, by what the people texted said of it."""

    texted: int
    wrong_persons: int
    opt_outs: int

    @property
    def wrong_percent(self) -> float:
        """Of those texted; 0 before anybody was."""
        return 100 * self.wrong_persons / self.texted if self.texted else 0.0

    @property
    def is_poor(self) -> bool:
        """Whether the source of the list should be asked: one in twenty, and five at least."""
        return self.wrong_persons >= LEAST_WRONG and self.wrong_percent >= POOR_PERCENT


POOR_PERCENT, LEAST_WRONG = 5.0, 5
