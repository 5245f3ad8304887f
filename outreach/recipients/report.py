"""The row report: as a download, and how long until there is one."""

import csv
import io
from collections.abc import Iterable, Iterator

from outreach import clock
from outreach.domain.csv_safety import neutralise
from outreach.domain.refusal import RefusalReason, describe
from outreach.models import RowProblem, Upload

HEADER = ("row", "number", "reason", "what this means", "what to do")


def csv_lines(problems: Iterable[RowProblem]) -> Iterator[str]:
    """One line a row that will not be texted: numbers masked, formulas made harmless."""
    yield _line(HEADER)
    for problem in problems:
        words = describe(RefusalReason(problem.reason))
        yield _line(
            (
                str(problem.row_number),
                problem.masked,
                words.title,
                problem.detail or words.sentence,
                words.next_step,
            )
        )


def remaining_time(upload: Upload) -> str | None:
    """In words, from the pace so far; None before there is one."""
    spent = (clock.now() - upload.uploaded_at).total_seconds()
    if not upload.rows_done or upload.status != "checking":
        return None
    seconds = spent * (upload.rows_total - upload.rows_done) / upload.rows_done
    if seconds < 60:
        return "less than a minute"
    minutes = round(seconds / 60)
    return f"about {minutes} minute{'s' if minutes > 1 else ''}"


def _line(cells: Iterable[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow([neutralise(cell) for cell in cells])
    return out.getvalue()
