"""What tests look at: events in order, and words on a page."""

from uuid import UUID

from bs4 import BeautifulSoup
from sqlalchemy import select

from outreach.extensions import db
from outreach.models import AuditEvent


def events_of(campaign_id: UUID, action: str = "") -> list[AuditEvent]:
    """Oldest first; `action` narrows them by how it begins."""
    statement = select(AuditEvent).where(
        AuditEvent.campaign_id == campaign_id, AuditEvent.action.startswith(action)
    )
    return list(db.session.scalars(statement.order_by(AuditEvent.id)))


def actions_of(campaign_id: UUID, action: str = "") -> list[str]:
    return [event.action for event in events_of(campaign_id, action)]


def words(soup: BeautifulSoup) -> str:
    """The text of the page's main part, with single spaces."""
    assert soup.main is not None
    return " ".join(soup.main.get_text(" ").split())


def errors(soup: BeautifulSoup) -> dict[str, str]:
    """The error summary: where each entry leads ("" for none), and what it says."""
    found = {}
    for entry in soup.select(".govuk-error-summary__list li"):
        link = entry.find("a")
        found[str(link["href"]) if link else ""] = entry.get_text(strip=True)
    return found
