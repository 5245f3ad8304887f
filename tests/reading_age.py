"""How old a reader has to be: the Flesch-Kincaid grade of a text, and five years.

(Kincaid and others, "Derivation of new readability formulas", 1975: words to a sentence and
syllables to a word.) Syllables are counted by groups of vowels, which is right for nine English
words of ten and on the average of a page for all. What the field calls by a fixed name, and readers
of these pages know, counts as an easy word.
"""

import re

from bs4 import BeautifulSoup

KNOWN = re.compile(
    r"\b(?:accessibility|administrat(?:or|ion)s?|approv(?:al|e|ed|er|ers|es|ing)|audit(?:ors?|s)?|"
    r"authenticator|campaigns?|checkpoints?|consistency|cosign(?:ature|ed|s)?|deliver(?:ed|y)|"
    r"fragments?|GOV\.UK|notif(?:y|ications?)|opt(?:ed)?[- ]outs?|organisations?|outreach|"
    r"passkeys?|personalisation|permanent|policy|retention|"
    r"recipients?|referral|requesters?|suppress(?:ed|ion)|templates?|verif(?:y|ied|ication)|"
    r"[\w.-]+@[\w.-]+|https?://\S+|[\w-]+(?:\.[\w-]+)+)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[A-Za-z]+(?:[’'][a-z]+)?")
_VOWELS = re.compile(r"[aeiouy]+")
_BLOCKS = ("p", "li", "h1", "h2", "h3", "dt", "dd", "label", "legend", "td", "th", "figcaption")


def reading_age(sentences: list[str]) -> float:
    """In years. Of no words it is nought."""
    words = [word for each in sentences for word in _WORD.findall(KNOWN.sub("name", each))]
    if not words:
        return 0.0
    to_a_word = sum(map(syllables, words)) / len(words)
    return 0.39 * len(words) / len(sentences) + 11.8 * to_a_word - 15.59 + 5


def syllables(word: str) -> int:
    """At least one."""
    plain = re.sub(r"[’'].*", "", word.lower())
    plain = re.sub(r"(?<=[^aeiouytd])ed$|(?<=[^aeiouysxz])es$|(?<=[^aeiouyl])e$", "", plain)
    return max(1, len(_VOWELS.findall(plain)))


def sentences_of_html(markup: str) -> list[str]:
    """Whole sentences and not labels: those of at least four words."""
    soup = BeautifulSoup(markup, "html.parser")
    for block in soup.find_all(_BLOCKS):
        block.append(". ")
    return sentences_of_text(soup.get_text())


def sentences_of_text(text: str) -> list[str]:
    found = re.split(r"(?<=[.!?:;])\s+", re.sub(r"\s+", " ", text))
    return [each for each in found if len(_WORD.findall(each)) >= 4]
