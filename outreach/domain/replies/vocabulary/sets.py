"""Sets of words that rules use by name, where one will do as well as another.

A line `@me = me us` names a set; a line that begins with a space continues the one before it.
"""

SETS = """
@me = me us
@not = not never
@they = they he she them him her
@desire = want need wish like love wanted needed wants needs hope hoping
@small = to a an the some my me on into in for get getting go going with of start help your about be
    any you i do come try please really so need have this it
@contacting = texting messaging contacting calling ringing phoning bothering harassing hassling
    pestering spamming annoying hounding stalking mithering belling disturbing emailing nagging
    pinging badgering tormenting bugging pissing scamming disrupting pranking writing talking
    chatting advertising intruding invading interrupting cluttering filling popping
    upsetting scaring worrying stressing bombarding
@contact = text message contact call ring phone bother harass hassle pester spam annoy hound mither
    bell disturb email ping nag
@texting = text message email bell spam pester harass disturb ping mither hassle hound texting
    messaging contacting emailing
@calling = contact call ring phone bother calling ringing phoning bothering
@post = text message sms email call
@posts = texts messages sms spam calls emails comms communications communication notifications
    alerts correspondence texting messaging reminders promotions ads adverts advertising junk
    marketing promos
@again = again anymore more further ever else
@ago = already last week month year time times before twice yesterday today again once ages days
    weeks months ago <number> <small-number> several
@filler = bye goodbye please now it this that just ok okay mate mates bruv bruh fam g blud thanks
    thank you ta cheers x xx xxx man right yeah yes yep no nah oi hi hello hey dear sir madam all
    already seriously ffs innit pal love hun can could will would kindly immediately asap today
    forever everything everyone guys lads regards kind many from very much so for god sake fucks
    christ jesus the fuck fucking bloody hell lot and here literally honestly stopsign immediate
    effect do damn enough boss babe darling luv duck cuz cuzzy son sweetheart hunny honey honestly
    per favore bitte por favor svp s il vous plait danke gracias merci prosze plis diolch nawr rwan
    os gwelwch yn dda sorry soz plus msg message texts text messages sms lad bab pet hen wee us
    brother an alright away straight on good permanently once at of police officer constable bbz
    dude cunt cunts dickhead dickheads wanker wankers prick pricks twat twats bastard bastards
    idiots muppets scum mug mugs clowns freaks weirdo weirdos losers stopping
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
    booze vodka vape dope zoot zoots substances narcotics nos balloons cigs cigarettes steroids
    tramadol oxy fentanyl nitazenes percs lean substance tablets zaza cali ganja pingers gak chang
    whizz phet mkat shrooms mushrooms lsd dmt gbl poppers subs subbies jellies vallies roofies
    zops dihydrocodeine oramorph fent noids joints spliff spliffs blunt bong edibles cider lager
    wine spirits whisky rum beer beers pints bevvy vapes nicotine
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
@will = will going want wants said say threaten threatened would wanted planning about might trying
    tried try
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
    hold holding plug move work working bag cook drop deliver transport traffic bank smuggle runner
    runners pack
@child = child kid kids children baby babies toddler youngster youngsters yout youths youngers
    youngens schoolkids schoolboys schoolgirls
@emergency = police ambulance paramedic paramedics medic
"""
