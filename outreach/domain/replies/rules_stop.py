"""Whose stopping is meant, and what counts as asking us to stop.

"Stop" is also a word of treatment: "I want to stop", "can't stop using", "help me stop". Before any
rule asks whether a reply is an opt-out, each stop, quit and end is read as our texting or as
somebody's own life.
"""

NOT_A_STOP = {
    "A stop that is a place or a police power": """
        bus|full|next|non|pit|coach|tram|one|door|tube|last|train|truck stop
    """,
}
STOP_AND_SEARCH = {
    "A stop that is a police power": """
        stop and search|searched
        stop search|searched|watch|gap|cock
    """,
}
NEGATED = {
    "Do not stop": """
        <!3:why|how @not you|want|please|ever|even|just|wish|to|mean|need|them|it|us|yet*4 @stops
        paid|peidiwch|peidio|peidwch a|ag|byth*2 stopio|stopiwch
    """,
}
OUR_TEXTS = {
    "Stop these texts": """
        stop|end|quit ..3 @posts !4:dealer|dealers|him|her|them|ex|plug|boyfriend|girlfriend
        stop|end|quit the|all|your|any|more|further|this|these*2 text|message|contact
        stop|end|quit getting|receiving ..3 these|this|them|text|message|your !4:dealer|dealers|him|her
        stop|quit hearing from you|your|this
        <!3:@they|dealer|dealers|people|@family|@partner stop|quit ..2 @contact_ing|sending me|us !1:a|an
        <!3:@they|dealer|dealers|people stop|quit ..2 @contact_ing|sending my|this|our ..1 @number|line|inbox
        stopio|stopiwch|stopia ..3 negeseuon|tecstio|tecsts|neges|anfon|gyrru|cysylltu|ffonio
    """,
}
OWN_LIFE_AFTER = {
    "Somebody's own stopping": """
        i|we|it|@person|<name>|dealers|dealer|pain|bleeding @aux|@not|@please*6 @stops
        how|way|ways|where to|do|does|can|could|would|should|did|i|you|we|he|she|they|one|people|someone|ever|go|about|actually|possibly|just*5 @stops
        <!3:you|your|these|texts|messages @desire|try|trying|tried|ready|able|unable|struggling|hard|impossible|difficult|decided|willing|time|help|helps|got|have|had|has|need|going|supposed|forced|plan|planning|chance|reason|easy|desperate|like|know|determined to @aux|@please*3 @stops
        help|make|making|makes|let|get|getting|helping me|myself|us|my|him|her|them|it|this|that|the|cravings|voices|pain|<name>|@person*3 to|just*2 @stops
        told|tell|tells|asked|ask|asks|begged|wants|forced|forces|got|said me|us|him|i|we|@person to|should|need|must|have*3 @stops
        want|need|wish this|it|that|him|her|them|@person|my to|would @stops
        <!4:you|your|these|texts|messages|this should|could|would|must|will|might|to really|just*1 @stops
        isio|eisiau|moyn|methu|trio|ceisio|helpu|helpwch|help|sut|gallu|rhaid|am|gallaf|alla|angen ..3 stopio
    """,
}
OWN_LIFE_BEFORE = {
    "Somebody's own stopping": """
        @stops @small|all|ever|even|just|doing|with|with|completely*4 @use|@drug|@treatment|@state|habit
        @stops drink|white|dark|bobby|rock|fags|pot|being|feeling|hurting|wanting|needing|going|thinking|living
        stop me|him|her|them|us|myself|people|dealers !text|messages
        stop my|our|his|her ..1 @family|@person|mate
        stopio cymryd|smocio|yfed|defnyddio|cyffuriau
    """,
}

POLITE = "please|now|thanks|thank|you|ta|cheers|x|xx|it|ok|okay|me|all|haha|<name>|mate|regards|kind|bro"

