"""What to think about before a text goes out: its opt-out, its price, and who else may read it.

A phone lies on tables. The person this is for may be found out, punished or hurt by whoever sees
the text first, so each warning about wording says what a parent, partner or child would infer
(design section 3). Warnings warn; people decide.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from outreach.domain.gsm import UNICODE_ONLY, sanitise
from outreach.domain.template import (
    SERVICE_PLACEHOLDERS,
    Placeholder,
    normalise_key,
    placeholders,
    split,
)


class WarningKind(StrEnum):
    NO_LINK = "no-link"
    NO_REFERRAL_CODE = "no-referral-code"
    NO_OPT_OUT = "no-opt-out"
    REPLY_CANNOT_ARRIVE = "reply-cannot-arrive"
    DOUBLE_PRICE = "double-price"
    SHOWN_AS_QUESTION_MARK = "shown-as-question-mark"
    SHORT_LINK = "short-link"
    BRACKETS_SHOWN = "brackets-shown"
    DRUGS = "drugs"
    POLICE = "police"
    CRIME = "crime"
    OPERATION = "operation-name"
    EXPLOITATION = "exploitation"
    ABUSE = "abuse"
    HEALTH = "health"
    ADDRESS_FROM_LIST = "address-from-list"


class WordingWarning(NamedTuple):
    """`text` says the fact, `inference` what somebody else would conclude from `found`."""

    kind: WarningKind
    text: str
    inference: str = ""
    found: tuple[str, ...] = ()


class _Unsafe(NamedTuple):
    kind: WarningKind
    about: str
    inference: str
    words: re.Pattern[str]


def _words(*patterns: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(patterns)})\b", re.IGNORECASE)


_UNSAFE = (
    _Unsafe(
        WarningKind.DRUGS,
        "drugs",
        "A parent or partner would infer that the person takes or deals drugs; so would a dealer "
        "who checks phones, and might think the person has talked.",
        _words(
            "drugs?", "cocaine", "coke", "crack", "heroin", "cannabis", "weed", "ketamine", "spice",
            "methadone", "dealers?", "dealing", "county lines?", "substance (?:mis)?use",
            "substances?", "overdos(?:e|ed|es|ing)", "gear", "cuckoo(?:ed|ing)", "cyffur(?:iau)?",
        ),
    ),
    _Unsafe(
        WarningKind.POLICE,
        "the police",
        "A partner, relative or dealer would infer that the person is wanted, or an informer.",
        _words(
            "police", "policing", "constabulary", "constables?", "officers?", "detectives?",
            "crimestoppers", "heddlu",
        ),
    ),
    _Unsafe(
        WarningKind.CRIME,
        "a crime or an investigation",
        "A parent, partner or employer would infer that the person is a suspect or a witness.",
        _words(
            "investigat(?:e|ed|ing|ions?)", "arrest(?:ed|s)?", "crim(?:e|es|inal|inals)",
            "offences?", "offend(?:ers?|ing)", "custody", "court", "probation", "prison",
            "seized", "suspects?", "witness(?:es)?", "trosedd(?:au)?",
        ),
    ),
    _Unsafe(
        WarningKind.EXPLOITATION,
        "exploitation or gangs",
        "Whoever controls the person would infer that somebody has told on them.",
        _words(
            "exploit(?:ed|ation|ing)?", "gangs?", "groom(?:ed|ing)", "traffick(?:ed|ing)",
            "slavery", "debt bondage", "runners?", "trap house",
        ),
    ),
    _Unsafe(
        WarningKind.ABUSE,
        "abuse",
        "A partner who hurts the person would infer that the person has asked for help.",
        _words("abus(?:e|ed|er|ers|ive)", "domestic violence", "violent", "refuge", "assaulted"),
    ),
    _Unsafe(
        WarningKind.HEALTH,
        "addiction or treatment",
        "A parent, child or employer would infer that the person is ill or dependent.",
        _words(
            "addict(?:s|ed|ion)?", "rehab(?:ilitation)?", "detox", "recovery", "treatment",
            "mental health", "suicid(?:e|al)", "self[- ]harm", "dibyniaeth",
        ),
    ),
)  # fmt: skip
_OPERATION = re.compile(r"\b(?:Operation|Op)\.?\s+[A-Z][\w-]+")
_OPERATION_INFERENCE = (
    "Anybody can search for an operation’s name, and would infer what the person was part of."
)
_ADDRESS = re.compile(
    r"https?://[^\s\"'<>()]+|\b(?:[\w-]+\.)+(?:uk|com|org|net|wales|cymru)\b", re.IGNORECASE
)
_SHORTENER = re.compile(
    r"\b(?:bit\.ly|tinyurl\.com|t\.co|goo\.gl|ow\.ly|is\.gd|buff\.ly|rb\.gy|cutt\.ly|shorturl\.at)\b",
    re.IGNORECASE,
)
_OPT_OUT = re.compile(
    r"\bstop(?:io)?\b|\bopt(?:ing)?[ -]?out\b|\bunsubscribe\b|\bno more texts\b", re.IGNORECASE
)
_REPLY = re.compile(
    r"\brepl(?:y|ies)\b|\btext (?:back|us)\b|\b(?:text|send|tecstiwch) STOP|atebwch"
)
_MARKUP = re.compile(r"\(\(|\)\)|\?\?")


def warnings(
    body: str,
    *,
    sender: str = "",
    sender_receives_replies: bool = True,
    service_name: str = "",
    operation_names: Sequence[str] = (),
) -> tuple[WordingWarning, ...]:
    """What to think about in a template, in the order a person should read it.

    `service_name` is given where Notify puts it before every text; `operation_names` are those the
    campaign is known by inside the force.
    """
    shown = "\n".join([service_name, sender, shown_text(body)])
    return (
        *_about_wording(shown, operation_names),
        *_about_links(body),
        *_about_opting_out(body, can_reply=sender_receives_replies),
        *_about_characters(service_name + shown_text(body)),
        *_about_brackets(body),
    )


def addresses_from_list(values: Iterable[str]) -> Iterator[WordingWarning]:
    """About what a list fills into the gaps: an address there is one that nobody wrote or read."""
    if found := _once([each for value in values for each in _ADDRESS.findall(value)]):
        text = f"The list brings web addresses of its own into the text: {_quoted(found)}."
        inference = (
            "Whoever gets it would open one as if you had written it. Take it out of the list."
        )
        yield WordingWarning(WarningKind.ADDRESS_FROM_LIST, text, inference, found)


def shown_text(body: str) -> str:
    """Everything of a template that some recipient may read, without the gaps."""
    pieces = ((p.shown_text or "") if isinstance(p, Placeholder) else p for p in split(body))
    return " ".join(pieces)


def _about_wording(shown: str, operation_names: Sequence[str]) -> Iterator[WordingWarning]:
    written = _OPERATION.findall(shown)
    names = [name for name in operation_names if name and name.lower() in shown.lower()]
    unsaid = [name for name in names if not any(name.lower() in op.lower() for op in written)]
    if found := _once([*written, *unsaid]):
        text = f"The text names an operation: {_quoted(found)}."
        yield WordingWarning(WarningKind.OPERATION, text, _OPERATION_INFERENCE, found)
    for unsafe in _UNSAFE:
        if found := _once(unsafe.words.findall(shown)):
            text = f"The text speaks of {unsafe.about}: {_quoted(found)}."
            yield WordingWarning(unsafe.kind, text, unsafe.inference, found)


def _about_links(body: str) -> Iterator[WordingWarning]:
    if found := _once(_SHORTENER.findall(body)):
        text = f"Notify’s terms forbid shortened links such as {_quoted(found)}. Write it in full."
        yield WordingWarning(WarningKind.SHORT_LINK, text, found=found)
    keys = {normalise_key(name) for name in placeholders(body)}
    if keys & SERVICE_PLACEHOLDERS:
        return
    if _ADDRESS.search(shown_text(body)):
        text = (
            "The text has a link that is the same for everybody. Without ((link)) or ((code)) the "
            "charity cannot tell that a caller came from this campaign."
        )
        yield WordingWarning(WarningKind.NO_REFERRAL_CODE, text)
    else:
        text = "The text has no link. Put ((link)) where the person’s own link should stand."
        yield WordingWarning(WarningKind.NO_LINK, text)


def _about_opting_out(body: str, *, can_reply: bool) -> Iterator[WordingWarning]:
    shown = shown_text(body)
    if not _OPT_OUT.search(shown):
        text = "The text does not say how to stop further texts, which the law asks for."
        yield WordingWarning(WarningKind.NO_OPT_OUT, text)
    if not can_reply and (_REPLY.search(shown) or re.search(r"\bSTOP\b", shown)):
        text = (
            "The text asks for a reply, such as STOP, but replies to this sender reach nobody. "
            "Choose a sender that can receive them."
        )
        yield WordingWarning(WarningKind.REPLY_CANNOT_ARRIVE, text)


def _about_characters(shown: str) -> Iterator[WordingWarning]:
    if found := _once(character for character in shown if character in UNICODE_ONLY):
        text = f"The text has {_quoted(found)}, which more than doubles the price of every message."
        yield WordingWarning(WarningKind.DOUBLE_PRICE, text, found=found)
    if lost := sanitise(shown).replaced:
        text = f"People would see a question mark in place of {_quoted(lost)}."
        yield WordingWarning(WarningKind.SHOWN_AS_QUESTION_MARK, text, found=lost)


def _about_brackets(body: str) -> Iterator[WordingWarning]:
    """What is left of bracket markup once the real placeholders are out (contract section 12)."""
    literal = "\0".join(piece for piece in split(body) if isinstance(piece, str))
    if _MARKUP.search(literal):
        text = (
            "People would see the brackets themselves: conditional text, such as "
            "((show??text)), may have no brackets in it."
        )
        yield WordingWarning(WarningKind.BRACKETS_SHOWN, text)


def _once(words: "Sequence[str] | Iterator[str]") -> tuple[str, ...]:
    return tuple({word.lower(): word for word in reversed(list(words))}.values())[::-1]


def _quoted(words: Sequence[str]) -> str:
    return ", ".join(f"“{word}”" for word in words)
