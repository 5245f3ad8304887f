"""Danger from others: children, homes taken over, violence, force, abuse, and calls for police."""

UNITS = (
    "days|day|weeks|week|months|month|hours|hour|hrs|mins|min|minutes|minute|seconds|quid|pound|pounds"
    "|k|percent|miles|stone|kg|grams|g|times|time|points|p|pm|am|off|down|per|of|or|texts|messages"
    "|missed|pints|calls|people|clean|sober|in|away|late|deep|into|free|clear"
)
THEY = "they|people|men|gang|dealers|opps|olders|mans|boys|lads|mandem|yardies|albanians|someone"
THREATENER = f"{THEY}|he|she|dealer|man|ex|boyfriend|husband|partner|stepdad|pimp|brother"

CHILD = {
    "Writes as a child or speaks of a child at risk": f"""
        am @filler|only|about|like|nearly|actually|still|a|almost|him|bout|literally|turning|turned|barely|not|even|is*3 <child-age> !1:{UNITS}
        ^ m <child-age> !1:{UNITS}
        ^ i|is|me|him <child-age> !1:{UNITS}
        age|aged|turned|turning|turn <child-age> !1:{UNITS}
        <child-age> year ..1 old|girl|boy|lad
        <small-number> year|yr old
        <child-age> old
        he|she|son|daughter|brother|sister|cousin|nephew|niece|mate|friend|boy|girl|lad|grandson|granddaughter|stepson|kid|bro|sis ..1 is|are|was|turned|am|only|just|bout*3 <child-age>|<small-number> !1:{UNITS}
        in year <child-age>|<small-number>
        am ..1 year <child-age>|<small-number>
        year <child-age>|<small-number> ..1 at|pupil|student|and|i|still|girl|boy
        <!2:my|the|his|her am|still ..2 at|in school|sixth
        my teacher|teachers|headteacher|homework|tutor
        not|never ..1 tell|contact|ring|call|phone|text ..1 my mum|dad|parents|nan|foster|carer|school|social
        mum|dad|parents|carer ..1 do|does|did|can|must not know|find|see
        am a|just|only|still*2 kid|child|minor|schoolboy|schoolgirl|teenager|underage
        too young
        under ..1 <child-age>|eighteen|18|sixteen|age
        underage
        groomed|grooming|groom
        county line|lines
        going|goes|go|went|gone|sent|sends|send|take|took|taking|back|been|doing|does|sending ..3 cunch|country|oot|ot|otuch
        cunch
        gone|went|goes|going|reported missing
        son|daughter|boy|girl|kid|child|sister|brother|friend|cousin|nephew|niece|she|he|mate|lad ..2 is|been|has|still ..1 missing
        missing since|person|again
        missing from home|school|care
        @child ..3 in|here|at|inside ..2 house|flat|here|home|there|room|danger
        @child ..3 not ..1 safe|ate|eaten|fed|eating
        @child ..2 scared|frightened|crying|hungry|starving|terrified|alone|hurt
        @child ..2 on|at ..1 risk
        using|use|got|recruiting|recruit|getting|have|make|making|forcing|paying ..2 @child|youths|boys|lads|schoolboys ..3 @drugwork|drugs|runners
        @child ..3 selling|running|carrying|dealing|shotting|drugs|holding|trapping|knives|weapons
        he|she|they|still|only is|are|was a|just|only|still*2 @child
        my|his|her|our|their|me little|youngest|baby|teenage ..2 brother|sister|cousin|son|daughter|bro|sis|boy|girl|lad ..6 @drugwork|shotting|gang|selling|drugs|running|carrying|missing|dealers|them|money|phone|olders|trapping|weed|line|lines
        my|our|his|her|the @family|@child ..5 carrying|shotting|running|trapping|plugging|exploited
        they|gang|dealers|olders|men|man|someone ..4 my|our|his|her|a ..1 @family|@child ..3 @drugwork
        my|the|some|these olders|elders
        olders|elders ..2 want|make|told|said|give|got|wants
        pregnant ..6 using|crack|gear|heroin|drugs|use|smoking|hits|scared|him|stop|<own-stop>
        nonce|paedo|pedo|paedophile
        @hits ..1 kids|children|baby
        touching|touches|touched me|kids|her
    """,
}

