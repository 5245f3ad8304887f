"""Phone reactions, quotes of our own text and phones' signatures ask for nothing by themselves."""

import pytest

from outreach.domain.replies import ReplyClass, classify

OURS = "Free, confidential help is there if you want it: 0800 000 000. Reply STOP to opt out."


@pytest.mark.parametrize(
    "text",
    [
        f"Liked “{OURS}”",
        f'Loved "{OURS}"',
        f"Laughed at “{OURS}”",
        f"Emphasised “{OURS}”",
        f"Emphasized “{OURS}”",
        f"Reacted 👍 to “{OURS}”",
        f"👍 to “ {OURS} ”",
        f"\u200b👍\u200b to “ {OURS} ”",
        f"Removed a like from “{OURS}”",
        f"Removed 👍 from “{OURS}”",
        f"Liked “{OURS[:40]}",
        "Loved an image",
        f"Hoffodd “{OURS}”",
        f"Wedi adweithio 👍 i “{OURS}”",
        "Pwysleisiodd “Atebwch STOPIO i stopio”",
    ],
)
def test_a_phone_reaction_means_nothing_and_holds_nobody(text: str) -> None:
    reading = classify(text)
    assert reading.reply_class is ReplyClass.REVIEW
    assert (reading.suppresses, reading.holds) == (False, False)
    assert "reaction" in reading.why


@pytest.mark.parametrize("verb", ["Disliked", "Questioned", "Reacted 👎 to", "Reacted 🛑 to"])
def test_a_displeased_reaction_is_read_by_a_person_first(verb: str) -> None:
    reading = classify(f"{verb} “{OURS}”", own_texts=[OURS])
    assert (reading.reply_class, reading.holds) == (ReplyClass.REVIEW, True)


def test_a_reaction_to_words_of_danger_that_are_not_ours_holds() -> None:
    assert classify("Loved “they wont let me leave”", own_texts=[OURS]).holds
    assert not classify("Loved “Call 999 if in danger”", own_texts=["Call 999 if in danger"]).holds


TEMPLATE = "Hi ((name)), free help is there: ((link)) Reply STOP if you want no more texts from us."
FILLED = TEMPLATE.replace("((name))", "Sam").replace("((link))", "https://help.example/h/ABCD")


@pytest.mark.parametrize("text", [FILLED, FILLED.upper(), f"“{FILLED}”", f"{FILLED} Is this real"])
def test_our_own_text_filled_for_somebody_and_sent_back_is_no_opt_out(text: str) -> None:
    reading = classify(text, own_texts=[TEMPLATE])
    assert (reading.reply_class, reading.suppresses) == (ReplyClass.REVIEW, False)
    assert classify(f"{text}\nSTOP", own_texts=[TEMPLATE]).reply_class is ReplyClass.OPT_OUT


def test_a_short_stretch_of_our_text_is_not_taken_out_of_a_reply() -> None:
    assert classify("stop", own_texts=["Stop ((name))"]).reply_class is ReplyClass.OPT_OUT


def test_words_after_a_reaction_are_read() -> None:
    assert classify(f"Liked “{OURS}” stop texting me").reply_class is ReplyClass.OPT_OUT


@pytest.mark.parametrize(
    "text",
    [OURS, OURS.upper(), f"“{OURS}”", f"> {OURS}", "Free, confidential help is there if you"],
)
def test_our_own_text_sent_back_means_nothing_and_holds_nobody(text: str) -> None:
    reading = classify(text, own_texts=[OURS])
    assert reading.reply_class is ReplyClass.REVIEW
    assert (reading.suppresses, reading.holds) == (False, False)


@pytest.mark.parametrize("text", ["Reply STOP to opt out", '"Text STOP to end these messages"'])
def test_our_instruction_alone_means_nothing(text: str) -> None:
    assert not classify(text).holds


@pytest.mark.parametrize("text", [f"{OURS} STOP", f"{OURS}\nstop texting me", f"> {OURS}\nSTOP"])
def test_words_after_our_own_text_are_read(text: str) -> None:
    assert classify(text, own_texts=[OURS]).reply_class is ReplyClass.OPT_OUT


@pytest.mark.parametrize("text", ["STOP", "stop", "opt out"])
def test_a_keyword_that_our_text_holds_is_still_a_reply(text: str) -> None:
    assert classify(text, own_texts=[OURS]).reply_class is ReplyClass.OPT_OUT


@pytest.mark.parametrize(
    "signature",
    [
        "Sent from my iPhone",
        "Sent from Outlook for Android",
        "Get Outlook for iOS",
        "Anfonwyd o fy iPhone",
    ],
)
def test_a_phones_signature_is_not_part_of_the_reply(signature: str) -> None:
    assert classify(f"Stop\n\n{signature}").reply_class is ReplyClass.OPT_OUT
    assert classify(f"START\n{signature}").reply_class is ReplyClass.OPT_IN
