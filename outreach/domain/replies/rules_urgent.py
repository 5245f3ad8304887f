"""Signs that somebody may be in danger. Where it is unclear they count: a person looks first."""

FIGURES_OF_SPEECH = {
    "A figure of speech": """
        text|message|this|it|you|feet|back|heat|weather|hangover|head|game|football|queue|work|job|boss|jokes|joke|leg|legs|arms|knees|teeth|tooth|pain|toothache|stress|cold|traffic|song|diet|gym|shoes|boredom|hay|fever|homework|essay|battery|signal|suspense|hunger|are|period|kids is|am|are|was|just|so|really|literally|properly|absolutely|actually*3 killing|killed|kills|slaying me|my|it|the|us
        killing it|time|joke
        killer tune|heels|instinct|look|app|bee|whale|workout|song|track
        killed it|that|the|me haha
        skill|killed the cat|vibe|mood|conversation
        curiosity killed
        murder a|an|some _
        kill|die for ..1 a|an|some|that|those|this _
        to die for
        dying for a|an|some _
        dying of|with|from laughter|laughing|boredom|embarrassment|thirst|hunger|heat|shame|cold
        dying to _
        dying haha
        am dead haha
        dead haha
        haha ..1 dead|dying
        bored|scared|worried|tickled|sick to death
        dead slow|good|funny|nice|busy|boring|serious|right|easy|hard|quick|sound|on|weird|annoying|simple|proud|happy|pleased|excited|tired|keen|end|ends|line|lines|weight|battery|man|meat|heat|ringer|ting|trap|tree|beat|meme|chat|out|hand|lift|this|wood|sea|pool|lucky
        drop dead
        over my dead
        when i am dead
        sleep|stop|rest|quit|done when i am dead
        knock|knocked them|us dead
        phone|battery|line|lines|signal|sim|chat|pub|town|place|car|laptop|app|atmosphere|plant|engine ..2 dead|died|dying|dies
        dressed to kill
        shoot me|us|you|them|him|her|over|through|across ..1 a|an|over|some text|message|email|line|dm?
        shoot me|us an|a
        give ..2 a|best|another shot
        long|best|mug|flu|covid|screen|espresso|vodka|tequila|sambuca|moon|parting|big|hot|head|jager|booster|slap shot|shots
        mugshot|jab
        jumping|jump|jumped the gun
        glue|nerf|water|top|nail|heat|staple|tommy|massage|pop gun
        gun fingers|lean|show
        sticking|stick ..2 guns
        butter|steak|kitchen|bread|swiss|fish|palette knife
        knife|knifes|knives and fork|forks
        under the knife
        panic|anxiety attack|attacks
        ^ @filler*2 beats me @filler|haha|who|why|how*2 $
        beats me who|why|how|what|where
        hit me|us|you|him|her|them|man up|with|back
        hit and miss
        hit up
        <!1:he|she|they hit the gym|road|sack|shops|town|pub|nail|hay|books
        bomb|bombed|bombing
        overdose|overdosed|od|oding ..1 of|on texts|messages|spam|chocolate|coffee|sugar|telly|netflix|caffeine|cake|love|cuteness|information|adverts
        chocolate|coffee|sugar|cuteness overdose
        mum|mam|dad|wife|husband|boyfriend|girlfriend|boss|missus|nan|parents|teacher ..4 will|going|would|to kill me if|when|for|haha
        kill me haha
        end it there|here|on
        cut it out|off|short|fine
        child|childs play|support|benefit|care|tax|minder
        like a child|kid
        baby|babe how|what|you|come|girl|boy
        child at heart
        kid|kids you|yourself|on
        no kidding
        emergency services|fund|plumber|exit|contact|loan|tax|brake|dentist
        silent|character|love|blood assassin|assassination|hound|pressure|test|tests
        fit as|bird|girl|lad|bloke|boy|for|in|into|to
        missing you|out|something|the|a|my|them|that|this
        hanging out|on|with|around|about|up|by
        hang on|out|up|about|around|in|tight|fire|loose
        drug|substance|alcohol|drink|drugs ..1 abuse|misuse
        abuse ..2 drugs|drug|alcohol|substances|power
        verbal|stop abuse|abusing
        speed|bank|holiday trap
        poor|poisoned poisoning|chalice
        trapped wind|nerve
        force|forces|forced field|feed|laughter|entry|error|quit
        police|task|air|armed|special|met|work force|forces
        danger zone|money
        jumping|jump to|the conclusions|queue|hoops|joy|in
        rope|roped into|in
        goodbye and good
        after lunch
        gone over to|the|that|my|there|budget|it|his|her|this|everything|limit|with
    """,
}

