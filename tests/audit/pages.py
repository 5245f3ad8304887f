"""What the tests of the auditors' pages share."""

from uuid import UUID

from bs4 import BeautifulSoup, Tag
from flask import Flask
from sqlalchemy import select

from outreach import clock
from outreach.audit import service
from outreach.domain.actor import Actor
from outreach.domain.audit import AuditAction
from outreach.extensions import db
from outreach.models import AuditEvent
from outreach.transaction import transaction


def put(action: AuditAction, by: Actor, *, at: object = None, **values: object) -> AuditEvent:
    """One event, as some capability would record it."""
    object_type = str(values.pop("object_type", "thing"))
    object_id = values.pop("object_id", "1")
    moment = at or clock.now()
    with clock.set_to(lambda: moment), transaction():
        recorded = service.record(action, by, object_type, object_id, **values)
        query = select(AuditEvent).where(AuditEvent.event_id == UUID(recorded.id))
        event = db.session.scalars(query).one()
        db.session.expunge(event)
    return event


def parse(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def words(html: str) -> str:
    """The page's own words, in one line."""
    return text_of(parse(html).main)


def text_of(part: Tag) -> str:
    return " ".join(part.get_text(" ").split())


def cells(page: Tag) -> list[list[str]]:
    """The body of every table on the page."""
    rows = page.select(".app-table tbody tr")
    return [[text_of(cell) for cell in row.select("th, td")] for row in rows]


def work(app: Flask) -> None:
    """What is waiting in the queue, done as a worker does it."""
    huey = app.extensions["outreach_engine"].huey
    while (task := huey.dequeue()) is not None:
        huey.execute(task)
    db.session.rollback()


def newest_events(count: int) -> list[AuditEvent]:
    db.session.rollback()
    return list(db.session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc()).limit(count)))
