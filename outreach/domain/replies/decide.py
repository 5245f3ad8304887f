"""Read one reply: fold, take away quotes, turn words into codes, then the rules in order of safety.

Danger is looked for first. A certain opt-out or wrong number suppresses at once unless the same
reply seems to ask for help; whatever is unclear holds the number until a person has read it.
"""

import re
from collections.abc import Sequence

from outreach.domain.replies import (
    rules_danger,
    rules_help,
    rules_person,
    rules_stop,
    rules_urgent,
    rules_welsh,
    vocabulary_english,
    vocabulary_welsh,
)
from outreach.domain.replies.names import NAMES
from outreach.domain.replies.patterns import Rule, RuleSet
from outreach.domain.replies.quoting import OwnWords, own_words
from outreach.domain.replies.reading import Reading, ReplyClass
from outreach.domain.replies.spelling import Speller
from outreach.domain.replies.words import (
    BREAK,
    COMMA,
    NAME,
    OUR_STOP,
    OWN_STOP,
    QUESTION,
    UNKNOWN,
    Lexicon,
)

_LEXICON = Lexicon(
    vocabulary_english.SPELLINGS + vocabulary_welsh.SPELLINGS, vocabulary_english.CONCEPTS
)


def _rules(*blocks: dict[str, str]) -> RuleSet:
    merged: dict[str, str] = {}
    for block in blocks:
        for why, lines in block.items():
            merged[why] = merged.get(why, "") + lines
    return RuleSet(_LEXICON, merged)


_NOT_A_STOP = _rules(rules_stop.NOT_A_STOP)
_STOP_AND_SEARCH = _rules(rules_stop.STOP_AND_SEARCH)
_NEGATED = _rules(rules_stop.NEGATED)
_OUR_TEXTS = _rules(rules_stop.OUR_TEXTS)
_OWN_LIFE_AFTER = _rules(rules_stop.OWN_LIFE_AFTER)
_OWN_LIFE_BEFORE = _rules(rules_stop.OWN_LIFE_BEFORE)
_OPT_OUT = _rules(rules_stop.OPT_OUT)
_HINTED_OPT_OUT = _rules(rules_stop.HINTED_OPT_OUT)
_WRONG_PERSON = _rules(rules_person.WRONG_PERSON)
_OPT_IN = _rules(rules_person.OPT_IN)
_HELP = _rules(rules_help.HELP)
_HINTS_OF_HELP = _rules(rules_help.HINTS_OF_HELP)
_FIGURES_OF_SPEECH = _rules(rules_urgent.FIGURES_OF_SPEECH)
_URGENT = _rules(
    rules_urgent.SUICIDE,
    rules_urgent.OVERDOSE,
    rules_danger.CHILD,
    rules_danger.CUCKOO,
    rules_danger.VIOLENCE,
    rules_danger.HELD,
    rules_danger.ABUSE,
    rules_danger.EMERGENCY,
    rules_welsh.WELSH_URGENT,
)
_LEXICON.add_names(NAMES)
_LEXICON.add_names([name + "s" for name in NAMES])

_IMPORTANT = frozenset(
    """
    stop stopio unsubscribe cancel remove revoke text texts texting texted message messages messaging
    contact contacting harassing number please again leave alone delete wrong person someone
    suicide suicidal overdose overdosed overdosing breathing killing myself unconscious collapsed
    threatened threatening knife stabbed ambulance police emergency cuckooing cuckooed kidnapped
    hostage trafficked trafficking forced forcing raped abused bleeding trapped danger scared
    hospital groomed missing address methadone rehab detox using smoking interested harassment
    bother bothering sending permission consent blocked unstop resubscribe arret
    """.split()
)
_TABLE = _LEXICON.table()
_SPELLER = Speller(_TABLE, _IMPORTANT)
_STOP_CODES = frozenset("".join(_TABLE[word] for word in ("stop", "quit", "end", "stopio", "stopiwch", "stopia")))

_TOKEN = re.compile(r"[a-z0-9$@]+(?:\*[a-z0-9$@*]*)?|[.!;:\n()\"]|\?|,|(?<= )-+(?= )")
_EDGES = {c: BREAK for c in '.!;:\n()"'} | {"?": QUESTION, ",": COMMA} | {"-" * n: COMMA for n in range(1, 9)}
_TABLE.update(_EDGES)
_KEYWORDS = frozenset(
    "stop stopall unsubscribe unsub cancel end quit optout revoke remove arret stopio unstop start optin help".split()
)


