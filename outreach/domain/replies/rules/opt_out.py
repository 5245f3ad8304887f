"""What counts as asking us not to text again, once each "stop" has its meaning."""

SETS = """
@sender = you your police officer pigs
@unwanted = sign signed subscribe want need require like appreciate wish care enjoy expect consent
    asked welcome
@nuisance = unwanted unsolicited unwelcome nuisance annoying
@soon = and or am i you see
@keyword = stop stops unsubscribe arret stopio stopiwch stopia stopsign stopp halt basta przestan
@before = @filler i have text texted reply replied send sent said say put type typed asked told you
@after = @filler @keyword <name> @ago end quit cancel
"""

PLAIN = {
    "A stop keyword on its own": """
^^ @before*6 @keyword @after*6 $$
^ stop to <number>|me|you
<!2:not|never cancel ..2 @posts|subscription|text|message|these|everything
<!2:not|never cancel me|this|it $
^ @polite|can|could|want|to|i|would|like*4 remove|revoke|cancel|canslo|erase|delete remove|revoke|
    cancel|delete|@polite*3 $
^ arret
^^ please|end|quit*3 end|quit please|thanks|thank|you|ta|cheers|x|xx*2 $$
<!3:not|never unsubscribe !1:me|us
<!3:not|never unsubscribe me|us !2:@drug|@treatment
why|can|could ..2 not ..2 unsubscribe
dad danysgrifio
daddanysgrifio
""",
    "Asks to opt out": """
<!3:not|never opt me|us|my|this*2 out !3:@treatment|@drug|@use|@drugwork
""",
    "Asks us to stop sending texts": """
<our-stop>
stop|quit !3:@stops ..3 @contacting !3:him|her|them|dealer|dealers|people|@family|ex|girls|boys|
    plug|a|an|community|estate|area|mates
stop|quit|cease !2:@stops ..2 @contacting my ..1 son|daughter|mum|dad|child|kid|brother|sister|wife|
    husband|partner|gran|girlfriend|boyfriend|phone|family
stop|cease|desist|discontinue|refrain|halt ..3 text|message|contact|texts|messages|@contacting
stop|quit ..2 my|this|our|me ..1 @device|inbox
stop|quit|cease|desist ..2 sending|send me|us|these|this|them|it|stuff|crap|shit|any|anything|out|
    your|more|further|my|$
stop|quit|cease sending ..3 me|us
would|want|wanted like? this|these to stop
why ..3 you ..1 stopped
stop|quit blowing|hitting|banging|dinging ..1 me|my
<!4:not|never these|texts|messages ..3 stop
<!3:not|never|mean|meant said|told|asked|say|saying|telling|tell|asking you|your|politely|nicely|
    already|to|once|this|it|lot|again|before|times|now|please|them*4 stop @filler|@contacting|@ago*5
    $
you|your|lot need|have|had|should|must|better|ought|got|can|could|will|would really|just|seriously|
    all|to|now|please*3 stop @filler*3 $
want|need|like|asking you|your all|lot*2 to stop @filler*3 $
will|would|can|could|do not? you all|lot? @filler|please*3 stop @filler*3 $
how many times ..6 stop|tell|say
cease|desist ..2 contact|desist|immediately|all|$
stop|cease|halt harassing|bothering me|us|$
you ..2 stop @contacting
turn|switch|shut these|them|texts|messages|this|it ..1 off
turn|switch|shut off|of ..2 @posts|these|them
you|could|would ..1 stopped @contacting
mind not @contacting
no need ..3 @posts|text
you ..1 not need|have to ..1 @contact|keep|send
told|asked ..2 to remove|delete|take|erase
take|remove me|us off like|as|i|asap
@posts ..1 not wanted|needed|welcome
^ not? wanted $
^ unwanted $
^ @filler*2 never|not ever? again @filler*2 $
no more no more
out of? my inbox|phone|messages
request|requesting|action|process my? remove|opt|unsubscribe
^ remove request
un sub me|$|please|from
<!2:not less|fewer|enough ..3 @posts
give over|off ..1 @contacting
^ lay|leave off $
pack it in @filler*2 $
quit it $
""",
    "Asks us not to text": """
<!2:i|you|they|he|she|we|why <!1:can|could|did|does|will|would|should|have|had|if @not please|ever|
    bother|keep|be|try|even|bloody|fucking|dare|go|to*3 @texting !2:him|her|them|dealer|dealers|
    back|people|and
<!2:i|you|they|he|she|we|why <!1:can|could|did|does|will|would|should|have|had|if @not please|ever|
    bother|keep|be|try|even|bloody|fucking|dare|go|to*3 @calling !3:him|her|them|dealer|back|police|
    999|ambulance|a|an|mum|dad|parents|school|work|boss|social|emergency|and|people
@not you dare|ever|fucking @contact
can|could|would|will you please|just|maybe|kindly*2 not @contact|send
going to not|no @contact
<!2:i|you|they|he|she|we @not please|ever|bother|keep|be|try|even|bloody|fucking|dare*3 send|
    sending|forward ..3 me|us|any|more|anything|these|this|text|texts|message|messages|again
no @again*2 @posts|contact|text|message @filler|again|ever|on|to|my|me|@device|or|calls*6 $
no more of these|your
^ @filler|absolutely*3 no more|further @filler*3 $
^ @filler*2 enough @filler*4 $
make ..4 not|no ..3 get|receive|sent ..3 these|more|texts|messages|any|them
no ..1 contact @filler*2 $
^ @filler*3 do not @filler|reply|respond*4 $
p off $
^ @filler*2 could|can you not $
not|never reply|respond|use my|this|to ..1 number|phone|text
not|no allowed|right|business|permission|authority|reason ..1 to ..1 @contact|send
@not ..2 attempt|try|think|dream|bother ..2 @contact|@contacting me|us|my|this|again
not|no another|one|single more? text|message|word
@not ..2 be contacted|texted|messaged|called|disturbed|bothered
not talk|speak to me|us
but no more $
not keep|store|hold|save|share my|this ..1 number|details|data|no
not ..2 be @contacting me|us|my|this
not|never involve|include|bother me|us
^ dnd
nobody|who|one asked ..2 to? @contact|$
no need|point|use to|in|of*2 @texting|@calling|text|contact|sending|send
<!4:not|please avoid|refrain|desist ..2 @contacting|sending|contact|texts
""",
    "Does not want texts": """
not|never|nor ..2 @unwanted|longer|rather !6:<own-stop>|stop ..4 @posts|texted|contacted|messaged|
    bothered|disturbed|receive|receiving|pestered|emailed|called !3:dealer|dealers
no longer want|wish|need|require|like ..4 @posts|texted|contacted|messaged|receive|hear|text|contact
not|never want|wish|need|like|require|appreciate ..3 any|your|these|this|more|the text|message|
    contact|texts|service|messages
not|never ..1 want|wish|need|like|appreciate|require these $
not|never ..1 want|wish|need|like ..1 contact|contacting $
not|never ..1 want|wish|care ..1 to ..1 hear ..1 another|any|a|word|it
not|never ..1 want|wish|need|like|care ..2 hear|hearing from ..1 you|your|this|these|police
not|never want|wish|need to get|have|receive|see these|this|them|texts
ensure|sure ..4 remove|delete
still get|getting|receiving|receive ..2 these|texts|messages
text|contact|message ..3 without ..1 consent|permission
never|not consented $
not|never want|need nothing|anything from you|your
not|never ..1 want|need this|these @filler*2 $
not|never ..1 want ..1 nothing|anything|part ..1 to|of ..1 do|this
nothing to do with you|this|that|it
not ..1 want to know $
^ i|we decline|refuse|reject @filler*2 $
not ..2 want|wish ..1 to ..1 take|participate|be part|participate|involved
prefer|rather|like ..3 not ..2 @contact|contacted|texted|messaged !1:him|her|them
prefer|rather|like ..3 not ..2 get|receive|send|sent ..2 these|this|texts|messages|any|more
prefer|rather|appreciate ..4 stopped|stop|not @contact|texted|messaged|contacted|sent|send
want|wish|like|please no further|more|contact contact|texts|messages
not|never|no ..2 interested !in
not|never ..1 interested in talking|speaking|chatting|engaging|you|your|this|these|anything|any|
    what|receiving|hearing
no interest !in
no|not ..1 interest in this|your|these|any|it
sick|tired|enough|bored|fed up? of|with ..2 @posts|texts|these
enough with|of ..3 @posts|these
@posts|text|message|these|this ..2 is|are ..1 @nuisance
@nuisance @posts|text|message|contact
if you ..3 @contact ..2 @again
<!4:if|please|can|may|not|to|could @contact me @again @soon
@contact ..2 @again ..4 reporting|report|police|solicitor|harassment|block|lawyer|court|ico
if|next|another|one|again|or ..9 ico|solicitor|solicitors|lawyer|ofcom|ombudsman
why|you|your ..2 keep|keeps|still|constantly @contacting|sending me|us|my|this|these
harassing|spamming|pestering|stalking me|us @sender|@filler*3 $
you|your|stop ..2 harassing|spamming|pestering|stalking me|us
this|it|that|you|your ..3 harassment
no <break> more <break> @posts
""",
    "Asks to come off the list": """
<!3:not|never @remove|want|taken|kick|come ..4 off|from|out !2:my !4:waiting|treatment|methadone|
    detox|rehab ..3 @list
<!3:not|never take|taking|remove|kick|knock|strike|cross|scratch|cut|drop me|us|my|this|our|
    @device*3 off|out !2:here @filler|there|completely|straight|away|your|list*4 $
<!3:not|never take my|our|this|me|us ..4 off|down|out !2:here @filler|your|list*3 $
<!3:not|never remove|delete|block|erase me|us @filler|completely|straight|away|from|your|these*5 $
<!3:not|never|i|he|she|they|to remove|delete|lose|forget|wipe|erase|clear|destroy|scrub|bin|ditch|
    purge|exclude|unlist|block|withdraw|strike !4:dealer|dealers|plug|his|her|their|them|ex ..4
    @data !1:problem|up
how ..3 i|we ..2 remove|delete|cancel|take|get ..3 @data|these|this|texts
^ @filler*2 remove|delete|unsubscribe ..1 <number>
not ..1 contact|call|text|disturb|message list
block|opt list
take|remove|delete ..4 off|out|from ..1 your phone|phones
^ off|out ..3 list
un subscribe
you need|have|must|should|can|better ..2 remove|delete|erase|wipe|lose|forget ..4 @data|me
<!3:not|never delete|erase|remove|wipe|destroy ..2 everything|anything|all ..2 have|on|about|of|my
be|get|been taken|remove|delete off|from|out
be remove|delete @filler*3 $
<!3:not|never take|remove me|us off here @filler*3 $
^ @filler*2 take|remove|delete it|mine off|down|out? @filler*2 $
want ..1 off|out ..2 @list
<!3:not|never take|remove me|us|my|number ..2 off whatever|this|that|it|these|the @filler*4 $
<!3:not|never take me|us|my ..2 off whatever
count me out
keep|leave me|us out of it|this|your
<!3:not|never exclude|unlist|unregister|deregister me|us|my
withdraw me|us from
^ i|we withdraw $
my|this|our number|name|details ..2 taken|remove|delete|erase|wiped|removing|deleting off|down|$
not ..1 want|wish to be ..1 on ..2 @list
end ..2 subscription|service
reported|reporting ..2 spam|harassment
want|like|need|asking|ask you ..1 to remove|delete|erase|wipe|lose|forget ..4 @data|me
get rid of|off my|this|the ..1 number|details|data|no
scrap|drop my|this ..1 number|details
take|remove this|it|these off my ..1 phone|number
^ please? just? leave me|us $
""",
    "Asks to be left alone": """
<!4:@they|dealers|people|dealer|@family <!4:@they|dealers|people|dealer|@family leave me|us|my
    !3:dealer|dealers ..4 alone|peace
be|being left alone
leave me|us be $
leave me|us be please|now|thanks
keep away from me|us|my
not come near me
leave my|our ..1 @family|@kin|@device|wife|husband ..1 alone
leave man alone
allow me man|bro|fam|$
low it|me man|bro|fam|$
you|your ..4 leave me|us|my ..2 alone|be
^ @filler*3 let me|us be @filler*2 $
leave me|us out ..1 it|this
^ @filler*3 stay|move ..1 from me|us|my
""",
    "Says we are blocked": """
<!3:@they|not|dealer|never block|blocking|bloking you|your|this|me|number
you|your|number ..3 block
am blocking
^ @filler|reported|and|you*4 block @filler*3 $
""",
}

