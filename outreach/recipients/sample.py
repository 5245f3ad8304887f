"""A list for trying things out: realistic people, realistic faults, numbers that reach nobody.

The same rows and seed always give the same bytes, so that a demonstration can be repeated and a
test can count.
"""

import csv
import io
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count, cycle, islice

HEADER = ("phone number", "name", "reference")
SMOKE_ENDS = frozenset({0, 111, 222})
"""Of the drama range, Notify takes these for smoke tests and sends no receipt for them."""
FIRST_NAMES = (
    "Aaliyah", "Aled", "Amir", "Ann", "Bethan", "Callum", "Chloe", "Chukwuemeka", "Daniel", "Dewi",
    "Eluned", "Ewan", "Fatima", "Gethin", "Grace", "Hamza", "Ioan", "Jade", "Jayden", "Jo-Anne",
    "Kayleigh", "Kieran", "Lily", "Llŷr", "Megan", "Mohammed", "Niamh", "O’Shea", "Priya", "Reece",
    "Rhys", "Siân", "Siwan", "Tŵm", "Tyrone", "Wojciech", "Yusuf", "Zoë", "Zuzanna",
)  # fmt: skip
LANDLINES = ("0117 496 0{:03d}", "020 7946 0{:03d}", "029 2018 0{:03d}")
"""Ofcom's landline numbers for drama."""
CROWN_DEPENDENCIES = ("07797300{:03d}", "07781300{:03d}", "07624300{:03d}")
"""In Jersey, Guernsey and the Isle of Man, where no numbers are set aside: plainly made up."""
FORMULA = '=HYPERLINK("http://example.com","Ann")'
FAULT_EVERY = 7
OPTED_OUT_EVERY = 40

Row = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is done to a row; whether the row takes the next number of the sample."""

    make: Callable[[Row, random.Random], Row]
    is_of_a_new_number: bool = True


def sample_list(rows: int, seed: int = 1) -> bytes:
    """A CSV of so many rows under its header, with blank rows in between that are not counted."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADER)
    chance = random.Random(seed)  # noqa: S311 repeatable on purpose  # nosec B311
    for place, row in enumerate(islice(_rows(chance), rows), start=1):
        writer.writerow(row)
        if place % 97 == 0:
            writer.writerow(("", "", ""))
    return out.getvalue().encode("utf-8")


def sample_opted_out(rows: int, seed: int = 1) -> tuple[str, ...]:
    """Numbers of that list, in E.164, for a demonstration's suppression list: about 1 row in 40."""
    chance = random.Random(seed)  # noqa: S311 the same as the list's  # nosec B311
    listed = islice(_rows(chance), rows)
    return tuple(
        f"+44{_plain(row[0])[1:]}"
        for place, row in enumerate(listed)
        if place % OPTED_OUT_EVERY == 1 and not _is_faulty(place)
    )


def sample_numbers() -> Iterator[str]:
    """UK mobiles, national, each once: the drama range, then an unbroken series in 07400 000.

    Some of the latter may belong to somebody: lists of over 1,000 rows are for a simulator only.
    """
    yield from (f"07700900{end:03d}" for end in range(1000) if end not in SMOKE_ENDS)
    yield from (f"07400{end:06d}" for end in count())


def _is_faulty(place: int) -> bool:
    return place % FAULT_EVERY == FAULT_EVERY - 1


def _rows(chance: random.Random) -> Iterator[Row]:
    """Endless. Every seventh row has the next fault of the round."""
    faults, numbers = cycle(FAULTS), sample_numbers()
    for place in count():
        fault = next(faults) if _is_faulty(place) else NO_FAULT
        number = next(numbers) if fault.is_of_a_new_number else ""
        row = _spaced(number, chance), chance.choice(FIRST_NAMES), f"REF-{place + 1:05d}"
        yield fault.make(row, chance)


def _spaced(number: str, chance: random.Random) -> str:
    """As people write it: mostly plain, sometimes with spaces or the country code."""
    return chance.choice(
        (
            number,
            number,
            number,
            f"{number[:5]} {number[5:]}",
            f"{number[:5]} {number[5:8]} {number[8:]}",
            f"+44{number[1:]}",
            f"+44 (0){number[1:5]} {number[5:]}",
        )
    )


def _plain(number: str) -> str:
    digits = "".join(filter(str.isdigit, number))
    return "0" + digits.removeprefix("44").removeprefix("0")


def _damaged(change: Callable[[str], str]) -> Fault:
    """A fault of the number, made from its plain national form."""
    return Fault(lambda row, _: (change(_plain(row[0])), *row[1:]))


def _named(name: str) -> Fault:
    return Fault(lambda row, _: (row[0], name, row[2]))


def _other_cell(make: Callable[[random.Random], str]) -> Fault:
    """Something else where the number should be, so that none of the sample's is used up."""
    return Fault(lambda row, chance: (make(chance), *row[1:]), is_of_a_new_number=False)


def _ending(patterns: tuple[str, ...]) -> Fault:
    return _other_cell(lambda chance: chance.choice(patterns).format(chance.randrange(1, 1000)))


NO_FAULT = Fault(lambda row, _: row)
REPEATED = _other_cell(lambda chance: _spaced(f"07700900{chance.randrange(1, 7):03d}", chance))
"""One of the first six people again, under another name."""
FAULTS: tuple[Fault, ...] = (
    REPEATED,
    _damaged(lambda number: number[1:]),
    _ending(LANDLINES),
    _damaged(lambda number: number[:-1]),
    _named("Tŵm ŵyn"),
    _damaged(lambda number: f"{number[1:]}.0"),
    _damaged(lambda number: f"{int('44' + number[1:]):.5E}"),
    _ending(CROWN_DEPENDENCIES),
    _named("Jade 🌟"),
    _damaged(lambda number: f"{number}4"),
    _damaged(lambda number: f"'{number}"),
    _named(""),
    REPEATED,
    _damaged(lambda number: f"44{number[1:]}"),
    _named(FORMULA),
    _other_cell(lambda _: ""),
    _other_cell(lambda _: "not known"),
    _damaged(lambda number: f"{number} / {number[:-1]}8"),
    _damaged(lambda number: f"070{number[3:]}"),
    _other_cell(lambda _: "+353 20 910 1234"),
)
"""In the order in which they come. Half of them can be mended or texted all the same."""