SUICIDE = {
    "Speaks of suicide or of not wanting to live": """
        suicide|suicidal|suicidally
        @injure|killing|cutting|hurting|harming|harm|hanging|hang|drown|drowning|starve|starving|hate|burning|overdosing|shooting|stabbing|end|top|topping|off|finish ..1 myself
        kill|killing|hurt|hurting|cut|cutting|harm|harming my self
        do|doing|done myself in
        do ..1 myself ..1 in
        self harm|harming|harmed|injury
        selfharming
        unalive|unaliving
        end|ending|ended|finish ..1 it|things|everything ..1 all
        <!1:to end|ending|finish it|everything|things $
        going|want|wants|thinking|ready|about|try|trying|will|should|might|of|just|lets ..2 end|ending|finish|finishing it|everything|things !2:with|addiction|habit|relationship|you|using|stop
        <!3:not end|ending|take|taking|took|taken|takes|finish|lose|losing my|her|his|their|own ..1 life|lives|own
        take|taking my ..1 life
        want|wants|wanted|wish|ready|going|about|rather|hope|hoping|wanting|let ..3 die|dead
        <!3:not|never|he|she|phone|battery will|might|could|may|should die !2:for|laughing
        <!3:not|never|he|she|phone|battery going to die !2:for|laughing
        wish|wishing|wished|hope|hoping ..3 dead|gone|not|never|die|disappear !6:texts|texting|stop|<our-stop> ..3 here|born|alive|wake|exist|up
        wish|wishing|wished|hope|hoping|rather i ..2 dead|gone
        better ..1 off ..2 dead|without me|us
        better without me
        not ..2 want|wanting|wants|wish ..1 to ..1 be ..1 here|alive|around|anymore
        not ..2 want|wanting|wants|wish ..1 to ..1 live|exist|wake|breathe|survive !1:with|in|there|at|near|by|you
        not ..1 want ..2 life
        not|no ..1 reason|reasons|will|desire|worth ..1 living|live|alive|carry
        no|what|not|see point ..1 in|of ..1 living|life|anything|anymore|going|carrying|me|trying|being
        no point anymore
        what ..2 the point ..2 living|life|going|anymore|in
        no ..1 point $
        nothing ..2 to live for
        nothing left|anymore
        not|hardly go|going|carry|carrying on !2:holiday|with|the|to|a|my|it|benefits|there
        not go on
        can|could not|hardly do|take|handle|face|bear|stand this|life $
        can|could not|hardly ..1 do|take|handle|face|bear|stand|cope ..2 anymore|longer|more !4:@posts|text|message|message|course|job
        not cope|coping
        <!3:you had|have enough $
        overdosed|it|took ..2 on purpose
        had|have ..1 enough of ..2 life|living|everything|it|being
        tired|sick|done|fed ..2 of|with ..1 living|life|being|fighting|everything
        give|giving|given|gave ..1 up ..1 on ..2 life|living|everything|myself
        giving|given up $
        life ..3 worth|pointless|over|meaningless|hopeless
        not|nt worth living
        <!4:until|before not|never ..1 wake|waking up ..1 tomorrow|again|ever
        hope|wish|want|hoping ..2 not|never wake !2:you
        not|no ..1 be|here|around|alive ..2 here|around|alive|tomorrow|much ..1 tomorrow|longer|much|anyway|anymore|soon|after|by
        <!2:may|might|you|he|she not be here|around|alive
        jump|jumping|jumped ..2 off|in|from|infront ..3 bridge|roof|building|train|car|traffic|window|cliff|balcony|front|tube|flats|of|the
        going|want|will|about|ready to ..1 jump
        <!1:way on|off|from|near|at the ..1 bridge|ledge|roof|cliff|tracks|multistorey|balcony
        on|at the edge
        standing|sat|stood|sitting ..3 edge|bridge|ledge|roof|tracks
        rope|noose|ligature|razor|razors
        slit|slitting|sliting|cut|cutting|slash|slashing|sliced|slicing ..1 my ..1 wrists|wrist|arms|arm|throat|veins|legs|neck
        wrists
        take|taking|taken|took|swallow|swallowed|necked|neck|had|downed|popped|eaten|swallowing ..1 all|load|loads|whole|every|bunch|handful|box|bottle|packet|pack|lot|lots|so ..4 @pills|tramadol|tabs|stuff|them|it
        say|saying|said|my|last|final ..1 goodbye|goodbyes|byes
        goodbye|bye ..1 world|everyone|forever|cruel
        life ..1 goodbye|bye
        tell|tel ..1 my|the ..2 kids|mum|mam|family|son|daughter|girls|boys|dad|children|nan|baby|babies ..2 sorry|love|loved
        want|wish|make|going to ..1 disappear ..1 forever
        nobody|anyone|everyone ..2 would|will|care|miss|even|be ..2 miss|notice|care|better|happier|if ..2 me|off|i|without
        no one ..2 miss|notice|care ..2 me|i
        better place without
        see a|no|any way out
        no|only|any|other way out !2:of
        something stupid
        voices ..2 telling|tell|saying|say|in|want
        hearing|hear ..1 voices
        want|wanted|just it ..2 over|all
        all to be over
        want ..1 it ..1 to ..1 all ..1 end
        pain to end|stop|go
        hurt|harm|kill|hate ..1 meself|mesen
        lost the will
        feel|feeling|felt ..1 hopeless|worthless|dead|empty|suicidal
        am ..1 hopeless|worthless
        sleep forever
        sleep and not|never ..1 wake
        drive ..3 off|into|under ..2 wall|bridge|lorry|cliff|tree|river
        in front of a|the train|lorry|bus|car|tube
        in|having|mental ..1 crisis|breakdown
        health crisis
        dead by|tomorrow
        be dead ..3 soon|tomorrow|week|tonight|anyway|if|by|before|unless|without
        not ..1 live like|with|without|anymore|no
    """,
}

