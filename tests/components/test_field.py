"""Fields through govuk-frontend-wtf: what its widgets do with the versions we run, and what the
`field` macro puts right."""

from collections.abc import Callable
from datetime import date

import pytest
from bs4 import BeautifulSoup
from flask import Flask, render_template_string
from werkzeug.datastructures import MultiDict

from tests.components.gallery import EveryField
from tests.components.html import read_fragment

FIELD = "{% from 'components/field.html' import field %}"
NAMES = [name for name in EveryField.__dict__ if not name.startswith("_")]


@pytest.fixture
def show(gallery_without_csrf: Flask) -> Callable[..., BeautifulSoup]:
    """Renders one field: as first shown, or as it comes back after `sent` was posted."""

    def show_field(
        source: str, sent: dict[str, object] | None = None, **given: object
    ) -> BeautifulSoup:
        with gallery_without_csrf.test_request_context(
            "/", method="GET" if sent is None else "POST"
        ):
            form = EveryField(None if sent is None else MultiDict(sent), **given)
            if sent is not None:
                form.validate()
            return read_fragment(render_template_string(FIELD + source, form=form))

    return show_field


@pytest.mark.parametrize("name", NAMES)
def test_every_field_shows_its_error_and_names_it(
    show: Callable[..., BeautifulSoup], name: str
) -> None:
    soup = show("{{ field(form." + name + ") }}", sent={})
    message = soup.select_one(".govuk-error-message")
    assert message is not None
    assert message.text.split() != ["Error:"]
    assert soup.select(f"[aria-describedby~='{name}-error']"), "the error is tied to its input"
    assert soup.select(".govuk-form-group--error")


@pytest.mark.parametrize("name", NAMES)
def test_no_field_is_left_to_the_browser_to_check(
    show: Callable[..., BeautifulSoup], name: str
) -> None:
    soup = show("{{ field(form." + name + ") }}")
    assert soup.select("[required]") == []
    assert soup.select(".govuk-error-message") == []


@pytest.mark.parametrize("name", NAMES)
def test_no_field_has_a_hint_without_words(show: Callable[..., BeautifulSoup], name: str) -> None:
    soup = show("{{ field(form." + name + ") }}", sent={})
    hints = soup.select(".govuk-hint:not(.govuk-character-count__message)")
    assert all(hint.text.strip() for hint in hints)


def test_a_text_field_keeps_what_was_typed_as_text(show: Callable[..., BeautifulSoup]) -> None:
    soup = show("{{ field(form.name) }}", sent={"name": '"><script src=x></script>'})
    assert soup.select("script") == []
    assert soup.select_one("#name")["value"] == '"><script src=x></script>'


def test_label_size_width_and_other_arguments(show: Callable[..., BeautifulSoup]) -> None:
    soup = show(
        "{{ field(form.name, label_size='l', is_heading=true, width=20, autocomplete='off') }}"
    )
    assert soup.select_one("h1 > label.govuk-label--l").text.strip() == "Name of the campaign"
    assert soup.select_one("input.govuk-input--width-20")["autocomplete"] == "off"
    assert soup.select_one("#name-hint").text.strip() == "Only your team sees this"


def test_arguments_kept_with_the_form_reach_the_macro(show: Callable[..., BeautifulSoup]) -> None:
    soup = show("{{ field(form.partner) }}")
    assert "app-partner" in soup.select_one("select")["class"]
    soup = show("{{ field(form.partner, classes='other') }}")
    assert "other" in soup.select_one("select")["class"]


def test_a_hint_given_in_the_page_replaces_the_description(
    show: Callable[..., BeautifulSoup],
) -> None:
    soup = show("{{ field(form.name, hint='<b>bold?') }}")
    assert soup.select_one("#name-hint").text.strip() == "<b>bold?"
    soup = show("{{ field(form.name, hint='<b>bold</b>'|safe) }}")
    assert soup.select_one("#name-hint b").text == "bold"


def test_choices_keep_what_was_chosen_and_show_their_hints(
    show: Callable[..., BeautifulSoup],
) -> None:
    soup = show(
        "{{ field(form.who, label_size='m', hints={'some': 'By their code'}) }}",
        sent={"who": "some"},
    )
    assert soup.select_one("legend.govuk-fieldset__legend--m").text.strip() == "Who is it for?"
    assert [part["value"] for part in soup.select("input[checked]")] == ["some"]
    hint = soup.select_one(".govuk-radios__hint")
    assert hint.text.strip() == "By their code"
    assert soup.select_one("input[value=some]")["aria-describedby"] == hint["id"]


def test_checkboxes_keep_every_choice(show: Callable[..., BeautifulSoup]) -> None:
    soup = show("{{ field(form.days) }}", days=["mon", "tue"])
    assert [part["value"] for part in soup.select("input[checked]")] == ["mon", "tue"]


def test_a_single_checkbox_has_its_hint_under_it(show: Callable[..., BeautifulSoup]) -> None:
    soup = show("{{ field(form.agreed, hint='Two minutes') }}", sent={"agreed": "y"})
    assert soup.select("legend") == []
    assert soup.select_one(".govuk-checkboxes__hint").text.strip() == "Two minutes"
    assert soup.select_one("#agreed").has_attr("checked")


def test_a_select_keeps_its_choice(show: Callable[..., BeautifulSoup]) -> None:
    soup = show("{{ field(form.partner) }}", sent={"partner": "a"})
    assert soup.select_one("option[selected]").text == "Harbour"


def test_a_password_never_comes_back(show: Callable[..., BeautifulSoup]) -> None:
    soup = show("{{ field(form.password, autocomplete='new-password') }}", sent={"password": "abc"})
    assert soup.select_one("#password").get("value") is None
    assert soup.select_one("#password")["autocomplete"] == "new-password"


def test_a_date_shows_what_is_stored(show: Callable[..., BeautifulSoup]) -> None:
    soup = show("{{ field(form.starts_on) }}", starts_on=date(2026, 3, 7))
    assert [part["value"] for part in soup.select("input")] == ["7", "3", "2026"]


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        (["31", "2", "2026"], ["31", "2", "2026"]),
        (["31"], ["31", None, None]),
        (["1", "2", "3", "4"], ["1", "2", "3"]),
        (["", "2", ""], ["", "2", ""]),
    ],
)
def test_a_wrong_date_comes_back_as_it_was_typed(
    show: Callable[..., BeautifulSoup], sent: list[str], shown: list[str | None]
) -> None:
    soup = show("{{ field(form.starts_on) }}", sent={"starts_on": sent})
    assert [part.get("value") for part in soup.select("input")] == shown
    assert len(soup.select("input.govuk-input--error")) == 3


def test_a_date_left_out_of_the_request_is_an_error_and_not_a_crash(
    show: Callable[..., BeautifulSoup],
) -> None:
    soup = show("{{ field(form.starts_on) }}", sent={"name": "x"})
    assert "Enter a start date" in soup.select_one("#starts_on-error").text
