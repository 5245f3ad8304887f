"""Lists of opt-outs brought in, and the list taken out as digests."""

import base64
import io
from datetime import UTC, datetime

import pytest
from flask import Flask

from outreach import clock, vault
from outreach.domain.actor import Actor
from outreach.domain.message import MessageStatus
from outreach.domain.optout import SuppressionKind, SuppressionSource
from outreach.extensions import db
from outreach.keys import KeyRing
from outreach.models import Campaign, Message, Suppression
from outreach.optouts import queries, service, transfer
from outreach.optouts.transfer import FileUnreadable, read_file
from outreach.transaction import transaction
from tests.conftest import both_databases
from tests.replies.conftest import Reader
from tests.replies.stage import NUMBER, OTHER, arrive, events
from tests.settings import make_settings

OPT_OUT, WRONG = SuppressionKind.OPT_OUT, SuppressionKind.WRONG_PERSON
BY = Actor.job("tests")


@pytest.fixture(autouse=True)
def ring() -> None:
    """The keys of the tests, for what needs no application."""
    vault.use(make_settings().data_keys)


@pytest.mark.parametrize(
    "content",
    [
        b"07700 900123\n07700900124\n",
        b"+447700900123\r\n\r\n00447700900124",
        b"\xef\xbb\xbfphone number\n07700900123\n07700900124\n",
        b"name;Mobile\nJo;07700900123\nAl;7700900124\n",
        b"Jo,07700900123\nAl,07700900124\n",
        b'id\tphone\n1\t"07700 900123"\n2\t07700-900-124\n',
        "number\n07700900123\n07700900124\n".encode("utf-16"),
        b"na\xefve,phone\nx,07700900123\ny,07700900124\n",
    ],
    ids=["plain", "blank-lines", "bom", "semicolon", "no-header", "tabs", "utf-16", "cp1252"],
)
def test_numbers_are_found_in_many_kinds_of_text(content: bytes) -> None:
    read = read_file(content, WRONG)
    assert read.entries == [(vault.digest(NUMBER), WRONG), (vault.digest(OTHER), WRONG)]
    assert read.bad == []


def test_lines_that_are_no_mobile_are_named_without_their_number() -> None:
    read = read_file(
        b"phone\n07700900123\n0113 496 0000\n\n077009001234\nhello\n4.477E+11\n", OPT_OUT
    )
    assert len(read.entries) == 1
    assert [bad.line for bad in read.bad] == [3, 5, 6, 7]
    assert not any("496" in bad.why or "900" in bad.why for bad in read.bad)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"\n \n", "empty"),
        (b"PK\x03\x04rest", "workbook"),
        (b"\xd0\xcf\x11\xe0rest", "workbook"),
        (b"a,b\n1,2\n", "none is named"),
        (b'"07700900123\n' + b"x" * 200_000, "cannot be read"),
        (b"\xff\xfe\x00", "not text"),
    ],
    ids=["empty", "blank", "xlsx", "xls", "columns", "quote", "half-utf-16"],
)
def test_a_file_that_cannot_be_read_says_why(content: bytes, says: str) -> None:
    with pytest.raises(FileUnreadable, match=says):
        read_file(content, OPT_OUT)


def test_too_many_lines_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transfer, "MOST_LINES", 3)
    with pytest.raises(FileUnreadable, match="over 3 lines"):
        read_file(b"07700900123\n" * 4, OPT_OUT)


@both_databases
def test_a_list_is_imported_whole_with_one_event(
    app: Flask, rosa: Reader, texted: Campaign
) -> None:
    arrive("STOP")
    with transaction():
        for message in db.session.query(Message):
            message.status = MessageStatus.PENDING
    content = b"phone\n07700900123\n07700900124\n07700900124\n07700900125\nrubbish\n"
    page = upload(rosa, content)
    told = page.get_text(" ", strip=True)
    assert "2 numbers were added" in told
    assert "2 were on it already" in told
    assert "1 line was left out" in told
    event = events("optout.imported")[0]
    assert event.changes == {"given": 3, "added": 2, "messages_withdrawn": 3}
    assert len(events("optout.added")) == 1
    sources = [row.source for row in db.session.query(Suppression).order_by(Suppression.id)]
    assert sources == [SuppressionSource.REPLY, *[SuppressionSource.IMPORT] * 2]


def upload(reader: Reader, content: bytes, kind: str = "opt_out", name: str = "list.csv"):
    status, page = reader.send("/opt-outs/import", file=(io.BytesIO(content), name), kind=kind)
    assert status == 200
    return page


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"", "", "Choose a file"),
        (b"", "list.csv", "The file is empty"),
        (b"PK\x03\x04", "list.xlsx", "Save it as CSV"),
        (b"7" * (10 * 1024 * 1024 + 1), "list.csv", "10 MB or smaller"),
    ],
    ids=["none", "empty", "workbook", "large"],
)
def test_a_file_that_cannot_be_used_is_said_and_adds_nothing(
    app: Flask, rosa: Reader, content: bytes, name: str, says: str
) -> None:
    page = upload(rosa, content, name=name)
    assert says in page.get_text()
    assert "There is a problem" in page.get_text()
    assert events("optout.imported") == []


