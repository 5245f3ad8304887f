"""Reads HTML as strictly as a validator: nesting, duplicate ids, references that lead nowhere."""

import re
from collections import Counter

import html5lib
from bs4 import BeautifulSoup, Tag

REFERENCES = ("for", "aria-describedby", "aria-labelledby", "aria-controls")


def read_page(text: str) -> BeautifulSoup:
    html5lib.HTMLParser(strict=True).parse(text)
    return _checked(text)


def read_fragment(text: str) -> BeautifulSoup:
    html5lib.HTMLParser(strict=True).parseFragment(text)
    return _checked(text)


def _checked(text: str) -> BeautifulSoup:
    soup = BeautifulSoup(text, "html5lib")
    ids = Counter(str(part["id"]) for part in soup.find_all(id=True))
    assert [name for name, times in ids.items() if times > 1] == []
    for part in soup.find_all(True):
        assert _dangling(part, set(ids)) == [], part
    assert soup.find_all(style=True) == [], "the content security policy refuses inline styles"
    assert soup.select("script:not([src])") == [], "and inline scripts"
    return soup


def _dangling(part: Tag, ids: set[str]) -> list[str]:
    named = " ".join(str(part.get(name, "")) for name in REFERENCES)
    named += " " + " ".join(re.findall(r"^#(.+)", str(part.get("href", ""))))
    return [name for name in re.sub(r"[\[\]',]", " ", named).split() if name not in ids]