CUCKOO = {
    "Says that somebody has taken over a home": """
        cuckoo|cuckooed|cuckooing|cookoo
        taken|took|take|taking|takes over ..3 @home|mums|nans|bedroom
        taken|took|take|takes my ..1 @home|bedroom|keys|key|sofa
        not ..1 leave|leaving|move|vacate ..2 @home|mine|mums|nans|sofa
        not ..2 get|go|fuck ..1 out ..2 @home|mine|mums|nans
        in|into|at|with ..3 and ..1 not leave|go|move|budge
        they|he|people|dealers|lads|men|she ..1 not|refuse|refusing|refuses leave|go|to
        not ..2 get|rid ..1 them|him|people|dealers|rid ..1 out|of
        get|want|need|how|remove|getting them|him|people|dealers|these ..1 out|from ..2 @home|mine
        people|dealers|they|lads|men|gang|strangers|someone|junkies|crackheads|mandem|randoms ..2 in|inside my|me|our|his|her|nans|mums ..2 @home|sofa|bed
        using|uses|use|dealing|selling|cook|cooking|bagging|trapping|shotting|deal|sell|cutting|storing|weighing ..3 my|me|his|her|our|nans|mums ..2 @home
        from|out my|our|his|her|nans|mums ..1 @home ..2 and|they|without|i
        living|staying|moved|squatting|sleeping|camped ..2 in|into|at|with ..3 my|me|our|his|her|brothers|mums|nans|sons ..2 @home|mums|nans|sofa ..3 selling|dealing|not|drugs|cooking
        moved in|into ..3 not|selling|dealing|drugs
        moved in on me|him|her|us
        have|got|took|taken|has|stole|changed my ..1 keys|key|locks
        scared|afraid|frightened|terrified ..1 to ..1 go|be|stay ..1 home|house|flat
        my|own sofa ..4 bedroom|bed|they
        their|there|they house|flat|place|yard now
        neighbour|neighbours|upstairs|downstairs ..6 cuckooed|dealers
        trap|crack|drug house|den
        bando|bandos|traphouse
        @home ..3 overrun
    """,
}

