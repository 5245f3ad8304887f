"""The pages and files of the funder report."""

import csv
import io
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import insert, select, update

from outreach import clock
from outreach.domain.access import Role
from outreach.domain.message import MessageStatus
from outreach.domain.optout import SuppressionKind, SuppressionSource
from outreach.domain.outcome import OutcomeKind
from outreach.extensions import db
from outreach.models import (
    AuditEvent,
    Campaign,
    CampaignRun,
    Message,
    Organisation,
    Outcome,
    Suppression,
)
from outreach.reports import service
from outreach.transaction import transaction
from tests.browser import (
    WIDTHS,
    browser,
    check_accessibility,
    check_fits,
    open_page,
    screenshot,
    watch_faults,
)
from tests.referrals.released import Released, release
from tests.serving import serving

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def released(app: Flask, partner_organisation: Organisation) -> Released:
    """Forty people: 30 delivered, 10 with a dead number; 12 outcomes, 3 opt-outs; £0.96 spent."""
    released = release(40)
    ids = [person.recipient_id for person in released.people]
    with transaction():
        _set_status(ids[:30], MessageStatus.DELIVERED)
        _set_status(ids[30:], MessageStatus.PERMANENT_FAILURE)
        db.session.add(
            CampaignRun(campaign_id=released.campaign_id, terms_digest="", billed_fragments=40)
        )
        _add_outcomes(released)
        _add_opt_outs(released)
    with clock.set_to(lambda: MONDAY), transaction():
        service.publish_week()
    return released


def _set_status(recipient_ids: list[int], status: MessageStatus) -> None:
    db.session.execute(
        update(Message).where(Message.recipient_id.in_(recipient_ids)).values(status=status)
    )


def _add_outcomes(released: Released) -> None:
    kinds = [OutcomeKind.MADE_CONTACT] * 9 + [OutcomeKind.STARTED_SUPPORT] * 3
    db.session.execute(
        insert(Outcome),
        [
            {
                "token": uuid4().bytes * 2,
                "campaign_id": released.campaign_id,
                "iso_week": "2026-W46",
                "outcome": kind,
            }
            for kind in kinds
        ],
    )


def _add_opt_outs(released: Released) -> None:
    sources = (SuppressionSource.REPLY, SuppressionSource.LANDING_PAGE, SuppressionSource.STAFF)
    kinds = (SuppressionKind.OPT_OUT, SuppressionKind.WRONG_PERSON, SuppressionKind.OPT_OUT)
    for person, source, kind in zip(released.people, sources, kinds, strict=False):
        db.session.add(
            Suppression(
                phone_digest=person.phone_digest,
                digest_key_id="k1",
                kind=kind,
                source=source,
                campaign_id=released.campaign_id,
                created_at=MONDAY,
            )
        )


def cells(page: BeautifulSoup) -> dict[str, str]:
    return {
        row.th.get_text(strip=True): row.td.get_text(strip=True)
        for row in page.select("tbody tr")
        if row.td
    }


def test_the_figures_of_a_campaign(as_requester: FlaskClient, released: Released) -> None:
    answer = as_requester.get(f"/reports/{released.campaign_id}")
    told = cells(BeautifulSoup(answer.data, "html.parser"))
    assert told["Approved"] == "40"
    assert told["Delivered"] == "30"
    assert told["Failed: number does not work"] == "10"
    assert told["Cost of all texts"] == "£0.96"
    assert told["Cost for each text delivered"] == "£0.03"
    assert told["Cost for each first contact"] == "about £0.10"
    assert told["Asked for no more texts"] == "1"
    assert told["Said it was not meant for them"] == "1"
    assert told["Made contact"] == "10"
    assert told["Started support"] == "*"
    assert told["Declined support"] == "0"
    assert told["First contacts"] == "10"
    assert "Sunday" not in answer.text
    assert "22 November 2026" in answer.text
    assert "Autumn support" in answer.text
    assert "Larkspur" not in answer.text


def test_pictures_say_the_same_as_the_tables(as_requester: FlaskClient, released: Released) -> None:
    page = BeautifulSoup(as_requester.get(f"/reports/{released.campaign_id}").data, "html.parser")
    told = cells(page)
    pictures = page.select("svg[role=img]")
    assert [svg.title.text for svg in pictures] == [
        "What became of the texts",
        "What the partner recorded",
    ]
    for svg in pictures:
        words = [text.text for text in svg.select("text")]
        for label, value in zip(words[::2], words[1::2], strict=True):
            assert told[label] == value
    assert "Started support: 1 to 7" in pictures[1].desc.text