OVERDOSE = {
    "Speaks of an overdose or somebody collapsing": """
        overdose|overdosed|overdosing|overdoses|odd
        not|stopped|stop|stops|barely|hardly|struggling|trouble|difficulty|never ..2 breathing|breathe|breath|breaths
        <own-stop>|stop breathing
        breathing ..2 funny|weird|slow|shallow|not|stopped|bad|properly
        he|she|they|mate|friend|@person ..3 not|never|hardly|barely wake|waking|waken|respond|responding|move|moving|responsive|conscious !1:on|in|out|to
        not ..1 wake|rouse|waken him|her|them|my
        will not wake up
        now|and ..2 not wake
        gone|going|turned|turning|went|lips|face|is|look|looks|skin|are|fingers ..1 blue|grey|purple
        lips ..3 blue|purple|grey
        took|taken|take|taking|had|done|injected|banged|swallowed|smoked|used|necked|dropped too|way ..1 much|many
        taken|took ..1 something ..3 not|bad|dodgy|wrong
        @person|has|is ..2 gone|went|goes|going over !1:to|the|my|and
        ^ gone over
        people gone over
        unconscious|unresponsive|nonresponsive|lifeless
        passed out|cold
        knocked out|unconscious ..2
        no|not|find ..2 pulse|heartbeat
        @person ..2 collapsed|collapsing|collapse
        ^ @filler*2 collapsed
        having|had|has|took|taking ..1 fit|seizure|stroke|fits|convulsions
        seizure|seizures|convulsing|convulsions
        is|was|are|started|keeps ..1 fitting
        heart attack
        foaming
        choking|choked
        bad|dodgy|strong ..1 batch
        need|get|got|give|bring|have|given|use|gave ..2 naloxone|nyxoid|narcan ..2 now|him|her|quick|asap|urgently|fast
        naloxone ..3 gone|not|blue|working|over
        been|got|getting|was|think ..3 spiked
        burst|split|leaking|ripped|opened ..3 inside|stomach|me|belly|in
        swallowed|swallow|plugged|stuffed|packed|banked ..2 package|packages|wrap|wraps|drugs|bag|bags|baggie|it|parcel|food|white|dark
        chest ..1 pain|pains|hurts|tight
        bleeding ..2 out|bad|badly|lots|everywhere|loads|heavy|head|$
        bleeding
        losing|lost|loads ..1 blood
        blood everywhere
        hurt|hurting|injured ..1 bad|badly
        hallucinating|psychosis|psychotic
        dying !1:for|of|to|laughing
        poisoned
    """,
}
