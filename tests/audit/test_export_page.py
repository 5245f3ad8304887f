"""An auditor exports by page: whole, some days, some entries; it verifies, and it is an event."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from outreach import clock
from outreach.audit import signing, tree
from outreach.audit.views import verifying
from outreach.domain.access import Role
from outreach.domain.audit_reading import EntryLine, read_line
from outreach.domain.audit_verify import Trust, Verification, verify_export
from tests.audit.log import make_log, seal, write
from tests.audit.pages import newest_events, parse, text_of, words
from tests.conftest import both_databases


def export(client: FlaskClient, **form: object) -> bytes:
    answer = client.post("/audit/export", data={"extent": "all", **form})
    assert answer.headers["Content-Disposition"].startswith("attachment"), words(answer.text)
    assert answer.status_code == 200
    return answer.data


def verified(data: bytes) -> Verification:
    return verify_export(data.splitlines(keepends=True), Trust(signing.verifiers()))


@both_databases
def test_the_whole_log_downloads_and_verifies(app: Flask, as_auditor: FlaskClient) -> None:
    make_log(30, 300)
    size = tree.newest().tree_size
    answer = as_auditor.post("/audit/export", data={"extent": "all"})
    name = answer.headers["Content-Disposition"]
    assert name == f'attachment; filename="audit-0-{size - 1}-of-{size}.jsonl"'
    assert answer.headers["Content-Type"] == "application/jsonl"
    assert verified(answer.data).head.size == size


@both_databases
def test_some_entries_with_proofs(app: Flask, as_auditor: FlaskClient) -> None:
    make_log(30, 300)
    data = export(as_auditor, extent="entries", first="20", last="24", has_proofs="y")
    head = verified(data).head
    assert (head.start, head.end) == (20, 25)
    entries = [read_line(line) for line in data.splitlines()[1:6]]
    assert all(isinstance(one, EntryLine) and one.proof for one in entries)


@both_databases
def test_the_events_of_some_days(app: Flask, as_auditor: FlaskClient) -> None:
    for day in (3, 4, 5):
        moment = datetime(2031, 3, day, 12, tzinfo=UTC)
        with clock.set_to(lambda moment=moment: moment):
            write(10)
    seal()
    size = tree.newest().tree_size
    data = export(as_auditor, extent="days", since=["4", "3", "2031"], until=["4", "3", "2031"])
    assert (verified(data).head.start, verified(data).head.end) == (size - 21, size - 11)


@both_databases
def test_exporting_is_an_event(app: Flask, as_auditor: FlaskClient) -> None:
    make_log(30)
    export(as_auditor, extent="entries", first="2", last="4")
    (event,) = newest_events(1)
    assert (event.action, event.role) == ("audit.exported", "auditor")
    assert {**event.changes, "size": 0} == {
        "from": 2, "to": 4, "entries": 3, "size": 0, "where": "page"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"extent": "days"}, "Enter the first day Enter the last day"),
        (
            {"extent": "days", "since": ["5", "3", "2031"], "until": ["4", "3", "2031"]},
            "The last day must be on or after the first day",
        ),
        ({"extent": "entries", "first": "3"}, "Enter the last entry"),
        ({"extent": "entries"}, "Enter the first entry Enter the last entry"),
        ({"extent": "entries", "first": "9", "last": "3"}, "must not be before the first"),
        ({"extent": "entries", "first": "x", "last": "3"}, "Not a valid integer value"),
        ({"extent": "nothing"}, "Not a valid choice"),
    ],
)
def test_a_wrong_choice_is_said_on_the_form(
    app: Flask, as_auditor: FlaskClient, form: dict[str, object], said: str
) -> None:
    make_log(5)
    answer = as_auditor.post("/audit/export", data=form)
    assert said in text_of(parse(answer.text).select_one(".govuk-error-summary"))
    assert newest_events(1)[0].action != "audit.exported"


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"extent": "entries", "first": "0", "last": "4000"}, "sealed entries, numbered from 0"),
        (
            {"extent": "days", "since": ["5", "3", "2001"], "until": ["6", "3", "2001"]},
            "There is no sealed event on these days",
        ),
    ],
)
def test_what_the_log_has_not_is_refused(
    app: Flask, as_auditor: FlaskClient, form: dict[str, object], said: str
) -> None:
    make_log(5)
    answer = as_auditor.post("/audit/export", data=form)
    assert said in words(answer.text)
    assert "Content-Disposition" not in answer.headers


def test_a_log_too_long_for_a_page_leads_to_the_command(
    app: Flask, as_auditor: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verifying, "MOST_BY_PAGE", 20)
    make_log(30)
    answer = as_auditor.post("/audit/export", data={"extent": "all"})
    assert "ask an operator to run `outreach audit export`" in words(answer.text)
    assert export(as_auditor, extent="entries", first="0", last="19")


def test_before_anything_is_sealed_there_is_nothing_to_export(
    app: Flask, as_auditor: FlaskClient
) -> None:
    answer = as_auditor.post("/audit/export", data={"extent": "all"})
    assert "Nothing has been sealed yet" in words(answer.text)


def test_only_auditors_export(app: Flask, client_as: Callable[..., FlaskClient]) -> None:
    make_log(5)
    for role in (Role.REQUESTER, Role.APPROVER, Role.PARTNER, Role.ADMIN):
        assert client_as(role).post("/audit/export", data={"extent": "all"}).status_code == 403
