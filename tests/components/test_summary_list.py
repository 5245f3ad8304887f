from collections.abc import Callable

from bs4 import BeautifulSoup

IMPORT = "{% from 'components/summary_list.html' import summary_list %}"


def test_each_answer_can_be_changed_and_says_which(render: Callable[..., BeautifulSoup]) -> None:
    rows = [{"key": "Purpose", "value": "Help", "href": "/purpose"}]
    soup = render(IMPORT + "{{ summary_list(rows) }}", rows=rows)
    assert soup.select_one("dt").text.strip() == "Purpose"
    assert soup.select_one("dd").text.strip() == "Help"
    link = soup.select_one("dd a")
    assert (link["href"], link.text) == ("/purpose", "Change purpose")


def test_an_answer_without_an_address_cannot_be_changed(
    render: Callable[..., BeautifulSoup],
) -> None:
    soup = render(IMPORT + "{{ summary_list([{'key': 'Status', 'value': 'Draft'}]) }}")
    assert soup.select("a") == []


def test_missing_answers_say_so_and_zero_is_not_missing(
    render: Callable[..., BeautifulSoup],
) -> None:
    rows = [{"key": "a", "value": None}, {"key": "b", "value": ""}, {"key": "c", "value": 0}]
    soup = render(IMPORT + "{{ summary_list(rows) }}", rows=rows)
    assert [part.text.strip() for part in soup.select("dd")] == [
        "Not given yet",
        "Not given yet",
        "0",
    ]


def test_what_was_typed_is_text_and_keeps_its_lines(render: Callable[..., BeautifulSoup]) -> None:
    rows = [{"key": "Purpose", "value": "<b>one\ntwo"}]
    soup = render(IMPORT + "{{ summary_list(rows) }}", rows=rows)
    lines = soup.select_one("dd .app-as-typed").text.splitlines()
    assert [line.strip() for line in lines] == ["<b>one", "two"]


def test_a_title_makes_a_card(render: Callable[..., BeautifulSoup]) -> None:
    rows = [{"key": "Name", "value": "Harbour", "href": "/1", "action": "Choose another"}]
    soup = render(IMPORT + "{{ summary_list(rows, title='Partner', title_level=3) }}", rows=rows)
    assert soup.select_one(".govuk-summary-card h3").text.strip() == "Partner"
    assert soup.select_one("dd a").text.startswith("Choose another name")
