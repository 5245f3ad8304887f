"""Guesses at codes: by address, all together, and forgotten in time."""

import pytest

from outreach.domain.guessing import (
    MEMORY_BYTES,
    PER_ADDRESS,
    TOGETHER,
    Guesses,
    network_of,
)

START = 1_800_000_000.0  # the start of a minute, and of ten


def guess(guesses: Guesses, address: str, times: int = 1, now: float = START) -> None:
    for _ in range(times):
        guesses.count(address, now, is_known=False)


def test_an_address_may_guess_so_often_and_no_more() -> None:
    guesses = Guesses()
    guess(guesses, "192.0.2.1", PER_ADDRESS - 1)
    assert guesses.may_look_up("192.0.2.1", START)
    guess(guesses, "192.0.2.1")
    assert not guesses.may_look_up("192.0.2.1", START + 599)
    assert guesses.may_look_up("192.0.2.2", START)
    assert guesses.may_look_up("192.0.2.1", START + 600)


def test_codes_that_exist_are_never_counted() -> None:
    guesses = Guesses()
    for _ in range(TOGETHER * 2):
        guesses.count("192.0.2.1", START, is_known=True)
    assert guesses.may_look_up("192.0.2.1", START)


def test_too_many_guesses_together_stop_those_who_guess_and_nobody_else() -> None:
    guesses = Guesses()
    for number in range(TOGETHER):
        guess(guesses, f"10.0.{number // 250}.{number % 250}")
    assert not guesses.may_look_up("10.0.0.1", START)
    assert guesses.may_look_up("192.0.2.1", START)
    assert guesses.may_look_up("10.0.0.1", START + 60)


def test_old_addresses_are_forgotten() -> None:
    guesses = Guesses()
    guess(guesses, "192.0.2.1")
    guess(guesses, "192.0.2.2", now=START + 600)
    cells = list(guesses._by_network._cells)[1:]
    assert sum(cells) == len([cell for cell in cells if cell])
    assert 0 < sum(cells) <= 3


def test_processes_that_share_memory_count_together() -> None:
    memory = memoryview(bytearray(MEMORY_BYTES))
    one, other = Guesses(memory=memory), Guesses(memory=memory)
    guess(one, "192.0.2.1", PER_ADDRESS // 2)
    guess(other, "192.0.2.1", PER_ADDRESS // 2)
    assert not one.may_look_up("192.0.2.1", START)
    assert not other.may_look_up("192.0.2.1", START)
    assert Guesses().may_look_up("192.0.2.1", START)


def test_addresses_hardly_ever_count_for_one_another() -> None:
    """Ten minutes of the most guesses there can be, each from another address."""
    guesses = Guesses(together=10 * TOGETHER)
    for number in range(10 * TOGETHER):
        guess(guesses, f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}")
    others = [f"172.16.{number >> 8}.{number & 255}" for number in range(10_000)]
    shut_out = [address for address in others if not guesses.may_look_up(address, START)]
    assert len(shut_out) < 50


@pytest.mark.parametrize(
    ("first", "second", "is_same"),
    [
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2:b::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("fe80::1%eth0", "fe80::2", True),
        ("192.0.2.1", "192.0.2.2", False),
        (None, "unknown", True),
    ],
)
def test_a_subscriber_of_ipv6_counts_as_one(
    first: str | None, second: str | None, is_same: bool
) -> None:
    assert (network_of(first) == network_of(second)) is is_same