VIOLENCE = {
    "Speaks of violence or threats": f"""
        <!3:not|never kill|murder|shoot|stab|shank ..1 me|him|her|us|them|my|you|someone|somebody|everyone|people|anyone|dealer|dealers|that|this|his|the|these|both
        <!2:is killing|murdering me|him|her|us|my|them
        {THREATENER} ..2 killing me|him|her|us
        get|getting|got|be|been|is|will|gets killed|murdered|shot|stabbed|shanked|robbed|attacked|jumped|battered|beaten|banged|splashed|poked|chinged|cheffed|kidnapped
        get|getting|gets hurt
        killed|murdered ..2 my|him|her|someone|our|me
        <!2:to|of knife|gun|guns|machete|machetes|blade|blades|shank|shanks|rambo|rambos|zombies|firearm|samaurai|glock|shotgun|knifepoint|gunpoint|weapon|weapons
        with|has|got|have|holding|carrying|swinging|pulled|had ..2 bat|bats|hammer|hammers|axe|sword|acid|crowbar|bar|strap|bottle|pole|chain|screwdriver
        stabbed|shanked|knifed|slashed|stabbing|stabbings|chinged|cheffed
        shot at|him|her|me|dead|up|someone|in|by
        shot my brother|mate|cousin|son|friend|boy
        shots fired
        shooting|shoot ..1 at|people|someone|outside
        threatened|threatening|threats|threaten|threat|threatens|intimidating|blackmail|blackmailing|blackmailed|extorting
        know|knows|knew|found|find|got|have where ..1 i|my|we|mum|nan|she|he ..2 live|lives|stay|sleep|am|work|works
        {THEY}|he got|have|know|knows|has ..1 my ..1 address|addy
        <!4:not|never|mean|hope hurt|harm|harming me|us|him|her|them|someone|somebody|my|people|anyone|you
        will|going|said|would|to ..2 batter|bang|beat|slap|smash|cut|burn|torch|firebomb|murk|duppy|cheff|ching|slash|drown|bottle|hurt|harm ..1 me|my|us|him|her|someone|you|his|mum
        do me|him|us|her in|over
        break|broke|broken|breaking|snap|snapped ..1 my|his|her|our|their|both|your ..1 legs|leg|fingers|arm|arms|jaw|nose|ribs|hands|neck|kneecaps
        hit|hits|hitting|beat|beats|beating|punch|punches|punched|slaps|slapped|kicks|kicked|batters|battered|rapes|strangled|strangles|choked|chokes me|us|her|my ..1 up|in|again|bad|badly|for|because|last|when|if
        {THREATENER}|dad|mum|girlfriend|wife|who|keeps|keep|still|always|uncle ..2 @hits me|us|her|him|my|mum|kids
        been|being|get|getting|was|got beaten|beat|battered|attacked|jumped|raped|assaulted|robbed|mugged|abused|tortured|punched|strangled|stalked|taxed
        beat|beaten|beating|battered|bashed|smashed me|him|her|us ..1 up|in
        beaten|beat up
        robbed|mugged ..2 me|gunpoint|us|him|her
        <!2:police|feds outside ..1 my|our|mums|nans|her|the house|door|flat|window|place|gate|work
        <!2:police|feds {THEY}|he|man|dealer|is|are|bare|still ..3 outside|at|banging|round ..1 my|our|mums|nans|the ..1 house|door|flat|windows|window|gate|yard
        kick|kicks|kicking|kicked|smash|smashing|smashed|boot|booted|banging|put|putting ..2 door|windows|window|doors
        through ..2 letterbox
        petrol ..3 through|letterbox|over|bomb|house|door|me
        firebomb|firebombed|arson|torched
        burn|burning|burnt ..3 down|alive
        acid attack|attacked|in|on|over
        coming|come|hunting|chasing|looking|searching for|after me|us|him
        <!3:feds|you {THEY} ..3 after|coming|looking|chasing|outside|following|waiting|watching|hunting|searching ..1 me|us|for|outside|after|now|again|$
        he|she|dealer|ex|man ..1 is ..1 after|following|chasing|watching|outside|stalking|waiting me|outside|us|my|for|$
        they|he|dealers|she is|are ..1 here|outside|downstairs help|now|please|$
        hide|hiding|hid ..2 from|cupboard|bathroom|upstairs|toilet|wardrobe
        in fear
        fear|feared|fearing|fears for ..2 life|safety|lives|kids
        in|real|serious|grave|immediate danger
        dangerous men|people|man|guys|situation
        not|never|longer ..2 safe|safely !2:to
        unsafe
        <!3:not|never scared|terrified|frightened|petrified|afraid|fearful|shook ..1 of|for them|him|her|my|dealers|what|his|life|people|that|the|they
        <!3:not|never so|really|am|very|proper scared|terrified|frightened|petrified !1:of|about|to|that|about
        ^ @filler*2 scared|terrified|frightened scared|please|help*2 $
        scared|terrified|frightened ..1 to go|leave|talk|sleep|answer|open
        scared|terrified|frightened they|he|she|for
        scared ..2 do not know
        poked ..1 up|him|man
        opps|opp !1:sorry
        man down
        violent|violence
        <!2:panic|heart|asthma attack|attacked|attacking|assault|assaulted|assaulting
        bodied|murked|duppied
        going to happen to me|us|him|her
        dead if
        am dead ..3 they|if|when|find|tell|talk
        ^ @filler*2 you|your are? dead $
        tied|tying ..1 up
        torture|torturing|tortured
        bounty
        hit on me|him|my
        put|putting|puts ..1 me|him|her|someone ..1 in ..1 hospital|boot|coma|ground
    """,
}