@both_databases
def test_the_list_is_exported_as_digests_and_comes_back_as_it_was(app: Flask, rosa: Reader) -> None:
    arrive("STOP")
    arrive("wrong number mate", number=OTHER)
    exported = export(rosa)
    assert exported.splitlines()[0] == "digest,key,kind,source,added_on"
    assert "900123" not in exported
    assert events("optout.exported")[0].changes == {"digests": 2, "key": "k1"}
    with transaction():
        for entry in queries.all_active():
            service.remove(
                queries.active_suppression(entry.phone_digest, entry.kind),
                by=BY,
                reason="a test",
            )
    assert queries.count_active() == 0
    page = upload(rosa, exported.encode(), kind="wrong_person")
    assert "2 numbers were added" in page.get_text(" ", strip=True)
    found = queries.withheld([vault.digest(NUMBER), vault.digest(OTHER)])
    assert found == {vault.digest(NUMBER): "opt_out", vault.digest(OTHER): "wrong_person"}


def export(reader: Reader) -> str:
    status, page = reader.send("/opt-outs/export")
    assert status == 200
    return page.get_text()


def test_an_export_asks_first_and_a_get_downloads_nothing(app: Flask, rosa: Reader) -> None:
    arrive("STOP")
    page = rosa.see("/opt-outs/export").get_text(" ", strip=True)
    assert "It holds no phone numbers" in page
    assert "k1" in page
    assert events("optout.exported") == []


def test_digests_under_an_older_key_are_brought_under_the_newest(app: Flask) -> None:
    old = KeyRing.parse(f"k1:{base64.b64encode(b'k' * 32).decode()}")
    new = KeyRing.parse(
        f"k3:{base64.b64encode(b'3' * 32).decode()} k2:{base64.b64encode(b'2' * 32).decode()} "
        f"k1:{base64.b64encode(b'k' * 32).decode()}"
    )
    lines = (
        f"digest,key,kind,source,added_on\n{old.digest(NUMBER).hex()},k1,opt_out,reply,2026-01-01\n"
    )
    before = vault.ring()
    try:
        vault.use(new)
        assert read_file(lines.encode(), WRONG).entries == [(new.digest(NUMBER), OPT_OUT)]
    finally:
        vault.use(before)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("zz,k1,opt_out", "not a line of an exported"),
        ("00ff,k1,opt_out", "damaged"),
        (f"{'00' * 32},k9,opt_out", "a key that this service does not have"),
        (f"{'00' * 32},k1,sometimes", "not a line of an exported"),
        (f"{'00' * 32}", "not a line of an exported"),
    ],
)
def test_a_damaged_line_of_an_export_is_left_out(app: Flask, line: str, says: str) -> None:
    read = read_file(f"digest,key,kind,source,added_on\n{line}\n".encode(), OPT_OUT)
    assert read.entries == []
    assert says in read.bad[0].why


@both_databases
def test_ten_thousand_are_imported_in_one_go_and_read_back_in_parts(app: Flask) -> None:
    entries = [(vault.digest(f"+4477{n:08}"), OPT_OUT) for n in range(10_000)]
    with transaction():
        assert service.import_digests(entries, by=BY) == 10_000
    with transaction():
        assert service.import_digests(entries, by=BY) == 0
    assert queries.count_active() == 10_000
    assert sum(1 for _ in queries.all_active()) == 10_000


@both_databases
def test_figures_count_by_source_and_month_in_london(app: Flask) -> None:
    moments = [
        datetime(2026, 6, 30, 22, 59, tzinfo=UTC),  # still June in London
        datetime(2026, 6, 30, 23, 1, tzinfo=UTC),  # July already
        datetime(2025, 11, 30, tzinfo=UTC),  # too long ago
        datetime(2025, 12, 1, tzinfo=UTC),
    ]
    for place, moment in enumerate(moments):
        with clock.set_to(lambda at=moment: at), transaction():
            service.suppress(vault.digest(str(place)), OPT_OUT, SuppressionSource.REPLY, by=BY)
    found = queries.figures(datetime(2026, 11, 24, tzinfo=UTC))
    totals = {f"{month.first_day:%Y-%m}": month.total for month in found.months}
    assert list(totals)[0] == "2026-11"
    assert list(totals)[-1] == "2025-12"
    assert {month: total for month, total in totals.items() if total} == {
        "2026-07": 1,
        "2026-06": 1,
        "2025-12": 1,
    }
    assert found.total == 4
