"""Replies from somebody the text was not meant for."""

SETS = """
@people = person guy bloke man lad girl woman lady one yout dude fella individual chap boy geezer
    name mans human fam bro brother yute gal peeps mandem people house party family address
    recipient
@wrong_device = number phone mobile digits sim address house line
@holder = they he she <name> person @kin owner
@whose = his her their hers theirs <name> <unknown> my brothers sons daughters somebody elses
@owner = owner person user holder tenant customer
@institution = business company landline salon restaurant takeaway school surgery garage pub firm
    hotel cafe office clinic church nursery dentist dentists vets taxi cab pharmacy hospital ward
    reception council charity warehouse shop chippy bakery library museum gym solicitors nursing
    care helpdesk switchboard depot college university
"""

WRONG_PERSON = {
    "Says this is the wrong number or person": """
wrong ..2 @wrong_device|details|info|contact !2:to
<!4:with|trusted|met|around|loved|married wrong ..1 @people !2:to
wrong no $
not ..1 the|my|a ..1 right ..1 @wrong_device|@people
not ..1 right @wrong_device|@people
^ @filler|nope|but|think|definitely|that|is|certainly|it*4 not me @filler|love*3 $
this|message|text|that|texts|it is|are|was? not ..1 me|us $
this|message|text|that|texts ..3 not ..3 meant|intended ..1 me|us|him|her
this|message|text|that|texts ..2 not for|to me|us|him|her
not meant|intended ..1 for
not ..1 addressed|directed|aimed ..1 to|at me|us
^ @filler|is|am|i|it*4 not him|her|he|she|them|they @filler*2 $
am not this|that|the person|guy|man|lad|one|individual
am|is ..1 someone else
different|another person|guy|man|<name> !1:to
not mine
not ..1 think|believe|reckon ..3 for me|us
meant|intended|for|after|belongs|belong|be|is someone|anyone|person else|other
meant|intended|for ..1 another|different|other person|someone|number|recipient
someone other than me
you ..4 want|need|after|looking|mean|texted|meant|got ..1 someone else
you ..1 want|need|after|mean|meant ..1 my|his|her @kin
you ..5 not me @filler*2 $
sure|think|certain|check ..6 right number|person
not ..2 @people|number you|your ..2 looking|after|want|think|need|meant|mean|trying|texting|seeking|
    got|had
not ..3 who you|your ..2 looking|after|want|think|need|mean
@people you|your ..2 looking|after|want|trying ..3 not|no ..2 here|this|longer
not this number
wrong <name>
not that|the|this <name>
is my brother|son|mate|sister|dad you|your
mix|mixup up? $
^ @filler*2 mistake|error|mixup @filler*2 $
am|i|is ..1 not him|her|them $
not me you|your|they
<name> who $
<name> ..2 not me
not|never ..1 my name
^ @filler*2 no such person|one
""",
    "Asks who somebody is, or does not know them": """
who is <name>
not|no ..2 know|idea|clue|care who <name>
know no <name>|one|nobody
who ..4 is <name>|<unknown> @filler|haha|then|when*3 $
who ..2 <name> $
who is this|the|that <name>|<unknown> you|your
who is this|that|the|called|hell|fuck|bloody*2 <name> @filler*2 $
not|never ..1 know|knows|knew|met ..2 <name>
not|never ..1 know|knows|knew ..1 him|her $
not|never ..1 know ..2 anyone|anybody|nobody|someone|people ..1 called|named|by|of
not|never ..1 know ..1 that|this|the person|name|guy|man|lad|girl|woman|lady|fella|individual
never|not heard of ..2 him|her|them|<unknown>|<name>
never heard of
not|no ..1 sure|certain|idea who ..3 for|mean|want
not ..1 recognise|recognize|know that|the|this ..1 name
ring a|any bell
no|not person|one ..1 of|by that name
not|no ..1 know|idea|clue who ..3 that|he|she|they is|are
not|no ..1 know|idea|clue who ..2 you|your ..2 want|mean|after|looking|need|on|think|talking
nobody|one of that name
no|nobody|one ..2 called|named|by ..5 <name>|here|number|name|that|<unknown>
no <name> here|on|at|lives|living
^ @filler|there|is*4 no <name> @filler|at|this|number|here|on|phone*4 $
there is no|not ..2 <name>
nobody ..3 here ..1 called|named|by
<name> does not|no ..1 live|lives|longer|work
<name> ..3 not|no|longer ..1 here
""",
    "Says they are somebody else": """
am not called? mr|mrs|ms|miss? <name>
not mr|mrs|ms|miss <name>|<unknown>
mr|mrs|ms|miss <name>|<unknown> does|do|is|has not
<name> here not
<name> moved|left|gone $
am|it|is|called ..1 <name> ..1 not
<name> not <name>
my name ..1 not
^ @filler|it|is|am|i|nah|still*5 not <name> @filler|haha*3 $
this|it|that is not ..2 <name>
is|this|that|it not @whose mobile|phone|old|new? number|phone|mobile|line|digits
^ @filler*2 not @whose number|phone|mobile
not my number|phone
this|it ..2 is ..2 not <name>
am|is <name> not
am his|her|their ex|mum|dad|wife|husband|sister|brother|son|daughter|gran|girlfriend
""",
    "Says the number has changed hands": """
@holder ..3 not|no|longer ..4 have|use|own|got|has|on|using|uses|at ..2 this|the|that|it ..1 @device
@holder ..3 not ..2 live|lives ..2 here|there|anymore
@holder ..2 changed|changes|change|swapped|lost|sold ..3 @device
@holder ..2 has|have|got|is|on|using ..1 new|different|another @device
not ..2 @whose number|phone anymore|now|longer
@device|this ..3 not|no|longer ..2 belong|belongs|belonged
@device|this ..3 used to be|belong
belongs|belonged to ..2 someone|@family|@kin
@whose old|former|previous|last @device
this|it is not|no longer? @whose number|phone
is my new number
new to me
phone|number|sim was ..1 my|his|her @kin
that|this|it|it was ..1 @kin|@whose ..1 @device
^ @filler|is|a|i|have|got|has|am|on|just|recently|only|well|yes|brand*7 <!5:do|does|what|your|you
    new|fresh phone? number|sim|contract|digits @filler|love|haha*3 $
brand new ..1 @device
this|it is ..1 a new ..1 @device
changed|swapped hands
number|phone is|was? ..1 not his|hers|theirs|mine
@holder ..1 got|gave|given rid|up of? this|the|that|it number|phone|sim|$
no longer his|hers|theirs|used|in
@holder ..1 no longer uses|use|has|have|owns
not been his|her|their|my number|phone
mine|number since|for <number>|<child-age>|<small-number>|ages|years|january|june|last
just ..1 changed|switched|swapped ..1 number|numbers|phone|phones|sim|networks|network
used phone|handset|mobile
phone|sim|number|mobile was ..1 second|lost|found|stolen|left
^ @filler*3 found it|this
looking after this|the phone
^ @filler*2 business|work|office|school|company|shared|family phone|mobile|line|number
^ @filler*2 landline
care home
^ the? late mr|mrs|<name>
funeral was|is|on
switched|moved|changed to this number
the|this sim|phone|number|mobile was ..1 bought|given|purchased|passed
used to be|belong ..2 @whose|someone ..2 number|phone|sim
old number of
his|her number ..1 changed
inherited|acquired|adopted ..1 this|the number|phone
gave|given|gives me|us this|the|a ..2 @device
been my number|phone
someone|person|people else? had|has|owned|used this|it|the ..1 @device|before|$
whoever|who had|has|owned this|it|the
@posts|message|text for ..2 <name>|someone|person|called|named
payg|pay as you go
bought ..2 asda|tesco|argos|cex|currys|carphone|morrisons|sainsburys|cash
not <name> ..1 anymore|now
<name> is my
am|is <name> ..1 @kin|widow|widower|carer|landlord
<!3:your|you|do|does|what got|get|have|had|has|bought|on ..3 new number|sim
just|only|recently|newly ..3 got|bought|had|have|get|given|received|picked|acquired this|a|the|my|
    new ..2 @device
have|had|has|got this|the|my @device ..4 week|weeks|day|days|month|months|year|yesterday|ages|decade
got|bought this|a|the @device ..2 second|2nd|used
got|bought this|a|the @device ..2 from|off|last|on|in|yesterday|today|second|from
@device ..3 given|handed|passed|allocated|reallocated|reassigned ..2 to|in|on|from|by
was|were|been|got given|handed|issued this|the|a ..1 @device
taken|took|taking over this|the|number|phone|line|contract
secondhand|refurbished|preowned ..2 phone|mobile|handset
second|2nd hand ..2 @device
new|previous|last|old|former|current|before|prior|original ..1 @owner
had|owned|used|has this|the|it|my ..1 number|phone|sim|it ..1 before|previously|last
had it before
had it|this now
have|got it|this|number now
is my number|phone now
had it|this ..3 months|weeks|years|year|week|days|ages|since|while
have|had this|the number ..2 since|for
is|on|have|got|using my|his|her @kin old? number|phone|mobile|sim
^ my|his|her @kin old? number|phone $
not the owner
a|the shared|family|works|company|office phone
phone is ..1 for work
this is <name>|<unknown> ..1 @institution
ladys|mans|persons|girls|boys phone
went|came|sent|come to ..1 my @kin
@device i? got|bought ..2 from|off
got|bought this|a|the @device ..2 refurbished|at
@device is ..1 second hand
<name>|he|she|@kin used to have|own|use|be this|the|on
not ..2 reach <name>|him|her
<name> ..3 not ..2 reach|reached
he|she|<name> is not here|in|available
he|she ..1 is? gone|moved to|abroad
<name> number|phone|mobile|sim $
<name> gave me this|it
<name>|he|she|they moved|left ..2 out|here|away|ago|years
texting|messaging|texted a|an ..2 @institution|pensioner|lady|old
that is not my name
am not him|her|them|that
recycled|reassigned|reallocated|reissued
@device|it|this ..5 off|from ebay|cex|marketplace|gumtree|vinted|shop|market|facebook|charity
<!3:you|police|they found|find|picked this|a|the|up ..2 phone|mobile|sim
lost property
this is ..2 business|company|taxi|office|landline|shop|pizza|builders number|phone|line|firm|here
this is a|an|the ..2 @institution
you have? reached|called|through @filler|the|a|to|through*3 <name>|<unknown>|@institution
you have? come|got through @filler|the|a|to*3 <name>|<unknown>|@institution
^ <unknown>|<name> ..2 surgery|salon|takeaway|restaurant|reception here|speaking
resident|residents|patient|pensioner aged|phone|number
""",
    "Says it is a case of mistaken identity": """
mistaken ..3 identity|me|someone
<!2:not mistook|confused|mixed|muddled|mixing|confusing|mistaking ..1 me ..1 with|for|up
got|have|has|getting me ..1 mixed|confused|muddled
<!2:i been|must|there ..3 mistake|mixup|mix
<!5:stop|stopped|said|meant|text by mistake|error|accident !3:start|restart|again
in error
this|it|text|message ..1 is|was|must ..2 mistake|error|mixup
case of mistaken
""",
    "Says the person has died": """
<!2:nearly|almost|not he|she|<name>|owner|person|they|man|user ..6 @dead !1:good|funny|nice|on
<!2:nearly|almost|not he|she|<name>|owner|person|they|man ..3 passed away|on|last|in
my|our|the|<name> ..2 @kin ..5 @dead
my|our|the|<name> ..2 @kin ..5 passed away|on|last|in
<past-death>
been dead
died ..1 <number>|<small-number>|few|couple|two ..1 year|years|months|month|weeks
^ dead now
to heaven
passed away
he|she|@kin passed $
^ @kin died|passed
holder ..2 @dead
killed in ..3 crash|accident
is|was deceased
late husband|wife|son|brother|mum|dad|daughter|partner|sister|father|mother
no longer alive|living
no longer with us
his|her widow|widower
owner ..5 dead|died
a dead man|woman|person
am|is a widow
^ deceased $
dead since
^ @filler*2 dead|died|deceased|passed $
he|she ..1 is|has|been passed|gone $
been gone <number>|<small-number>|two|three|a|years|months
i|am his|her mother|mum|dad|father|wife|husband not
am the ..1 mum|dad|mother|father|wife|husband $
have the mum|dad|mother|father|wife|husband
this is his|her dad|mother|father|brother|sister|wife|husband
lost him|her ..2 last|in|year|week|month
rip $
^ rip
buried|cremated him|her|last
his|her funeral
""",
    "Says in Welsh that this is the wrong number or person": """
rhif|person|ffon|dyn|boi|un ..1 anghywir
nid <name>|<unknown> ydw|yw|sydd|sy
nid|ddim ..1 rhif|ffon ..1 <name>|<unknown>|fi
nid|dim|ddim i|fi @filler|yw|hwn|ydi|ydy|sydd|di*3 $
pwy ydy|yw|di|ydi|uffern ..2 <name>|<unknown> $
pwy|mae|ydi|person|maer ..4 wedi marw
o|e|hi|<name>|hwn|fo ..1 wedi marw
rhif|ffon|sim newydd
ddim|dim yn nabod <name>|<unknown>|neb|hwn
neges|tecst ..2 i|ar rhywun arall
rhif ..2 newid
newid ei rhif|rif
nid ..3 cywir
ffon fy|ei ..1 mam|tad|brawd|chwaer|nain|ngwr
ddim ..1 yn nabod|adnabod
sain nabod
nid fi
nid|dim ..1 rhif|ffon i|fi
nid ..1 person|rhif ..1 cywir
neb ..3 enw
o|e|hi ..1 ddim yma
mae <name> ..1 wedi
mae o|e|hi wedi mynd|symud
nid|dim ..3 iawn
ddim yn <name>
^ anghywir
""",
}
