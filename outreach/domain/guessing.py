"""How often codes may be guessed, without shutting out the many phones behind one address.

Only codes that do not exist are counted, so a carrier's whole network may open its own pages. An
address that has guessed too much gets general help whatever code it brings, with the same answer as
for a code that does not exist: it learns nothing more, and nobody is left without help. Where the
guesses of all addresses together are too many, one guess is enough for that.

At 40 bits and 100,000 live codes, 3,000 guesses a minute leave a lucky one every 60 hours.
"""

from collections import Counter
from ipaddress import ip_address

PER_ADDRESS, ADDRESS_SECONDS = 100, 600
TOGETHER, TOGETHER_SECONDS = 3_000, 60


class Window:
    """Counts by key that start afresh every so many seconds."""

    def __init__(self, seconds: int) -> None:
        self._seconds = seconds
        self._number = 0
        self._counts: Counter[str] = Counter()

    def count(self, key: str, now: float, by: int = 0) -> int:
        """The count of `key` in the window `now` (seconds) is in, after adding `by`."""
        number = int(now // self._seconds)
        if number != self._number:
            self._number, self._counts = number, Counter()
        if by:
            self._counts[key] += by
        return self._counts[key]


class Guesses:
    """The guesses one process has seen. Kept in memory only, ten minutes at most."""

    def __init__(self, per_address: int = PER_ADDRESS, together: int = TOGETHER) -> None:
        self._limits = per_address, together
        self._by_network = Window(ADDRESS_SECONDS)
        self._by_all = Window(TOGETHER_SECONDS)

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
