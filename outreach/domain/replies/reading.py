"""What reading a reply can say."""

from dataclasses import dataclass
from enum import StrEnum


class ReplyClass(StrEnum):
    """Exactly one of these for every reply (design, section 6)."""

    OPT_OUT = "opt_out"
    OPT_IN = "opt_in"
    WRONG_PERSON = "wrong_person"
    URGENT = "urgent"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Reading:
    """A reply's class and what follows from it.

    `why` names the rule in one plain sentence and never repeats the reply.
    `suppresses`: the number goes on the suppression list at once.
    `holds`: nothing more is sent until a person has read the reply.
    """

    reply_class: ReplyClass
    why: str
    suppresses: bool
    holds: bool
