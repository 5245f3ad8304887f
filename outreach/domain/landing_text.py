"""What a campaign's landing page says: a heading and plain paragraphs, in each language it has."""

from dataclasses import dataclass

LANGUAGES = {"en": "English", "cy": "Welsh"}
"""By BCP 47 tag. English is always there."""


@dataclass(frozen=True)
class LandingText:
    """The words in one language. Paragraphs are separated by an empty line; there is no markup."""

    language: str
    heading: str
    body: str

    @property
    def paragraphs(self) -> tuple[str, ...]:
        return paragraphs(self.body)


def paragraphs(body: str) -> tuple[str, ...]:
    """The paragraphs of a plain text; a line end within one stays."""
    return tuple(part.strip() for part in body.split("\n\n") if part.strip())


USUAL = LandingText(
    "en",
    "Free, private support",
    "Support is there for you, or for somebody close to you, whenever you want it.\n\n"
    "You can talk to people who are independent and who listen. You do not have to give your name "
    "or explain anything.\n\n"
    "They keep what you say to themselves, unless somebody is in serious danger.",
)
"""What a new campaign starts with: nothing about drugs or police, and nothing about the person."""
