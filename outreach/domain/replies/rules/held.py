"""Signs that somebody is held, forced, exploited or abused."""

HELD = {
    "Says that somebody is held, forced or made to work": """
not|never ..1 let|letting|lets|allow|allowing|allowed me|us|him|her ..2 go|leave|out|home|stop|quit|
    eat|sleep|see
being|been|am|is|are|held|kept|keep|keeping|hold|holding ..2 captive|prisoner|hostage|against
holding|keeping|held|kept|holds|keeps me|us|him|her ..1 here|in|locked|against|until|prisoner|
    hostage|there|captive
being held
being|getting|been held|kept ..2 in|at|here|there|by|$|against
hostage|captive|kidnap|kidnapped|kidnapping|abducted|prisoner|ransom
lock|locked|locks me|us|him|her|up|the ..2 in|door|room|inside|out|cupboard
locked in|inside
trapped|imprisoned|stranded
stuck ..3 in|here|with|at ..2 trap|bando|flat|them|him|town|spot|country|cunch
not|never get out|away $
not ..1 leave $
not ..1 leave ..1 they|he|because|them|him|here
not get|come away|out from|of them|him|her|here|this
not allowed out|home
held|locked in|at|up
not allowed ..1 to ..1 leave|go|out|phone|eat
make|makes|making|made|force|forces|forced|forcing|got|getting me|us|him|her|them|people|girls|boys
    ..1 to? @drugwork|do|steal|plug|rob|hide|store|swallow|stash|beg|strip|hurt|plugging|have|sleep
make|makes|making|made|force|forces|forced|forcing|got|getting my|his|her ..2 @family|@person|bro
    ..1 to? @drugwork|do|steal|rob|plugging
made to @drugwork|steal|store|plug|swallow|hide|beg|sleep
forced|forcing|force|forces|coerced|pressured|pressuring|coercing me|us|into|to|him|her|them|my
being|been|getting|got|am|is forced|pressured|exploited|groomed
being|been used to|by|as
they|he|she|gang ..1 made|makes|make|forced|forces me $
being made to
controlled by
<!4:out|clear debt to|with ..2 gang|dealer|dealers|them|him
drug debt|debts
trouble with ..1 dealers|dealer|gang|them|people
in trouble help
brought|smuggled|took me|us here|over|from
escape|escaped|escaping
run|running|ran away
get me out of|from here|this|it $
need|get|got|want to get away from
plug|plugging|plugged it|drugs|them|up|inside|him|me
want|wants|wanted|told|tell|tells|telling|asked|said me|us|him|her|my ..1 to sell|carry|deal|shot|
    trap|plug|stash|store|bag|hold|deliver|run
want|wants ..1 me|us|my ..2 to carry|sell|run|hold|deal|shot|plug
have|had|got to sell|carry|work|deal|shot|run|hold|steal ..1 for|drugs|it|or ..1 them|him|or|they
have|had|got to sell|carry|work|deal ..5 debt|owe|back|hurt
owe|owes|owed|debt|dept ..8 scared|threatening|kill|hurt|stab|threatened|beat|beating|shank|smash|
    sell|selling|or|leave|door|knife|house|work|trapping|got
debt bondage|bonded
work|working|worked|pay|paying|sell|selling it? ..1 off ..2 debt|dept|$|owe
work|working|trapping|trap|sell|selling|shotting for free|nothing
sell|selling|work|working ..2 to? pay ..1 back|it|off
trafficked|trafficking|trafficker|traffickers
slave|slavery|slaves
pimp|pimped|pimps|pimping
sold|sell|sells|selling for sex
sex|sleep|sleeping|shag for|with ..3 drugs|crack|debt|rocks|men|strangers|punters|people|to
made to have
prostitution|prostitute|prostituted|sextorted
sold me|us|her !1:this|a|the|it|that
need|want|wanting to get|be ..1 out|away of|from here|this|them|him
get me|us out $|please|now|of|asap
rescue
save me|us|him|her|my
keep|keeping me here|in
hold|holding|holds|took|taken|have|has ..1 passport
passport ..3 took|taken|holds|has|have
no pay|wages
drugs ..1 inside
lost ..1 their|the|his drugs|food|package|pack|gear
owe|owes|owed ..3 them|dealers|gang|dealer|olders|elders
working a|the|my debt
dealers|gang|they|olders have|run|own|control|got my ..1 house|flat|home|place
he|they|boyfriend|man sells|sell|sold|pass|passes|share|shares me|us|her ..1 to|around|out|for
they|he|she|dealers|gang|boyfriend|man ..2 took|taken|take|takes|has|have|got|keeps|kept|holding ..1
    my ..1 phone|passport|documents|money|card|benefits|bank|papers|keys|key
they|he|she|someone ..1 got|has|have|send|sending|post|posting|share|sharing|leak ..1 my|them|the|
    these ..1 pics|pictures|photos|videos|video|nudes
took my passport|phone|documents
videos|video|pics|pictures|photos of me|us
not ..1 give|giving me ..2 back|fare|phone|passport|ticket|keys
sent|send|sends|sending|driven|drove me|us|him|her|my ..3 country|cunch|ot|coast|seaside|away|
    norfolk|trap
train fare
he|she|they|boyfriend|partner ..1 control|controls|controlling|controlled me|everything|my|us|her|
    him
exploit|exploited|exploiting|exploitation
gang ..3 making|forcing|after|kill|threatening|owns
get|getting|want|way|got out of ..1 gang|line|lines|game|trap|road
bank|banked|bankd drugs|it|them|packs|food|bags
do things ..2 not want
""",
}

ABUSE = {
    "Speaks of abuse at home or of sexual violence": """
rape|raped|raping|rapist|rapes
molested|molesting|molest|molests
sexually abused|assaulted|abuse
sexual abuse|assault|violence
<!1:be abused|abusing|abuses|abuser|abusive
abuse me|us|him|her|my|at
domestic violence|abuse|violent
strangled|strangling|strangles|strangle
<!2:i checks|reads|monitors|tracks ..1 my|this ..1 phone|messages|texts|mobile|text|location
he|she|husband|boyfriend|partner|wife|dad|girlfriend|ex|mum|him|fella|bloke ..3 checks|reads|
    reading|checking|read|check|monitors|tracks|looks|goes|through ..1 my|this|the|these ..1 phone|
    texts|messages|text|message|mobile
he|she|husband|boyfriend|partner|wife|dad|fella|bloke is? reads|checks|read|check|see|sees|reading
    it|this|these|them|everything
if|when|incase|case|before he|she|they|husband|boyfriend|partner|wife|dad|fella|bloke sees|finds|
    see|find|saw|reads|hear|hears this|these|text|out|it|my|message|that|me|i !4:haha
<!2:stop|you|your|keep|quit stalking|stalked|stalks me|us|her
scared|afraid|terrified|frightened of ..1 @partner|him|her|them|home|family
coercive|honour
forced marriage
@partner ..1 is|gets|getting|got|was violent|aggressive|abusive|controlling|dangerous|nasty
@partner smashed|smashes|trashed|wrecked ..2 house|flat|place|up|home|door|room|everything
<!3:you|your|why not|never leave|leaves me|us|him|her alone|be
""",
}
