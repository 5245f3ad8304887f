"""How people spell in a text, and which words count as the same idea for the rules.

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
your: ur yor
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
do not: dont dnt doont donot
does not: doesnt dosnt dosent doesn
did not: didnt didn
can not: cant cannot cnt carnt
will not: wont
would not: wouldnt
is not: isnt aint ent isn
are not: arent
was not: wasnt
has not: hasnt
have not: havent
had not: hadnt
could not: couldnt
should not: shouldnt
going to: gonna gona gunna gna finna
want to: wanna wana wonna wnna
got to: gotta gota
trying to: tryna trynna tryina
let me: lemme
give me: gimme
do not know: dunno
want: wnt wan
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
nothing: nuffin nothin nowt nuthin nuttin
anything: owt anythin
something: summat sumthin
know: kno
be: b
are: r
see: c
why: y
and: n nd an
people: ppl
because: cos coz cuz bcoz bc
again: agen agn
name is: names
someone: some1 sum1 somebody
no one: noone no1
anyone: any1 anybody
nobody: nobdy
can: cn
how: hw
help: hlp helppp
when: wen
have: hav av
my: mi
not: nt
going: goin gon
girlfriend: gf missus
boyfriend: bf
tonight: 2nite tonite tnite
tomorrow: tmrw tomoz 2moro
mate: m8 m8y
haha: lol lmao lmfao rofl hahaha hahahaha hehe lool loool lmaoo heh jk joke joking
text: txt tx tex txtd
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
number: num nmbr numba numbr nunber numer nr no.
phone: fone fon
stop: stahp stawp cton
stop all: stopall
stop it: stopit
stop texting: stoptexting

unsubscribe: unsub unsubscribed unsubscrib unsubscription unsubscribing
opt out: optout optedout optoutt
opt: opted
cancel: cancle cancell cancelled cancled
quit: qiut quti wuit quiit qit
quitting: quiting quittin
end: edn endd
remove: removed removal
arret: arrete arretez arretes arrett
start: strat satrt statr
unstop: unsotp unstpo
start again: restarts
resubscribe: resub
fuck: fuk fck fux fk fook phuck
fucking: fuckin fukin fkin fking effing fuckn
fuck off: fuckoff fukoff fuckof
piss off: pissoff
leave me alone: leavemealone
wrong number: wrongnumber
off: of
out: oit uot
take: tske
<child-age>: ten eleven twelve thirteen fourteen fifteen sixteen seventeen fourten
<small-number>: three four five six seven eight nine
wrong: wrng worng rong
mum: mom mam mummy ma
dad: daddy
little: lil small
flat: flt apartment
house: hse yard gaff gaf crib yrd
kill: kil
killed: kild
killing: killin
kill myself: kms killmyself
suicide: suicidle
suicidal: sucidal suisidal
overdose: od overdosd
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
knife: nife knifes knives
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
year: yr yrs years y/o yo
mistake: mistak
"""

