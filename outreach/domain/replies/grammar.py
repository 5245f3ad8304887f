"""The vocabulary and the rules put together, once, when the module is first loaded."""

from outreach.domain.replies.rulebook import RuleBook
from outreach.domain.replies.rules import (
    asks_help,
    child,
    emergency,
    figures_of_speech,
    held,
    home_taken,
    opt_in,
    opt_out,
    overdose,
    refusal,
    self_harm,
    stop,
    violence,
    welsh_danger,
    wrong_person,
)
from outreach.domain.replies.spelling import Speller
from outreach.domain.replies.vocabulary import english, names, sets, welsh
from outreach.domain.replies.words import Lexicon

_LEXICON = Lexicon(english.SPELLINGS + welsh.SPELLINGS)
for _sets in (
    sets.SETS,
    stop.SETS,
    opt_out.SETS,
    wrong_person.SETS,
    asks_help.SETS,
    self_harm.SETS,
    overdose.SETS,
    child.SETS,
    home_taken.SETS,
    violence.SETS,
    emergency.SETS,
):
    _LEXICON.add_sets(_sets)

BOOK = RuleBook(_LEXICON)
FIGURES_OF_SPEECH = BOOK.family(
    figures_of_speech.FIGURES_OF_SPEECH, figures_of_speech.NOT_OUR_NUMBER
)
PAST_DEATHS = BOOK.family(figures_of_speech.PAST_DEATHS)
NOT_A_STOP_LAST = BOOK.family({"": stop.NOT_A_STOP_LAST})
NOT_A_STOP_FIRST = BOOK.family({"": stop.NOT_A_STOP_FIRST})
NEGATED_LAST = BOOK.family({"": stop.NEGATED_LAST})
OUR_TEXTS_FIRST = BOOK.family({"": stop.OUR_TEXTS_FIRST})
OWN_LIFE_LAST = BOOK.family({"": stop.OWN_LIFE_LAST})
OWN_LIFE_FIRST = BOOK.family({"": stop.OWN_LIFE_FIRST})
OPT_OUT = BOOK.family(opt_out.PLAIN, refusal.REFUSAL)
HINTED_OPT_OUT = BOOK.family(opt_out.HINTED)
WRONG_PERSON = BOOK.family(wrong_person.WRONG_PERSON)
OPT_IN = BOOK.family(opt_in.OPT_IN)
NOT_NEEDED = BOOK.family({"": asks_help.NOT_NEEDED})
HELP = BOOK.family(asks_help.HELP)
HINTS_OF_HELP = BOOK.family(asks_help.HINTS_OF_HELP)
URGENT = BOOK.family(
    self_harm.SELF_HARM,
    overdose.OVERDOSE,
    child.CHILD,
    home_taken.HOME_TAKEN,
    violence.VIOLENCE,
    held.HELD,
    held.ABUSE,
    emergency.EMERGENCY,
    welsh_danger.WELSH_DANGER,
)

_LEXICON.add_names(names.NAMES)
_LEXICON.add_names([name + "s" for name in names.NAMES])
TABLE = _LEXICON.table()
STOP_CODES = frozenset(
    TABLE[word] for word in ("stop", "quit", "end", "stopio", "stopiwch", "stopia")
)

_IMPORTANT = """
stopio unsubscribe unsubscribed cancel remove revoke text texts texting texted message messages
messaging contact contacting harassing number please again leave alone delete wrong person
someone interested harassment bother bothering sending permission consent unstop
resubscribe arret suicide suicidal overdose overdosed overdosing breathing killing myself
unconscious collapsed threatened threatening knife stabbed ambulance police emergency cuckooing
cuckooed kidnapped hostage trafficked trafficking forced forcing raped abused bleeding trapped
danger scared hospital groomed missing address methadone rehab detox using smoking family
brother daughter boyfriend dealers selling carrying weapon machete stabbing threats kidnapping
receive receiving another anymore forget database emergency passed deceased selling nobody
hurting drowning hanging killed attack attacked attacking
"""
SPELLER = Speller(TABLE, frozenset(_IMPORTANT.split()))
"""Reads the words above even with one slip of the finger in them."""
