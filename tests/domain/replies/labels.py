"""The labelled replies: which class a careful safeguarding lead would give each.

`labelled.tsv` was written before any rule was tuned and is cut in halves by a hash of the text: one
to tune on, one held out. `later.tsv` holds eleven batches, each written after the rules had learnt
from those before it and scored before they learnt from it.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from outreach.domain.replies import ReplyClass, classify

FOLDER = Path(__file__).parent
ASKS_HELP = {"help", "welsh-help"}


@dataclass(frozen=True, slots=True)
class Labelled:
    """`group` is the kind of reply in `labelled.tsv`, the batch in `later.tsv`."""

    group: str
    label: ReplyClass
    text: str
    held_out: bool


def first_set() -> list[Labelled]:
    return [_labelled(kind, label, raw) for label, kind, raw in _rows("labelled.tsv")]


def held_out() -> list[Labelled]:
    return [reply for reply in first_set() if reply.held_out]


def later_batches() -> list[Labelled]:
    return [_labelled(batch, label, raw) for batch, label, raw in _rows("later.tsv")]


def confusion(replies: Iterable[Labelled]) -> Counter[tuple[ReplyClass, ReplyClass]]:
    """How many replies of each label (first) were read as each class (second)."""
    return Counter((reply.label, classify(reply.text).reply_class) for reply in replies)


def recall(table: Counter[tuple[ReplyClass, ReplyClass]], label: ReplyClass) -> float:
    return table[label, label] / sum(table[label, read] for read in ReplyClass)


def precision(table: Counter[tuple[ReplyClass, ReplyClass]], read: ReplyClass) -> float:
    return table[read, read] / sum(table[label, read] for label in ReplyClass)


def swallowed(replies: Iterable[Labelled]) -> list[Labelled]:
    """Replies a person must see that were settled without one."""
    seen = {ReplyClass.URGENT, ReplyClass.REVIEW}
    return [
        reply
        for reply in replies
        if reply.label in seen and classify(reply.text).reply_class not in seen
    ]


def _rows(name: str) -> list[list[str]]:
    lines = (FOLDER / name).read_text(encoding="utf-8").split("\n")
    return [line.split("\t", 2) for line in lines[1:] if line]


def _labelled(group: str, label: str, raw: str) -> Labelled:
    r"""`\n` and `\u200b` stand for what a line of the file cannot hold."""
    text = re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), raw)
    held = bool(sha256(raw.encode()).digest()[0] & 1)
    return Labelled(group, ReplyClass(label), text.replace("\\n", "\n"), held)