HELD = {
    "Says that somebody is held, forced or made to work": """
        not|never ..1 let|letting|lets|allow|allowing|allowed me|us|him|her ..2 go|leave|out|home|<own-stop>|stop|quit|eat|sleep|see
        being|been|am|is|are|held|kept|keep|keeping|hold|holding ..2 captive|prisoner|hostage|against
        holding|keeping|held|kept me|us|him|her ..1 here|in|locked|against|until|prisoner|hostage|there
        being|getting held|kept
        hostage|captive|kidnap|kidnapped|kidnapping|abducted|prisoner|ransom
        lock|locked|locks me|us|him|her|up|the ..2 in|door|room|inside|out|cupboard
        locked in|inside
        trapped|imprisoned|stranded
        stuck ..3 in|here|with|at ..2 trap|bando|flat|them|him|town|spot|country|cunch
        not|never get out|away $
        not ..1 leave $
        not ..1 leave ..1 they|he|because|them|him|here
        not get|come away|out from|of them|him|her|here|this|it
        not allowed ..1 to ..1 leave|go|out|phone|eat
        @made me|us|him|her|them|people|@child|girls|boys ..1 to? @drugwork|do|steal|plug|rob|hide|store|swallow|stash|beg|strip|hurt
        @made my|his|her ..2 @family|@person ..1 to? @drugwork|do|steal|rob
        made to @drugwork|steal|store|plug|swallow|hide|beg|sleep
        forced|forcing|force|forces|coerced|pressured|pressuring|coercing me|us|into|to|him|her|them|my
        plug|plugging|plugged it|drugs|them|up|inside|him|me
        want|wants|wanted|told|tell|tells|telling|asked|said me|us|him|her|my ..1 to sell|carry|deal|shot|trap|plug|stash|store|bag|hold|deliver|run
        have|had|got to sell|carry|work|deal|shot|run|hold|steal ..1 for|drugs|it|or ..1 them|him|or|they
        have|had|got to sell|carry|work|deal ..5 debt|owe|back|hurt
        owe|owes|owed|debt|dept ..8 scared|threatening|kill|hurt|stab|threatened|beat|beating|shank|smash|sell|selling|or|leave|door|knife|house
        debt bondage|bonded
        work|working|pay|paying ..1 off ..2 debt|dept
        sell|selling|work|working ..2 to? pay ..1 back|it|off
        trafficked|trafficking|trafficker|traffickers
        slave|slavery|slaves
        pimp|pimped|pimps|pimping
        sex|sleep|sleeping|shag for|with ..3 drugs|gear|crack|debt|rocks|men|strangers|punters|people
        they|he|she|dealers|gang|boyfriend|man ..2 took|taken|take|takes|has|have|got|keeps|kept|holding ..1 my ..1 phone|passport|documents|money|card|benefits|bank|papers
        took my passport|phone|documents
        not ..1 give|giving me ..2 back|fare|phone|passport|ticket|keys
        sent|send|sends|sending|driven|drove me|us|him|her|my ..3 country|cunch|ot|coast|seaside|away|norfolk|trap
        train fare
        he|she|they|boyfriend|partner ..1 control|controls|controlling|controlled me|everything|my|us|her|him
        exploit|exploited|exploiting|exploitation
        gang ..3 making|forcing|after|kill|threatening|owns
        get|getting|want|way|got out of ..1 gang|line|lines|game|trap|road
    """,
}

ABUSE = {
    "Speaks of abuse at home or of sexual violence": """
        rape|raped|raping|rapist|rapes
        molested|molesting|molest|molests
        sexually abused|assaulted|abuse
        sexual abuse|assault|violence
        abused|abusing|abuses|abuser|abusive
        abuse me|us|him|her|my|at
        domestic violence|abuse|violent
        strangled|strangling|strangles|strangle
        <!2:i checks|reads|monitors|tracks ..1 my|this ..1 phone|messages|texts|mobile|text|location
        he|she|husband|boyfriend|partner|wife|dad|girlfriend|ex|mum|him ..3 checks|reads|reading|checking|read|check|monitors|tracks|looks|goes|through ..1 my|this|the|these ..1 phone|texts|messages|text|message|mobile
        he|she|husband|boyfriend|partner|wife|dad reads|checks|read|check|see|sees it|this|these|them|everything
        if|when|incase|case he|she|husband|boyfriend|partner|wife|dad sees|finds|see|find|saw|reads this|these|text|out|it|my|message|that
        stalking|stalked|stalks me|us|her
        scared|afraid|terrified|frightened of ..1 @partner|him|her|them|home|family
        coercive|honour
        @partner ..1 is|gets|getting|got|was violent|aggressive|abusive|controlling|dangerous
        @partner smashed|smashes|trashed|wrecked ..2 house|flat|place|up|home|door|room|everything
        <!3:you|your not|never leave|leaves me|us|him|her alone|be
    """,
}

EMERGENCY = {
    "Asks for the police, an ambulance or help at once": """
        <!5:not|never|am|i|will|if call|ring|phone|send|get|need|fetch ..2 @emergency
        need|want|send ..2 @emergency
        i call|ring|phone ..1 police|ambulance|999
        should|shall|did i|we ..1 call|ring|phone ..1 police|ambulance|999
        999|112|911
        ambulance|paramedic|paramedics
        send help|someone|somebody
        get|need|come|help|please ..1 help|someone|come|now ..1 now|quick|quickly|asap|hurry|fast|urgently|immediately
        please|help|pls hurry
        need|want help urgent|now|urgently|asap|quick|immediately|tonight
        help they|he|she|someone ..1 is|are|has|have|here|outside
        help ..2 dying|bleeding|outside
        ^ @filler*2 emergency $
        an|is|this|medical emergency
        sos|mayday
        is|very urgent
        urgent help|please
        life or death
        matter of life
        someone|somebody|he|she|people ..2 going to ..1 die|killed|dead|hurt
        someone|somebody|he|she|people ..2 going to get|be killed|hurt|murdered|shot|stabbed
    """,
}
