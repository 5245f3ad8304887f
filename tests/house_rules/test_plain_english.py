"""Pages and guides are for a reading age of nine to twelve, as GOV.UK asks of its own."""

import re
from pathlib import Path

import pytest

from tests.reading_age import reading_age, sentences_of_html, sentences_of_text

ROOT = Path(__file__).parents[2]
OLDEST = 11
"""Years."""
FEWEST_WORDS = 40
"""Of fewer the measure says nothing."""
GUIDES = ("requesters", "approvers", "partners", "auditors", "admins")


def sentences_of_template(source: str) -> list[str]:
    """Each branch ends a sentence; what is filled in is a name."""
    plain = re.sub(r"\{#.*?#\}", "", source, flags=re.DOTALL)
    plain = re.sub(r"\{%-?\s*(?:if|else|elif)\b.*?%\}", ". ", plain, flags=re.DOTALL)
    plain = re.sub(r"\{%.*?%\}", " ", plain, flags=re.DOTALL)
    return sentences_of_html(re.sub(r"\{\{.*?\}\}", "name", plain, flags=re.DOTALL))


def sentences_of_guide(source: str) -> list[str]:
    """Without tables, commands and the addresses of links; an item of a list ends a sentence."""
    plain = re.sub(r"^(?: {4}|\|).*$", "", source, flags=re.MULTILINE)
    plain = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", plain)
    plain = re.sub(r"`[^`]*`", "name", plain)
    plain = re.sub(r"^(?:#+|\*|\d+\.)\s", ". ", plain, flags=re.MULTILINE)
    return sentences_of_text(plain.replace("*", ""))


def texts() -> dict[str, list[str]]:
    pages = sorted((ROOT / "templates").rglob("*.html"))
    found = {str(page.relative_to(ROOT)): sentences_of_template(page.read_text()) for page in pages}
    guides = {f"docs/{name}.md": ROOT / "docs" / f"{name}.md" for name in GUIDES}
    found |= {name: sentences_of_guide(guide.read_text()) for name, guide in guides.items()}
    enough = {name: each for name, each in found.items() if words_in(each) >= FEWEST_WORDS}
    assert len(enough) > 50
    return enough


def words_in(sentences: list[str]) -> int:
    return sum(len(each.split()) for each in sentences)


TEXTS = texts()


@pytest.mark.parametrize("name", TEXTS)
def test_twelve_year_olds_can_read_it(name: str) -> None:
    hardest = sorted(TEXTS[name], key=lambda each: -reading_age([each]))[:3]
    assert reading_age(TEXTS[name]) <= OLDEST, hardest


EASY = "The cat sat on the mat. It was a big cat. The dog ran to see it."
USUAL = (
    "Check who gets the text before you send it. If the number belongs to somebody else, they may "
    "be hurt or upset by it."
)
HARD = (
    "Notwithstanding the aforementioned provisions, the competent authority may determine the "
    "admissibility of representations submitted subsequent to the expiration of the statutory "
    "consultation period."
)


@pytest.mark.parametrize(
    ("text", "youngest", "oldest"), [(EASY, 3, 7), (USUAL, 8, 11), (HARD, 20, 40)]
)
def test_measure_tells_easy_from_hard(text: str, youngest: int, oldest: int) -> None:
    assert youngest <= reading_age(sentences_of_text(text)) <= oldest
