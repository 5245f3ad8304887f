"""Replies that ask for texts again. YES is not one: it is a likely answer to an offer of help."""

OPT_IN = {
    "A start keyword on its own": """
^^ please|hi|hello*2 start|unstop|optin|resubscribe|resume|dechrau|cychwyn|ailddechrau|dechreuwch
    please|again|thanks|thank|you|ta|cheers|x|xx|eto|start|unstop|mate|diolch*4 !<question> $$
<!3:not|never opt me? back? in !3:@treatment|to
""",
    "Asks for texts again": """
<!4:not|never|no|why|when|stop|if start|resume|restart|recommence|continue|begin|restarting ..4
    @posts|updates|sending
^^ please? start|resume|restart text|message|sms again? $$
<!4:not|never|no|why|if|stop ok|okay|fine|happy|can|may|could|please !4:not|never|no|stop ..4 text|
    message|contact ..1 me again !1:and
<!4:not|never|no|why|if|stop|keep ..2 want|like|happy|get|getting|receive|can|could ..4 @posts|them
    again|back
<!4:not|never|no|if turn|switch|put ..3 @posts|them|it|these back? on
put|add|sign ..2 me ..2 back|again|on|to|up !4:not|block|blocked|do ..4 list|texts|messages
<!3:not|never subscribe me !2:from
resubscribe
<!3:not|never unstop
not mean|meant to stop ..5 start|again
stopped|stop|said ..2 by|in accident|mistake|error ..5 again|start|restart|back
text|message me again ..4 stopped|stop by accident|mistake
""",
}
