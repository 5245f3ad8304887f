from collections.abc import Callable

from bs4 import BeautifulSoup

IMPORT = "{% from 'components/message_preview.html' import message_preview %}"


def test_the_text_is_shown_as_it_goes_with_its_parts_marked(
    render: Callable[..., BeautifulSoup],
) -> None:
    soup = render(
        IMPORT + "{{ message_preview(parts, sender='Harbour', characters=187, cost=5) }}",
        parts=["Hello <you>\n ", "bye"],
    )
    bubble = soup.select_one(".app-phone__bubble")
    assert bubble.text == "Hello <you>\n End of part 1bye"
    assert [part.text for part in bubble.select(".app-phone__break")] == ["End of part 1"]
    assert soup.select_one(".app-phone__sender").text == "From Harbour"
    facts = " ".join(soup.select_one("figcaption").text.split())
    assert facts == "187 characters, 2 fragments, £0.05 for each person."


def test_a_character_that_halves_the_fragment_is_named(
    render: Callable[..., BeautifulSoup],
) -> None:
    soup = render(IMPORT + "{{ message_preview(['Żółć'], is_unicode=true) }}")
    facts = " ".join(soup.select_one("figcaption").text.split())
    assert facts.startswith("1 fragment. It has a character outside the basic set")


def test_the_number_of_fragments_may_be_given_with_the_whole_text(
    render: Callable[..., BeautifulSoup],
) -> None:
    soup = render(IMPORT + "{{ message_preview(['text'], fragments=3) }}")
    assert soup.select_one("figcaption").text.split()[:2] == ["3", "fragments."]
