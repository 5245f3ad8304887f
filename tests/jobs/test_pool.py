"""Requests in threads, results written in groups."""

import threading
import time
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from outreach.jobs.pool import Pool, close_pools, shared_pool


class Written:
    """Collects groups; fails as told."""

    def __init__(self) -> None:
        self.groups: list[list[int]] = []
        self.failures: list[Exception] = []

    def __call__(self, group: list[int]) -> None:
        if self.failures:
            raise self.failures.pop(0)
        self.groups.append(list(group))

    @property
    def all(self) -> list[int]:
        return sorted(number for group in self.groups for number in group)


@pytest.fixture
def written() -> Written:
    return Written()


@pytest.fixture
def pool(app: Flask, written: Written) -> Iterator[Pool[int, int]]:
    made = Pool(app, lambda number: number * 10, written, threads=4)
    yield made
    made.close(5)


def submit(pool: Pool[int, int], *numbers: int) -> None:
    for number in numbers:
        assert pool.wait_for_room(5)
        pool.submit(number)


def test_everything_handed_in_is_worked_on_and_written(pool, written) -> None:
    submit(pool, *range(50))
    pool.add_result(7)
    assert pool.drain(5)
    assert written.all == sorted([7, *(number * 10 for number in range(50))])
    assert len(written.groups) < 51


def test_there_is_no_room_while_every_thread_is_busy(app, written) -> None:
    gate = threading.Event()
    pool = Pool(app, lambda _: gate.wait(5), written, threads=2)
    submit(pool, 1, 2)
    assert not pool.wait_for_room(0.05)
    gate.set()
    assert pool.wait_for_room(5)
    pool.give_back_room()
    assert pool.close(5)


def test_a_request_that_fails_in_an_unexpected_way_is_left_to_the_tables(app, written) -> None:
    pool = Pool(app, lambda number: 1 // number, written, threads=2)
    submit(pool, 0, 1)
    assert pool.close(5)
    assert written.all == [1]


def test_results_wait_for_a_database_that_does_not_answer(pool, written) -> None:
    written.failures = [OperationalError("COMMIT", {}, Exception("gone"))] * 2
    submit(pool, 1, 2)
    assert pool.drain(10)
    assert written.all == [10, 20]


def test_one_result_that_cannot_be_written_does_not_hold_up_the_rest(app) -> None:
    seen: list[int] = []

    def write(group: list[int]) -> None:
        if 3 in group:
            raise ValueError("no such thing")
        seen.extend(group)

    pool = Pool(app, lambda number: number, write, threads=8)
    submit(pool, *range(8))
    assert pool.close(5)
    assert sorted(seen) == [0, 1, 2, 4, 5, 6, 7]


def test_closing_finishes_what_is_under_way(app, written) -> None:
    def slowly(number: int) -> int:
        time.sleep(0.3)
        return number

    pool = Pool(app, slowly, written, threads=4)
    submit(pool, 1, 2, 3)
    assert pool.close(5)
    assert written.all == [1, 2, 3]


def test_an_application_has_one_pool_of_a_name_until_it_is_closed(app, written) -> None:
    def make() -> Pool[int, int]:
        return Pool(app, lambda number: number, written, threads=1)

    first = shared_pool(app, "numbers", make)
    assert shared_pool(app, "numbers", make) is first
    close_pools(app)
    second = shared_pool(app, "numbers", make)
    assert second is not first
    close_pools(app)
