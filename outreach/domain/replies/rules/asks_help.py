"""Somebody asking for help: never an opt-out, an opt-in or a wrong number; a person reads it."""

SETS = """
@noneed = not never no without nor already
@bland = want wanted need like require asking after your any the a an to get got getting of my use
    using used do did does take taking took taken touch touched tried on in have had been be even
    really am is looking for from with interested into smoke smoked sell sold seen near about need
    more longer that this kind such sort dealing buy
@needed = help support advice worker addicted addict addiction hooked dependent clean sober rattling
    clucking withdrawing withdrawal withdrawals relapsed relapse craving cravings
"""

NOT_NEEDED = """
<!1:can|could @noneed @bland*5 @needed|@drug|@treatment|@use
if i|you|we want|need|wanted ..1 help|support
"""

HELP = {
    "Speaks of wanting or trying to stop something in their own life": """
<own-stop>
""",
    "Asks for help": """
need|want|get|getting|wanting|needs|wants|needed|like|find|after|some|any|for|offer|seek|seeking|
    begging|desperate|use|looking ..2 help|support|advice
help me|him|her|them|us|my|@family|@person|with
<!3:not can|could|will|would|how|do|does|did you|i|we|anyone|someone|they|it ..2 help
please ..1 help
help ..1 please|now
^ @filler*2 help @filler*2 $
^ @filler*3 call|ring|phone|bell me|us !1:a|an|again|back?
<!1:not|never|stop can|could|want|need|please|would|just|instead|able ..3 call|ring|phone|bell|
    speak|talk me|to|with
^ @filler*3 text|message me|back|instead|only !2:again|and|or|$
<!3:not|never just|instead|only text|message me|back|instead
<!3:not|never text|message only|instead
text|texts|texting|message|messages|messaging|msging me? and|but|just|please|instead|then*3 call|
    ring|phone|bell|speak|talk|see|visit me|to|with
not ring|call|phone me? just|but|please*2 text|message
not text|message me? just|but|please|instead|<comma>*2 call|ring|phone|bell
    !4:or|email|nor|again|harass
text|message|texting me|but|just|please|instead*3 ring|call|phone me
<!3:not|never call|ring|phone|bell me instead|please|back|now|on|asap|tomorrow|today|when|if|after
have|get|want|need a|your|call*2 back
<!5:stop|not|never speak|talk|chat|talking|speaking ..1 to|with someone|you|worker|anyone|
    counsellor|doctor
where|how|what|which|when ..3 go|meetings|group|groups|clinic|centre|appointment
come and|to see me
^ @filler*3 speak|talk to|with me
<!1:not|never please ..1 call|ring|phone|speak|talk me|to|with
angen help|cymorth|siarad
helpu fi|ni|mi|plis
allwch|fedrwch|gallwch ..2 helpu|help
rhoi|stopio gorau i
""",
    "Speaks of treatment, withdrawal or getting clean": """
@desire|how|where|when|try|trying|start|need|can|could|waiting|back|on|my|going|go|into|for|without|
    missed|lost|collect @small|i|we|him|her|@family*5 @treatment
<!3:about come|coming|came|get|getting|got|be|been !1:taken|remove|removed ..1 off|of ..3 @drug|
    @treatment|@drink|everything|it|this $
come|coming|get|getting|want|wean ..2 off ..2 @drug|@treatment|habit
<!3:already|am|been get|getting|stay|staying|be|go|going|live|become clean|sober
<!3:about rattling|clucking|withdrawing|withdrawal|withdrawals|relapsed|relapse|relapsing|cravings|
    craving|shakes !2:consent|permission
am|is|are|been|got|he|she|was|addicted ..2 addicted|hooked|dependent
^ @filler*2 addicted
using|used|drinking|smoking again
back|still on|using|smoking|drinking|at @small*2 @drug|@drink|it|using
cut|cutting down
want|wants|trying|try|need|have|going|how|ready|help|helping|ways ..3 give|giving up|it
taper|tapering|reduce|reducing|wean|weaning
script|prescription ..4 stopped|stop|ended|ends|end|cancel|run|ran|late|lost|missed
stopped|stopping my|our|his|her script|methadone|meds|prescription|subutex
knock it on
want|need|trying|try|have|going|time to pack|jack|knock
off|up my|the methadone|script|meds|subutex
out of this|the life
""",
}

HINTS_OF_HELP = {
    "Speaks of drugs or treatment": """
@drug|@use|@treatment|addiction|habit|withdrawal|withdrawals
<!4:not|never|no|nor need|want|wish
help|struggling|desperate|relapsed|scared|worried
haha
""",
}
