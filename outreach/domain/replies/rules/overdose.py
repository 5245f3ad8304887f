"""Signs of an overdose, a collapse or another medical emergency."""

SETS = """
@patient = he she they mate friend friends boyfriend girlfriend partner brother sister son daughter
    mum dad husband wife cousin him her someone man girl lad person bloke woman kid uncle ex gran
    flatmate housemate people neighbour lady <name> bro
@took = took taken had done injected banged swallowed smoked used necked dropped popped eaten drank
    sniffed snorted take taking
"""

OVERDOSE = {
    "Speaks of an overdose or somebody collapsing": """
overdose|overdosed|overdosing|overdoses|odio
not|stopped|stop|stops|barely|hardly|struggling|trouble|difficulty|never ..2 breathing|breathe
breathing ..2 funny|weird|slow|shallow|not|stopped|bad|properly|stop
<!1:me|i|you @patient ..3 not|never|hardly|barely wake|waking|waken|respond|responding|move|moving|
    responsive|conscious|breathing !1:on|in|out|to
not ..1 wake|rouse|waken him|her|them|my
will not wake|waking up
will not come|wake ..1 round|up|to
now|and|but ..2 not wake
not ..1 responding|responsive $
gone|going|turned|turning|went|lips|face|look|looks|skin|fingers|is ..2 blue|grey|purple|clammy
lips ..3 blue|purple|grey
@took way|too|to ..1 much|many
<!2:not|never @took ..1 loads|shitload|lots $
@took ..2 <number>|<small-number>|<child-age>|loads|whole|entire|handful|few|lots ..3 @pills|grams|g
@took something ..3 not|bad|dodgy|wrong|funny
@person|has|is|one ..4 gone|went|goes|going over !1:to|the|my|and
^ gone over
and|people|just|all gone|went over !1:to|the|my
unconscious|unresponsive|nonresponsive|lifeless|consciousness|comatose
passed|knocked out
@patient ..3 on the floor|ground|deck
not moving
out cold
no|not|find ..2 pulse|heartbeat
@person ..2 collapsed|collapsing|collapse
^ @filler*2 collapsed
having|had|has|took|taking|keeps ..1 fit|seizure|stroke|fits|convulsions|seizures
seizure|seizures|convulsing|convulsions
is|was|are|started|keeps ..1 fitting
heart attack
heart ..2 going|racing|pounding|beating|stopping|stopped|hurts|jumping ..1 mad|fast|funny|weird|out|
    crazy|$
eyes ..3 rolled|rolling
frothing
shaking and
is hanging $
think ..2 dead|died
might|could be dead
a body
am|think ..2 going over
gone ..2 limp|cold|stiff|floppy|colour
bad reaction
@took ..1 everything|lot|whole $
@took ..1 everything i had|have
swallowed ..2 @pills
@took ..1 bad|dodgy|funny|wrong ..1 drugs|pill|pills|gear|stuff|batch|one
blacked out
fainted|fainting
spiked me|my|him|her
vomiting|coughing|puking|spitting|pissing|shitting|lots|covered ..2 blood
glassed|bottled
hit by a|the car|van|train|bus|lorry
hit and run
foaming|gurgling|gasping
choking|choked
bad|dodgy|strong|contaminated ..1 batch|one|gear ..3 over|hospital|died|people|going|out|dropping
bad|dodgy batch
need|get|got|give|bring|have|given|use|gave|where ..2 naloxone|nyxoid|narcan ..2 now|him|her|quick|
    asap|urgently|fast|he|she
naloxone|nyxoid|narcan ..3 gone|not|blue|working|over
been|got|getting|was|think ..3 spiked
burst|split|leaking|ripped|opened ..3 inside|stomach|me|belly
swallowed|swallow|stuffed|packed|banked ..2 package|packages|wrap|wraps|drugs|bag|bags|baggie|
    parcel|stash
chest ..1 pain|pains|hurts|tight
bleeding
losing|lost|loads ..1 blood
blood everywhere
hurt|hurting|injured ..1 bad|badly
hallucinating|psychosis|psychotic
dying !1:for|of|to|laughing|man
poisoned
cpr|defib|resus|resuscitate
recovery position
""",
}
