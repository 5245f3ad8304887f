"""Danger, in Welsh. Opt-outs and wrong numbers in Welsh stand beside the English ones."""

WELSH_DANGER = {
    "Says in Welsh that somebody may be in danger": """
isio|eisiau|moyn|am|awydd|well ..3 marw
lladd ..1 fi|fy|hun|i|ei|eich|fo|fe|hi|nheulu
fy lladd
hunanladdiad|hunanladdol
niweidio|anafu|brifo|torri ..2 hun|fi|i|fy
hun niweidio|niwed
dim|ddim ..2 isio|eisiau|moyn ..2 byw|bod|bodoli|deffro
dim|ddim|methu|gallu ..2 mynd|cario|byw|ymdopi|dal ..1 ymlaen|mlaen|mwy|rhagor|mwyach
methu|ddim ymdopi|anadlu|dianc|gadael|deffro
diwedd ..3 cyfan|cwbl|bywyd
gorddos
dim|ddim|peidio|methu ..2 anadlu|deffro|ymateb
cymryd ..1 gormod
cyllell|cyllyll|machete
dwin|rwyn|dwi|yn <child-age>
gwn|wn ganddo|gydag|ganddi|ganddyn|gan|da|gyda|efo
ganddo|ganddi|ganddyn|efo ..2 wn|gwn|cyllell
trywanu|trywanwyd|saethu
bygwth|bygythiad|bygythiadau
galwch|ffoniwch|galw|ffonio|angen|gyrrwch|isio|eisiau|danfonwch ..2 heddlu|ambiwlans|<number>|999
ambiwlans
<child-age>|<small-number> ..2 oed|mlwydd
tri|pedair|pymtheg|bymtheg|ddeg|deg|bedair|dair|deuddeg|ddeuddeg|thair|dwy ..4 oed
gorfodi|gorfodaeth
ofn ..3 arna|arnaf|arnai|i|fe|nhw|ganddo|arno|arni
mae ofn
perygl|argyfwng
ddim ..1 saff|ddiogel
dal|nal yma|fan
dreisgar|treisgar|ymosodol
ofnus|ofni
dod i fy ty
nhw ..2 fy fflat|nhy|ty|nghartref|nhartref
deliwrs|delwyr|deliwr ..2 yn
help rwan|nawr|ar
curo|mwrw|waldio|taro ..1 i|fi|ni|hi|fy
fy curo|mwrw|taro|waldio
caeth|gaeth
help ..4 yma
mae on|hin|en marw
trais
^ heddlu
treisio|camdrin
cam drin
cymryd ..3 drosodd
cymryd ..1 drosodd|dros ..2 fflat|ty|nghartref|cartref
gwrthod ..1 gadael|mynd|symud
gwneud|neud ..2 i ..2 brawd|chwaer|mab|merch|fi|mi|plentyn ..2 cario|gwerthu|gweithio
brawd|chwaer|mab|merch|plentyn|plant ..4 cario|gwerthu|cyffuriau|gang
ar goll
plentyn|plant ..2 mewn|yma|yn
dal ..2 caeth|gaeth
caethiwo|caethwas|caethwasiaeth
cloi ..1 mewn
    """,
}
