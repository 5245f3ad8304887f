"""Take away what a reply only repeats: phone reactions, our own text, a phone's signature."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from outreach.domain.replies.fold import fold

_VERBS = (
    r"liked|loved|disliked|laughed at|emphasi[sz]ed|questioned"
    r"|(?:wedi )?hoff(?:odd|i)|(?:wedi )?caru|carodd|chwarddodd ar|pwysleisiodd|cwestiynodd"
    r"|(?:wedi )?(?:reacted|adweith\w{1,6})(?: with)? .{1,12}? (?:to|i)"
    r"|removed .{1,20}? from|tynn\w{1,6} .{1,20}? oddi ar|[^\w\s]{1,12} (?:to|i)"
)
_REACTION = re.compile(
    rf"\s*(?P<how>{_VERBS})\s+"
    r'(?:"(?P<quote>[^"]*)(?:"|\Z)|an? (?:image|photo|picture|video|message|attachment)\b)',
    re.IGNORECASE,
)
_MEDIA = ("image", "photo", "picture", "video", "message", "attachment")
_DISPLEASED = re.compile("dislike|question|cwestiyn|[👎🛑🖕😡🤬😠❓⁉🚫✋]", re.IGNORECASE)
_QUOTES = str.maketrans("“”„«»", '"""""')
_NOT_SHOWN = re.compile("[\u200b-\u200f\u2009\u200a\u202f\u2060-\u2064\ufe0f\ufeff]")
_QUOTED_LINE = re.compile(r"^[ \t]*>.*$", re.MULTILINE)
_INSTRUCTION = re.compile(
    r"(?<!\bi )\b(?:reply|text|txt|send|sms|tecstiwch|atebwch|ateb|anfonwch)(?: with)?[ :]+"
    r'"?(?:stop(?:io|all)?|unsubscribe|end|quit|cancel|arret)"?(?: to \d{3,15})?'
    r" (?:(?:to|i) (?:opt|stop|end|unsub|leave|cancel|beidio|be |not )[^\n.!?]{0,60}[.!?]?|"
    r"to ?\.\.\.)"
    r"|\bstop to (?:opt out|unsubscribe|end)[^\n.!?]{0,20}"
    r"|\bto (?:opt|stop|end|unsub|leave|cancel)[^\n.!?]{0,40} (?:reply|text|txt|send) "
    r'"?(?:stop|unsubscribe|end|quit)"?'
)
_SIGNATURE = re.compile(
    r"\b(?:sent (?:from|via|using) |get outlook for |anfonwyd o(?:r)? )[a-z0-9 .]{2,40}\s*\Z"
)
_LINK = re.compile(r"\bhttps?://\S+")
"""An address is no word of the sender's, whatever words are in it."""
_PLACEHOLDER = re.compile(r"\({2}[^()]*\){2}")
_LONG_ENOUGH = 20
"""Characters; a shorter reply found inside our text may be a keyword, so it counts as a reply."""


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What is left of a reply, folded, and what was taken away.

    `reaction` and `quote` say what was taken; `displeased` that the reaction was a cross one;
    `reacted_to` holds the folded words it quoted that are not known to be ours.
    """

    text: str
    reaction: bool = False
    quote: bool = False
    displeased: bool = False
    reacted_to: str = ""


def own_words(text: str, own_texts: Sequence[str]) -> OwnWords:
    """The sender's own words; `own_texts` are texts we sent to this number, or their templates:
    what filled a placeholder is not known, so each stretch between two is looked for by itself."""
    parts = (part for own in own_texts for part in _PLACEHOLDER.split(own))
    ours = [spaced for part in parts if (spaced := _spaced(fold(part)))]
    if reaction := _reaction(text):
        return _after_reaction(reaction, ours)
    folded = fold(text)
    kept = _without_our_text(folded, ours)
    said = _without_signature(_LINK.sub("", kept) if "://" in kept else kept)
    return OwnWords(said, quote=kept is not folded)


def _reaction(text: str) -> re.Match[str] | None:
    if not ('"' in text or "“" in text or "„" in text or "«" in text or text.endswith(_MEDIA)):
        return None
    return _REACTION.match(_NOT_SHOWN.sub("", text).translate(_QUOTES))


def _after_reaction(reaction: re.Match[str], ours: list[str]) -> OwnWords:
    quoted = _spaced(fold(reaction["quote"] or "")).strip(" .")
    return OwnWords(
        fold(reaction.string[reaction.end() :]),
        reaction=True,
        displeased=bool(_DISPLEASED.search(reaction["how"])),
        reacted_to="" if any(quoted in own for own in ours) else quoted,
    )


def _without_our_text(folded: str, ours: list[str]) -> str:
    """The same string where nothing was taken away."""
    kept = folded
    if ours:
        spaced = _spaced(folded)
        bare = spaced.strip('"> .')
        if len(bare) >= _LONG_ENOUGH and any(bare in own for own in ours):
            return ""
        for own in ours:
            if len(own) >= _LONG_ENOUGH and own in spaced:
                kept = spaced = spaced.replace(own, "\n")
    if ">" in kept:
        kept = _QUOTED_LINE.sub("", kept)
    if " " in kept and (found := _INSTRUCTION.search(kept)):
        opened = kept.lstrip()[:1] == '"'
        kept = ("" if opened else kept[: found.start()]) + "\n" + kept[found.end() :]
    return kept


def _without_signature(folded: str) -> str:
    if "sent " in folded or "get outlook" in folded or "anfonwyd" in folded:
        return _SIGNATURE.sub("", folded)
    return folded


def _spaced(folded: str) -> str:
    return " ".join(folded.split())
