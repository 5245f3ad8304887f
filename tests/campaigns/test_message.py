"""Choosing the message among the templates that are allowed and that Notify has now."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from outreach.campaigns import queries
from tests.campaigns.reading import errors, events_of, words
from tests.components.html import read_page
from tests.factories import allow, make_campaign
from tests.fakes.notify import FakeNotify

See = Callable[..., BeautifulSoup]


@pytest.fixture
def path(app: Flask) -> str:
    return f"/campaigns/{make_campaign(app, is_complete=False).id}/message"


def names(soup: BeautifulSoup) -> list[str]:
    return [label.get_text(strip=True) for label in soup.select(".govuk-radios__label")]


def test_only_allowed_and_live_templates_are_offered(
    notify: FakeNotify, requester: FlaskClient, path: str, see: See
) -> None:
    notify.add_template("Not allowed")
    gone = allow(notify.add_template("Deleted there"))
    notify.archive_template(gone.id)
    allow(notify.add_template("An email", kind="email"))
    allow(notify.add_template("Another", "Call ((code)). Reply STOP to opt out."))
    soup = see(requester, path)
    assert names(soup) == ["Another", "Help is available"]
    bubbles = [each.get_text() for each in soup.select(".app-phone__bubble")]
    assert bubbles[0] == "Call ABCD-EFGH-J. Reply STOP to opt out."
    assert "((name))" in bubbles[1]
    assert "http://help.test/h/ABCD-EFGH-J" in bubbles[1]
    assert "Filled in from the list: name." in words(soup)


def test_warnings_stand_beside_each_message(
    notify: FakeNotify, requester: FlaskClient, path: str, see: See
) -> None:
    allow(notify.add_template("Bad", "Police: Operation Larkspur found drugs at your home"))
    page = words(see(requester, path))
    assert "A parent or partner would infer" in page
    assert "names an operation" in page
    assert "does not say how to stop" in page
    assert "replies to this sender reach nobody" in page


def test_choice_stores_the_version_and_words(
    notify: FakeNotify, requester: FlaskClient, path: str
) -> None:
    template = next(iter(notify.templates.values()))
    answer = requester.post(path, data={"template": f"{template.id}:1"})
    assert answer.status_code == 302
    campaign = queries.listed(queries.Shown.ALL, 0).rows[0].campaign
    assert (campaign.template_id, campaign.template_version) == (template.id, 1)
    assert (campaign.template_name, campaign.template_body) == (template.name, template.body)
    (event,) = events_of(campaign.id, "campaign.message_chosen")
    assert event.changes == {"template": template.id, "version": 1, "name": template.name}


def test_nothing_chosen_is_an_error_at_the_radios(requester: FlaskClient, path: str) -> None:
    soup = read_page(requester.post(path, data={}).text)
    assert errors(soup) == {"#template": "Choose a message"}
    assert soup.find(id="template") is not None


def test_template_edited_while_it_was_read_has_to_be_read_again(
    notify: FakeNotify, requester: FlaskClient, path: str
) -> None:
    template = next(iter(notify.templates.values()))
    notify.edit_template(template.id, "Other words, ((name)). Reply STOP to opt out.")
    soup = read_page(requester.post(path, data={"template": f"{template.id}:1"}).text)
    assert errors(soup)["#template"].startswith("This message was changed or withdrawn")
    assert "Other words" in words(soup)
    campaign = queries.listed(queries.Shown.ALL, 0).rows[0].campaign
    assert campaign.template_id is None


def test_made_up_template_is_refused(requester: FlaskClient, path: str) -> None:
    soup = read_page(requester.post(path, data={"template": "nonsense"}).text)
    assert "#template" in errors(soup)


@pytest.mark.parametrize("fault", ["is_down", "is_key_refused"])
def test_unreachable_notify_is_told_and_the_choice_is_kept(
    notify: FakeNotify, requester: FlaskClient, path: str, see: See, fault: str
) -> None:
    setattr(notify, fault, True)
    page = words(see(requester, path))
    assert "The messages cannot be shown now" in page
    assert "Nothing of this campaign was changed or lost" in page
    assert ("did not answer" if fault == "is_down" else "refused the API key") in page
    template = next(iter(notify.templates.values()))
    soup = read_page(requester.post(path, data={"template": f"{template.id}:1"}).text)
    assert soup.find("input", {"name": "template", "value": f"{template.id}:1"})
    setattr(notify, fault, False)
    assert requester.post(path, data={"template": f"{template.id}:1"}).status_code == 302


def test_empty_list_sends_the_requester_to_an_administrator(
    notify: FakeNotify, requester: FlaskClient, path: str, see: See
) -> None:
    notify.templates.clear()
    assert "Ask an administrator" in words(see(requester, path))


def test_drifted_choice_is_pointed_out(
    app: Flask, notify: FakeNotify, requester: FlaskClient, see: See
) -> None:
    campaign = make_campaign(app)
    notify.edit_template(campaign.template_id, "New words. Reply STOP to opt out.")
    page = words(see(requester, f"/campaigns/{campaign.id}/message"))
    assert "version 1, has been changed or withdrawn" in page


def test_another_message_makes_the_list_be_uploaded_again(
    app: Flask, notify: FakeNotify, requester: FlaskClient, see: See
) -> None:
    campaign_id = make_campaign(app).id
    other = allow(notify.add_template("Other", "((link)) Reply STOP to opt out."))
    requester.post(f"/campaigns/{campaign_id}/message", data={"template": f"{other.id}:1"})
    page = words(see(requester, f"/campaigns/{campaign_id}"))
    assert "it was checked against another message" in page
