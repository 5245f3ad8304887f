"""Print how well the labelled replies are read: `python -m tests.domain.replies.score`.

With a number, only that later batch.
"""

import sys
from collections.abc import Iterable

from outreach.domain.replies import ReplyClass
from tests.domain.replies.labels import (
    Labelled,
    confusion,
    held_out,
    later_batches,
    precision,
    recall,
    swallowed,
)


def table(replies: list[Labelled]) -> Iterable[str]:
    """Rows are labels, columns what they were read as; recall and precision at the end."""
    counts = confusion(replies)
    present = [label for label in ReplyClass if any(counts[label, read] for read in ReplyClass)]
    yield (
        f"{'':14}"
        + "".join(f"{read:>14}" for read in ReplyClass)
        + f"{'recall':>10}{'precision':>11}"
    )
    for label in present:
        cells = "".join(f"{counts[label, read]:>14}" for read in ReplyClass)
        rates = f"{recall(counts, label):>10.1%}{precision(counts, label):>11.1%}"
        yield f"{label:14}{cells}{rates}"
    yield f"{len(replies)} replies; {len(swallowed(replies))} for a person were settled without one"


def main(batch: str | None) -> None:
    chosen = later_batches() if batch else held_out()
    replies = [reply for reply in chosen if batch in (None, reply.group)]
    for line in table(replies):
        sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)
