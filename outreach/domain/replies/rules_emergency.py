"""Calls for the police, an ambulance, or help at once."""

EMERGENCY = {
    "Asks for the police, an ambulance or help at once": """
<!5:not|never|am|i|will|if call|ring|phone|send|get|need|fetch ..2 @emergency
need|want|send ..2 @emergency
i call|ring|phone ..1 police|ambulance|999
should|shall|did i|we ..1 call|ring|phone ..1 police|ambulance|999
999|112|911
ambulance|paramedic|paramedics
call|ring|get|phone ..1 old bill
send help|someone|somebody
get|need|come|help|please ..1 help|someone|come|now ..1
    now|quick|quickly|asap|hurry|fast|urgently|immediately
please|help hurry
need|want help urgent|now|urgently|asap|quick|immediately|tonight
help he|she|they|someone ..1 is|are|has|have|here|outside
help ..2 dying|bleeding|outside
^ @filler*2 emergency $
a|an|is|this|medical emergency
sos|mayday
is|very urgent
urgent help|please
life or death
matter of life
come|get ..1 quick|quickly|now|here he|she|they|please|now
please come he|she|they
save me|us|him|her
""",
}
