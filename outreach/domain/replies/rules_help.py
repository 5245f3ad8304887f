"""Somebody asking for help: never an opt-out, an opt-in or a wrong number; a person reads it."""

SETS = """
@noneed = not never no without nor
"""

HELP = {
    "Speaks of wanting or trying to stop something in their own life": """
<own-stop>
""",
    "Asks for help": """
<!4:@noneed need|want|get|getting|wanting|needs|wants|needed|like|find|after|some|any|for|offer|seek|
    seeking|begging|desperate|use|looking ..2 help|support|advice
<!4:@noneed help me|him|her|them|us|my|@family|@person|with
<!3:not can|could|will|would|how|do|does|did you|i|we|anyone|someone|they|it ..2 help
please ..1 help
help ..1 please|now
^ @filler*2 help @filler*2 $
^ @filler*3 call|ring|phone|bell me|us !1:a|an|again|back?
<!1:not|never|stop can|could|want|need|please|would|just|instead|able ..3 call|ring|phone|bell|speak|
    talk me|to|with
text|message|texting me|but|just|please|instead*3 ring|call|phone me
<!3:not|never call|ring|phone|bell me instead|please|back|now|on|asap|tomorrow|today|when|if|after
have|get|want|need a|your|call*2 back
<!4:@noneed|stop speak|talk|chat|talking|speaking ..1 to|with someone|you|worker|anyone|counsellor|
    doctor
<!4:@noneed where|how|what|which|when ..3 go|meetings|group|groups|clinic|centre|appointment
come and|to see me
angen help|cymorth|siarad
helpu fi|ni|mi|plis
help plis
allwch|fedrwch|gallwch ..2 helpu|help
rhoi|stopio gorau i
""",
    "Speaks of treatment, withdrawal or getting clean": """
<!4:@noneed @desire|how|where|when|try|trying|start|need|can|could|waiting|back|on|my|going|go|into|
    for|without|missed|lost|collect @small|i|we|him|her|@family*5 @treatment
<!4:@noneed|about come|coming|came|get|getting|got|be|been ..1 off|of ..3
    @drug|@treatment|@drink|everything|it|this $
<!4:@noneed come|coming|get|getting|want|wean ..2 off ..2 @drug|@treatment|habit
<!4:@noneed|already|am|been get|getting|stay|staying|be|go|going|live|become clean|sober
<!4:@noneed|about rattling|clucking|withdrawing|withdrawal|withdrawals|relapsed|relapse|relapsing|
    cravings|craving|shakes
<!4:@noneed|an am|is|are|been|got|he|she|was|addicted ..2 addicted|hooked|dependent
<!4:@noneed|an ^ @filler*2 addicted
<!3:@noneed using|used|drinking|smoking again
<!3:@noneed back|still on|using|smoking|drinking|at @small*2 @drug|@drink|it|using
<!4:@noneed cut|cutting down
<!4:@noneed want|wants|trying|try|need|have|going|how|ready|help|helping|ways ..3 give|giving up|it
<!4:@noneed taper|tapering|reduce|reducing|wean|weaning
script|prescription ..4 stopped|stop|ended|ends|end|cancel|run|ran|late|lost|missed
stopped|stopping my|our|his|her script|methadone|meds|prescription|subutex
<!4:@noneed knock it on
want|need|trying|try|have|going|time to pack|jack|knock
off|up my|the methadone|script|meds|subutex
out of this|the life
""",
}

HINTS_OF_HELP = {
    "Speaks of drugs or treatment": """
<!5:@noneed @drug|@use|@treatment|addiction|habit|withdrawal|withdrawals
<!4:@noneed need|want|help|wish|struggling|desperate|relapsed|scared|worried
<!2:my|no help
""",
}
