"""Refusals that count as an opt-out though they name no text: rude, legal, or in Welsh."""

REFUSAL = {
    "Rudely refuses to be contacted": """
<!2:me|to|they|he|she|him|them|told fuck|piss|sod|bugger|naff|bog|eff|feck|f|frig|hop|buzz|bore|bug|
    shove|push|rack right|the|all|hell|well*2 off !1:heroin|crack|gear
why|tell|go|can|just ..3 fuck|piss|sod|bugger|f right|the*2 off
bother|annoy|harass|text|pester|bug|bore|ring|call someone else
^ @filler*3 get fucked|lost|stuffed|bent|tae|knotted
get to|tae fuck
do <number> $
^ @filler|and|go*4 go|fuck|away away|awa|tae|and|an
^ @filler|go|just*5 do one @filler|melts|melt|pigs|mug|mugs|wasteman|police|<unknown>*4 $
jog|jogging on
^ @filler*3 pack it|this in|up
^ @filler*3 knock it|this off
^ @filler*3 cut it out
^ @filler*3 jack|pack|knock|cut it|this|in in|off|out with
^ pack|jack in the @posts
^ @filler*3 give it|us|me|this a|up rest|break
^ @filler*3 get|come|keep|stay ..1 off|out|away|of|from ..1 my|our line|phone|back|case|messages|
    inbox|life|mobile
allow texting|messaging|contacting|ringing|calling
shove|stick|ram ..2 @posts|text|message
shove|stick|ram ..3 up|where ..1 your|the|sun
boil|bile ..1 head|heid
sling your hook
on your bike
take a hike
up yours
""",
    "Uses data protection rights": """
be forgotten
right|rights ..1 erasure|forgotten|object|erase|deletion
erasure
data|details|number|information|records|info ..3 erase|delete|remove|wiped|destroyed
article|art <number>|<child-age> ..9
object|objecting ..1 to ..3 processing|this|these|being|my|texts|your
withdraw|withdrawing|revoke|revoking|withdrawn|removing|remove ..2 consent|permission
consent|permission ..2 withdrawn|revoked|revoke|remove
not ..2 consent|agree to ..2 this|these|texts|being|receiving|texted|contacted|messages|you|text|
    your
not|no|never give|gave|given|giving ..3 consent|permission
not|no|never ..1 my consent|permission
you ..2 not ..1 have ..1 consent|permission
^ no consent|permission
^^ i? do not consent $$
gdpr ..9 object|remove|stop|cease|delete|erase
""",
    "Asks us in Welsh to stop": """
peidiwch|paid|peidio|peidwch|peidiwchi a|am|ag|byth|plis|fy|n*3 tecstio|cysylltu|anfon|gyrru|ffonio|
    poeni|haslo|danfon|boddro|trafferthu
^ @filler*2 peidiwch|paid @filler*2 $
dim|ddim mwy|rhagor ..3 negeseuon|tecstio|tecsts|neges|galwadau|texts|messages
dim negeseuon|tecsts|tecstio|neges
dim mwy|rhagor ..2 rhain|rhein|hyn
stopiwch|stopia hyn|rhain|y|r|ar
^ @filler*2 dim mwy|rhagor @filler*3 $
tynnwch|tynnu|tynna|dilewch|dileu|tynwch ..4 oddi|rhif|enw|manylion|off|data|rhestr
oddi ar ..4 rhestr
gadewch|gad|gadwch|gadael ..3 lonydd|fod
lonydd i mi|fi|ni
ddim|dim|m|dwim ..1 isio|eisiau|moyn|am ..5 negeseuon|tecsts|clywed|neges|tecst|cysylltu
cer|ewch|dos o|i ma|ffwrdd|grafu|chwara
ffwcia|ffwciwch|ffwcio|ffyc|ffwcin o|off
stop|stopio|stopiwch|stopia tecstio|anfon|gyrru|cysylltu
gwrthwynebu
rho|rhowch ..2 gorau i ..2 tecstio|anfon|gyrru|negeseuon
""",
}
