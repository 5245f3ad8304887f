"""Faults that can be switched on: what goes wrong at Notify, or on the way to and from it."""

from collections import defaultdict
from dataclasses import dataclass
from hashlib import blake2b
from threading import Lock
from typing import Final

# Name -> what happens. The default number of seconds stands in SECONDS.
KNOWN: Final[dict[str, str]] = {
    "rate-limit": "A send is refused with 429 RateLimitError.",
    "daily-limit": "A send is refused with 429 TooManyRequestsError.",
    "error-500": "A send fails with 500 and nothing is stored.",
    "error-500-after-storing": "A send fails with 500 although the message was taken.",
    "html-503": "A send gets a 503 page in HTML and nothing is stored.",
    "html-503-after-storing": "A send gets a 503 page in HTML although the message was taken.",
    "timeout-504": "A send gets 504 and nothing is stored.",
    "timeout-504-after-storing": "A send gets 504 although the message was taken.",
    "hang": "A send waits first; the message is taken after the caller may have given up.",
    "hang-after-storing": "A send is taken at once but the answer comes too late.",
    "reset": "The connection of a send is cut and nothing is stored.",
    "reset-after-storing": "The connection of a send is cut although the message was taken.",
    "not-json-201": "A send is taken and answered 201 with a body that is not JSON.",
    "slow": "A send is answered late, but in time.",
    "read-error-500": "A read fails with 500.",
    "read-html-503": "A read gets a 503 page in HTML.",
    "read-timeout-504": "A read gets 504.",
    "read-hang": "A read is answered too late.",
    "read-reset": "The connection of a read is cut.",
    "receipt-duplicate": "A receipt is posted twice.",
    "receipt-early": "A receipt is posted before the 201 is answered.",
    "receipt-late": "A receipt is held back, so that later ones overtake it.",
    "receipt-lost": "A receipt is never posted, although the message has its final status.",
    "receipt-unknown-id": "A receipt for a message nobody knows is posted as well.",
    "receipt-null-reference": "A receipt carries no reference.",
    "receipt-null-sent-at": "A receipt carries no sending time.",
    "never-final": "The network stays silent: the message waits for the 72-hour rule.",
    "technical-failure": "The message reaches no network: technical-failure, and no receipt.",
    "double-text": "The network delivers the same text twice to the phone.",
    "received-duplicate": "A received text is posted twice under one id.",
    "received-twice": "The network hands in a received text twice, under two ids.",
    "received-lost": "A received text is never posted; only the list has it.",
}
SECONDS: Final[dict[str, float]] = {
    "hang": 12.0,
    "hang-after-storing": 12.0,
    "read-hang": 12.0,
    "slow": 2.0,
    "receipt-late": 5.0,
}


@dataclass(slots=True)
class Fault:
    """One fault that is on: how often, how many more times, for how long, for whom."""

    name: str
    probability: float = 1.0
    remaining: int | None = None
    seconds: float = 0.0
    number: str | None = None
    hits: int = 0


class Faults:
    """Which faults are on. Whether one strikes depends only on the seed, the fault, the message
    and how often that message met it, never on the order in which threads happen to run."""

    def __init__(self, seed: int = 0) -> None:
        self._lock = Lock()
        self.clear(seed)

    def clear(self, seed: int) -> None:
        """Switch everything off and start the draws afresh."""
        with self._lock:
            self.seed = seed
            self._on: dict[str, Fault] = {}
            self._met: dict[tuple[str, str], int] = defaultdict(int)

    def on(self, fault: Fault) -> None:
        """Switch a fault on. Raises ValueError for an unknown name or a bad probability."""
        if fault.name not in KNOWN:
            raise ValueError(f"There is no fault named {fault.name}.")
        if not 0 <= fault.probability <= 1:
            raise ValueError("A probability lies between 0 and 1.")
        fault.seconds = fault.seconds or SECONDS.get(fault.name, 0.0)
        with self._lock:
            self._on = {**self._on, fault.name: fault}

    def off(self, name: str) -> None:
        with self._lock:
            self._on = {key: fault for key, fault in self._on.items() if key != name}

    def listed(self) -> list[Fault]:
        return list(self._on.values())

    def strikes(self, name: str, key: str, number: str | None = None) -> Fault | None:
        """The fault if it strikes this message now, else None."""
        fault = self._on.get(name)
        if fault is None or (fault.number is not None and fault.number != number):
            return None
        with self._lock:
            if fault.remaining == 0 or self._draw(name, key) >= fault.probability:
                return None
            if fault.remaining is not None:
                fault.remaining -= 1
            fault.hits += 1
            return fault

    def first(self, names: tuple[str, ...], key: str, number: str | None = None) -> Fault | None:
        """The first of several faults that strikes, in the order given."""
        if not self._on:
            return None
        for name in names:
            if name in self._on and (fault := self.strikes(name, key, number)):
                return fault
        return None

    def _draw(self, name: str, key: str) -> float:
        self._met[name, key] += 1
        return fraction(self.seed, name, key, self._met[name, key])


def fraction(*parts: object) -> float:
    """A number in [0, 1) that depends on nothing but the parts."""
    digest = blake2b("|".join(map(str, parts)).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") / 2**64
