"""What a password must be: long, and hard to guess as zxcvbn judges it (ASVS 5.0, 6.2).

No rule on kinds of characters, no expiry. zxcvbn knows the tens of thousands of passwords people
choose most; the person's own name and address and the name of the service count as known too.
"""

import unicodedata
from typing import Any

from flask_security import PasswordUtil
from zxcvbn import zxcvbn

from outreach.models import User

SHORTEST = 12
LONGEST = 128
"""Longer than the 64 that ASVS 6.2.9 asks to allow; Argon2 takes all of it."""
ENOUGH = 3
"""zxcvbn's scale of 0 to 4: 10 to the power of 8 guesses and more."""
MOST_JUDGED = 72
"""zxcvbn's time grows fast with length; what is hard to guess after 72 characters stays so."""
KNOWN_WORDS = ("outreach", "police", "notify")


def as_hashed(password: str) -> str:
    """One form (NFKD) for what looks alike: a keyboard sends "ŵ" as one character or as two."""
    return unicodedata.normalize("NFKD", password)


def cut(password: str) -> str:
    """What was typed for a password, no longer than any password is: the rest could only be wrong,
    and hashing it takes time."""
    return password[: LONGEST + 1]


class PasswordRules(PasswordUtil):
    """Flask-Security asks this wherever somebody chooses or gives a password."""

    def normalize(self, password: str) -> str:
        return as_hashed(password)

    def validate(
        self, password: str, is_register: bool, **kwargs: Any
    ) -> tuple[list[str] | None, str]:
        """The problems, or None, and the password as it is to be hashed."""
        normal: str = self.normalize(cut(password))
        problem = problem_of(normal, kwargs.get("user"))
        return ([problem] if problem else None), normal


def problem_of(password: str, person: User | None) -> str | None:
    """Why it may not be used, in a sentence, or None."""
    if len(password) < SHORTEST:
        return f"Your password must be at least {SHORTEST} characters"
    if len(password) > LONGEST:
        return f"Your password must be {LONGEST} characters or fewer"
    known = [*KNOWN_WORDS, *_words_of(person)]
    if zxcvbn(password[:MOST_JUDGED], user_inputs=known)["score"] < ENOUGH:
        return "This password is too easy to guess. Three random words make a good one"
    return None


def _words_of(person: User | None) -> list[str]:
    if person is None:
        return []
    return [person.email, *person.email.replace("@", ".").split("."), *person.name.split()]
