"""Notify's messages may echo what was submitted; this takes it out before anything is stored."""

import re
from collections.abc import Iterable

LONG_DIGITS = re.compile(r"\+?\d(?:[\s().-]*\d){6,}")
HIDDEN = "[hidden]"
LONGEST = 300


def scrub(message: str, submitted: Iterable[str] = ()) -> str:
    """The message without submitted values, without runs of seven or more digits, and short.

    Values under three characters are left: they say nothing and would tear words apart.
    """
    for value in sorted(set(submitted), key=len, reverse=True):
        if len(value) >= 3:
            message = message.replace(value, HIDDEN)
    message = LONG_DIGITS.sub(HIDDEN, message)
    return message if len(message) <= LONGEST else message[: LONGEST - 1] + "…"
