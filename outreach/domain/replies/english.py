"""How people spell English in a text, and the sets of words that count as one idea.

A line `do not: dont dnt` reads the spellings on the right as the words on the left.
A line `@me = me us` names a set of words that rules use.
"""

SPELLINGS = """
i am: im iam
i am going to: ima imma
i have: ive iv
i will: ill
i would: id
you: u ya yu yous youse
you are: youre
you have: youve uve
you will: youll ull
your: ur yor yer
he is: hes
she is: shes
it is: its
that is: thats dats
this is: thisis
there is: theres
who is: whos whose
what is: whats wots wats
where is: wheres
they are: theyre theyr
they have: theyve theyv
they will: theyll
we have: weve
do not: dont dnt doont donot dinnae dinna
does not: doesnt dosnt dosent doesn
did not: didnt didn didnae
can not: cant cannot cnt carnt cannae canny
will not: wont willnae
would not: wouldnt wouldnae
is not: isnt aint ent isn isnae
are not: arent
was not: wasnt wasnae
has not: hasnt
have not: havent
had not: hadnt
could not: couldnt
should not: shouldnt
going to: gonna gona gunna gna finna gonnae
want to: wanna wana wonna wnna
got to: gotta gota
trying to: tryna trynna tryina
could not be bothered: cba
let me: lemme
give me: gimme
do not know: dunno idk
may as well: maswell
want: wnt wan
thanks: thx tnx thnx thanx fanx
please: pls plz plse pleas pleez plase ples
to: 2
for: 4
before: b4
the: da de teh th
this: dis
these: dese theses
that: dat
them: dem
they: dey thay
with: wiv wit
from: frm
no: nae
more: mair
nothing: nuffin nothin nowt nuthin nuttin nuffink
anything: owt anythin
something: summat sumthin
know: kno
be: b
are: r
see: c
why: y
and: n nd
people: ppl
because: cos coz cuz bcoz bc
again: agen agn
name is: names
someone: some1 sum1 somebody somebdy
no one: noone no1
anyone: any1 anybody
nobody: nobdy
can: cn
how: hw
help: hlp helppp
when: wen
have: hav av hve
my: mi ma
not: nt
going: goin gon
girlfriend: gf missus
tonight: 2nite tonite tnite
tomorrow: tmrw tomoz 2moro
mate: m8 m8y
else: elses
ex: exs
haha: lol lmao lmfao rofl hahaha hahahaha hehe lool loool lmaoo heh jk joke joking jokes
text: texf tezt rext yext teext txt tx tex txtd
texts: txts
texted: txted
texting: txting txtin textin textn txtn texin
message: msg mesage messge
messages: msgs mesages
messaging: msging messagin mesaging msgin messgaing mesageing
sending: sendin sendn
calling: callin
ringing: ringin
phoning: phonin
bothering: botherin
harassing: harrassing harrasing harasing
harassment: harrassment harrasment harasment
contacting: contactin
number: num nmbr numba numbr nunber numer nr
phone: fone fon
stop: syopp stoppe stahp stawp cton
stop all: stopall
stop it: stopit
stop texting: stoptexting
unsubscribe: unsub unsubscribed unsubscrib unsubscription unsubscribing
opt out: optout optedout optoutt
opt: opted opting
cancel: cancle cancell cancelled cancled
quit: qiut quti wuit quiit qit
quitting: quiting quittin
end: edn endd
remove: removed removal
delete: deleted
erase: erased
przestan: przestancie przestac
arret: arrete arretez arretes arrett
start: strat satrt statr
block: blocked
unstop: unsotp unstpo
start again: restarts
resubscribe: resub
fuck: fcuk fuk fck fux fk fook phuck
fucking: fuckin fukin fkin fking effing fuckn
fuck off: fuckoff fukoff fuckof foff
piss off: pissoff
leave me alone: leavemealone
take me off: takemeoff
wrong number: wrongnumber
off: of aff orf
out: oit uot
take: tske tale tsle
opt me: optme
take me: takeme
me: ne
<child-age>: ten eleven twelve thirteen fourteen fifteen sixteen seventeen fourten
<small-number>: three four five six seven eight nine
wrong: wrng worng rong incorrect
right: correct
mum: mom mam mummy mams mums
dad: daddy dads
gran: nan nana granny grandma nanna grans nans
husband: husbands
wife: wifes
partner: partners
boyfriend: boyfriends bf bfriend
son: sons
daughter: daughters
brother: brothers bro bredda
sister: sis sisters
cousin: cuzzin cousins
child: childs
little: lil small
flat: flt apartment flats
house: hse yard gaff gaf crib yrd bungalow caravan
myself: meself mesen myslef myslf
himself: hisself
kill: kil
killed: kild
killing: killin
kill myself: kms killmyself
suicide: suicidle
suicidal: sucidal suisidal
overdose: od overdosd ods
overdosed: oded odd
overdosing: oding
breathing: breathin
breathe: breath
self harm: selfharm
threatened: thretened threatend
threatening: threatning
making: makin
forcing: forcin
forced: forsed
selling: sellin
using: usin
smoking: smokin
taking: takin
dealing: dealin
shotting: shottin
knife: nife knifes knives nank
stabbed: stabd
shanked: shankd
trafficked: traficked
trafficking: traficking
groomed: groomd
cuckooed: cuckood
cuckooing: cuckoing cookooing cuckcooing
die: dye
dying: diein
heroin: herion heroine
detox: ditox
addicted: adicted
year: yr yrs years yo
mistake: mistak
interested: intrested interestd
police: polis rozzers bizzies cops cop feds coppers
ambulance: ambulence amberlance
tablets: tabs tabz tablet
pills: pill
kids: kidz
"""

