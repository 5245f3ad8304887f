"""Signs of violence and threats."""

SETS = """
@aloud = hear listening watching
"""

VIOLENCE = {
    "Speaks of violence or threats": """
<!3:not|never kill|murder|shoot|stab|shank|rape|strangle ..1 @victim|you|people|everyone|anyone|
    dealer|dealers|that|this|the|these|both
<!2:is killing|murdering me !1:haha|him|her|us|my|them
@threatener ..2 killing me|him|her|us
@threatener ..3 @will ..3 @harm ..1 @victim
@threatener ..2 @will|will to? @harm me|us|him|her|my
<!1:i they|dealers|gang|olders|man|men|elders ..1 will|going to? get|do|finish|end|come|touch me|us|
    him|her|for|my !1:a|some|to
i ..1 will|going|want|might to? @harm ..1 @victim|you|people|everyone|that
they|he|man|dealers ..1 @harm me|us|him|her|my
get|getting|got|be|been|being|is|was|gets|getting ..1 @harmed
get|getting|gets hurt
@threatener|@partner|@person ..2 @harmed|@hits ..1 me|us|him|her|my|mum|kids
@harmed by
killed|murdered|beat|beaten ..2 my|him|her|someone|our|me|up
@weapon
with|has|got|have|holding|carrying|swinging|pulled|had ..2 bat|bats|hammer|hammers|axe|sword|acid|
    crowbar|strap|pole|chain|screwdriver|spanner
stabbed|shanked|knifed|slashed|stabbing|stabbings|chinged|cheffed|strangled
shot at|him|her|me|dead|up|someone|in|by
shot my brother|mate|cousin|son|friend|boy
shots|shot ..2 fired
a|another shooting|stabbing
shooting|shoot ..1 at|people|someone|outside
threatened|threatening|threats|threaten|threat|threatens|intimidating|blackmail|blackmailing|
    blackmailed|extorting|sextortion
know|knows|knew|found|find|got|have where ..1 i|my|we|mum|gran|she|he ..2 live|lives|stay|sleep|am|
    work|works|school
@they_who|he got|have|know|knows|has|found ..1 my ..1 address|addy
<!4:not|never|mean|hope hurt|harm|harming @victim|people|anyone
do me|him|us|her in|over
break|broke|broken|breaking|snap|snapped ..1 my|his|her|our|their|both|your ..1 legs|leg|fingers|
    arm|arms|jaw|nose|ribs|hands|neck|kneecaps
@hits|@harm me|us|her|my ..1 again|bad|badly|last|in
beat|beaten|beating|battered|bashed|smashed me|him|her|us ..1 up|in
beaten|beat up
robbed|mugged ..2 me|gunpoint|us|him|her
<!2:police outside ..1 my|our|her|the|mum ..1 house|door|flat|window|place|gate|work
<!2:police @they_who|he|is|are|bare|still ..3 outside|at|banging|round ..1 my|our|the ..1 house|
    door|flat|windows|window|gate
kick|kicks|kicking|kicked|smash|smashing|smashed|boot|booted|banging|put|putting|hammering ..2 door|
    windows|window|doors
through ..2 letterbox|window|windows
windows|window|door ..2 through
petrol ..3 through|letterbox|over|bomb|house|door|me
firebomb|firebombed|arson|torched
petrol bomb
gunshots|gunshot|gunfire|gunman|shooter
head kicked|caved|smashed|stamped in
done in|over $
am next $
want|price|bounty|money ..1 on? my head
turned|turn|turning|turns up at my
breaking ..1 window|windows|door
set fire|alight
acid ..2 thrown|throw|threw
throw|threw acid
burn|burning|burnt ..3 down|alive
acid attack|attacked|in|on|over
coming|come|hunting|chasing|looking|searching for|after me|us|him
<!3:police|you @they_who ..3 after|coming|looking|chasing|outside|following|waiting|watching|
    hunting|searching ..1 me|us|for|outside|after|now|again|$
@threatener ..2 coming|come to|round|over|for ..1 my|our|the|mine|me
smashing|smashed|smashes|trashing|wrecking ..1 my|the|our ..1 house|flat|place|home|car|windows|door
smashing|smashed|smashes|trashing up my|the|our
warned me|us
breaking|broke|broken|break|trying|tried ..2 in|into $|my|our|the|now
@threatener ..2 will ..1 find|get|come|kill|hurt me|us|her|him|for
will find me|us
comes|came|coming|gets in|into my room|bed
@threatener ..1 not let|letting me|us|him|her $
please stop him|her
<!6:@posts|text|message please stop them
stop him|them|her before|he|she|they
@threatener|husband|partner will|might|can|could|going ..1 see|find|know|hear|read !1:you
@threatener check|checks|read|reads it|this|my|them|everything
he|they|dealers|gang|who have|got|took|taken|has got|taken? my ..1 @kin|@family
grabbed|hands|held ..2 throat|neck|down
he|she|dealer|ex|man|someone ..1 is? after|following|chasing|watching|outside|stalking|waiting me|
    outside|us|my|for|$
being|been|getting hunted|followed|watched|stalked|chased
followed|following me|us home|everywhere|again|by
they|he|dealers|she is|are here|outside|downstairs help|now|please|$
ex ..1 is|are? here|back|outside|coming
keeps turning|coming|following|showing
he|they|she ..1 got|has|have me $
waiting ..1 outside
hide|hiding|hid ..3 from|cupboard|bathroom|upstairs|toilet|wardrobe|bushes|under
in|am|are hiding
he|she|they is|are back $
in fear
fear|feared|fearing|fears for ..2 life|safety|lives|kids
in|real|serious|grave|immediate danger
dangerous men|people|man|guys|situation
not|never|longer ..2 safe|safely !2:to
unsafe
<!3:not|never scared|terrified|frightened|petrified|afraid|fearful|shook ..1 of|for them|him|her|my|
    dealers|what|his|life|people|that|the|they
<!3:not|never so|really|am|very|proper|and scared|terrified|frightened|petrified !1:of|about|to|that
^ @filler*2 scared|terrified|frightened scared|please|help*2 $
scared|terrified|frightened ..1 to go|leave|talk|sleep|answer|open
scared|terrified|frightened they|he|she|for
scared ..2 do not know
poked|wet ..1 up|him|man
opps|opp !1:sorry
man down
violent|violence
<!2:panic|heart|asthma attack|attacked|attacking|assault|assaulted|assaulting
bodied|murked|duppied
going to happen to me|us|him|her
dead if|meat
am|be ..1 dead ..3 they|if|when|find|tell|talk|see|see
they|he|she|dealers ..3 see|sees|find|finds ..4 dead|kill|hurt
^ @filler*2 you|your are? dead $
if|for i? ..1 grass|snitch|grassing|snitching|grassed|snitched
think|thinks|thought|reckon|reckons|saying|says ..2 grass|snitch|grassing|snitching|grassed|snitched
tied|tying ..1 up
torture|torturing|tortured
bounty
hit on me|him|my
put|putting|puts ..1 me|him|her|someone ..1 in ..1 hospital|boot|coma|ground
he|she|they|can ..2 @aloud $
he|she|they will|can|might|could hear
not|nt talk ..2 he|she|they
he|she|they ..1 is|are ..1 in the|next ..1 room
he|she|they is|are right|next|standing|sat|sitting|stood ..2 here|me|outside|behind
someone|people|man|somebody ..2 going to ..1 die|get|be ..1 @harmed|dead|$
""",
}