HINTED = {
    "A stop keyword as a sentence of its own": """
^ @before*6 @keyword @after*6 $
""",
    "A stop keyword and nothing of drugs or help": """
^^ @filler*3 stop my|our|for|with|pretty|lots*2 <unknown> @filler|<unknown>|of*2 $$
""",
    "Begins with a stop keyword": """
^^ @filler*3 stop|unsubscribe i|you|your|whoever|wrong|not|no|do|never|leave|am|get|
    already|how|where|sick|fed|or|before|because|contacting|there|nobody|as|is|was|have|had|he|she|
    did|does|has|if|when|now|please|bothering|annoying
^^ @filler*3 stop|unsubscribe this|these ..1 @filler|@posts|@contacting|@nuisance|nonsense|shit|
    shite|crap|bullshit|rubbish|stuff|bollocks|i|you|we|am|not|no|or|is|are|wrong|$
^^ @filler*3 stop|unsubscribe this|these being|from|keep*2 sent|coming
^^ @filler*3 stop|unsubscribe who|what|why|how|where is|are|do|did|you|the|have|am|would|keep
""",
    "Ends with a stop keyword": """
_ <!1:text|reply|send|say|type|put|saying|word|the|to|a|if|texted|replied|does|did|why|how|when|cold
    stop please|now|thanks|thank|you|ta|cheers|x|xx|it|ok|mate*3 $$
""",
}
