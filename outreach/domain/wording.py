"""What is wrong with the words of a text, before anybody receives it (design section 3).

A phone is looked at by others. So the words are read as a parent, a partner or a child would read
them, who do not know what the sender meant. Nothing here refuses: a person decides.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from outreach.domain.gsm import UNICODE_ONLY, sanitise
from outreach.domain.template import Placeholder, placeholders, split

__all__ = ["Concern", "ConcernKind", "concerns", "inferences", "visible_words"]


class ConcernKind(StrEnum):
    """In the order in which they are shown."""

    BRACKETS = "brackets"
    INFERENCE = "inference"
    OPERATION = "operation"
    NO_OPT_OUT = "no-opt-out"
    CANNOT_REPLY = "cannot-reply"
    NO_LINK = "no-link"
    SHORTENER = "shortener"
    PRESSURE = "pressure"
    LOST_CHARACTERS = "lost-characters"
    COSTLY_CHARACTERS = "costly-characters"


@dataclass(frozen=True)
class Concern:
    """One thing to put right or to have thought about. `found` are the words it is about."""

    kind: ConcernKind
    title: str
    sentence: str
    found: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Inference:
    """Words, and what each reader would make of them. The first is said of a parent or partner."""

    pattern: re.Pattern[str]
    title: str
    sentence: str


def _words(listed: str) -> re.Pattern[str]:
    """Whole words and phrases, separated by commas; one that ends in `*` may go on."""
    stems = [stem.strip() for stem in listed.split(",")]
    parts = (re.escape(stem).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for stem in stems)
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE)


_INFERENCES = (
    _Inference(
        _words(
            "drug*, cannabis, cocaine, coke, crack, heroin, ketamine, spice, weed, narcotic*, "
            "opioid*, opiate*, methadone, overdos*, dealer*, dealing, addict*, substance*, "
            "county line*, cuckoo*, rehab*, detox*, needle*, cyffur*"
        ),
        "It speaks of drugs",
        "A parent or partner may infer that the person uses or sells drugs. A child may repeat "
        "the word. Somebody who sells to them may infer that they have talked.",
    ),
    _Inference(
        _words(
            "police*, officer*, constab*, detective*, crime*, criminal*, offend*, offence*, "
            "investigat*, arrest*, custody, suspect*, court, prison*, probation, gang*, exploit*, "
            "evidence, seized, informant*, heddlu"
        ),
        "It speaks of police or crime",
        "A parent or partner may infer that the person is in trouble with the police. Somebody "
        "who controls them may infer that they have spoken to the police.",
    ),
    _Inference(
        _words(
            "abus*, domestic, violen*, victim*, assault*, refuge, traffick*, modern slavery, "
            "controlling, safeguard*, safe house*, stalk*, cam-drin, trais"
        ),
        "It speaks of abuse",
        "A partner who harms the person may infer that they have asked for help, and harm them for "
        "it. A child may be frightened.",
    ),
    _Inference(
        _words(
            "HIV, sexual*, pregnan*, abortion*, mental health, suicid*, self-harm*, alcohol*, "
            "drinking, gambl*, debt*, clinic*, treatment*, diagnos*"
        ),
        "It speaks of health or money troubles",
        "A parent, partner or child may infer something that the person has not told them.",
    ),
    _Inference(
        re.compile(
            r"\byour (?:number|phone|name|details)\b[^.]{0,40}\b(?:found|appear\w*|came up|"
            r"identified|contact\w*|seen|linked|connected)\b|"
            r"\bwe (?:know|are aware|believe|think) (?:that )?you\b|"
            r"\byou (?:have been|were|are) (?:identified|linked|named|suspected|known)\b",
            re.IGNORECASE,
        ),
        "It says that something is known about the person",
        "A parent or partner will ask what is known, and from whom.",
    ),
)

_OPERATION = re.compile(r"\b(?:[Oo]peration|OPERATION|Op\.?|Ymgyrch)\s+[A-Z]\w+")
_OPT_OUT = re.compile(
    r"\b(?:stop(?:io|all)?|opt[ -]?out|unsubscribe|optio allan|no more (?:texts|messages)|"
    r"dim mwy o negeseuon)\b",
    re.IGNORECASE,
)
_REPLY = re.compile(
    r"\b(?:reply|text|send|ateb\w*|tecst\w*|anfon\w*)\b[^.!?]{0,20}\bstop(?:io)?\b", re.IGNORECASE
)
_LINK = re.compile(r"https?://|\bwww\.", re.IGNORECASE)
_SHORTENER = re.compile(
    r"\b(?:bit\.ly|tinyurl\.com|goo\.gl|t\.co|ow\.ly|is\.gd|buff\.ly|cutt\.ly|rb\.gy|shorturl\.at|"
    r"tiny\.cc|t\.ly)\b",
    re.IGNORECASE,
)
_PRESSURE = _words(
    "urgent*, immediate*, act now, at once, final notice, last chance, must, or else, failure to, "
    "within 24 hours, asap, ar frys"
)


def visible_words(body: str) -> str:
    """What of a template anybody may see: its text and all conditional texts, without the gaps."""
    pieces = split(body)
    return "".join(
        (piece.shown_text or "") if isinstance(piece, Placeholder) else piece for piece in pieces
    )


def concerns(
    body: str,
    *,
    can_receive_replies: bool,
    operation: str | None = None,
    examples: Iterable[str] = (),
) -> tuple[Concern, ...]:
    """Everything to be said about a template, most serious first.

    `operation` is the reference that must never stand in a text; `examples` are texts as people
    would get them, so that what the list brings in is read as well.
    """
    words = visible_words(body)
    read = "\n".join([words, *examples])
    found = [
        *inferences(read),
        *_operation(read, operation),
        *_brackets(body),
        *_ways_out(words, can_receive_replies),
        *_links(body, words),
        *_pressure(words),
        *_characters(words),
    ]
    order = list(ConcernKind)
    return tuple(sorted(found, key=lambda concern: order.index(concern.kind)))


def inferences(text: str) -> Iterator[Concern]:
    """What somebody who was not meant to read the text would conclude from its words."""
    for inference in _INFERENCES:
        found = _found(inference.pattern, text)
        if found:
            yield Concern(ConcernKind.INFERENCE, inference.title, inference.sentence, found)


def _operation(text: str, operation: str | None) -> Iterator[Concern]:
    found = _found(_OPERATION, text)
    if operation and operation.lower() in text.lower():
        found = (*found, operation)
    if found:
        yield Concern(
            ConcernKind.OPERATION,
            "It names an operation",
            "Anybody who knows the operation, or looks it up, learns why the person was texted.",
            tuple(dict.fromkeys(found)),
        )


def _brackets(body: str) -> Iterator[Concern]:
    """Contract section 12: brackets in conditional text make it go out as it is written."""
    literal = "".join(piece for piece in split(body) if isinstance(piece, str))
    if "((" in literal or "))" in literal or "??" in literal:
        yield Concern(
            ConcernKind.BRACKETS,
            "Brackets would be sent as they are",
            "A conditional text holds brackets, or a gap is not closed, so GOV.UK Notify would "
            "send the “((” and “??” to people. Correct the template in Notify.",
        )


def _ways_out(words: str, can_receive_replies: bool) -> Iterator[Concern]:
    if not _OPT_OUT.search(words):
        yield Concern(
            ConcernKind.NO_OPT_OUT,
            "It does not say how to stop the texts",
            "People have a right to object. Say how, such as “Reply STOP to opt out”.",
        )
    if _REPLY.search(words) and not can_receive_replies:
        yield Concern(
            ConcernKind.CANNOT_REPLY,
            "Replies may not arrive",
            "The text asks people to reply, and no number that receives replies is recorded. If "
            "the texts come from a name, nobody can reply STOP. Ask an administrator.",
        )


def _links(body: str, words: str) -> Iterator[Concern]:
    keys = {name.strip().lower() for name in placeholders(body)}
    if "link" not in keys and not _LINK.search(words):
        also = " They can quote their code on the phone." if "code" in keys else ""
        yield Concern(
            ConcernKind.NO_LINK,
            "It has no link",
            f"People cannot open the page about help, or stop the texts there.{also} "
            "The placeholder ((link)) puts in each person's own link.",
        )
    if found := _found(_SHORTENER, words):
        yield Concern(
            ConcernKind.SHORTENER,
            "It has a shortened link",
            "People cannot tell where it leads, and GOV.UK Notify does not allow shorteners. "
            "Write the whole address.",
            found,
        )


def _pressure(words: str) -> Iterator[Concern]:
    if found := _found(_PRESSURE, words):
        yield Concern(
            ConcernKind.PRESSURE,
            "It presses people to act",
            "Texts that hurry people are taken for fraud, or for a threat.",
            found,
        )


def _characters(words: str) -> Iterator[Concern]:
    if lost := sanitise(words).replaced:
        yield Concern(
            ConcernKind.LOST_CHARACTERS,
            "Some characters would arrive as question marks",
            "GOV.UK Notify cannot send them.",
            lost,
        )
    if costly := tuple(dict.fromkeys(letter for letter in words if letter in UNICODE_ONLY)):
        yield Concern(
            ConcernKind.COSTLY_CHARACTERS,
            "Some letters make every text dearer",
            "With them a fragment holds 70 characters and not 160, so the text can cost more than "
            "twice as much. Keep them where the language needs them.",
            costly,
        )


def _found(pattern: re.Pattern[str], text: str) -> tuple[str, ...]:
    """Each finding once, as first written, whatever its case."""
    found: dict[str, str] = {}
    for match in pattern.finditer(text):
        found.setdefault(match[0].lower(), match[0])
    return tuple(found.values())
