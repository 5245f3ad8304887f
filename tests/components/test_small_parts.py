"""Empty states, filters, banners, header, footer: one or two promises each."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup

from outreach.web.filters import as_phone
from tests.components.gallery import NAVIGATION, FilterForm, Person


def test_an_empty_list_says_why_and_what_to_do(render: Callable[..., BeautifulSoup]) -> None:
    soup = render(
        "{% from 'components/empty_state.html' import empty_state %}"
        "{{ empty_state('No campaigns', 'You have none yet.', 'Start one', '/new', level=3) }}"
    )
    assert soup.select_one("h3").text == "No campaigns"
    assert soup.select_one("a")["href"] == "/new"


def test_filters_go_by_get_so_that_their_address_can_be_kept(
    render: Callable[..., BeautifulSoup],
) -> None:
    source = (
        "{% from 'components/filters.html' import filters %}{{ filters(form, '/list', is_on=on) }}"
    )
    soup = render(source, form=FilterForm(), on=True)
    assert soup.select_one("form")["method"] == "get"
    assert soup.select("[name=csrf_token]") == []
    assert soup.select_one("a").text == "Clear filters"
    assert render(source, form=FilterForm(), on=False).select("a") == []


def test_each_banner_has_a_name_of_its_own(render: Callable[..., BeautifulSoup]) -> None:
    soup = render(
        "{% from 'components/flash_banners.html' import flash_banners %}{{ flash_banners(said) }}",
        said=[("success", "Saved <it>"), ("message", "Note"), ("error", "Careful")],
    )
    titles = [part.text.strip() for part in soup.select(".govuk-notification-banner__title")]
    assert titles == ["Success", "Important", "Important"]
    assert soup.select_one("p").text.strip() == "Saved <it>"


def test_finished_work_is_confirmed_in_a_panel(render: Callable[..., BeautifulSoup]) -> None:
    soup = render(
        "{% from 'components/flash_banners.html' import flash_banners %}{{ flash_banners(said) }}",
        said=[("done", "Campaign <b>\nSomebody else")],
    )
    assert soup.select_one("h2.govuk-panel__title").text.strip() == "Campaign <b>"
    assert soup.select_one(".govuk-panel__body").text.strip() == "Somebody else"
    assert soup.select(".govuk-notification-banner") == []


def test_the_header_marks_where_one_is_and_signs_out_by_post(
    render: Callable[..., BeautifulSoup],
) -> None:
    source = (
        "{% from 'components/site_header.html' import site_header %}"
        "{{ site_header('Outreach', items, person) }}"
    )
    soup = render(source, items=NAVIGATION, person=Person())
    assert [part.text.strip() for part in soup.select("[aria-current]")] == ["Campaigns"]
    form = soup.select_one("form[action='/sign-out'][method=post]")
    assert form.select("input[name=csrf_token]")
    nobody = render(source, items=[], person=Person(is_authenticated=False))
    assert nobody.select("form, nav") == []


def test_no_crown_no_logotype_and_no_claim_of_crown_copyright(
    render: Callable[..., BeautifulSoup],
) -> None:
    soup = render(
        "{% from 'components/site_header.html' import site_header %}"
        "{% from 'components/site_footer.html' import site_footer %}"
        "{{ site_header('Outreach') }}{{ site_footer() }}"
    )
    assert soup.select("svg") == []
    assert "GOV.UK" not in soup.text
    assert "Crown" not in soup.text
    assert [link["href"] for link in soup.select("footer a")] == ["/accessibility", "/privacy"]


@pytest.mark.parametrize(
    ("number", "written"),
    [
        ("07700900500", "07700 900500"),
        ("447700900500", "07700 900500"),
        ("+447700900500", "07700 900500"),
        ("HMRC", "HMRC"),
        ("60006", "60006"),
        (None, ""),
    ],
)
def test_our_own_number_is_written_as_people_read_one_out(number: str | None, written: str) -> None:
    assert as_phone(number) == written