def encode(folded: str, original: str) -> str:
    """The reply as codes, edges of clauses among them."""
    tokens = _TOKEN.findall(folded)
    if 1 < len(tokens) and len(folded) < 40 and (codes := _spelled_out(tokens)):
        return codes
    if " t o p" in folded or ".t.o.p" in folded or "-t-o-p" in folded:
        tokens = _TOKEN.findall(_SPACED_STOP.sub(" stop ", folded))
    table, read = _TABLE, _SPELLER.read
    pieces = [table.get(token) or read(token) for token in tokens]
    if UNKNOWN in pieces and not original.isupper():
        for at, piece in enumerate(pieces):
            if piece == UNKNOWN and _is_capitalised(tokens[at], original):
                pieces[at] = NAME
    return "".join(pieces)


_SPACED_STOP = re.compile(r"(?<![a-z0-9])s[ .-]{1,3}t[ .-]{1,3}o[ .-]{1,3}p(?![a-z0-9])")


def _spelled_out(tokens: list[str]) -> str | None:
    """A keyword with its letters or parts apart: "s t o p", "un-subscribe"."""
    joined = "".join([token for token in tokens if token.isalnum()])
    return _TABLE[joined] if joined in _KEYWORDS else None


def _is_capitalised(token: str, original: str) -> bool:
    """Written with a capital inside a sentence, as a name is."""
    at = original.find(token.capitalize())
    return at > 1 and len(token) > 2 and original[at - 1] == " " and original[at - 2] not in ".!?\n"


def _whose_stop(codes: str) -> str:
    """Each stop, quit and end recoded as our texting's or somebody's own life's, where known."""
    if _STOP_CODES.isdisjoint(codes):
        return codes
    codes = _NOT_A_STOP.replaced(codes, UNKNOWN, at=-1)
    codes = _STOP_AND_SEARCH.replaced(codes, UNKNOWN, at=0)
    codes = _NEGATED.replaced(codes, OWN_STOP, at=-1)
    codes = _OUR_TEXTS.replaced(codes, OUR_STOP, at=0)
    codes = _OWN_LIFE_AFTER.replaced(codes, OWN_STOP, at=-1)
    return _OWN_LIFE_BEFORE.replaced(codes, OWN_STOP, at=0)


def classify(text: str, *, own_texts: Sequence[str] = ()) -> Reading:
    """Read one reply. `own_texts` are texts we sent to this number, so that quotes are known.

    Any text gives exactly one class; none raises.
    """
    own = own_words(text, own_texts)
    codes = encode(own.text, text)
    if not codes.strip(_EDGE_CODES):
        return _nothing_said(own)
    literal = _FIGURES_OF_SPEECH.blanked(codes, UNKNOWN)
    roles = _whose_stop(codes)
    stop, help_wanted = _opt_out(roles), _HELP.first(roles)
    if urgent := _URGENT.first(literal):
        clear_stop = stop is not None and help_wanted is None
        return Reading(ReplyClass.URGENT, urgent.why + ".", clear_stop, holds=True)
    wrong = _WRONG_PERSON.first(literal)
    back_in = _OPT_IN.first(codes)
    return _settled(stop, wrong, back_in, help_wanted)


_EDGE_CODES = BREAK + QUESTION + COMMA


def _opt_out(roles: str) -> Rule | None:
    if rule := _OPT_OUT.first(roles):
        return rule
    hinted = _HINTED_OPT_OUT.first(roles)
    return hinted if hinted and not _HINTS_OF_HELP.first(roles) else None


def _settled(
    stop: Rule | None, wrong: Rule | None, back_in: Rule | None, help_wanted: Rule | None
) -> Reading:
    """The class of a reply in which nobody seems to be in danger."""
    if help_wanted and (stop or wrong or back_in):
        return _review("Seems to ask for help and also for something else; a person decides.")
    if wrong:
        return Reading(ReplyClass.WRONG_PERSON, wrong.why + ".", suppresses=True, holds=False)
    if stop and back_in:
        return _review("Says both stop and start; a person decides.")
    if stop:
        return Reading(ReplyClass.OPT_OUT, stop.why + ".", suppresses=True, holds=False)
    if back_in:
        return Reading(ReplyClass.OPT_IN, back_in.why + ".", suppresses=False, holds=False)
    if help_wanted:
        return _review(help_wanted.why + ".")
    return _review("No rule is certain about it; a person decides.")


def _review(why: str) -> Reading:
    return Reading(ReplyClass.REVIEW, why, suppresses=False, holds=True)


def _nothing_said(own: OwnWords) -> Reading:
    if own.reaction:
        if own.displeased:
            return _review("Only a phone's reaction to a text, but a displeased one.")
        if own.reacted_to and _URGENT.first(encode(own.reacted_to, own.reacted_to)):
            return _review("Only a phone's reaction, but to words that may speak of danger.")
        why = "Only a phone's reaction to a text; it asks for nothing."
        return Reading(ReplyClass.REVIEW, why, suppresses=False, holds=False)
    if own.quote:
        why = "Only repeats our own text; it asks for nothing."
        return Reading(ReplyClass.REVIEW, why, suppresses=False, holds=False)
    return _review("There are no words in it.")
