"""The page a recipient opens: what its text may be, and one size for every page (design section 7).

A page's size would tell who watches the line which page was opened. So every page is filled up to
the same size, and a campaign's text is limited so that it always fits.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from outreach.domain.errors import OutreachError

PAGE_BYTES = 13_312
"""With its headers it fits the ten segments a server sends at first (RFC 6928): one round trip."""

VISIT = "visit"
"""The act of going on to the charity's site, as it is counted."""

TEXT_BYTES = 4_000
"""For heading and text together, as HTML; about 600 English words."""

_PARAGRAPH_BYTES = 32
_ITEM_BYTES = 12
_BULLET = re.compile(r"\s*[*\-\u2022]\s+")
_FILLER_START, _FILLER_END = b"<!--", b"-->"


class LandingTextTooLong(OutreachError):
    """The text would not fit the page's size. Holds both sizes in bytes."""

    def __init__(self, size: int) -> None:
        over = size - TEXT_BYTES
        super().__init__(f"The heading and text of the page are {over} characters too long.")
        self.size, self.limit = size, TEXT_BYTES


@dataclass(frozen=True)
class Block:
    """A paragraph (one item), or a list of points where `is_list`."""

    items: tuple[str, ...]
    is_list: bool = False


def read_text(text: str) -> tuple[Block, ...]:
    """Plain text as paragraphs, which a blank line ends, and lists, whose lines start with `* `."""
    blocks = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    return tuple(block for part in blocks if part.strip() for block in _read_part(part))


def check_text(heading: str, text: str) -> None:
    """Raises LandingTextTooLong where a campaign's words would not fit the page."""
    size = _size(heading) + sum(_block_size(block) for block in read_text(text))
    if size > TEXT_BYTES:
        raise LandingTextTooLong(size)


def fill_up(page: bytes) -> bytes:
    """The page with a comment after it that brings it to PAGE_BYTES, or to the next multiple."""
    room = -(len(page) + len(_FILLER_START) + len(_FILLER_END)) % PAGE_BYTES
    return page + _FILLER_START + b" " * room + _FILLER_END


def dial(phone: str) -> str:
    """The address that calls a number as it is written for people: `tel:08081570123`."""
    return "tel:" + "".join(c for c in phone if c.isdecimal() or c == "+")


def web_address(website: str) -> str:
    """A partner's address with its scheme, for those written without one."""
    website = website.strip()
    return website if website.startswith(("https://", "http://")) else f"https://{website}"


def _read_part(part: str) -> Iterator[Block]:
    """Lines that are not points join into paragraphs; points next to each other make one list."""
    words: list[str] = []
    points: list[str] = []
    for line in part.split("\n"):
        bullet = _BULLET.match(line)
        if bullet:
            yield from _paragraph(words)
            points.append(line[bullet.end() :].strip())
        else:
            yield from _points(points)
            words.append(line.strip())
    yield from _paragraph(words)
    yield from _points(points)


def _paragraph(words: list[str]) -> Iterator[Block]:
    if words:
        yield Block((" ".join(words),))
        words.clear()


def _points(points: list[str]) -> Iterator[Block]:
    if points:
        yield Block(tuple(points), is_list=True)
        points.clear()


def _block_size(block: Block) -> int:
    return _PARAGRAPH_BYTES + sum(_ITEM_BYTES + _size(item) for item in block.items)


def _size(text: str) -> int:
    return len(html.escape(text).encode())
