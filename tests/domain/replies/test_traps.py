"""Each trap of the field's common rules, by name."""

import pytest

from outreach.domain.replies import ReplyClass, classify

FIELD_KEYWORDS = "STOP STOPALL UNSUBSCRIBE CANCEL END QUIT OPTOUT REVOKE REMOVE ARRET STOPIO"


def class_of(text: str) -> ReplyClass:
    return classify(text).reply_class


@pytest.mark.parametrize("keyword", FIELD_KEYWORDS.split())
def test_each_keyword_of_the_field_opts_out(keyword: str) -> None:
    assert class_of(keyword) is ReplyClass.OPT_OUT


@pytest.mark.parametrize("text", ["STOP.", "stop!!", "(stop)", "'Stop'", "*STOP*", "stop…"])
def test_punctuation_does_not_hide_a_keyword(text: str) -> None:
    assert class_of(text) is ReplyClass.OPT_OUT


@pytest.mark.parametrize("text", ["Stopp", "STOOOOP", "sstopp", "STOPPPPP"])
def test_repeated_letters_do_not_hide_a_keyword(text: str) -> None:
    assert class_of(text) is ReplyClass.OPT_OUT


@pytest.mark.parametrize("text", ["STOP ALL", "OPT OUT", "opt-out", "un-subscribe", "stop all"])
def test_a_keyword_in_two_parts_opts_out(text: str) -> None:
    assert class_of(text) is ReplyClass.OPT_OUT


@pytest.mark.parametrize(
    "text", ["please stop texting me", "take me off your list", "lose my number"]
)
def test_a_plain_sentence_opts_out(text: str) -> None:
    assert class_of(text) is ReplyClass.OPT_OUT


@pytest.mark.parametrize("text", ["STOP 🛑", "🛑", "stop 😡", "🛑🛑"])
def test_the_stop_sign_opts_out(text: str) -> None:
    assert class_of(text) is ReplyClass.OPT_OUT


@pytest.mark.parametrize("text", ["STOPIO", "stopiwch", "Peidiwch â thecstio", "dim mwy"])
def test_welsh_opts_out(text: str) -> None:
    assert class_of(text) is ReplyClass.OPT_OUT


@pytest.mark.parametrize("text", ["st\u200bop", "\ufeffstop", "s\u00adt\u00adop", "stop\u200d"])
def test_something_invisible_does_not_hide_a_keyword(text: str) -> None:
    assert class_of(text) is ReplyClass.OPT_OUT


@pytest.mark.parametrize("text", ["ST0P", "5TOP", "$top", "ЅТОР", "ＳＴＯＰ", "Ⓢⓣⓞⓟ", "🆂🆃🅾🅿"])
def test_look_alikes_do_not_hide_a_keyword(text: str) -> None:
    assert class_of(text) is ReplyClass.OPT_OUT


@pytest.mark.parametrize("text", ["s t o p", "S.T.O.P", "s-t-o-p", "s t o p texting me", "st op"])
def test_letters_apart_still_make_a_keyword(text: str) -> None:
    assert class_of(text) is ReplyClass.OPT_OUT


@pytest.mark.parametrize(
    "text", ["sotp", "stpo", "stip", "dtop", "unsubcribe", "unsubscribr", "qiut"]
)
def test_a_slip_of_the_finger_does_not_hide_a_keyword(text: str) -> None:
    assert class_of(text) is ReplyClass.OPT_OUT


@pytest.mark.parametrize("text", ["step", "shop", "spot", "top", "cancer", "quite", "and", "star"])
def test_a_word_like_a_keyword_is_not_one(text: str) -> None:
    assert class_of(text) is ReplyClass.REVIEW


@pytest.mark.parametrize(
    "text", ["wrong number", "not me", "who is Dave?", "he passed away last year"]
)
def test_a_wrong_number_is_a_wrong_person(text: str) -> None:
    assert class_of(text) is ReplyClass.WRONG_PERSON


@pytest.mark.parametrize("text", ["Can you help me quit?", "I want to stop using", "how do i stop"])
def test_asking_for_help_in_the_words_of_a_stop_goes_to_a_person(text: str) -> None:
    assert class_of(text) is ReplyClass.REVIEW


