"""How often codes may be guessed, without shutting out the many phones behind one address.

Only codes that do not exist are counted, so a carrier's whole network may open its own pages. An
address that has guessed too much gets general help whatever code it brings, with the same answer as
for a code that does not exist: it learns nothing more, and nobody is left without help. Where the
guesses of all addresses together are too many, one guess is enough for that.

At 40 bits and 100,000 live codes, 3,000 guesses a minute leave a lucky one every 60 hours.
"""

from hashlib import blake2b
from ipaddress import ip_address
from secrets import token_bytes
from struct import iter_unpack

PER_ADDRESS, ADDRESS_SECONDS = 100, 600
TOGETHER, TOGETHER_SECONDS = 3_000, 60

_CELLS, _CELL_BYTES = 1 << 20, 4
_TOGETHER_CELLS = 2
MEMORY_BYTES = (1 + _CELLS + _TOGETHER_CELLS) * _CELL_BYTES
_SALT = token_bytes(16)
"""No address can be chosen to share another's cells."""


class Window:
    """Counts by key that start afresh every so many seconds.

    `cells`, unsigned integers, hold the window's number and then the counts; processes may share
    them. A key has three cells and the least of them is its count: at the most guesses there can be
    in a window, one key in a thousand has all three in common with others. Of two processes that
    count at the same moment one may be lost.
    """

    def __init__(self, seconds: int, cells: memoryview) -> None:
        self._seconds, self._cells = seconds, cells
        self._nothing = memoryview(bytes(cells[1:].nbytes)).cast("I")

    def count(self, key: str, now: float, by: int = 0) -> int:
        """The count of `key` in the window `now` (seconds) is in, after adding `by`."""
        cells, number = self._cells, int(now // self._seconds)
        if cells[0] != number:
            cells[1:], cells[0] = self._nothing, number
        places = self._places(key)
        if by:
            for place in places:
                cells[place] += by
        return min(cells[place] for place in places)

    def _places(self, key: str) -> set[int]:
        digest = blake2b(key.encode(), digest_size=12, key=_SALT).digest()
        return {1 + value % (len(self._cells) - 1) for (value,) in iter_unpack("<I", digest)}


class Guesses:
    """The guesses seen by all processes that share `memory`, MEMORY_BYTES of it, all zero at first;
    without it by one. No address is kept, and no count for more than ten minutes."""

    def __init__(
        self,
        per_address: int = PER_ADDRESS,
        together: int = TOGETHER,
        memory: memoryview | None = None,
    ) -> None:
        cells = (memory or memoryview(bytearray(MEMORY_BYTES))).cast("I")
        self._limits = per_address, together
        self._by_network = Window(ADDRESS_SECONDS, cells[_TOGETHER_CELLS:])
        self._by_all = Window(TOGETHER_SECONDS, cells[:_TOGETHER_CELLS])

    def may_look_up(self, address: str | None, now: float) -> bool:
        """Whether a code that comes from this address is looked up."""
        per_address, together = self._limits
        guessed = self._by_network.count(network_of(address), now)
        if self._by_all.count("", now) >= together:
            return guessed == 0
        return guessed < per_address

    def count(self, address: str | None, now: float, *, is_known: bool) -> None:
        """Note what became of a code. It takes as long for one that exists."""
        by = 0 if is_known else 1
        self._by_network.count(network_of(address), now, by)
        self._by_all.count("", now, by)


def network_of(address: str | None) -> str:
    """The address, or the first half of it for IPv6, of which a subscriber has all the rest."""
    if address is None or ":" not in address:
        return address or "unknown"
    return ":".join(ip_address(address.partition("%")[0]).exploded.split(":")[:4])
