from collections.abc import Callable

from bs4 import BeautifulSoup
from playwright.sync_api import Browser

from tests.browser import open_page

IMPORT = "{% from 'components/table.html' import table %}"
COLUMNS = ["Name", {"text": "Recipients", "numeric": True}]


def test_values_stand_under_their_columns(render: Callable[..., BeautifulSoup]) -> None:
    rows = [["<First>", 12345], ["Second", 0]]
    soup = render(IMPORT + "{{ table('Campaigns', columns, rows) }}", columns=COLUMNS, rows=rows)
    assert soup.select_one("caption").text == "Campaigns"
    assert [part.text for part in soup.select("th[scope=col]")] == ["Name", "Recipients"]
    assert [part.text for part in soup.select("th[scope=row]")] == ["<First>", "Second"]
    cells = soup.select("td")
    assert [part.text for part in cells] == ["12,345", "0"]
    assert {part["data-label"] for part in cells} == {"Recipients"}
    assert all("govuk-table__cell--numeric" in part["class"] for part in cells)


def test_no_rows_says_so_in_one_wide_cell(render: Callable[..., BeautifulSoup]) -> None:
    soup = render(
        IMPORT + "{{ table('People', columns, [], empty='Nobody yet.') }}", columns=COLUMNS
    )
    cell = soup.select_one("tbody td")
    assert (cell.text, cell["colspan"]) == ("Nobody yet.", "2")


def test_the_foot_holds_the_sum(render: Callable[..., BeautifulSoup]) -> None:
    soup = render(
        IMPORT + "{{ table('Sum', columns, [['a', 1]], foot=['All', 1]) }}", columns=COLUMNS
    )
    assert soup.select_one("tfoot").text.split() == ["All", "1"]


def test_a_phone_shows_each_value_with_its_column(chromium: Browser, gallery_url: str) -> None:
    with open_page(chromium, width=320) as page:
        page.goto(gallery_url)
        cell = page.locator("table", has_text="Campaigns").locator("td").nth(1)
        label = cell.evaluate("part => getComputedStyle(part, '::before').content")
        assert "Recipients" in label
        assert page.get_by_role("table", name="Campaigns").get_by_role("row").count() == 8
        assert page.get_by_role("columnheader", name="Recipients").count() == 1
