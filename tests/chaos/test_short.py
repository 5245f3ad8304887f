"""A short form of the chaos suite; `python -m tests.chaos` is the long one."""

from pathlib import Path

import pytest

from tests.chaos.driver import Plan, run


@pytest.mark.timeout(300)
@pytest.mark.parametrize(("database", "workers"), [("sqlite", 1), ("postgresql", 2)])
def test_every_promise_is_kept_while_workers_are_killed(
    tmp_path: Path, database: str, workers: int
) -> None:
    plan = Plan(
        database=database,
        workers=workers,
        messages=250,
        kills=2,
        seed=7,
        opt_outs=12,
        patience=200,
    )
    verdict = run(plan, tmp_path)
    assert verdict.problems == [], str(verdict)
