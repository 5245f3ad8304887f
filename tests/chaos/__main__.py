"""`python -m tests.chaos`: runs on both databases with several seeds, and prints the counts."""

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.chaos.driver import Plan, run


def main() -> int:
    options = _options()
    failures = 0
    for plan in _plans(options):
        folder = Path(tempfile.mkdtemp(prefix="outreach-chaos-"))
        verdict = run(plan, folder)
        print(verdict, flush=True)  # noqa: T201 - what it is for
        if verdict.problems:
            failures += 1
            print(f"  logs are kept in {folder}", flush=True)  # noqa: T201
        else:
            shutil.rmtree(folder)
    return 1 if failures else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--database", choices=["sqlite", "postgresql", "both"], default="both")
    parser.add_argument("--messages", type=int, default=5_000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seeds", type=int, default=1, help="how many, one run each")
    parser.add_argument("--seed", type=int, default=1, help="the first of them")
    parser.add_argument("--no-restart", action="store_true", help="leave PostgreSQL running")
    return parser.parse_args()


def _plans(options: argparse.Namespace) -> Iterator[Plan]:
    databases = ["sqlite", "postgresql"] if options.database == "both" else [options.database]
    for seed in range(options.seed, options.seed + options.seeds):
        for database in databases:
            is_postgresql = database == "postgresql"
            yield Plan(
                database=database,
                messages=options.messages,
                kills=options.kills,
                seed=seed,
                workers=3 if is_postgresql else 1,
                has_restart=is_postgresql and not options.no_restart,
                opt_outs=max(10, options.messages * 3 // 100),
            )


if __name__ == "__main__":
    sys.exit(main())
