"""Reading and judging a list of 100,000 rows, against phonenumbers in plain Python.

The baseline parses, validates and types each number with the library and does nothing else. Ours is
the whole command `outreach recipients check FILE --template-body … --json`, from the start of the
interpreter to the last line: file read, numbers, duplicates, texts filled, fragments, cost. Both
run in turn, several times, and the best of each counts. The targets are held against processor
time, which a busy machine spoils least; on an idle one the clock says the same.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from bench.quick import is_quick
from outreach.domain.phone import Mobile, parse_mobile
from outreach.recipients.sample import sample_list
from tests.phone_oracle import library_says, seeded, spaced, written_numbers

BODY = (
    "Hi ((name)). If things are hard, free and confidential help is here, and you are not in any "
    "trouble: ((link)) Ref ((reference)). Reply STOP to opt out"
)
BASELINE = """
import csv, sys, phonenumbers
with open(sys.argv[1], newline="", encoding="utf-8") as file:
    for row in csv.DictReader(file):
        try:
            number = phonenumbers.parse(row["phone number"], "GB")
            phonenumbers.is_valid_number(number)
            phonenumbers.number_type(number)
        except phonenumbers.NumberParseException:
            pass
"""
WRITE_WORKBOOK = """
import csv, sys, openpyxl
workbook = openpyxl.Workbook(write_only=True)
sheet = workbook.create_sheet("list")
with open(sys.argv[1], newline="", encoding="utf-8") as file:
    for row in csv.reader(file):
        sheet.append([cell if not cell.startswith("=") else f" {cell}" for cell in row])
workbook.save(sys.argv[2])
"""
COMMAND = "import sys; from outreach.cli.main import main; sys.exit(main())"
AT_LEAST_TIMES_FASTER = 5.0
XLSX_AT_MOST = 2.0
MEMORY_AT_MOST_MB = 250.0
MB = 1024.0


class Run(NamedTuple):
    """Seconds by the clock, seconds of processor, and the peak memory in MB."""

    seconds: float
    processor: float
    memory: float


def run(arguments: list[str], *, source: Path | None = None) -> Run:
    """One process to its end; what it prints is thrown away."""
    with open(source or os.devnull, "rb") as given, open(os.devnull, "wb") as dropped:
        begun = time.perf_counter()
        process = subprocess.Popen(  # noqa: S603 our own commands
            [sys.executable, *arguments], stdin=given, stdout=dropped
        )
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"a measured command failed: {arguments[:2]}")
    return Run(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / MB)


def best(runs: list[Run]) -> Run:
    return Run(
        min(run.seconds for run in runs),
        min(run.processor for run in runs),
        max(run.memory for run in runs),
    )


def check(path: Path) -> Run:
    return run(["-c", COMMAND, "recipients", "check", str(path), "--template-body", BODY, "--json"])


def workbook_child(path: Path) -> Run:
    """The process that opens the workbook, alone: its memory comes on top of the command's."""
    return run(["-m", "outreach.recipients.workbooks.child", "xlsx"], source=path)


def make_files(folder: Path, rows: int) -> tuple[Path, Path]:
    """The sample list as CSV and as a workbook, which a process of its own writes.

    A child's peak memory counts what its parent held when it began, so that this one stays small.
    """
    text, book = folder / "list.csv", folder / "list.xlsx"
    text.write_bytes(sample_list(rows, seed=1))
    run(["-c", WRITE_WORKBOOK, str(text), str(book)])
    return text, book


def measure(rows: int, times: int) -> bool:
    """Print the ratios. Returns whether all targets are met."""
    with tempfile.TemporaryDirectory() as folder:
        text, book = make_files(Path(folder), rows)
        jobs: dict[str, Callable[[], Run]] = {
            "phonenumbers": lambda: run(["-c", BASELINE, str(text)]),
            "csv": lambda: check(text),
            "xlsx": lambda: check(book),
            "child": lambda: workbook_child(book),
        }
        runs: dict[str, list[Run]] = {name: [] for name in jobs}
        for _ in range(times):
            for name, job in jobs.items():
                runs[name].append(job())
    return report(rows, {name: best(found) for name, found in runs.items()})


def report(rows: int, found: dict[str, Run]) -> bool:
    print(f"{rows:,} rows of three columns; best of several, seconds by clock and by processor")
    for name, one in found.items():
        print(f"  {name:<14}{one.seconds:6.2f} s {one.processor:6.2f} s {one.memory:7.0f} MB")
    baseline, text, book = found["phonenumbers"], found["csv"], found["xlsx"]
    faster = baseline.processor / text.processor
    longer = book.processor / text.processor
    memory = book.memory + found["child"].memory
    print(f"check of CSV, start-up included: {faster:.1f} times faster than phonenumbers alone")
    by_clock = baseline.seconds / text.seconds
    print(f"  ({by_clock:.1f} by the clock; target: at least {AT_LEAST_TIMES_FASTER:g})")
    print(f"check of XLSX: {longer:.2f} times as long as CSV")
    print(f"  ({book.seconds / text.seconds:.2f} by the clock; target: at most {XLSX_AT_MOST:g})")
    print(f"peak memory, both processes: {memory:.0f} MB (target: under {MEMORY_AT_MOST_MB:g})")
    met = faster >= AT_LEAST_TIMES_FASTER and longer <= XLSX_AT_MOST and memory < MEMORY_AT_MOST_MB
    print("all targets met" if met else "a target was missed")
    return met


def agreement(how_many: int) -> bool:
    """Hold the quick reading against the library on so many written numbers."""
    accepted = disagreed = 0
    for written in written_numbers(seeded(how_many), how_many):
        result = parse_mobile(written)
        if isinstance(result, Mobile) and result.repaired is None:
            accepted += 1
            disagreed += result[:2] != library_says(spaced(written))
    print(f"{how_many:,} written numbers, {accepted:,} accepted as they stand, {disagreed} wrongly")
    return disagreed == 0


def main() -> None:
    quick = is_quick("bench.intake")
    met = measure(200, times=1) if quick else measure(100_000, times=5)
    agreed = agreement(1_000 if quick else 1_000_000)
    sys.exit(not ((met or quick) and agreed))


if __name__ == "__main__":
    main()
