"""Small numbers that give nobody away (design section 8).

NHS England's rule for sub-national counts (Hospital Episode Statistics, since September 2018): 1 to
7 reads `*`, everything else is rounded to the nearest 5; nought stays nought. By itself the rule is
not safe beside a total that is rounded on its own: of (1, 8, 8) it shows `*`, 10, 10 and 15, and
only 1 fits. So what is derived here (totals, prices) is made of the published cells and of nothing
else. Then whoever sees everything knows of a star what the star says: all of 1 to 7 fit.

The same holds from one report to the next, because a cell is published once a week and then stands:
whoever could look at any moment would see a star become 10 and know that it had been 7.
"""

from collections.abc import Iterable
from fractions import Fraction

SMALLEST_SHOWN = 8
STEP = 5
STAR = "*"

Shown = int | None
"""A published count; None is a star."""


def publish(count: int, people: int) -> Shown:
    """A count, of so many `people`, as it may be shown. Raises ValueError for one below nought.

    Where a campaign had fewer than SMALLEST_SHOWN people every cell is a star: a nought would say
    of each of them, by name to whoever made the list, that they did not turn to the charity.
    """
    if count < 0:
        raise ValueError("a count cannot be negative")
    if people < SMALLEST_SHOWN or 0 < count < SMALLEST_SHOWN:
        return None
    return STEP * ((count + STEP // 2) // STEP)


def total(cells: Iterable[Shown]) -> Shown:
    """The sum of the cells that are shown: a star where nothing but stars and noughts is there."""
    cells = list(cells)
    shown = sum(cell for cell in cells if cell is not None)
    return None if shown == 0 and None in cells else shown


def per_one(amount: Fraction | int, shown: Shown) -> Fraction | None:
    """What one of `shown` costs, from the published count only; None where none can be told."""
    return Fraction(amount) / shown if shown else None


def words(shown: Shown) -> str:
    """`*`, `0`, `1,235`."""
    return STAR if shown is None else f"{shown:,}"
