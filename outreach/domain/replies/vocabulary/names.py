"""First names common in Britain, so that "who is Dave" and "I'm not Priya" can be read.

Names that are also everyday words of these replies (Will, Mark, May, Hope) are left out.
"""

_NAMES = """
aaron abdi abdul abdullah abigail adam adele adrian ahmed aiden aisha alan alana albert alex
alexander alexandra alfie ali alice alicia alison alistair amanda amara amber amelia amina amir
amy ana andrea andrew andy angela angus anita ann anna anne annie anthony antony anya archie
arthur ash asha ashley ashton aston ayesha barbara barry bashir beatrice becca becky ben benjamin
bernard beth bethan bethany beverley bill billy blessing bob bobbi bradley brandon brenda brendan
brett brian bridget bronwen brown bruce bryan bryn caitlin caleb callum calvin cameron carl carla
carly carol caroline carrie carys catherine cathy catrin ceri chantel chantelle charlene charles
charlotte chelsea cheryl chloe chris christian christina christine christopher ciara claire clare
clive colin colleen connor conor corey courtney craig curtis daisy damian damien dan daniel
danielle danny darren darryl daryl dave david davies davina dawn dean debbie deborah declan deepak
delroy denise dennis derek deshawn devon diane dominic donna doreen doris dorothy doug dougie
duncan dwayne dylan eddie edward eileen elaine eleanor eleri elijah elin eliza elizabeth ella
ellen ellie elliot ellis elsie emily emma emmanuel eric erin ethan eva evan eve evie ewan faisal
farah fatima felix fergus ffion fiona florence fran frances francis fred freddie freya gareth
garry gary gavin gaynor gemma geoff george georgia georgina geraint gerald gerry gethin gillian
gina gladys glen glenn gordon graham grant greg gwen gwyn habib haley hamza hannah harley harpreet
harriet harrison harry harvey hassan hayley heather hector heidi heledd helen henry hilary holly
howard hugh hughes hussein huw ian ibrahim imran ines ioan iqbal isaac isabel isabella isla ismail
ivan iwan jacek jackie jackson jacob jacqueline jade jaden jake jamal jamel james jamie jane janet
janice jasmine jason jay jayden jayne jean jeff jenkins jennifer jenny jeremy jermaine jerome jess
jesse jessica jill jim jimmy jo joan joanna joanne jodie joe joel john johnny jon jonah jonathan
jones jordan joseph josh joshua joyce juan judith judy julia julian julie june justin kai kamal
karen karim karl kasia kate katherine kathleen kathryn kathy katie katrina kayla kayleigh keeley
keiran keith kelly kelvin ken kenneth kerry kev kevin khadija khalid khan kieran kim kimberley
kirsty kofi kris krystian kwame kyle lara laura lauren lawrence layla leah leanne lee leigh len
leon leonard leroy les lesley leslie lewis liam libby lillian lily linda lindsay lindsey lisa liz
llinos lloyd lola lorna lorraine lottie louis louisa louise lucas lucy luke lydia lynn lynne mabel
maddie madison maisie malcolm malik manjit marcin marcus margaret maria marie marion marlon martha
martin marvin mary mason matilda matt matthew maureen maurice max meera megan mehmet mei mel
melanie melissa mia michael michal michelle mick miguel mike miles millie miriam mo mohamed
mohammad mohammed moira molly mona monica morgan moses muhammad muriel musa mustafa nadia nadine
naomi natalia natalie natasha nathan nathaniel neil nia niall nick nicky nicola nicole nigel nikki
nina noah noel nora norma norman olga olive oliver olivia olu omar omari oscar osian osman owain
owen pam pamela pat patel patricia patrick patsy paul paula pauline pawel pete peter petra phil
philip philippa phillip phoebe phyllis piotr polly priya rachel rafal rahul raj rajesh ralph
rashid raymond rebecca reece reggie rhian rhiannon rhodri rhona rhys ricardo richard rick ricky
riley rita rob robbie robert roberts robin rod rodney roger roman ron ronald ronnie rosemary rosie
ross rowan roy ruby rupert russell ruth ryan sadie saeed sally salma sam samantha samir samira
samson samuel sandeep sandra sanjay sara sarah sasha saul scott sean seb sebastian selina shane
shanice shannon sharon shaun shauna sheila shelley sheryl shirley sian sienna simon singh sion
smith sofia sonia sophia sophie spencer stacey stan stanley stef stephanie stephen steve steven
stewart stu stuart sue sunita susan suzanne suzy sylvia tamara tammy tanya tara tariq tatiana
taylor ted teresa terry tess thelma theo theresa thomas thomson tiffany tim timothy toby todd tom
tomasz tommy toni tony tracey tracy travis trevor tricia tristan troy tyler tyrell tyrese tyrone
usman valerie vanessa vera veronica vicky victor victoria vijay vince vincent viv vivian walter
wayne wendy wesley whitney wilfred william williams wilson winston wojtek xavier yasmin yolanda
yousef yusuf yvonne zac zach zachary zahra zainab zak zara zoe zuzanna
"""
NAMES = _NAMES.split()
