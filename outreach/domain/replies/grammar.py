"""The vocabulary and the rules put together, once, when the module is first loaded."""

from outreach.domain.replies import (
    english,
    rules_child,
    rules_emergency,
    rules_held,
    rules_help,
    rules_home,
    rules_idiom,
    rules_opt_in,
    rules_opt_out,
    rules_overdose,
    rules_self_harm,
    rules_stop,
    rules_violence,
    rules_welsh,
    rules_wrong_person,
    welsh,
)
from outreach.domain.replies.names import NAMES
from outreach.domain.replies.rulebook import RuleBook
from outreach.domain.replies.spelling import Speller
from outreach.domain.replies.words import Lexicon

_LEXICON = Lexicon(english.SPELLINGS + welsh.SPELLINGS)
for _sets in (
    english.SETS,
    rules_stop.SETS,
    rules_opt_out.SETS,
    rules_wrong_person.SETS,
    rules_help.SETS,
    rules_self_harm.SETS,
    rules_overdose.SETS,
    rules_child.SETS,
    rules_home.SETS,
    rules_violence.SETS,
    rules_emergency.SETS,
):
    _LEXICON.add_sets(_sets)

BOOK = RuleBook(_LEXICON)
FIGURES_OF_SPEECH = BOOK.family(rules_idiom.FIGURES_OF_SPEECH, rules_idiom.NOT_OUR_NUMBER)
PAST_DEATHS = BOOK.family(rules_idiom.PAST_DEATHS)
NOT_A_STOP_LAST = BOOK.family({"": rules_stop.NOT_A_STOP_LAST})
NOT_A_STOP_FIRST = BOOK.family({"": rules_stop.NOT_A_STOP_FIRST})
NEGATED_LAST = BOOK.family({"": rules_stop.NEGATED_LAST})
OUR_TEXTS_FIRST = BOOK.family({"": rules_stop.OUR_TEXTS_FIRST})
OWN_LIFE_LAST = BOOK.family({"": rules_stop.OWN_LIFE_LAST})
OWN_LIFE_FIRST = BOOK.family({"": rules_stop.OWN_LIFE_FIRST})
OPT_OUT = BOOK.family(rules_opt_out.KEYWORDS, rules_opt_out.MANNERS)
HINTED_OPT_OUT = BOOK.family(rules_opt_out.HINTED)
WRONG_PERSON = BOOK.family(rules_wrong_person.WRONG_PERSON)
OPT_IN = BOOK.family(rules_opt_in.OPT_IN)
NOT_NEEDED_LAST = BOOK.family({"": rules_help.NOT_NEEDED_LAST})
HELP = BOOK.family(rules_help.HELP)
HINTS_OF_HELP = BOOK.family(rules_help.HINTS_OF_HELP)
URGENT = BOOK.family(
    rules_self_harm.SELF_HARM,
    rules_overdose.OVERDOSE,
    rules_child.CHILD,
    rules_home.HOME,
    rules_violence.VIOLENCE,
    rules_held.HELD,
    rules_held.ABUSE,
    rules_emergency.EMERGENCY,
    rules_welsh.WELSH_URGENT,
)

_LEXICON.add_names(NAMES)
_LEXICON.add_names([name + "s" for name in NAMES])
TABLE = _LEXICON.table()
STOP_CODES = frozenset(
    TABLE[word] for word in ("stop", "quit", "end", "stopio", "stopiwch", "stopia")
)

_IMPORTANT = frozenset(
    """
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
    """.split()
)
"""Words read even with one slip of the finger in them."""
SPELLER = Speller(TABLE, _IMPORTANT)