OPT_OUT = {
    "A stop keyword on its own": f"""
        ^ @filler|i|text|reply|send|said|say|put|type|plis|nawr|rwan*5 stop|unsubscribe|arret|stopio|stopiwch|stopia|stopsign @filler|stop|stopio|stopiwch|stopsign|<name>|unsubscribe*6 $
        ^ stop to <number>|me|you
        <!2:not|never cancel ..2 @posts|subscription|text|message|these|everything
        <!2:not|never cancel me|this|it $
        ^ {POLITE}*3 remove|revoke|cancel|canslo remove|revoke|cancel|{POLITE}*3 $
        ^^ please|end|quit*3 end|quit please|thanks|thank|you|ta|cheers|x|xx*2 $$
        <!3:not|never unsubscribe
        why|can|could ..2 not ..2 unsubscribe
        dad danysgrifio
        daddanysgrifio|dad-danysgrifio
    """,
    "Asks to opt out": """
        <!3:not|never opt|opting me|us|my|this*2 out !3:@treatment|@drug
    """,
    "Asks us to stop sending texts": """
        <our-stop>
        stop|quit ..3 @contact_ing !3:him|her|them|dealer|dealers|people|@family|ex|girls|boys|plug|a|an
        stop|quit|cease ..2 @contact_ing my son|daughter|mum|dad|child|kid|brother|sister|wife|husband|partner|nan|girlfriend|boyfriend|phone
        stop|cease ..3 text|message|contact
        stop|quit ..2 my|this|our|me ..1 line|phone|number|mobile|inbox
        stop sending !1:him|her|them
        stop|quit blowing|hitting|banging|dinging ..1 me|my
        these|texts|messages ..3 stop
        <!1:i|to said|told|asked|say|saying|telling|tell|asking you|your|u|already|to|once|this|it|lot|again|before|times|now|please|them*4 stop
        you|your|u need|have|had|should|must|better|ought|got|really|just|seriously|all|lot*3 to? stop
        want|need|like|asking you|your|all|lot*3 to stop
        why|will|would|can|could|do not? you|your|lot|all*2 @please|@filler*3 stop
        how many times ..6 stop|tell|say
        cease|desist ..2 contact|desist|immediately|all
    """,
    "Asks us not to text": """
        <!2:i|you|they|he|she|we|why <!1:can|could|did|does|will|would|should|have|had|if not|never please|ever|bother|keep|be|try|even|bloody|fucking|dare*3 text|message|email|bell|spam|pester|harass|disturb|texting|messaging|contacting|emailing !2:him|her|them|dealer|dealers|back|people|and
        <!2:i|you|they|he|she|we|why <!1:can|could|did|does|will|would|should|have|had|if not|never please|ever|bother|keep|be|try|even|bloody|fucking|dare*3 contact|call|ring|phone|bother|calling|ringing !3:him|her|them|dealer|back|police|999|ambulance|a|an|mum|dad|parents|school|work|boss|feds|social|emergency
        not|never you dare|ever|fucking|go*2 text|message|contact|call|ring|bother
        can|could|would|will you please|just|maybe|kindly*2 not text|message|contact|call|ring|bother|send
        <!2:i|you|they|he|she|we not|never please|ever|bother|keep|be|try|even|bloody|fucking|dare*3 send|sending|forward ..3 me|us|any|more|anything|these|this|text|texts|message|messages|again
        no @again|more*2 @posts|contact|text|message|txting @filler|again|ever|on|to|this|my|me|number|phone|line|or|calls|texts|messages*6 $
        ^ @filler|absolutely|sorry*3 no more|further @filler*3 $
        ^ @filler*2 enough @filler*4 $
        make|ensure ..4 not|no ..3 get|receive|sent ..3 these|more|texts|messages|any|them
        <!3:not no ..1 contact @filler*2 $
    """,
    "Does not want texts": """
        not|never|nor ..2 want|wish|need|like|care|expect|longer|rather|asked|ask !6:<own-stop>|stop ..4 @posts|texted|contacted|messaged|bothered|disturbed|receive|receiving|pestered|emailed
        no longer want|wish|need|interested ..4 @posts|texted|contacted|messaged|receive|receiving|hear|text|contact
        not|never want|wish|need|like ..3 any|your|these|this|more|the text|message|contact
        not|never ..1 want|wish|need|like|care ..2 hear|hearing from you|your|this|these|police
        not|never want|need nothing|anything from you|your
        want|wish|like|please no further|more|contact contact|texts|messages
        not|never ..1 interested !in
        not|never ..1 interested in you|your|this|these|anything|any|what|receiving|hearing
        if you ..3 @contact_do ..2 @again
        <!4:if|please|can|may|not|to|could text|message|contact|ring|call me @again and|or|am|i|you|see
        @contact_do ..2 @again ..4 reporting|police|solicitor|harassment|block|lawyer|court
        why|you|your ..2 keep|keeps|still|constantly texting|messaging|sending|contacting|ringing|calling|harassing|bothering|spamming me|us|my|this|these
        harassing|spamming|pestering|stalking me|us
        this|it|that|you|your ..3 harassment|harrasment
    """,
    "Asks to come off the list": """
        <!3:not|never take|remove|get|want|taken|removed|delete|deleted|strike|scrub|come|kick ..4 off|from|of|out !2:my ..3 @list
        <!3:not|never take|taking|remove|kick|knock me|us|my|this|number|phone*3 off|of|out @filler|there|completely|straight|away*3 $
        <!3:not|never remove|delete|block me|us|myself @filler|completely|straight|away|from|your|this|these|all|texts|messages*5 $
        <!3:not|never remove|delete|lose|forget|wipe|erase|clear|destroy|scrub|bin|ditch ..3 number|numbers|digits|details|data|info|information|name|contact|records|file|line
        <!3:not|never take my|this|the|our number|name|details|phone ..1 off|down|out|of
        be|get|been taken|removed|deleted off|from|out
        delete number|me
        count me out
    """,
    "Asks to be left alone": """
        <!4:@they|dealers|people|dealer|@family leave me|us|my ..2 alone|be
        you|your ..4 leave me|us|my ..2 alone|be
        ^ @filler*3 let me|us be @filler*2 $
        ^ @filler*3 stay away from me|us|my
    """,
    "Says we are blocked": """
        <!3:@they|not|dealer|never block|blocked|blocking|bloking you|your|this|me|number
        you|your|number ..3 blocked
        am blocking
    """,
    "Rudely refuses to be contacted": """
        <!2:me|to|they|he|she|him|them|told|just fuck|piss|sod|bugger|naff|bog|eff|feck|f|frig|hop|buzz|bore right|the|all|hell|well*2 off !1:heroin|crack|gear
        why|tell|go|can|just ..3 fuck|piss|sod|bugger|f right|the*2 off
        ^ @filler*3 get fucked|lost|stuffed|bent|tae
        ^ @filler|and|you|can*4 go|fuck away|awa
        ^ @filler|and|you|can|go|just|will*5 do one @filler|you|melts|melt|pigs|mug|mugs|wasteman*3 $
        jog|jogging on
        ^ @filler*3 pack it in|up
        ^ @filler*3 knock it off
        ^ @filler*3 cut it out
        ^ @filler*3 give it a|up rest|break
        ^ @filler*3 get|come|keep|stay ..1 off|out|away|of|from ..1 my|our line|phone|back|case|messages|inbox|life|mobile
        allow texting|messaging|contacting|ringing|calling
        ^ @filler*3 bore off
    """,
    "Uses data protection rights": """
        right|rights ..1 erasure|forgotten|object|erased|deletion
        erasure
        data|details|number|information|records|info ..3 erased|deleted|removed|wiped|destroyed
        article|art <number>|<child-age> ..9
        object|objecting ..1 to ..3 processing|this|these|being|my|texts|your
        withdraw|withdrawing|revoke|revoking|withdrawn ..2 consent|permission
        not ..2 consent|agree to ..2 this|these|texts|being|receiving|texted|contacted|messages|you|text|your
        not|no|never give|gave|given|giving ..3 consent|permission
        not|no|never ..1 my consent|permission
        you ..2 not ..1 have ..1 consent|permission
        ^ no consent|permission
        gdpr ..9 object|remove|stop|cease|delete|erase|erased
        gwrthwynebu
    """,
    "Asks us in Welsh to stop": """
        peidiwch|paid|peidio|peidwch|peidiwchi a|ag|byth|plis*2 tecstio|cysylltu|anfon|gyrru|ffonio|poeni|haslo|danfon|boddro|trafferthu
        ^ @filler*2 peidiwch|paid @filler*2 $
        dim|ddim mwy|rhagor ..3 negeseuon|tecstio|tecsts|neges|galwadau|texts|messages
        ^ @filler*2 dim mwy|rhagor @filler*3 $
        tynnwch|tynnu|tynna|dilewch|dileu|tynwch ..4 oddi|rhif|enw|manylion|off|data|rhestr
        oddi ar ..4 rhestr
        gadewch|gad|gadwch|gadael ..3 lonydd|fod
        llonydd i mi|fi|ni
        ddim|dim|m ..1 isio|eisiau|moyn|am ..5 negeseuon|tecsts|clywed|neges|tecst|cysylltu
        cer|ewch|dos o|i ma|ffwrdd|grafu|chwara
        ffwcia|ffwciwch|ffwcio|ffyc|ffwcin o|off
    """,
}

HINTED_OPT_OUT = {
    "Begins with a stop keyword": """
        ^^ @filler*3 stop|unsubscribe i|you|your|who|whoever|why|wrong|not|no|do|never|leave|this|these|what|am|get|already|how|where|sick|fed|or|before|because|contacting|there|nobody|as|is|was|have|had|he|she|did|does|has|if|when|it|that|now|please
    """,
    "Ends with a stop keyword": """
        _ stop please|now|thanks|thank|you|ta|cheers|x|xx|it|ok|mate|bro*3 $$
        _ stopio plis|diolch*2 $$
    """,
}
