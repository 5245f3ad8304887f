"""Every damaged list we know, tried now: what it is, what is said of it, how long that took.

Prints a Markdown table.
"""

import time

from bench.quick import is_quick
from outreach.domain.list_file import FileRefused
from outreach.recipients.reader import open_list
from tests.damaged_files import DAMAGED


def main() -> None:
    print("| list | fault | row | what its owner reads | s |")
    print("|---|---|---|---|---|")
    for damaged in DAMAGED[:10] if is_quick("bench.damaged_lists") else DAMAGED:
        data = damaged.make()
        wanted = ["name"] if damaged.fault == "missing-columns" else None
        begun = time.perf_counter()
        try:
            open_list(data, wanted=wanted)
        except FileRefused as refused:
            seconds = time.perf_counter() - begun
            row = refused.row or ""
            print(f"| {damaged.name} | {refused.fault} | {row} | {refused} | {seconds:.2f} |")
        else:
            print(f"| {damaged.name} | read | | | |")


if __name__ == "__main__":
    main()
