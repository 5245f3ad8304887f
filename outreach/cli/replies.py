"""Read replies from the command line, with no database and no site."""

import json
import sys
from collections.abc import Iterable, Iterator

import click

from outreach.domain.replies import classify as read


@click.group()
def replies() -> None:
    """Read what people answer."""


@replies.command()
def classify() -> None:
    """Class each line of standard input: opt_out, opt_in, wrong_person, urgent or review.

    One JSON object a line comes out, in order and at once: {"text", "class", "why"}. Both sides are
    UTF-8; a byte that is not becomes the replacement character.
    """
    output = sys.stdout
    for line in classified(_lines()):
        output.buffer.write(line.encode() + b"\n")
        output.buffer.flush()


def classified(texts: Iterable[str]) -> Iterator[str]:
    """Each text as the JSON line that says its class."""
    for text in texts:
        reading = read(text)
        found = {"text": text, "class": str(reading.reply_class), "why": reading.why}
        yield json.dumps(found, ensure_ascii=False)


def _lines() -> Iterator[str]:
    """Lines end at a line feed alone, so that a text may hold any other character."""
    for raw in sys.stdin.buffer:
        yield raw.removesuffix(b"\n").removesuffix(b"\r").decode("utf-8", "replace")
