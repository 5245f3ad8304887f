"""Words of treatment, danger and refusal put together in every way: nobody's need is swallowed."""

from itertools import product

import pytest

from outreach.domain.replies import ReplyClass, classify

WANTING = (
    """
i want to|need to|trying to|how do i|how can i|help me|can you help me|please help me|cant|i can't
i wish i could|id like to|gotta|i dont know how to|my son wants to|he needs to|any way to|ready to
is there a way to|please can you get me to|what helps people|when i|should i|gonna|i will|let me
""".replace("\n", "|")
    .strip("|")
    .split("|")
)
STOPPING = (
    """
stop|quit|stop using|stop taking|stop smoking|quit using|come off|get off|give up|cut down on
stop buying|stop injecting|stop selling|end my addiction to
""".replace("\n", "|")
    .strip("|")
    .split("|")
)
THINGS = [
    "",
    "drugs",
    "heroin",
    "crack",
    "weed",
    "ket",
    "the gear",
    "it",
    "this",
    "for good",
    "now",
]

REFUSALS = (
    """
stop|STOP.|stop texting me|leave me alone|fuck off|unsubscribe|no more texts|dont text me|cancel
take me off your list|wrong number|not me|please stop|opt out|i said stop|remove me|START|yes
""".replace("\n", "|")
    .strip("|")
    .split("|")
)
DANGERS = (
    """
i want to die|im going to kill myself|hes not breathing|shes overdosed|im 14|he has a knife
they wont let me leave|they will kill me|theyve taken over my flat|he hits me|call 999|i cant go on
they make my brother sell|end it all|he raped me|im being held|i took too many pills
""".replace("\n", "|")
    .strip("|")
    .split("|")
)
NEEDS = (
    """
i need help|can you help me|my mate needs help|i want to stop using|how do i quit|im rattling
help my son please|can i get methadone|i need rehab|call me please
""".replace("\n", "|")
    .strip("|")
    .split("|")
)
TOGETHER = ["{0} {1}", "{1} {0}", "{0}, {1}", "{1}. {0}", "{0} but {1}"]

WELSH_WANTING = (
    """
dwi isio|dw i eisiau|rwy eisiau|dwi'n trio|methu|sut mae|sut alla i|helpwch fi i|angen help i
allwch chi helpu fi i|mae fy mab eisiau|rhaid i fi
""".replace("\n", "|")
    .strip("|")
    .split("|")
)
WELSH_THINGS = ["", "smocio", "yfed", "cymryd cyffuriau", "defnyddio heroin", "plis", "nawr"]

SEEN = {ReplyClass.URGENT, ReplyClass.REVIEW}


def test_wanting_to_stop_using_is_always_for_a_person() -> None:
    texts = [" ".join(filter(None, parts)) for parts in product(WANTING, STOPPING, THINGS)]
    assert len(texts) > 4000
    assert not [text for text in texts if classify(text).reply_class not in SEEN]


def test_wanting_to_stop_using_in_welsh_is_always_for_a_person() -> None:
    stops = ["stopio", "rhoi'r gorau i", "stopio'r"]
    texts = [" ".join(filter(None, parts)) for parts in product(WELSH_WANTING, stops, WELSH_THINGS)]
    assert not [text for text in texts if classify(text).reply_class not in SEEN]


def test_danger_is_urgent_whatever_else_is_said() -> None:
    texts = [form.format(*pair) for pair in product(REFUSALS, DANGERS) for form in TOGETHER]
    assert not [text for text in texts if classify(text).reply_class is not ReplyClass.URGENT]


def test_a_call_for_help_is_for_a_person_whatever_else_is_said() -> None:
    texts = [form.format(*pair) for pair in product(REFUSALS, NEEDS) for form in TOGETHER]
    assert not [text for text in texts if classify(text).reply_class not in SEEN]


@pytest.mark.parametrize("wish", ["call me", "ring me instead", "come and see me", "talk to me"])
@pytest.mark.parametrize("refusal", ["stop texting", "dont text me", "no texts", "STOP"])
def test_asking_for_a_call_instead_is_for_a_person(refusal: str, wish: str) -> None:
    for join in (" and ", " just ", ", ", ". "):
        assert classify(refusal + join + wish).reply_class in SEEN


@pytest.mark.parametrize(
    "text",
    [
        "stop texting me I don't need help",
        "I'm not a druggie stop texting",
        "already got a worker thanks, stop texting",
        "stop texting me about rehab",
        "never smoked weed in my life, unsubscribe",
        "10 years clean so please take my number off",
    ],
)
def test_help_that_is_not_wanted_does_not_hide_an_opt_out(text: str) -> None:
    assert classify(text).reply_class is ReplyClass.OPT_OUT


@pytest.mark.parametrize(
    "text",
    ["wrong number stop texting", "STOP you've got the wrong number", "he's dead, unsubscribe"],
)
def test_a_wrong_number_that_also_says_stop_is_a_wrong_person(text: str) -> None:
    assert classify(text).reply_class is ReplyClass.WRONG_PERSON
