"""How often codes may be guessed, without shutting out the many phones behind one address.

Only codes that do not exist are counted, so a carrier's whole network may open its own pages. An
address that has guessed too much gets general help whatever code it brings, with the same answer as
for a code that does not exist: it learns nothing more, and nobody is left without help. Where the
guesses of all addresses together are too many, one guess is enough for that.

At 40 bits and 100,000 live codes the limit for all leaves a lucky guess every 60 hours. The counts
are kept in memory, by each process, for ten minutes at most, and are never stored.
"""

from ipaddress import ip_address

from limits import parse

from outreach.extensions import limiter

PER_ADDRESS = parse("100 per 10 minutes")
TOGETHER = parse("3000 per minute")
_GUESSED, _KNOWN = "landing guess", "landing known"


def may_look_up(address: str | None) -> bool:
    """Whether codes from this address are looked up."""
    network = network_of(address)
    if not limiter.limiter.test(PER_ADDRESS, _GUESSED, network):
        return False
    if limiter.limiter.test(TOGETHER, _GUESSED):
        return True
    return limiter.limiter.get_window_stats(PER_ADDRESS, _GUESSED, network).remaining == (
        PER_ADDRESS.amount
    )


def count(address: str | None, *, is_known: bool) -> None:
    """Count a guess. Counting costs the same for a code that exists, so that time tells nothing."""
    if is_known:
        limiter.limiter.hit(PER_ADDRESS, _KNOWN)
        limiter.limiter.hit(TOGETHER, _KNOWN)
    else:
        limiter.limiter.hit(PER_ADDRESS, _GUESSED, network_of(address))
        limiter.limiter.hit(TOGETHER, _GUESSED)


def network_of(address: str | None) -> str:
    """The address, or the first half of it for IPv6, of which a subscriber has all the rest."""
    if address is None or ":" not in address:
        return address or "unknown"
    return ":".join(ip_address(address).exploded.split(":")[:4])