@pytest.mark.parametrize("what", ["pain", "feeling", "life", "happening", "addiction", "urge"])
@pytest.mark.parametrize("how", ["stop this {}", "please stop this {}", "stop all this {}"])
def test_a_stop_of_something_in_their_life_goes_to_a_person(how: str, what: str) -> None:
    assert class_of(how.format(what)) is ReplyClass.REVIEW


@pytest.mark.parametrize(
    "text", ["stop these voices", "stop these dealers", "stop these people", "take me out of here"]
)
def test_asking_to_be_rid_of_something_goes_to_a_person(text: str) -> None:
    assert class_of(text) is ReplyClass.REVIEW


@pytest.mark.parametrize("text", ["dont text call", "dont text, call me", "don't text just ring"])
def test_rather_a_call_than_a_text_goes_to_a_person(text: str) -> None:
    assert class_of(text) is ReplyClass.REVIEW


@pytest.mark.parametrize("text", ["don't text or call me", "don't text, call or email me"])
def test_neither_call_nor_text_opts_out(text: str) -> None:
    assert class_of(text) is ReplyClass.OPT_OUT


@pytest.mark.parametrize(
    "text", ["sent stop by mistake", "ignore my stop", "i didn't say stop", "stop was a mistake"]
)
def test_a_stop_taken_back_goes_to_a_person(text: str) -> None:
    assert class_of(text) is ReplyClass.REVIEW


@pytest.mark.parametrize("text", ["stop he's reading this", "they think im grassing stop"])
def test_a_stop_because_of_somebody_to_fear_is_urgent_and_suppresses(text: str) -> None:
    reading = classify(text)
    assert (reading.reply_class, reading.suppresses) == (ReplyClass.URGENT, True)


@pytest.mark.parametrize(
    "text", ["can you start me on methadone", "start methadone", "start rehab"]
)
def test_starting_treatment_is_not_an_opt_in(text: str) -> None:
    assert class_of(text) is ReplyClass.REVIEW


@pytest.mark.parametrize("text", ["end it all", "END IT", "end my life", "i want to end it"])
def test_an_end_that_may_be_a_life_is_urgent(text: str) -> None:
    assert class_of(text) is ReplyClass.URGENT


@pytest.mark.parametrize("text", ["YES", "yes please", "Yes I'd like that"])
def test_yes_is_not_an_opt_in(text: str) -> None:
    assert class_of(text) is ReplyClass.REVIEW


@pytest.mark.parametrize("text", ["HELP", "INFO", "help me"])
def test_help_is_a_person(text: str) -> None:
    assert class_of(text) is ReplyClass.REVIEW


@pytest.mark.parametrize("text", ["START", "UNSTOP", "start again please", "S T A R T", "5TART"])
def test_start_opts_back_in(text: str) -> None:
    assert class_of(text) is ReplyClass.OPT_IN


@pytest.mark.parametrize("text", ["don't stop texting me", "please don't stop", "never stop"])
def test_do_not_stop_is_not_an_opt_out(text: str) -> None:
    assert class_of(text) is ReplyClass.REVIEW


@pytest.mark.parametrize(
    "text", ["how do I stop these texts?", "Can you stop?", "how do i unsubscribe"]
)
def test_asking_how_to_stop_the_texts_opts_out(text: str) -> None:
    assert class_of(text) is ReplyClass.OPT_OUT


@pytest.mark.parametrize(
    "text", ["this text is killing me lol", "I could murder a kebab", "dead good"]
)
def test_a_figure_of_speech_is_not_urgent(text: str) -> None:
    assert class_of(text) is ReplyClass.REVIEW


@pytest.mark.parametrize(
    "text", ["im 45", "im 14 months clean", "15 weeks sober", "12 quid", "10 mins"]
)
def test_a_number_that_is_no_childs_age_is_not_urgent(text: str) -> None:
    assert class_of(text) is ReplyClass.REVIEW


@pytest.mark.parametrize("text", ["", " ", "\n", "...", "👍", "\u200b", "لا أفهم", "我不明白"])
def test_a_reply_without_words_we_read_goes_to_a_person(text: str) -> None:
    reading = classify(text)
    assert (reading.reply_class, reading.holds) == (ReplyClass.REVIEW, True)