CONCEPTS = """
@i = i we
@me = me us
@mine = my our me
@you = you your
@not = not never
@they = they he she them him her
@person = he she they him her them son sons daughter daughters brother sister mate mates friend friends boyfriend girlfriend partner husband wife mum dad cousin nephew niece nan child kid kids boy girl lad bro sis someone people uncle auntie aunt grandson granddaughter stepson ex bredrin boys girls man neighbour father mother family
@family = son sons daughter daughters brother sister cousin nephew niece child kid kids boy girl lad bro sis grandson granddaughter stepson stepdaughter lads girls boys sibling
@partner = boyfriend girlfriend partner husband wife ex dad stepdad mum father mother stepfather uncle brother son bro he she
@contact_ing = texting messaging contacting calling ringing phoning bothering harassing hassling pestering spamming annoying hounding stalking mithering belling disturbing emailing nagging pinging buzzing haslo badgering tormenting
@contact_do = text message contact call ring phone bother harass hassle pester spam annoy hound mither bell disturb email ping buzz texting messaging contacting ringing phoning bothering harassing
@contact_noun = text texts message messages sms spam calls emails communication communications notifications alerts contact messaging texting
@posts = texts messages sms spam calls emails communications communication notifications alerts correspondence texting messaging
@call = call ring phone bell
@list = list database system records mailing distribution lists register files file books
@number = number numbers phone mobile details data info information contact name line digits records
@again = again anymore more further ever
@please = please kindly now just mate bro thanks thank
@filler = please now it this that just ok okay mate mates bro bruv bruh fam cuz g blud thanks thank you ta cheers x xx xxx man right yeah yes yep no nah oi hi hello hey dear sir madam sirmadam all already seriously ffs haha innit pal love hun can could will would kindly immediately asap today forever everything everyone guys lads regards kind many from very much so dear for god sake fucks christ jesus the fuck fucking bloody hell lot u and here literally honestly stopsign immediate effect do damn enough cheers boss babe darling luv duck officer
@drug = drugs drug gear brown heroin smack crack coke cocaine ket ketamine weed bud cannabis hash skunk spice mamba mdma molly pills xanax xans benzos valium diazepam pregabs pregabalin gabapentin codeine opiates opioids meth ghb mcat meow speed amphetamine amphetamines alcohol booze vodka vape vaping dope zoot zoots substances narcotics sniff nos balloons cigs cigarettes steroids tramadol oxy fentanyl nitazenes percs lean substance addy zombie
@drink = drink white light dark b bobby powder lines rock rocks pipe needles fags snow tina charlie bag bags pot green habit stuff it that
@use = using smoking taking drinking sniffing snorting injecting dealing selling shotting trapping chasing vaping booting relapsing gambling banging scoring buying picking dabbing bunning smoke drink use take sell deal inject running carrying running jacking
@treatment = rehab detox methadone script scripts subutex buprenorphine buvidal espranor suboxone naltrexone keyworker counselling therapy treatment recovery rehabilitation physeptone meetings
@state = addiction addict addicted withdrawal withdrawals withdrawing rattling clucking relapsed relapse relapsing cravings craving sober clean
@small = to a an the some my me on into in for get getting go going with of start help your into about be any u i do come go try please really so need your have this
@desire = want need wish like love wanted needed wants needs hope hoping
@aux = am is are was were will would can could should must may might shall do does did have has had want need needs wants wanted needed wish like love try tried trying got going to really just so also still not never ever even only about ready able been be better always actually honestly defo definitely struggling desperate keep think mean hard managed manage
@stops = stop quit end
@dead = dead died deceased passed dies
@weapon = knife gun guns machete blade shank rambo zombie_knife firearm sword hammer bat acid axe strap burner rambos zombies cleaver samurai glock shooter knifepoint gunpoint
@injure = stab shank shoot hurt kill murder beat batter bang slash attack smash burn break torture poke wet splash cut end
@injured = stabbed shanked shot slashed attacked beaten battered murdered poked tortured jumped
@hits = hits hit hitting beats beating beat punches punched punching slaps slapped kicks kicked kicking batters battered battering abuses abused abusing hurts hurting raped rapes raping strangled strangles strangling choked chokes choking throttled assaulted assaulting assaults attacks attacked attacking bit burnt burned touches touching touched grabs grabbed threatens threatened threatening molested
@home = flat house home place room bedsit property gate
@drugwork = sell selling sold carry carrying deal dealing shot shotting trap trapping run running hold holding plug move work working bag cook drop deliver go bank transport take
@made = make makes making made force forces forced forcing got getting
@pills = pills tablets tabs meds medication paracetamol insulin overdose xanax diazepam painkillers ibuprofen codeine pregabs
@child = child kid kids children baby babies toddler minor youngster yout youngers youngens teenager schoolkids tinies
@emergency = police ambulance feds paramedic paramedics medic coppers
"""