def test_the_same_figures_as_a_file(as_auditor: FlaskClient, released: Released) -> None:
    page = cells(
        BeautifulSoup(as_auditor.get(f"/reports/{released.campaign_id}").data, "html.parser")
    )
    answer = as_auditor.get(f"/reports/{released.campaign_id}/figures.csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="campaign.csv"'
    assert answer.data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert rows[:2] == [["Figure", "Value", "Note"], ["Campaign", "Autumn support", ""]]
    assert {label: value for label, value, _ in rows[2:]} == page


@pytest.mark.parametrize("name", ["=1+1", "+44", "@SUM(A1)", "-2", "\tx"])
def test_no_cell_of_a_file_is_a_formula(
    as_requester: FlaskClient, released: Released, name: str
) -> None:
    with transaction():
        db.session.execute(update(Campaign).values(public_name=name))
    for path in (f"/reports/{released.campaign_id}/figures.csv", "/reports/figures.csv"):
        text = as_requester.get(path).data.decode("utf-8-sig")
        found = [cell for row in csv.reader(io.StringIO(text)) for cell in row if name in cell]
        assert found == ["'" + name]


def test_campaigns_side_by_side(as_approver: FlaskClient, released: Released) -> None:
    release(2, public_name="Winter support", first_phone=700)
    page = BeautifulSoup(as_approver.get("/reports").data, "html.parser")
    rows = [
        [cell.get_text(strip=True) for cell in row.select("th, td")]
        for row in page.select("tbody tr")
    ]
    by_name = {row[0]: row[1:] for row in rows}
    assert by_name["Autumn support"] == ["40", "75%", "£0.96", "1", "1", "10", "about £0.10"]
    assert by_name["Winter support"][5] == "Not published yet"
    assert by_name["Together"] == ["42", "71%", "£0.96", "1", "1", "10", "Cannot be told"]
    text = as_approver.get("/reports/figures.csv").data.decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text)))[1:] == [[n, *by_name[n]] for n in by_name]


def test_no_campaign_no_report(as_requester: FlaskClient, app: Flask) -> None:
    assert "No report yet" in as_requester.get("/reports").text
    assert as_requester.get(f"/reports/{uuid4()}").status_code == 404
    assert as_requester.get(f"/reports/{uuid4()}/figures.csv").status_code == 404


def test_a_draft_has_no_report(
    as_requester: FlaskClient, partner_organisation: Organisation
) -> None:
    draft = release(1, is_released=False)
    assert as_requester.get(f"/reports/{draft.campaign_id}").status_code == 404


def test_before_the_first_monday_nothing_of_the_partner_is_told(
    as_requester: FlaskClient, partner_organisation: Organisation
) -> None:
    released = release(2)
    page = as_requester.get(f"/reports/{released.campaign_id}").text
    assert "published each Monday" in page
    assert "Made contact" not in page


@pytest.mark.parametrize("role", [Role.PARTNER, Role.ADMIN])
def test_who_may_not_see_reports(
    client_as: Callable[..., FlaskClient], released: Released, role: Role
) -> None:
    client = client_as(role)
    for path in (
        "",
        "/figures.csv",
        f"/{released.campaign_id}",
        f"/{released.campaign_id}/figures.csv",
    ):
        assert client.get(f"/reports{path}").status_code == 403


def test_looks_and_exports_are_events(as_requester: FlaskClient, released: Released) -> None:
    for path in (
        "",
        "/figures.csv",
        f"/{released.campaign_id}",
        f"/{released.campaign_id}/figures.csv",
    ):
        as_requester.get(f"/reports{path}")
    db.session.rollback()
    rows = db.session.execute(
        select(AuditEvent.action, AuditEvent.campaign_id)
        .where(AuditEvent.object_type == "report")
        .order_by(AuditEvent.id)
    ).all()
    assert [tuple(row) for row in rows] == [
        ("report.viewed", None),
        ("report.exported", None),
        ("report.viewed", released.campaign_id),
        ("report.exported", released.campaign_id),
    ]


@pytest.fixture
def served(app: Flask, as_requester: FlaskClient) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """The staff site on loopback, and the cookies of a signed-in requester."""
    cookie = as_requester.get_cookie("outreach", domain="staff.test")
    assert cookie is not None
    app.config["TRUSTED_HOSTS"] = ["127.0.0.1"]
    with serving(app) as url:
        yield url, [{"name": "outreach", "value": cookie.value, "url": url}]


def test_the_reports_in_chromium(
    served: tuple[str, list[dict[str, str]]], released: Released
) -> None:
    url, cookies = served
    release(3, public_name="Winter support", first_phone=700)
    with browser() as chromium:
        for width in WIDTHS:
            with open_page(chromium, width=width) as page:
                page.context.add_cookies(cookies)  # type: ignore[arg-type]
                faults = watch_faults(page)
                for name, path in (
                    ("one", f"/reports/{released.campaign_id}"),
                    ("all", "/reports"),
                ):
                    page.goto(url + path)
                    check_accessibility(page)
                    check_fits(page)
                    screenshot(page, f"report-{name}-{width}")
                assert faults == []
                if width == WIDTHS[-1]:
                    page.emulate_media(media="print")
                    assert not page.locator(".govuk-service-navigation").is_visible()
                    screenshot(page, "report-print")
