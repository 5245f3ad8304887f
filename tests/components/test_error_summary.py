from collections.abc import Callable

from bs4 import BeautifulSoup
from flask import Flask
from werkzeug.datastructures import MultiDict
from wtforms import FieldList, Form, FormField, StringField
from wtforms.validators import InputRequired

from tests.components.html import read_page

SUMMARY = "{% from 'components/error_summary.html' import error_summary %}{{ error_summary(form) }}"


class Contact(Form):
    phone = StringField("Phone", validators=[InputRequired("Enter a phone number")])


class Partner(Form):
    name = StringField("Name", validators=[InputRequired("Enter a name")])
    contact = FormField(Contact)
    links = FieldList(
        StringField("Link", validators=[InputRequired("Enter a link")]), min_entries=2
    )


def test_nothing_is_shown_without_a_form_or_without_errors(
    render: Callable[..., BeautifulSoup],
) -> None:
    assert render(SUMMARY).get_text(strip=True) == ""
    assert render(SUMMARY, form=Partner()).get_text(strip=True) == ""


def test_each_error_links_to_its_input(render: Callable[..., BeautifulSoup]) -> None:
    form = Partner(MultiDict({"links-0": "", "links-1": ""}))
    form.validate()
    inputs = "".join(
        f"<input id='{name}'>" for name in ("name", "contact-phone", "links-0", "links-1")
    )
    soup = render(SUMMARY + inputs, form=form)
    assert [(link["href"], link.text.strip()) for link in soup.select("a")] == [
        ("#name", "Enter a name"),
        ("#contact-phone", "Enter a phone number"),
        ("#links-0", "Enter a link"),
        ("#links-1", "Enter a link"),
    ]


def test_an_error_of_the_whole_form_is_said_without_a_link(
    render: Callable[..., BeautifulSoup],
) -> None:
    form = Contact(MultiDict({"phone": "1"}))
    form.validate()
    form.form_errors.append("Somebody else changed this campaign")
    soup = render(SUMMARY, form=form)
    assert soup.select("a") == []
    assert [item.text.strip() for item in soup.select("li")] == [
        "Somebody else changed this campaign"
    ]


def test_a_refused_form_says_so_in_the_title_and_links_to_every_field(
    gallery_without_csrf: Flask,
) -> None:
    soup = read_page(gallery_without_csrf.test_client().post("/form", data={}).text)
    assert soup.title is not None
    assert soup.title.text.startswith("Error: Every kind of field")
    targets = [str(link["href"])[1:] for link in soup.select(".govuk-error-summary a")]
    assert "starts_on-day" in targets
    assert [name for name in targets if soup.find(id=name) is None] == []
    assert len(targets) == 10
