"""What fills a landing page. It holds nothing of the person, so pages can be kept and shared."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Content:
    """A campaign's own text in one language, and the charity's details.

    The whole of it is the key under which a rendered page is kept: a changed word is a new page.
    """

    heading: str
    body: str
    partner: str
    phone: str
    website: str
