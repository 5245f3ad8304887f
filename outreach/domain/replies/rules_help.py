"""Somebody asking for help: never an opt-out, an opt-in or a wrong number; a person reads it."""

HELP = {
    "Speaks of wanting or trying to stop something in their own life": """
        <own-stop>
    """,
    "Asks for help": """
        <!4:not|never|no|without|nor need|want|get|getting|wanting|needs|wants|needed|like|find|after|some|any|for|offer|seek|seeking|begging|desperate ..2 help|support|advice
        <!4:not|never|no|without|nor help me|him|her|them|us|my|@family|@person
        <!3:not can|could|will|would|how|do|does|did you|i|we|anyone|someone|they|it ..2 help
        please ..1 help
        help ..1 please|now
        ^ @filler*2 help @filler*2 $
        <!3:not|stop|never|no|how|to ^ @filler*3 call|ring|phone|bell me|us !1:a|an|again|back?
        <!1:not|never|stop can|could|want|need|please|would|just|instead|able ..3 call|ring|phone|bell|speak|talk me|to|with
        text|message|texting me|but|just|please|instead|u*3 ring|call|phone me
        <!3:not|never call|ring|phone|bell me instead|please|back|now|on|asap|tomorrow|today|when|if
        <!4:not|never|no|stop speak|talk|chat|talking|speaking ..1 to|with someone|you|worker|anyone|somebody|counsellor|doctor
        <!4:not|never|no where|how|what|which ..3 go|meetings|group|groups|clinic|number|centre|appointment
        angen help|cymorth|siarad
        helpu fi|ni|mi|plis
        help plis
        allwch|fedrwch|gallwch ..2 helpu|help
        rhoi|stopio gorau i
    """,
    "Speaks of treatment, withdrawal or getting clean": """
        <!4:not|never|no @desire|how|where|when|try|trying|start|need|can|could|waiting|back|on|my|going|go|into|for @small|i|we|him|her|@family*5 @treatment
        <!4:not|never|no|about come|coming|came|get|getting|got|be|been|off ..1 off|of ..3 @drug|@treatment|@drink|everything|stuff|it|this $
        <!4:not|never|no come|coming|get|getting|want|wean ..2 off ..2 @drug|@treatment|gear|habit
        <!4:not|never|no|already|am|been get|getting|stay|staying|be|go|going|live|become clean|sober
        <!4:not|never|no|about rattling|clucking|withdrawing|withdrawal|withdrawals|relapsed|relapse|relapsing|cravings|craving
        <!4:not|never|no|an am|is|are|been|got|he|she|was|addicted ..2 addicted|hooked|dependent
        <!4:not|never|no|an ^ @filler*2 addicted
        <!3:not|never|no using|used|drinking|smoking again
        <!3:not|never|no back|still on|using|smoking|drinking|at @small*2 @drug|@drink|it|using
        <!4:not|never|no cut|cutting down
        <!4:not|never|no want|wants|trying|try|need|have|going|how|ready|help|helping|ways ..3 give|giving up|it
        <!4:not|never|no taper|tapering|reduce|reducing|wean|weaning
        script|prescription ..4 stopped|stop|ended|ends|end|cancel|run|ran|late|lost|missed
        stopped|stopping my|our|his|her script|methadone|meds|prescription|subutex
        <!4:not|never|no knock it on
        want|need|trying|try|have|going|time to pack|jack|knock
    """,
}

HINTS_OF_HELP = {
    "Speaks of drugs or treatment": """
        <!5:not|never|no|nor @drug|@use|@treatment|addiction|habit|withdrawal|withdrawals
        <!4:not|never|no|nor need|want|help|wish|struggling|desperate|relapsed|scared|worried
        <!2:my|no help
    """,
}
