"""Calls for the police, an ambulance, or help at once."""

SETS = """
@bare = abuse abused domestic stab stabbed stabbing shot shooting robbed beaten battered attacked
    forced danger afraid scared missing fentanyl nitazenes stalker stalked hits threats murder
    violence kidnap gang gangs exploited groomed rape trapped raped suicide overdose dying bleeding
"""

EMERGENCY = {
    "Asks for the police, an ambulance or help at once": """
<!5:not|never|am|i|will|if call|ring|phone|send|get|need|fetch ..2 @emergency
<!4:not|never need|want|send ..2 @emergency
i call|ring|phone ..1 police|ambulance|999
should|shall|did i|we ..1 call|ring|phone ..1 police|ambulance|999
999|112|911
ambulance|paramedic|paramedics
call|ring|get|phone ..1 old bill
send help|someone|somebody
get|need|come|help|please ..1 help|someone|come|now ..1 now|quick|quickly|asap|hurry|fast|urgently|
    immediately
please|help hurry
need|want help urgent|now|urgently|asap|quick|immediately|tonight
help he|she|they|someone ..1 is|are|has|have|here|outside
help ..2 dying|bleeding|outside
emergency
police help
help police
send a car|unit|officer|van
^ @filler*2 come now|asap|quick|quickly|fast|here
hurry
please be quick
quick ..1 help
help emergency
a|an|is|this|medical emergency
sos|mayday
<!2:not|nothing urgent|urgently !1:care
help help
help asap|quick|quickly|fast|urgently
help me now|quick|quickly|fast|asap
^^ help|please|police*2 @bare help|please|asap|now|me*2 $$
^ @filler*2 help now|us @filler*2 $
^ @filler*2 someone|somebody help me|us|$
come quick|quickly
police now|quick|please|asap
life or|and death
matter of life
come|get ..1 quick|quickly|now|here he|she|they|please|now
please come he|she|they
save me|us|him|her
""",
}
