"""Nothing is kept that nobody uses."""

from tests.dead_code import unused


def test_no_code_is_unused() -> None:
    assert unused() == []
