"""The words of the public pages, one file a language: adding a language is adding a file.

`languages/<BCP 47 tag>.json` holds every text under the names below; a missing or unknown name
stops start-up. `{partner}` stands for the charity's name.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Any

DEFAULT = "en"
ACTS = ("stop", "not-me")


class WordingIncomplete(Exception):
    """A language's file lacks a text or holds one too many; the message names file and text."""


@dataclass(frozen=True)
class Notice:
    """A short page: a heading, plain text, and the words of its button where it has one."""

    heading: str
    body: str
    button: str = ""


@dataclass(frozen=True)
class GeneralHelp:
    """What stands where a campaign's own content would."""

    partner: str
    phone: str
    website: str
    heading: str
    body: str


@dataclass(frozen=True)
class Wording:
    """Everything the public pages say in one language."""

    tag: str
    name: str
    title: str
    skip: str
    exit: str
    languages_label: str
    heading: str
    body: str
    talk_heading: str
    call: str
    danger: str
    visit: str
    expect_heading: str
    expect: str
    code: str
    confidence_heading: str
    confidence: str
    stop_heading: str
    stop: str
    not_me: str
    safe_heading: str
    safe: str
    back: str
    footer: Mapping[str, str]
    confirm: Mapping[str, Notice]
    done: Mapping[str, Notice]
    wait: Notice
    help: GeneralHelp
    pages: Mapping[str, Notice]


@cache
def languages() -> Mapping[str, Wording]:
    """Every language there is a file for, the default first. Raises WordingIncomplete."""
    found = {
        entry.name.removesuffix(".json"): entry.read_text("utf-8")
        for entry in files("outreach.landing").joinpath("languages").iterdir()
        if entry.name.endswith(".json")
    }
    tags = sorted(found, key=lambda tag: (tag != DEFAULT, tag))
    return {tag: read_wording(tag, found[tag]) for tag in tags}


def read_wording(tag: str, text: str) -> Wording:
    """Raises WordingIncomplete."""
    raw: dict[str, Any] = json.loads(text)
    expected = {field.name for field in fields(Wording)} - {"tag"}
    if wrong := expected ^ raw.keys():
        raise WordingIncomplete(f"languages/{tag}.json: look at {', '.join(sorted(wrong))}")
    try:
        notices = {name: _notices(raw[name]) for name in ("confirm", "done", "pages")}
        raw |= notices | {"wait": Notice(**raw["wait"]), "help": GeneralHelp(**raw["help"])}
    except TypeError as error:
        raise WordingIncomplete(f"languages/{tag}.json: {error}") from error
    if any(set(notices[name]) != set(ACTS) for name in ("confirm", "done")):
        raise WordingIncomplete(f"languages/{tag}.json: `confirm` and `done` need {ACTS}")
    return Wording(tag=tag, **raw)


def _notices(raw: Mapping[str, Mapping[str, str]]) -> dict[str, Notice]:
    return {name: Notice(**texts) for name, texts in raw.items()}
