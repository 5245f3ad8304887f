"""Partners: added, changed, never two of one name."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from sqlalchemy import select

from outreach.extensions import db
from outreach.models import AuditEvent, Organisation
from tests.campaigns.reading import errors, words
from tests.components.html import read_page

See = Callable[..., BeautifulSoup]
HARBOUR = {
    "name": "Harbour",
    "phone": "0808 157 0199",
    "website": "https://harbour.example.org/help",
}


def named(name: str) -> Organisation | None:
    return db.session.scalar(select(Organisation).where(Organisation.name == name))


def events() -> list[AuditEvent]:
    statement = select(AuditEvent).where(AuditEvent.object_type == "organisation")
    return list(db.session.scalars(statement.order_by(AuditEvent.id)))


def test_partner_is_added_and_listed(admin: FlaskClient, see: See) -> None:
    admin.post("/admin/organisations/new", data=HARBOUR)
    assert "Harbour 0808 157 0199 https://harbour.example.org/help" in words(
        see(admin, "/admin/organisations")
    )
    assert events()[-1].action == "organisation.created"


def test_partner_is_changed_and_the_event_names_the_fields(admin: FlaskClient) -> None:
    admin.post("/admin/organisations/new", data=HARBOUR)
    organisation = named("Harbour")
    assert organisation is not None
    path = f"/admin/organisations/{organisation.id}"
    assert 'value="0808 157 0199"' in admin.get(path).text
    for _ in range(2):
        admin.post(path, data={**HARBOUR, "phone": "0808 157 0200"})
    changed = named("Harbour")
    assert changed is not None
    assert changed.phone == "0808 157 0200"
    assert [event.action for event in events()][-2:] == [
        "organisation.created",
        "organisation.changed",
    ]
    assert events()[-1].changes == {"fields": "phone"}


def test_two_partners_cannot_share_a_name(admin: FlaskClient) -> None:
    admin.post("/admin/organisations/new", data=HARBOUR)
    answer = admin.post("/admin/organisations/new", data={**HARBOUR, "name": "HARBOUR"})
    assert errors(read_page(answer.text)) == {"#name": "There is already a partner called HARBOUR."}
    riverside = named("Riverside Support")
    assert riverside is not None
    answer = admin.post(f"/admin/organisations/{riverside.id}", data=HARBOUR)
    assert "#name" in errors(read_page(answer.text))


@pytest.mark.parametrize(
    ("changes", "where", "message"),
    [
        ({"name": " "}, "#name", "Enter the partner’s name"),
        ({"phone": "call us"}, "#phone", "Enter a phone number, like 0808 157 0123"),
        ({"phone": ""}, "#phone", "Enter the partner’s phone number"),
        ({"website": "harbour.example.org"}, "#website", "Enter a whole web address"),
        ({"website": "http://harbour.example.org"}, "#website", "Enter a whole web address"),
        ({"website": "javascript:alert(1)"}, "#website", "Enter a whole web address"),
        ({"website": "https://harbour.example.org/ x"}, "#website", "Enter a whole web address"),
    ],
)
def test_bad_details_are_named_and_kept(
    admin: FlaskClient, changes: dict[str, str], where: str, message: str
) -> None:
    answer = admin.post("/admin/organisations/new", data={**HARBOUR, **changes})
    soup = read_page(answer.text)
    assert errors(soup)[where].startswith(message)
    assert named("Harbour") is None
    field = soup.select_one(where)
    assert field is not None
    assert str(field.get("value", "")) == changes[where.removeprefix("#")].strip()


def test_unknown_partner_is_not_found(admin: FlaskClient) -> None:
    assert admin.get("/admin/organisations/9999").status_code == 404