SETS = """
@me = me us
@not = not never
@they = they he she them him her
@desire = want need wish like love wanted needed wants needs hope hoping
@small = to a an the some my me on into in for get getting go going with of start help your about
    be any you i do come try please really so need have this it
@contacting = texting messaging contacting calling ringing phoning bothering harassing hassling
    pestering spamming annoying hounding stalking mithering belling disturbing emailing nagging
    pinging badgering tormenting bugging pissing scamming disrupting pranking writing
    talking chatting upsetting scaring worrying stressing bombarding
@contact = text message contact call ring phone bother harass hassle pester spam annoy hound mither
    bell disturb email ping nag
@texting = text message email bell spam pester harass disturb ping mither hassle hound texting
    messaging contacting emailing
@calling = contact call ring phone bother calling ringing phoning bothering
@post = text message sms email call
@posts = texts messages sms spam calls emails comms communications communication notifications alerts
    correspondence texting messaging reminders promotions
@again = again anymore more further ever else
@ago = already last week month year time times before twice yesterday today again once ages days weeks
    months ago <number> <small-number> several
@filler = bye goodbye please now it this that just ok okay mate mates bruv bruh fam g blud thanks thank you ta
    cheers x xx xxx man right yeah yes yep no nah oi hi hello hey dear sir madam all already
    seriously ffs innit pal love hun can could will would kindly immediately asap today forever
    everything everyone guys lads regards kind many from very much so for god sake fucks christ
    jesus the fuck fucking bloody hell lot and here literally honestly stopsign immediate effect do
    damn enough boss babe darling luv duck cuz cuzzy son sweetheart hunny honey honestly
    per favore bitte por favor svp s il vous plait danke gracias merci prosze plis diolch nawr rwan
    os gwelwch yn dda sorry soz plus msg message texts text messages sms lad bab pet hen wee us brother an alright away straight on good permanently once at of police
    officer constable bbz dude cunt cunts dickhead dickheads wanker wankers prick pricks twat twats
    bastard bastards idiots muppets scum mug mugs clowns freaks weirdo weirdos losers stopping
@polite = please now thanks thank you ta cheers x xx ok okay mate regards kind me it all <name>
    immediately asap sir madam
@person = he she they him her them son daughter brother sister mate mates friend friends boyfriend
    girlfriend partner husband wife mum dad cousin nephew niece gran child kid kids boy girl lad
    someone people uncle auntie aunt grandson granddaughter stepson stepdaughter ex boys girls man
    neighbour father mother family anyone flatmate housemate fella bloke hubby woman lady
@family = son daughter brother sister cousin nephew niece child kid kids boy girl lad grandson
    granddaughter stepson stepdaughter lads girls boys sibling grandchild teenager teen
@partner = boyfriend girlfriend partner husband wife ex dad stepdad mum father mother stepfather
    uncle brother son fella bloke hubby man bird
@list = list lists database system records mailing distribution register files file contacts books
    directory phonebook
@data = number no numbers digits details data info information name contact contacts mobile phone
    records record file line address
@remove = remove take delete lose forget wipe erase clear destroy scrub bin ditch strike drop pull
    exclude block withdraw unlist purge get
@drug = drugs drug gear brown heroin smack crack coke cocaine ket ketamine weed bud cannabis hash
    skunk spice mamba mdma molly pills xanax xans benzos valium diazepam pregabs pregabalin
    gabapentin codeine opiates opioids meth ghb mcat meow speed amphetamine amphetamines alcohol
    booze vodka vape dope zoot zoots substances narcotics nos balloons cigs cigarettes
    steroids tramadol oxy fentanyl nitazenes percs lean substance tablets
@drink = drink white light dark bobby powder lines rock rocks pipe needles fags snow tina charlie
    bag bags pot green stuff food
@use = using smoking taking drinking sniffing snorting injecting dealing selling shotting trapping
    chasing vaping booting relapsing gambling banging scoring buying dabbing bunning smoke drink use
    take sell deal inject running carrying
@treatment = rehab detox methadone script scripts subutex buprenorphine buvidal espranor suboxone
    naltrexone keyworker counselling therapy treatment recovery rehabilitation physeptone meetings
    prescription
@state = addiction addict addicted withdrawal withdrawals withdrawing rattling clucking relapsed
    relapse craving cravings habit dependency
@stops = stop quit end
@dead = dead died deceased dies
@kin = son daughter brother sister cousin husband wife partner mum dad boyfriend girlfriend gran
    grandad uncle auntie aunt friend mate nephew niece child father mother fella
@device = number phone mobile sim line handset digits cell
@home = flat house home place room bedsit property gran mum dad brother sister bedroom garage shed
    kitchen loft lounge attic
@self = myself himself herself themselves themself ourselves yourself
@pills = pills tablets meds medication paracetamol insulin xanax diazepam painkillers ibuprofen
    codeine pregabs pregabalin tramadol valium antidepressants sleepers zopiclone morphine benzos
    xans blues methadone meds script subutex
@will = will going want wants said say threaten threatened would wanted planning about might
    trying tried try
@they_who = they people men gang dealers olders mans boys lads mandem someone dealer elders runners
    group yardies crew opps
@threatener = they people men gang dealers olders mans boys lads mandem someone he she dealer man ex
    boyfriend husband partner stepdad pimp brother elders fella bloke father crew guy who opps plug
@harm = kill murder shoot stab shank hurt harm batter bang smash burn torch murk duppy cheff ching
    slash drown bury rape strangle gut cap jook juke merk beat poke splash torture attack wet jump
    kidnap knife hang rob slap maim cripple nank bottle rush splatter
@harmed = killed murdered shot stabbed shanked hurt harmed battered smashed burnt slashed raped
    strangled beaten tortured attacked jumped kidnapped knifed robbed mugged assaulted poked
    splashed chinged cheffed bottled rushed abused punched kicked banged
@hits = hits hit hitting beats beating beat punches punched punching slaps slapped slapping kicks
    kicked kicking batters battered battering abuses abused abusing hurts hurting rapes raped
    strangles strangled strangling chokes choked choking throttled assaults assaulted attacks
    attacked attacking bit burnt burned touches touching touched grabs grabbed threatens threatened
    threatening molested headbutted bangs pushes pushed
@victim = me us my him her them someone somebody his family mum dad sister brother kids son daughter
    gran mate
@weapon = knife gun guns machete machetes blade blades shank shanks rambo rambos zombies firearm
    samaurai glock shotgun knifepoint gunpoint weapon weapons pistol revolver
@drugwork = sell selling sold carry carrying deal dealing shot shotting trap trapping run running
    hold holding plug move work working bag cook drop deliver transport traffic bank smuggle runner runners
    pack
@child = child kid kids children baby babies toddler youngster youngsters yout youths youngers
    youngens schoolkids schoolboys schoolgirls
@emergency = police ambulance paramedic paramedics medic
"""
