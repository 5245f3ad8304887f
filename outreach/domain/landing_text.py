"""What a campaign's landing page says: a heading and plain text, in each language it has."""

from dataclasses import dataclass

from outreach.domain.landing import Block, read_text


@dataclass(frozen=True)
class LandingText:
    """The words in one language, by its BCP 47 tag. English is always there."""

    language: str
    heading: str
    body: str

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The paragraphs and lists of the text."""
        return read_text(self.body)


USUAL = LandingText(
    "en",
    "Free, private support",
    "Support is there for you, or for somebody close to you, whenever you want it.\n\n"
    "You can talk to people who are independent and who listen. You do not have to give your name "
    "or explain anything.\n\n"
    "They keep what you say to themselves, unless somebody is in serious danger.",
)
"""What a new campaign starts with: nothing about drugs or police, and nothing about the person."""
