"""Which rows and columns of a sheet are hidden, and whether it has formulas: no parser tells.

An analyst filters a list and sends the file: the rows filtered out are still in it. Texting them
would be texting people nobody chose.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from outreach.recipients.workbooks.sentences import rows_sentence


class Protected(Exception):
    """A password is needed to read the workbook."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """`rows` are numbers from 1, `columns` places from 0."""

    rows: frozenset[int] = frozenset()
    columns: frozenset[int] = frozenset()
    has_formulas: bool = False

    def seen(self, cells: Sequence[str]) -> list[str]:
        """Hidden cells as empty ones, so that the columns after them keep their letters."""
        return ["" if place in self.columns else cell for place, cell in enumerate(cells)]

    def notices(self) -> Iterator[tuple[str, str]]:
        if self.rows:
            yield "hidden-rows", rows_sentence(len(self.rows), "hidden", "not read")
        if self.columns:
            yield "hidden-rows", "Hidden columns were not read."
        if self.has_formulas:
            yield "formulas", "Formulas were read by the value last saved with the workbook."
