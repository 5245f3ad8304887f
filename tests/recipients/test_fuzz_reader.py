"""Whatever bytes come, the reader gives rows or a FileRefused: no other error, no hang.

Text is tried by the thousand, workbooks by the dozen, since each opens a process. With
OUTREACH_LONG_TESTS=1 both are tried thirty times as often.
"""

import io
import os
import random
import time
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outreach.domain.list_file import FileRefused
from outreach.domain.phone import redact
from outreach.domain.recipient import check_rows
from outreach.domain.template import CompiledTemplate
from outreach.recipients.reader import open_list
from tests.workbook_files import LIST, ods, with_part, xls, xlsx

TIMES = 30 if os.environ.get("OUTREACH_LONG_TESTS") == "1" else 1
TEXTS, WORKBOOKS = 1_500 * TIMES, 30 * TIMES
SECONDS = 10
TEMPLATE = CompiledTemplate("Hi ((name))")
slow = [HealthCheck.too_slow, HealthCheck.data_too_large]

SNIPPETS = st.sampled_from(
    ["phone number", "name", "07700900123", "7700900124.0", '"', ",", ";", "\t", "|", "\n", "\r\n",
     "\r", "\0", "\ufeff", "\u200b", "Siân", "😀", "=1+1", "'", " ", "sep=;", "\x1a", "\u2028"]
)  # fmt: skip
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252"])


def read_whole(data: bytes) -> None:
    """Read and judge a list. Anything raised but FileRefused is the failure looked for."""
    begun = time.monotonic()
    said = ""
    try:
        opened = open_list(data)
        rows = list(opened.rows())
        assert len(rows) == opened.row_count
        assert all(len(cells) == len(opened.header) for _, cells in rows)
        assert sum(1 for _ in check_rows(rows, opened.header)) == len(rows)
    except FileRefused as refused:
        said = str(refused)
    assert redact(said) == said
    assert time.monotonic() - begun < SECONDS


@settings(max_examples=TEXTS, deadline=None, suppress_health_check=slow)
@given(st.binary(max_size=2_000))
def test_any_bytes(data: bytes) -> None:
    read_whole(data)


@settings(max_examples=TEXTS, deadline=None, suppress_health_check=slow)
@given(st.lists(SNIPPETS, max_size=60).map("".join), ENCODINGS, st.booleans())
def test_any_text(text: str, encoding: str, headed: bool) -> None:
    head = "phone number,name\n" if headed else ""
    read_whole((head + text).encode(encoding, "replace"))


@settings(max_examples=TEXTS, deadline=None, suppress_health_check=slow)
@given(
    st.lists(st.lists(st.text(max_size=20), min_size=1, max_size=4), max_size=12),
    st.sampled_from([",", ";", "\t"]),
)
def test_any_cells(rows: list[list[str]], delimiter: str) -> None:
    lines = [delimiter.join(f'"{cell}"' for cell in cells) for cells in rows]
    read_whole("\n".join([f"phone number{delimiter}name", *lines]).encode("utf-8", "replace"))


@settings(max_examples=TEXTS, deadline=None, suppress_health_check=slow)
@given(st.text(max_size=30), st.text(max_size=300))
def test_any_row_is_judged(number: str, name: str) -> None:
    (verdict,) = check_rows([(2, [number, name])], ["phone number", "name"], TEMPLATE)
    assert verdict.is_accepted == (verdict.why == "")
    assert redact(repr(verdict)) == repr(verdict)


def spoilt(data: bytes, chance: random.Random) -> bytes:
    """A few bytes changed, a piece cut out, doubled or moved."""
    out = bytearray(data)
    for _ in range(chance.randint(1, 12)):
        at, length = chance.randrange(len(out)), chance.randint(1, 40)
        what = chance.randrange(4)
        if what == 0:
            out[at] = chance.randrange(256)
        elif what == 1:
            del out[at : at + length]
        elif what == 2:
            out[at:at] = out[at : at + length]
        else:
            out[at : at + 4] = chance.choice(
                [b"\xff\xff\xff\xff", b"\0\0\0\0", b"\xff\xff\xff\x7f"]
            )
        if not out:
            return b""
    return bytes(out)


@pytest.mark.parametrize("make", [xlsx, ods, xls], ids=["xlsx", "ods", "xls"])
@pytest.mark.timeout(3_600)
def test_any_spoilt_workbook(make: Callable[[], bytes]) -> None:
    good = make()
    chance = random.Random(20_261_124)  # noqa: S311 repeatable on purpose
    for _ in range(WORKBOOKS):
        read_whole(spoilt(good, chance))


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml"])
@pytest.mark.timeout(3_600)
def test_any_spoilt_part_of_a_whole_archive(part: str) -> None:
    """The archive is good and only what is in it is spoilt, so that the parsers see it."""
    chance = random.Random(7)  # noqa: S311 repeatable on purpose
    book = xlsx(LIST)
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        content = archive.read(part)
    for _ in range(WORKBOOKS):
        read_whole(with_part(book, part, spoilt(content, chance)))
