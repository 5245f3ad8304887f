from collections.abc import Callable

from bs4 import BeautifulSoup

IMPORT = "{% from 'components/progress.html' import progress %}"


def test_it_says_how_far_in_words_and_as_a_bar(render: Callable[..., BeautifulSoup]) -> None:
    soup = render(IMPORT + "{{ progress('Checking', 999, 1000, remaining='a minute') }}")
    bar = soup.select_one("progress")
    assert (bar["value"], bar["max"], bar["aria-label"]) == ("999", "1000", "Checking")
    assert bar["aria-valuetext"] == "99%", "never 100% before it is done"
    said = soup.select_one("[data-live-say]").text
    assert said == "99%: 999 of 1,000 rows, a minute left"


def test_nothing_to_do_is_no_error(render: Callable[..., BeautifulSoup]) -> None:
    soup = render(IMPORT + "{{ progress('Sending', 0, 0, unit='texts') }}")
    assert soup.select_one("progress")["max"] == "1"
    assert soup.select_one("[data-live-say]").text == "0%: 0 of 0 texts"
