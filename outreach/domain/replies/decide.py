"""Read one reply: fold it, take away quotes, turn words into codes, then ask the rules.

Danger is looked for first. A certain opt-out or wrong number suppresses at once unless the same
reply seems to ask for help; whatever is unclear holds the number until a person has read it.
"""

from collections.abc import Sequence

from outreach.domain.replies import grammar as g
from outreach.domain.replies.encode import encode, has_words
from outreach.domain.replies.patterns import Rule
from outreach.domain.replies.quoting import OwnWords, own_words
from outreach.domain.replies.reading import Reading, ReplyClass
from outreach.domain.replies.words import OUR_STOP, OWN_STOP, PAST_DEATH, UNKNOWN


def classify(text: str, *, own_texts: Sequence[str] = ()) -> Reading:
    """Read one reply. `own_texts` are texts we sent to this number, or their templates, so that
    quotes are known.

    Any text gives exactly one class; none raises.
    """
    own = own_words(text, own_texts)
    codes = encode(own.text, text)
    if not has_words(codes):
        return _nothing_said(own)
    literal, possible = _literal(codes)
    urgent = g.URGENT.first(literal, possible)
    codes, possible = _whose_stop(literal, possible)
    asking, may_ask = _without_refusals(codes, possible)
    help_wanted = g.HELP.first(asking, may_ask)
    stop = g.OPT_OUT.first(codes, possible)
    hinted = None if stop else g.HINTED_OPT_OUT.first(codes, possible)
    if urgent:
        says_stop = (stop or hinted) is not None and help_wanted is None
        return Reading(ReplyClass.URGENT, f"{urgent.why}.", says_stop, holds=True)
    if hinted and not g.HINTS_OF_HELP.first(asking, may_ask):
        stop = hinted
    wrong = g.WRONG_PERSON.first(codes, possible)
    back_in = g.OPT_IN.first(codes, possible)
    return _settled(stop, wrong, back_in, help_wanted)


def _literal(codes: str) -> tuple[str, int]:
    """The reply without figures of speech, and the rules it may match."""
    possible = g.BOOK.candidates(codes)
    literal = g.FIGURES_OF_SPEECH.blanked(codes, possible, UNKNOWN)
    literal = g.PAST_DEATHS.blanked(literal, possible, PAST_DEATH)
    return literal, possible if literal == codes else g.BOOK.candidates(literal)


def _whose_stop(codes: str, possible: int) -> tuple[str, int]:
    """Each stop, quit and end recoded as our texting's or somebody's own life's, where known."""
    if g.STOP_CODES.isdisjoint(codes):
        return codes, possible
    codes = g.NOT_A_STOP_LAST.recoded(codes, possible, UNKNOWN, at=-1)
    codes = g.NOT_A_STOP_FIRST.recoded(codes, possible, UNKNOWN, at=0)
    codes = g.NEGATED_LAST.recoded(codes, possible, OWN_STOP, at=-1)
    codes = g.OUR_TEXTS_FIRST.recoded(codes, possible, OUR_STOP, at=0)
    codes = g.OWN_LIFE_LAST.recoded(codes, possible, OWN_STOP, at=-1)
    codes = g.OWN_LIFE_FIRST.recoded(codes, possible, OWN_STOP, at=0)
    return codes, g.BOOK.candidates(codes)


def _without_refusals(codes: str, possible: int) -> tuple[str, int]:
    """The reply without the help, drugs or treatment that it says are not wanted or not there."""
    refused = g.NOT_NEEDED.blanked(codes, possible, UNKNOWN)
    return refused, possible if refused == codes else g.BOOK.candidates(refused)


def _settled(
    stop: Rule | None, wrong: Rule | None, back_in: Rule | None, help_wanted: Rule | None
) -> Reading:
    """The class of a reply in which nobody seems to be in danger."""
    if help_wanted and (stop or wrong or back_in):
        return _review("Seems to ask for help and also for something else; a person decides.")
    if wrong:
        return Reading(ReplyClass.WRONG_PERSON, f"{wrong.why}.", suppresses=True, holds=False)
    if stop and back_in:
        return _review("Says both stop and start; a person decides.")
    if stop:
        return Reading(ReplyClass.OPT_OUT, f"{stop.why}.", suppresses=True, holds=False)
    if back_in:
        return Reading(ReplyClass.OPT_IN, f"{back_in.why}.", suppresses=False, holds=False)
    if help_wanted:
        return _review(f"{help_wanted.why}.")
    return _review("No rule is certain about it; a person decides.")


def _review(why: str, *, holds: bool = True) -> Reading:
    return Reading(ReplyClass.REVIEW, why, suppresses=False, holds=holds)


def _nothing_said(own: OwnWords) -> Reading:
    if own.reaction and own.displeased:
        return _review("Only a phone's reaction to a text, but a displeased one.")
    if own.reaction and _speaks_of_danger(own.reacted_to):
        return _review("Only a phone's reaction, but to words that may speak of danger.")
    if own.reaction:
        return _review("Only a phone's reaction to a text; it asks for nothing.", holds=False)
    if own.quote:
        return _review("Only repeats our own text; it asks for nothing.", holds=False)
    return _review("There are no words in it.")


def _speaks_of_danger(folded: str) -> bool:
    return g.URGENT.first(*_literal(encode(folded, folded))) is not None
