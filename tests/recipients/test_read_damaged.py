"""A list that is wrong as a whole is refused by name, quickly, with a sentence for its owner."""

import time

import pytest

from outreach.domain.list_file import MAX_ROWS, FileRefused
from outreach.domain.phone import redact
from outreach.recipients.reader import open_list
from tests.damaged_files import DAMAGED, Damaged

SECONDS = 10


@pytest.mark.parametrize("damaged", DAMAGED, ids=lambda damaged: damaged.name)
def test_a_wrong_list_is_refused_by_name(damaged: Damaged) -> None:
    data = damaged.make()
    wanted = ["name"] if damaged.name == "no column for the message" else None
    begun = time.monotonic()
    with pytest.raises(FileRefused) as refused:
        open_list(data, wanted=wanted)
    assert time.monotonic() - begun < SECONDS
    assert (refused.value.fault, refused.value.row) == (damaged.fault, damaged.row)


@pytest.mark.parametrize("damaged", DAMAGED[::3], ids=lambda damaged: damaged.name)
def test_a_refusal_says_what_is_wrong_and_what_to_do_and_no_number(damaged: Damaged) -> None:
    with pytest.raises(FileRefused) as refused:
        open_list(damaged.make())
    for sentence in (refused.value.what, refused.value.what_to_do):
        assert sentence[0].isupper()
        assert sentence.endswith(".")
    assert redact(str(refused.value)) == str(refused.value)
    if damaged.row is not None and 1 < damaged.row < MAX_ROWS:
        assert f"row {damaged.row}" in str(refused.value).lower()
