"""Words of danger that mean none. They are taken away before danger is looked for."""

NOT_OUR_NUMBER = {
    "A wrong number that is not this one": """
i|we ..1 rang|called|dialled|phoned|sent|had|texted|got ..2 wrong number|person
gave|given me|us ..2 wrong number
number you gave|sent|put ..3 wrong
wrong link|time|place|way|side|crowd|thing|idea|un|end|website|page
""",
}

PAST_DEATHS = {
    "A death that is past": """
he|she|they|<name>|@kin ..2 took|taken his|her own life ..3 year|years|months|ago|january|february|
    march|april|may|june|july|august|september|october|november|december|<number>
he|she|they|<name>|@kin ..3 murdered|killed|hung|hanged|overdosed|suicide ..5 year|years|months|ago|
    january|february|march|april|may|june|july|august|september|october|november|december|<number>
he|she|they|<name>|@kin ..1 @dead ..4 overdose|suicide|overdosing ..3 year|years|months|ago|january|
    february|march|april|may|june|july|august|september|october|november|december|<number>
""",
}

FIGURES_OF_SPEECH = {
    "A figure of speech": """
text|message|this|it|you|feet|back|heat|weather|hangover|head|game|football|queue|work|job|boss|leg|
    legs|arms|knees|teeth|tooth|pain|toothache|stress|cold|traffic|song|diet|gym|shoes|boredom|hay|
    fever|homework|essay|battery|signal|suspense|hunger|are|kids is|am|are|was|just|so|really|
    literally|properly|absolutely|actually*3 killing|killed|kills|slaying me|my|it|the|us
your ..1 killing me|us haha|$
^ killing me haha
killing it|time|joke
killer tune|heels|instinct|look|app|bee|whale|workout|song|track
killed it|that|the|me haha
killed the cat|vibe|mood|conversation
curiosity killed
murder a|an|some _
kill|die for ..1 a|an|some|that|those _
could kill for
to die for
dying for a|an|some _
dying of|with|from laughter|laughing|boredom|embarrassment|thirst|hunger|heat|shame|cold
dying|die laughing
dying to _
dying haha
am dead haha
am dead this|that is ..2 funny|jokes|hilarious
dead haha
haha ..1 dead|dying
bored|worried|tickled|sick to death
dead slow|good|funny|nice|busy|boring|serious|right|easy|hard|quick|sound|on|weird|annoying|simple|
    proud|happy|pleased|excited|tired|keen|end|ends|line|lines|weight|battery|meat|heat|ringer|beat|
    meme|chat|lift|this|wood|sea|pool|lucky|cert|bolt
dead man walking
drop dead
over my dead
when i am dead
sleep|stop|rest|quit|done when i am dead
knock|knocked them|us dead
<!3:had|has|owned|who|owner|person|user phone|battery|line|lines|signal|sim|chat|pub|town|car|
    laptop|app|atmosphere|plant|engine|wifi ..2 dead|died|dying|dies|die
dressed to kill
shoot me|us|you|them|him|her|over|through|across ..1 a|over|some text|message|email|line
shoot me ..1 haha
shoot me|us a|an
shoot the messenger|breeze
get|got shot of
give ..2 a|best|another shot
long|best|mug|flu|covid|screen|espresso|vodka|tequila|sambuca|moon|parting|big|hot|head|jager|
    booster|slap shot|shots
jumping|jump|jumped the gun
glue|nerf|water|top|nail|heat|staple|tommy|massage|pop gun
gun fingers|lean|show
sticking|stick ..2 guns
butter|steak|bread|swiss|fish|palette knife
knife and fork|forks
knife|gun crime|laws|law|control|violence
violence is bad|wrong
kill the lights|mood|vibe
murder on the
kill me now? haha
drug|alcohol|substance abuser|abusers
under the knife
panic|anxiety attack
^ @filler*2 beats me @filler|haha|who|why|how*2 $
beats me who|why|how|what|where
hit me|us|you|him|her|them|man up|with|back
hit and miss
hit up
<!1:he|she|they hit the gym|road|sack|shops|town|pub|nail|hay|books
overdose|overdosed|oding ..1 of|on texts|messages|spam|chocolate|coffee|sugar|telly|netflix|
    caffeine|cake|love|cuteness|information|adverts|work
chocolate|coffee|sugar|cuteness overdose
mum|dad|wife|husband|boyfriend|girlfriend|boss|gran|parents|teacher|her ..4 will|going|would|to
    kill|murder me if|when|for|haha|over
will|going ..1 kill me for
kill me haha
have a fit
end it there|on
cut it out|off|short|fine
child|childs play|support|benefit|care|tax|minder
like a child|kid
baby|babe how|what|you|come|girl|boy
child at heart
kid|kids you|yourself|on
no kidding
emergency appointment|services|fund|plumber|exit|contact|loan|tax|brake|dentist
blood pressure|test|tests|group|type|sugar
missing you|out|something|the|a|them|that|this
hanging out|on|with|around|about|up|by
hang on|out|up|about|around|in|tight|fire|loose
drug|substance|alcohol|drink|drugs ..1 abuse|misuse
abuse ..2 drugs|drug|alcohol|substances|power
verbal|stop abuse|abusing
poor|poisoned poisoning|chalice
trapped wind|nerve
force field|feed|laughter|entry|error|quit
police|task|air|armed|special|met|work force|forces
danger zone|money
jump to|the conclusions|queue|hoops|joy
rope|roped into|in
goodbye and good
gone|going over to|the|that|my|there|budget|it|his|her|this|everything|limit|with
safe travels|journey|trip|bro|mate|to|g|fam|cuz|yeah|space|bet|and|man
i am afraid not|so|that|he|she|it|you|we|i
child of|friendly
time|house|flat|place|clock bomb|party
""",
}
