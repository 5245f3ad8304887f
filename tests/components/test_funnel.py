from collections.abc import Callable

from bs4 import BeautifulSoup

IMPORT = "{% from 'components/funnel.html' import funnel %}"


def test_the_stages_and_their_sum_are_numbers_with_a_picture(
    render: Callable[..., BeautifulSoup],
) -> None:
    stages = [{"label": "Sent", "count": 1500, "tone": "good"}, {"label": "Waiting", "count": 500}]
    soup = render(IMPORT + "{{ funnel('The list', stages, 2000) }}", stages=stages)
    rows = [[cell.get_text(strip=True) for cell in row("td")] for row in soup.select("tbody tr")]
    assert rows == [["1,500", "75.0%", ""], ["500", "25.0%", ""]]
    assert [cell.text for cell in soup.select("tfoot th, tfoot td")][:3] == [
        "Uploaded",
        "2,000",
        "100%",
    ]
    assert [bar["width"] for bar in soup.select(".app-bar__fill")] == ["75.0", "25.0"]
    assert all(picture["aria-hidden"] == "true" for picture in soup.select("svg"))


def test_nobody_at_all_divides_by_nothing(render: Callable[..., BeautifulSoup]) -> None:
    soup = render(IMPORT + "{{ funnel('Empty', [{'label': 'Sent', 'count': 0}], 0) }}")
    assert soup.select_one(".app-bar__fill")["width"] == "0"
    assert soup.select_one("tfoot").text.split() == ["Uploaded", "0", "0%"]
