"""Reading replies, beside the least a reader could do: fold case and look a keyword up.

Both read every labelled reply in the same run, on one core; the time is the process's own, so that
other work on the machine does not count.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

from bench.quick import is_quick
from outreach.domain.replies import classify

FOLDER = Path(__file__).parents[1] / "tests" / "domain" / "replies"
KEYWORDS = frozenset(
    ("stop", "stopall", "unsubscribe", "cancel", "end", "quit", "optout", "revoke")
)
TARGET = 20_000
"""Replies a second."""
ROUNDS = 5


def texts() -> list[str]:
    lines = [
        line
        for name in ("labelled.tsv", "later.tsv")
        for line in (FOLDER / name).read_text(encoding="utf-8").split("\n")[1:]
    ]
    return [line.split("\t", 2)[2] for line in lines if line]


def look_up(text: str) -> str:
    return "opt_out" if text.strip().casefold() in KEYWORDS else "review"


def rate(read: Callable[[str], object], replies: list[str]) -> float:
    """Replies a second, the best of a few rounds."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.process_time()
        for reply in replies:
            read(reply)
        best = min(best, time.process_time() - start)
    return len(replies) / best


def long_replies(replies: list[str]) -> list[str]:
    """Each made of several, as long as the longest text Notify passes on."""
    return [". ".join(replies[at : at + 30])[:918] for at in range(0, len(replies) - 30, 30)]


def main() -> int:
    quick = is_quick("bench.replies")
    replies = texts()[:200] if quick else texts()
    plain, ours = rate(look_up, replies), rate(classify, replies)
    long = long_replies(replies)
    mean = sum(map(len, replies)) / len(replies)
    print(f"{len(replies):,} labelled replies of {mean:.0f} characters")
    print(f"keyword look-up {plain:>12,.0f} replies/s")
    print(f"classify        {ours:>12,.0f} replies/s  (1 : {plain / ours:.0f}; target {TARGET:,})")
    print(f"classify, long  {rate(classify, long):>12,.0f} replies/s of 900 characters")
    met = ours >= TARGET
    print("met" if met else "NOT MET")
    return 0 if met or quick else 1


if __name__ == "__main__":
    sys.exit(main())
