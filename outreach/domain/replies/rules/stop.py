"""Whose stopping is meant: our texting's, or somebody's own life's.

"Stop" is also a word of treatment: "I want to stop", "can't stop using", "help me stop". Before any
rule asks whether a reply is an opt-out, each stop, quit and end is given its meaning where the
words around it tell it. The word recoded is the last or the first of each line, as the name says.
"""

NOT_A_STOP_LAST = """
bus|full|next|non|pit|coach|tram|one|door|tube|last|train|truck stop
ignore|disregard|forget|undo ..2 stop
not mean|meant|mention|say|said|send|sent|text|texted|write|wrote|put|type|want|to|you*4 stop $
"""

NOT_A_STOP_FIRST = """
stop and search|searched
@stops ..3 in <number>
@stops ..4 year|years|months|ages ago
stop search|searched|watch|gap|cock|over
stop by !mistake|accident|error
@stops is|was ..2 mistake|error|accident|accidental|joke
"""

NEGATED_LAST = """
<!3:why|how @not you|want|please|ever|even|just|wish|to|mean|need|them|it|us|yet*4 @stops
paid|peidiwch|peidio|peidwch a|ag|byth*2 stopio|stopiwch
"""

OUR_TEXTS_FIRST = """
stop|end|quit !3:@stops|<our-stop>|no ..3 @posts !4:dealer|dealers|him|her|them|ex|plug|boyfriend|
    girlfriend
stop|end|quit !3:@stops|<our-stop>|no the|all|your|any|more|further|this|these*2 text|message|
    contact
stop|end|quit !3:@stops|<our-stop>|no getting|receiving ..3 these|this|them|text|message|your
    !4:dealer|dealers|him|her|plug
stop|quit !3:@stops|<our-stop>|no using my|this|our ..1 @device|details|name
stop|quit !3:@stops|<our-stop>|no hearing from you|your|this
<!3:@they|dealer|dealers|people|@family|@partner stop|quit !3:@stops|<our-stop>|no ..2 @contacting|
    sending me|us !1:a|an
<!3:@they|dealer|dealers|people stop|quit !3:@stops|<our-stop>|no ..2 @contacting|sending my|this|
    our ..1 @device|inbox
stopio|stopiwch|stopia ..3 negeseuon|tecstio|tecsts|neges|anfon|gyrru|cysylltu|ffonio
"""

OWN_LIFE_LAST = """
i|we @aux|@not|please|just*6 @stops
it|@person|<name>|dealers|dealer|pain|bleeding @aux|@not @aux|@not|please|just*5 @stops
how|way|ways|where to|do|does|can|could|would|should|did|i|you|we|he|she|they|one|people|someone|
    ever|go|about|actually|possibly|just*5 @stops
<!3:you|your|these|texts|messages @desire|try|trying|tried|ready|able|unable|struggling|hard|
    impossible|difficult|decided|willing|time|help|helps|got|have|had|has|going|supposed|forced|
    plan|planning|chance|reason|easy|desperate|know|determined|take|takes to @aux|please*3 @stops
help|make|making|makes|let|get|getting|helping|helps me|myself|us|my|him|her|them|it|this|that|the|
    you|cravings|voices|pain|<name>|@person*3 to|just*2 @stops
told|tell|tells|asked|ask|asks|begged|wants|forced|forces|got|said me|us|him|i|we|@person to|should|
    need|must|have*3 @stops
want|need|wish this|it|that|him|her|@person|my to|would @stops
<!3:why not want|wish ..1 these|the|your ..1 texts|messages|them|these ..1 to stop
<!4:you|your|these|texts|messages|this should|could|would|must|will|might|to really|just*1 @stops
when|if|until|unless|since i|we|he|she|they @aux*2 @stops
when|will|does|did|if|make|want this|it|that|all @aux*1 @stops
isio|eisiau|moyn|methu|trio|ceisio|helpu|help|sut|gallu|rhaid|am|gallaf|alla|angen ..3 stopio
"""

OWN_LIFE_FIRST = """
@stops @small|all|ever|even|just|doing|completely*4 @use|@drug|@treatment|@state
@stops drink|white|dark|bobby|rock|fags|pot|feeling|hurting|wanting|needing|going|thinking|living
@stops being a|an|like|so*1 @state|dependent|user|junkie|smackhead|crackhead|druggie|drunk|hooked
stop me|him|her|them|us|myself|people|dealers !text|messages
stop my|our|his|her ..1 @family|@person
stop the|this|these|that|all|my|this*2 pain|hurt|hurting|cravings|voices|shakes|rattle|sickness|
    urges|urge|feeling|feelings|life|misery|suffering|madness|nightmare|noise|thoughts|cycle|torture|hell
stop this|these|that from? happening
stop this|these|those|all|the*2 dealers|dealer|dealing|gang|gangs|people|lads|men|boys|lot ..1
    coming|round|here|dealing|selling|$
stop h|b $
stopio cymryd|smocio|yfed|defnyddio|cyffuriau
"""

SETS = """
@aux = am is are was were will would can could should must may might shall do does did have has had
    want need needs wants wanted needed wish like love try tried trying got going to really just so
    also still not never ever even only about ready able been be better always actually honestly
    defo definitely struggling desperate keep think mean hard managed manage seem seems
"""
