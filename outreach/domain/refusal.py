"""Why a row of a list will not be texted, in the words of the report."""

from enum import StrEnum
from typing import NamedTuple


class RefusalReason(StrEnum):
    """In the order of the report. The values stand in downloads, `--json` and the database."""

    INVALID = "invalid"
    LANDLINE = "landline"
    DUPLICATE = "duplicate"
    ALREADY_IN_CAMPAIGN = "already-in-campaign"
    OPTED_OUT = "opted-out"
    WRONG_PERSON = "wrong-person"
    ON_HOLD = "on-hold"
    FREQUENCY_CAP = "frequency-cap"
    MISSING_PLACEHOLDER = "missing-placeholder"
    TOO_LONG = "message-too-long"
    EMPTY_MESSAGE = "empty-message"

    @property
    def is_suppression(self) -> bool:
        """Whether the person, not the list, is the reason: nothing in the file can be mended."""
        return self in SUPPRESSIONS


SUPPRESSIONS = frozenset(
    {
        RefusalReason.ALREADY_IN_CAMPAIGN,
        RefusalReason.OPTED_OUT,
        RefusalReason.WRONG_PERSON,
        RefusalReason.ON_HOLD,
        RefusalReason.FREQUENCY_CAP,
    }
)
"""What only the database knows."""


class ReasonWords(NamedTuple):
    """`title` heads a row of the report, `sentence` says what it means, `next_step` what to do."""

    title: str
    sentence: str
    next_step: str


_WORDS: dict[RefusalReason, ReasonWords] = {
    RefusalReason.INVALID: ReasonWords(
        "Not a UK mobile number",
        "The number is not one that a text can be sent to.",
        "Correct it where it came from, or leave the person out.",
    ),
    RefusalReason.LANDLINE: ReasonWords(
        "Landline",
        "A landline may be shared, and reads a text aloud to whoever answers.",
        "Use the person's own mobile number, or leave the person out.",
    ),
    RefusalReason.DUPLICATE: ReasonWords(
        "Same number as an earlier row",
        "The earlier row is used, with what it says about the person.",
        "Nothing. Check that the earlier row is the right one.",
    ),
    RefusalReason.ALREADY_IN_CAMPAIGN: ReasonWords(
        "Already in this campaign",
        "The number is in a list uploaded earlier for this campaign.",
        "Nothing. The person gets one text.",
    ),
    RefusalReason.OPTED_OUT: ReasonWords(
        "Opted out",
        "The person has asked not to be texted.",
        "Nothing. Texting them would be unlawful.",
    ),
    RefusalReason.WRONG_PERSON: ReasonWords(
        "Wrong person",
        "Somebody told us that the number is not this person's.",
        "Correct the number where it came from.",
    ),
    RefusalReason.ON_HOLD: ReasonWords(
        "On hold",
        "A reply from this number is waiting to be read.",
        "Read the reply, then upload the row again if the person may be texted.",
    ),
    RefusalReason.FREQUENCY_CAP: ReasonWords(
        "Texted recently",
        "The number has had a text from one of our campaigns within the agreed time.",
        "Wait until the time has passed.",
    ),
    RefusalReason.MISSING_PLACEHOLDER: ReasonWords(
        "Something the message needs is missing",
        "A cell that fills a gap in the message is empty.",
        "Fill the cell in and upload the list again.",
    ),
    RefusalReason.TOO_LONG: ReasonWords(
        "Message too long",
        "With this row's details the text is longer than 918 characters.",
        "Shorten the details in this row, or the message.",
    ),
    RefusalReason.EMPTY_MESSAGE: ReasonWords(
        "Message empty",
        "With this row's details the text has nothing in it.",
        "Correct the details in this row, or the message.",
    ),
}


def describe(reason: RefusalReason) -> ReasonWords:
    """Title, sentence and next step, in plain English."""
    return _WORDS[reason]
