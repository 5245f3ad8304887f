"""How people spell English in a text.

A line `do not: dont dnt` reads the spellings on the right as the words on the left.
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
more: mair mor moar mere
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
no more: nomore
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
