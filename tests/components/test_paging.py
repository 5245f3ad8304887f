from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup

PAGING = "{% from 'components/paging.html' import paging %}{{ paging(page, pages, href) }}"


def _href(page: int) -> str:
    return f"/list?page={page}"


@pytest.mark.parametrize(
    ("page", "pages", "shown"),
    [
        (1, 2, "[1] 2"),
        (1, 9, "[1] 2 ⋯ 9"),
        (2, 3, "1 [2] 3"),
        (5, 9, "1 ⋯ 4 [5] 6 ⋯ 9"),
        (9, 9, "1 ⋯ 8 [9]"),
    ],
)
def test_it_links_to_the_ends_and_the_neighbours(
    render: Callable[..., BeautifulSoup], page: int, pages: int, shown: str
) -> None:
    soup = render(PAGING, page=page, pages=pages, href=_href)
    items = [
        f"[{item.text.strip()}]" if item.select("[aria-current]") else item.text.strip()
        for item in soup.select("li")
    ]
    assert " ".join(items) == shown
    assert bool(soup.select("[rel=prev]")) is (page > 1)
    assert bool(soup.select("[rel=next]")) is (page < pages)


def test_addresses_come_from_the_page(render: Callable[..., BeautifulSoup]) -> None:
    soup = render(PAGING, page=2, pages=3, href=_href)
    assert soup.select_one("[rel=next]")["href"] == "/list?page=3"


def test_one_page_needs_no_links(render: Callable[..., BeautifulSoup]) -> None:
    assert render(PAGING, page=1, pages=1, href=_href).get_text(strip=True) == ""
    assert render(PAGING, page=1, pages=0, href=_href).get_text(strip=True) == ""
