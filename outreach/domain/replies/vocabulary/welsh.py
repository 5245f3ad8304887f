"""Welsh: mutations, spoken forms and spellings, north and south, read as one word each.

A line `tecstio: thecstio decstio` reads what is on the right as the word on the left.
"""

SPELLINGS = """
please: plis
helpu: helpwch helpa
stopio: stopior nstopio stopo stoppio
tecstio: nhecstio thecstio decstio tecsto decsto thecsto
tecsts: decsts thecsts tecstiau decstiau negesi
tecst: decst
cysylltu: chysylltu gysylltu nghysylltu
poeni: phoeni boeni mhoeni
gyrru: yrru
ffonio: ffonia
dilewch: ddilewch
dileu: ddileu dileuwch
tynnu: dynnu thynnu
rhestr: restr
lonydd: lonyddd lonnydd
isio: isho ishio isie ise
mynd: myn
methu: fethu
marw: farw
byw: fyw
lladd: ladd
hun: hunan
niweidio: nweidio
anadlu: hanadlu
cymryd: gymryd cymeryd gymeryd chymryd
gormod: ormod
cyllell: gyllell chyllell nghyllell
trywanu: drywanu thrywanu
bygwth: fygwth mygwth bygythio fygythio
gorfodi: ngorfodi orfodi
curo: nghuro guro churo
mwrw: bwrw fwrw
taro: nharo daro
treisio: dreisio nhreisio threisio
perygl: peryg
heddlu: heddllu
ofn: hofn
brawd: mrawd frawd
chwaer: nchwaer
cario: gario chario
gwerthu: werthu
plentyn: blentyn mhlentyn phlentyn
fflat: nfflat
ty: nhy
teulu: nheulu theulu deulu
gadael: ngadael adael
gwrthod: wrthod
anghywir: anghwir angywir
nabod: adnabod
"""
