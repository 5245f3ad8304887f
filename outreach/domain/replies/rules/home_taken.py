"""Signs of cuckooing: somebody has taken over a home."""

SETS = """
@invader = people dealers they lads men gang strangers someone junkies crackheads mandem randoms he
    she man boys dealer guys them him addicts users
@mine = my me our his her mums nans grans sons
@living = living staying moved squatting sleeping camped crashing dossing set stopping
"""

HOME_TAKEN = {
    "Says that somebody has taken over a home": """
cuckoo|cuckooed|cuckooing|cookoo
taken|took|take|taking|takes|run|running over|up|off ..3 @home
taken|took|take|takes my ..1 @home|keys|key|sofa|bed
not ..1 leave|leaving|move|vacate ..2 @home|mine|sofa
not ..2 get|go|fuck ..1 out ..2 @home|mine
in|into|at|with ..3 and ..1 not leave|go|move|budge
they|he|people|dealers|lads|men|she|in ..1 not leave|budge|shift !2:hospital|message
they|he|people|dealers|lads|men|she ..1 not go $
refuse|refusing|refuses|refused to ..1 leave|go|budge|shift
not ..2 get them|him|people ..1 leave|out|go
not ..2 get|rid ..1 them|him|people|dealers|rid ..1 out|of|go
get|want|need|how|remove|getting them|him|people|dealers|these ..1 out|from ..2 @home|mine
people|dealers|they|lads|men|gang|strangers|someone|junkies|crackheads|mandem|randoms|guys ..2 in|
    inside @mine ..2 @home|sofa|bed
using|uses|use|dealing|selling|cook|cooking|bagging|trapping|shotting|deal|sell|cutting|storing|
    weighing ..3 @mine ..2 @home
from|out @mine ..1 @home ..2 and|they|without|i
@living ..2 in|into|at|with|himself|themselves|up ..3 @mine ..2 @home|sofa ..3 selling|dealing|not|
    drugs|cooking
moved ..1 in|into ..3 not|selling|dealing|drugs
@invader ..2 moved|moving|move in|into|themselves|himself ..1 in|to|my|our|mums|with
dealers|they|people|men|gang|lads|he|strangers ..2 moved in $
@living ..2 at mine|ours
not my|our @home anymore|now
moved in on me|him|her|us
let|lets|letting themselves|himself in
with|have|got|took|taken|has|stole|changed my ..1 keys|key|locks
scared|afraid|frightened|terrified ..1 to ..1 go|be|stay ..1 home|house|flat
@home ..3 taken over
home invasion
intruder|intruders
my|own sofa ..4 bedroom|bed|they
their|there|they house|flat|place|yard now
neighbour|neighbours|upstairs|downstairs ..6 cuckooed|dealers
trap|crack|drug house|den
bando|bandos|traphouse
@home ..3 overrun
not let me ..1 in|into|back ..2 my ..1 @home
""",
}
