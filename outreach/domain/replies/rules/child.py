"""Signs that the sender is a child, or that a child is used by others or at risk."""

SETS = """
@unit = days day weeks week months month hours hour hrs mins min minutes minute seconds quid pound
    pounds k percent miles stone kg grams g times time points p pm am off down per of or texts
    messages missed pints calls people clean sober in away late deep into free clear year
@away = cunch country oot ot otuch cuntry ct
@young = <child-age> <small-number>
"""

CHILD = {
    "Writes as a child or speaks of a child at risk": """
am @filler|only|about|like|nearly|actually|still|a|almost|him|bout|literally|turning|turned|barely|
    not|even|is*3 <child-age> !1:@unit
am @filler|only|still*2 <child-age> year !1:clean|sober|in|off|free|into|deep
^ m|only|i|is|me|him|just <child-age> !1:@unit
^ m|only|i|is|me|him|just <child-age> year !1:clean|sober|in|off|free|ago|into|of|on
^^ <child-age> year old? @filler*3 $
^^ <child-age> f|m|old|female|male|girl|boy|lad? $$
age|aged is? <child-age>
turned|turning|turn <child-age> !1:min|mins|minutes
@family <break> <child-age> <break>
@child ..2 used|exploited
<child-age> year ..1 old|girl|boy|lad|child
<small-number> year old
<child-age> old
he|she|man|@family|mate|mates|friend is|are|was|turned|am|only|just|bout|about|still|has only|just|
    about|turned|still*2 @young !1:@unit
@family|mate|mates|friend @young !1:@unit
@family @young year
my|our|her|his|their @young year
my|our|her|his|their <child-age> @family
in|a year @young
am ..1 year @young
year @young ..1 at|pupil|student|and|i|still|girl|boy|kid
<!2:my|the|his|her am|still ..2 at|in school|sixth
go|goes|going|leave to? school
my teacher|teachers|headteacher|homework|tutor
not|never ..1 tell|contact|ring|call|phone|text ..1 my mum|dad|parents|gran|foster|carer|school|
    social
mum|dad|parents|carer ..1 do|does|did|can|must|will not know|find|see
am a|just|only|still*2 kid|child|minor|schoolboy|schoolgirl|teenager|underage
too young
under ..1 <child-age>|eighteen|18|sixteen|age
underage
groomed|grooming|groom
county line|lines
going|goes|go|went|gone|sent|sends|send|take|took|taking|back|been|doing|does|sending|takes ..3
    @away
cunch
gone|went|goes|going|reported missing
@family|girl|boy|friend|cousin|she|he|mate ..2 is|been|has|still ..1 missing
@family missing
@family|she|he ..3 not ..1 come|came|been|returned|seen home|back|since|for
missing since|person|again
missing from home|school|care
@child ..3 in|here|at|inside ..2 house|flat|here|home|there|room|danger
@child ..3 not ..1 safe|ate|eaten|fed|eating
@child ..2 scared|frightened|crying|hungry|starving|terrified|alone|hurt
@child ..2 on|at ..1 risk
@child ..1 swallowed|took|drank|ate|eaten|drunk|taken|drinking|swallow
^^ year <small-number>|<child-age> $$
youth <child-age>
and|homeless|only <child-age> $
<child-age> and selling|scared|using|homeless|pregnant|carrying|alone
school kid|boy|girl
only young
^^ cse|cce $$
teenager|teen|teenage ..4 @drugwork
in|joined|join|joining|with ..1 a|the? gang
older ..2 dealer|man|boyfriend|boys|lads|guy|men
missing child|girl|boy|kid|teen|teenager
this|a is? a? @child phone|number|mobile
using|use|got|recruiting|recruit|recruited|getting|have|make|making|forcing|paying ..2 @child|boys|
    lads ..3 @drugwork|drugs
@child ..3 selling|running|carrying|dealing|shotting|drugs|holding|trapping|knives|weapons
he|she|they|still|only is|are|was a|just|only|still*2 @child
my|his|her|our|their|me little|youngest|baby|teenage|younger ..2 @family ..6 @drugwork|gang|drugs|
    missing|dealers|them|money|phone|olders|weed|line|lines|recruited
my|our|his|her|the @family|@child ..5 carrying|shotting|running|trapping|plugging|exploited|
    recruited
they|gang|dealers|olders|men|man|someone|got|want|wants ..4 my|our|his|her|a ..1 @family|@child ..3
    @drugwork
they|gang|dealers|got|making|makes|make my|our|his|her ..1 @family|bro ..2 @drugwork|plugging|go
my|the|some|these|by|an olders|elders
olders|elders ..2 want|make|told|said|give|got|wants
recruited|recruiting
pregnant ..6 using|crack|gear|heroin|drugs|use|smoking|hits|scared|him|stop
<!3:catch|arrest|go|find nonce|paedo|pedo|paedophile
@hits ..1 kids|children|baby
touching|touches|touched me|kids|her
nudes|nude
naked pics|pictures|photos|videos
""",
}
