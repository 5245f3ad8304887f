"""Replies from somebody the text was not meant for, and replies that opt back in."""

PEOPLE = "person|guy|bloke|man|lad|girl|woman|lady|one|yout|dude|fella|individual|chap|boy|geezer|name|mans|human|fam|bro|brother|yute|gal|peeps|ppl|mandem"
KIN = "@family|husband|wife|partner|mum|dad|boyfriend|girlfriend|nan|grandad|uncle|auntie|friend|mate"

WRONG_PERSON = {
    "Says this is the wrong number or person": f"""
        <!3:gave|rang|called|dialled|sent|phoned wrong ..2 number|phone|mobile|digits|sim|address|house|line|num !2:for|to
        <!4:with|trusted|met|around|loved|married wrong ..1 {PEOPLE} !2:to
        wrong no $
        wrong yout|yute
        ^ @filler|sorry|nope|but|think|definitely|this|that|it|is|certainly*4 not me @filler|mate|sorry|pal|love*3 $
        <!1:am this|message|text|that|texts|it ..2 not ..1 me|us $
        this|message|text|that|texts ..3 not ..3 for|meant|intended me|us|him|her
        not meant|intended ..1 for
        not ..1 think|believe|reckon ..3 for me|us
        meant|intended|for|after|belongs|belong|be|is someone|anyone else
        you ..4 want|need|after|looking|mean|texted|meant ..1 someone else
        sure|think|certain ..6 right number|person
        not ..2 person|number|one|man|guy|girl|lad you|your ..2 looking|after|want|think|need|meant|mean|trying|texting|seeking
        not ..1 who you|your ..2 looking|after|want|think|need|mean
        not this number
        wrong yout
        not|never ..1 my name
    """,
    "Asks who somebody is, or does not know them": """
        who ..4 is <name>|<unknown> @filler|haha|then|when|please*3 $
        who ..2 <name> $
        not|never ..1 know|knows|knew|met ..2 <name>
        not|never ..1 know ..2 anyone|anybody|nobody|someone|people called|named
        not|never ..1 know|knows|knew|heard ..1 him|her $
        never|not heard of ..2 him|her|them|<unknown>|<name>
        not ..1 know|idea|clue who ..2 that|he|she is
        not ..1 know|no|idea|clue who you want|mean|after|looking|need
        no|nobody|anyone|one called|named|by|of ..5 <name>|here|number|name|that
        no <name> here|on|at|lives|living
        ^ @filler|sorry|there|is*4 no <name> @filler|at|this|number|here*3 $
        there is no ..2 <name>
        nobody ..3 here ..1 called|named|by
        <name> does not|no ..1 live|lives|longer
        <name> ..3 not here
    """,
    "Says they are somebody else": """
        am not <name>
        my name ..1 not
        ^ @filler|sorry|this|it|is|am|i|nah|still*5 not <name> @filler|sorry|haha*3 $
        this|it is not ..2 <name>
        is|this|that|it not <name>|<unknown>|his|her|their|hers|theirs ..1 number|phone|mobile|line|digits
        ^ @filler*2 not <name>|<unknown>|his|her|their number|phone|mobile
        not my number|phone
        this|it ..2 is ..2 not <name>
        am|is <name> not
    """,
    "Says the number has changed hands": f"""
        they|he|she|<name>|person|{KIN} ..3 not|no|longer ..4 have|use|own|got|has|on|using|uses|at ..2 this|the|that|it ..1 number|phone|mobile|sim|line
        they|he|she|<name>|person|{KIN} ..3 not ..2 live|lives ..2 here|there|anymore
        they|he|she|<name>|person|{KIN} ..2 changed|changes|change|swapped|lost|sold ..3 number|phone|sim|mobile
        not ..2 his|her|their|<name>|<unknown> number|phone anymore|now|longer
        number|phone|mobile|sim|this ..3 not|no|longer ..2 belong|belongs|belonged
        number|phone|mobile|sim|this ..3 used to be|belong
        belongs|belonged to ..2 someone|@family|nan|grandad|mum|dad|wife|husband
        ^ @filler|this|is|a|i|have|got|sorry|has|it|am|on|just|recently|only|well|hello|yes*7 new number|sim|handset|contract @filler|sorry|love|haha*3 $
        <!3:your|you got|get|have|had|has|bought|on ..3 new number|sim
        just|only|recently|newly ..3 got|bought|had|have|get|given|received|gotten|picked|acquired this|a|the|my|new ..2 phone|number|sim|mobile|handset
        have|had|has|got this|the|my number|phone|sim|mobile ..4 week|weeks|day|days|month|months|year|yesterday|ages|decade
        this|the|got|bought|phone|number|sim ..5 second|2nd|secondhand|preowned|refurbished ..1 hand|refurbished|phone
        second|2nd hand ..2 phone|sim|number|mobile
        secondhand|refurbished|preowned ..2 phone|mobile|handset
        previous|last|old|former|before|prior ..1 owner|person|user|holder
        had|owned|used|has this|the|it|my ..1 number|phone|sim|it ..1 before|previously|last
        had it before
        who ..1 had|have|owned it|this|phone|number ..2 before
        recycled|reassigned|reallocated|reissued
        phone|sim|number|mobile|it|this ..5 off|from ebay|cex|marketplace|gumtree|vinted|shop|market|facebook
        <!3:you|police|they found|find|picked this|a|the|up ..2 phone|mobile|sim
        this is ..2 business|company|taxi|office|landline|shop|pizza|builders number|phone|line|firm|here
        this is a|an|the ..1 business|company|landline|salon|restaurant|takeaway|school|surgery|garage|pub|firm|hotel|cafe|office|clinic|church|nursery
    """,
    "Says it is a case of mistaken identity": """
        mistaken ..3 identity|me|someone
        <!2:not mistook|confused|mixed|muddled|mixing|confusing|mistaking ..1 me ..1 with|for|up
        been|must|there ..3 mistake|mixup
        you have the wrong
        case of mistaken
    """,
    "Says the person has died": f"""
        <!2:nearly|almost|not he|she|<name>|owner|person|they|man|user ..4 @dead !1:good|funny|nice|to|on
        <!2:nearly|almost|not he|she|<name>|owner|person|they|man ..3 passed away|on|last|in
        my|our|the ..2 {KIN} ..5 @dead|deceased
        my|our|the ..2 {KIN} ..5 passed away|on|last|in
        passed away
        is|was deceased
        no longer with us
        lost him|her ..2 last|in|year|week|month
        killed|took himself|herself ..2 last|in|year|ago
    """,
    "Says in Welsh that this is the wrong number or person": """
        rhif|person|ffon|dyn|boi|un anghywir
        nid <name>|<unknown> ydw|yw|sydd|sy
        nid ..1 rhif|ffon ..1 <name>|<unknown>|fi
        nid ..2 i|fi @filler|yw|hwn|ydi|ydy|sydd*3 $
        ^ dim fi $
        pwy ydy|yw|di|ydi|uffern ..2 <name>|<unknown> $
        pwy|mae|ydi ..3 wedi marw
        o|e|hi|<name>|hwn ..1 wedi marw
        rhif|ffon|sim newydd
        ddim|dim yn nabod <name>|<unknown>|neb|hwn
        ddim|dim ..2 rhif|ffon ..1 <name>|<unknown>
        neges|tecst ..2 i|ar rhywun arall
    """,
}

OPT_IN = {
    "A start keyword on its own": """
        ^^ please|hi|hello|ok|yes*2 start|unstop|optin|resubscribe|dechrau|cychwyn|ailddechrau|dechreuwch please|again|thanks|thank|you|ta|cheers|x|xx|eto|start|unstop|mate*4 $$
        opt in
    """,
    "Asks for texts again": """
        <!4:not|never|no|why|when|stop|if start|resume|restart|recommence|continue|begin ..4 sending|texting|messaging|texts|messages|updates
        <!4:not|never|no|why|if|stop ok|okay|fine|happy|can|may|could|please ..4 text|message|contact ..1 me again !1:and
        <!4:not|never|no|why|if|stop|keep ..2 want|like|happy|get|getting|receive ..4 texts|messages|them again|back|now
        put|add|sign ..2 me ..2 back|again|on|to|up ..3 list
        <!3:not|never opt|opted ..1 me back ..1 in
        subscribe me
        resubscribe
        <!3:not|never unstop
        not mean|meant to stop ..5 start|again
        stopped|stop|said ..2 by|in accident|mistake|error ..5 again|start|restart|back
        text|message me again ..4 stopped|stop by accident|mistake
    """,
}
