"""Signs of suicide and self-harm. Where it is unclear they count: a person looks first."""

SETS = """
@selfharm = kill hurt harm cut hang stab shoot drown starve burn hate overdose end top off finish
    killing hurting harming cutting hanging drowning starving burning overdosing shooting ending
    stabbing poison suffocate electrocute neck do topping offing butcher kills killed cuts hung
    hanged hurts slash gas
@leap = jump jumping jumped leap throw throwing threw walk walking step stepping
@height = bridge roof building train car multistorey traffic window cliff balcony front tube flats
    lorry ledge tracks flyover viaduct railway carpark
@takeall = take taking taken took swallow swallowed necked neck had downed popped eaten swallowing
    saved hoarding hoarded drank
@lots = all loads load whole every bunch handful box bottle packet pack lots both entire full
"""

SELF_HARM = {
    "Speaks of suicide or of not wanting to live": """
suicide|suicidal|suicidally
@selfharm ..1 @self
kill|killing|hurt|hurting|cut|cutting|harm|harming|hate my|him|her self
do|doing|done myself in
self harm|harming|harmed|injury
selfharming
unalive|unaliving
end|ending|ended|finish ..1 it|things|everything ..1 all
<!1:to end|ending|finish it|everything|things $
@desire|going|thinking|ready|about|try|tried|trying|will|should|might|of|just|lets|feel|feeling ..2
    end|ending|finish|finishing it|everything|things !2:with|addiction|habit|relationship|you|using|
    stop|there
<!3:not end|ending|take|taking|took|taken|takes|finish|lose|losing my|her|his|their|own ..1 life|
    lives|own
^ @filler*2 end|kill me @filler*2 $
end|ending|finish it|things|everything ..1 now|tonight|today|soon|forever|quick
@will to? do it tonight|now|today
got|have|here ..1 the|my|all @pills|rope|blade|razor here|ready|now|beside
cutting !1:down|out|back|it|hair|the|grass|ties|weed|corners|class|my|off|up|edge
quit|end|leave|leaving|exit life|living
opt|out of life|living
remove|leave|off|out|from|without ..2 this|the world|earth|planet
@desire|ready|going|about|rather|hoping|wanting|let|deserve|prayed|pray ..2 die|dead !2:for|laughing
<!3:not|never|he|she|phone|battery will|might|could|may|should die !2:for|laughing
should|will ..1 just? die
live or die
trying|tried|try to die
not exist
no life left
not|no see ..1 a way out
not continue|carry $
can not ..1 anymore $
to death !1:of|by
danger to my? ..1 @self|myself|others
something bad|silly|daft|drastic $
dark|bad|suicidal ..1 thoughts
end my ..1 pain|suffering|misery
^ i? will jump
wait to die
if i died
everything|life|it is ..1 pointless
i|have ..1 give|given up $
^ giving up $
struggling|hard to cope
not ..3 face|see ..1 another|tomorrow
the end for me
^ @filler*2 is the end $
made my peace
the other side
plan to ..1 end|kill|die
beachy head
walk|walking|walked|going|run into the ..1 sea|river|road|traffic|canal|lake
take ..1 everything|all i have|got
@pills ..2 with ..1 vodka|alcohol|drink|booze|whisky
thinking|thought|thoughts ..2 jumping|dying|death|hanging|killing|ending
swallowed|drank|drunk|drink|drinking ..1 bleach|antifreeze|poison|acid|weedkiller
if|when|hope i ..1 die
let me die|go
leave|leaving|let me ..2 to? die
wish|wishing|wished|hope|hoping|praying ..3 dead|gone|not|never|die|disappear !6:texts|texting|stop|
    <our-stop> ..3 here|born|alive|wake|exist|up !2:you
wish|wishing|wished|hope|hoping|rather i ..2 dead|gone
better ..1 off ..3 dead|without|gone|not here|me|us|gone|$
better off dead|gone
better ..1 without me
not ..2 @desire ..1 to ..1 be ..1 here|alive|around|anymore
not ..2 @desire ..1 to ..1 live|exist|wake|breathe|survive !1:with|in|there|at|near|by|you
not ..1 want ..1 life
not|no ..1 reason|reasons|will|desire|worth ..1 living|live|alive|carry|life
no|what|not|see point ..1 in|of ..1 living|life|anything|anymore|going|carrying|me|trying|being
no point anymore|living|$
what ..2 the point anymore|$|i|of|in
nothing ..2 to live for
nothing left|anymore ..2 for|me|anymore|$
living for anymore|now
not be? bothered ..1 living|life|existing
not keep|carry going|on|doing !2:with|the|a
not ..1 live like this
not think ..3 go on
not|no see|is ..1 point
over for me
sorry for everything
not|no|hardly go|going|carry|carrying on !2:holiday|with|the|to|a|my|it|benefits|there
can|could not|hardly do|take|handle|face|bear|stand this|life $
can|could not|hardly ..1 do|take|handle|face|bear|stand|cope|live ..2 anymore|longer|more !4:@posts|
    text|message|course|job
not cope|coping
had|have ..1 enough of ..2 life|living|everything|it|being
<!3:you had|have enough $
tired|sick|done|fed|finished ..2 of|with ..1 living|life|fighting|everything|existing
tired|sick|done|fed ..2 of|with being alive|here|me
give|giving|given|gave ..1 up ..1 on ..2 life|living|everything|myself
life ..3 worth|pointless|over|meaningless|hopeless
hate my|this life
not worth living|it anymore|carrying
<!4:until|before not|never ..1 wake|waking up ..1 tomorrow|again|ever|$
hope|wish|want|hoping ..2 not|never wake !2:you
not want ..1 to wake
not|no ..2 be|here|around|alive ..2 here|around|alive|tomorrow|much ..1 tomorrow|longer|much|anyway|
    anymore|soon|after|by|morning
<!2:may|might|you|he|she not be here|around|alive
not|no see ..1 future
no future|hope
lost all ..1 hope
@leap ..2 off|in|from|infront|under|out|of ..3 @height
going|want|will|about|ready to ..1 jump
<!1:way on|off|from|near|at the|a|this ..1 bridge|ledge|roof|cliff|viaduct|flyover|tracks
top of ..1 the|a|this ..1 bridge|roof|building|multistorey|flats|cliff|carpark|car
on|at the edge
standing|sat|stood|sitting ..4 edge|bridge|ledge|roof|tracks|carpark|park|railway
rope|noose|ligature
razor|blade|pills|tablets|rope|knife ..3 in front|hand|ready|out
slit|slitting|sliting|cut|cutting|slash|slashing|sliced|slicing ..2 wrists|wrist|arms|arm|throat|
    veins|legs|neck|bad|deep
wrists
@takeall ..1 @lots ..4 @pills|stuff|them|it
@takeall my|his|her|the ..1 @pills ..2 at|all|on
how many ..1 @pills ..4 to|take|die|kill
overdosed|it|took ..2 on purpose
saying|said|say|my|last|final|this|is goodbye|goodbyes|byes
goodbye|bye ..1 world|everyone|forever|cruel
life ..1 goodbye|bye
wrote|written|write|left|writing|leaving ..1 my|a|suicide ..1 note|notes|letters|letter|will|goodbye
my|the last|final ..1 words|goodbye
this|my is? ..2 last|final message|text|night
tell ..1 my|the ..2 kids|mum|family|son|daughter|girls|boys|dad|children|gran|baby|babies ..3 sorry|
    love|loved
going to ..1 disappear ..1 forever
nobody|anyone|everyone|one ..2 would|will|care|miss|even|be ..2 miss|notice|care|better|happier|if
    ..2 me|off|i|without
no|nobody one? ..2 miss|notice|care ..2 me|i
better place without
a burden|waste
forget ..1 me|about|i ..2 i|existed|done
no|only|any|other way out
something stupid
voices ..2 telling|tell|saying|say|in
hearing|hear ..1 voices
want|wanted|just it ..1 to ..1 be over
want|wanted|just it ..2 over $
want ..1 it ..1 to ..1 all? end|stop !2:texts
want it all to? end|stop
pain to ..1 end|stop|go
lost the will
feel|feeling|felt ..1 hopeless|worthless|suicidal|empty
am ..1 hopeless|worthless
sleep forever
sleep and not|never ..1 wake
drive ..4 off|into|under ..2 wall|bridge|lorry|cliff|tree|river
in|under front? of? a|the train|lorry|bus|tube
mental ..1 crisis|breakdown
in|having crisis|breakdown
dead by|tomorrow
be|well|rather ..1 dead ..3 soon|tomorrow|week|tonight|anyway|if|by|before|unless|without|$
up dead
threatening|threatened|attempted|attempt ..1 suicide|it|to kill
""",
}
