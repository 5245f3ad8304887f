"""What a requester is told to think about before a text goes out."""

import pytest

from outreach.domain.wording import WarningKind, addresses_from_list, warnings

SAFE = "If things are hard, free and confidential help is here: ((link)) Reply STOP to opt out"


def kinds(body: str, **more: object) -> list[WarningKind]:
    return [warning.kind for warning in warnings(body, **more)]  # type: ignore[arg-type]


def test_a_safe_text_has_no_warnings() -> None:
    assert warnings(SAFE) == ()


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Worried about drugs?", WarningKind.DRUGS),
        ("Cyffuriau: help", WarningKind.DRUGS),
        ("County lines affects you", WarningKind.DRUGS),
        ("From the Police", WarningKind.POLICE),
        ("An officer will call", WarningKind.POLICE),
        ("We are investigating", WarningKind.CRIME),
        ("after your arrest", WarningKind.CRIME),
        ("seized a phone", WarningKind.CRIME),
        ("being exploited", WarningKind.EXPLOITATION),
        ("Are you safe from abuse", WarningKind.ABUSE),
        ("Recovery support", WarningKind.HEALTH),
    ],
)
def test_words_that_give_the_person_away_are_named_with_what_others_infer(
    words: str, kind: WarningKind
) -> None:
    (warning,) = warnings(f"{words}. {SAFE}")
    assert warning.kind == kind
    assert warning.found
    assert "infer" in warning.inference


@pytest.mark.parametrize("words", ["drugstore", "policy", "crackerjack", "courtesy"])
def test_words_within_words_are_not_meant(words: str) -> None:
    assert kinds(f"{words} {SAFE}") == []


def test_an_operation_is_named_by_its_form_or_by_the_campaign() -> None:
    assert kinds(f"Operation Larch. {SAFE}") == [WarningKind.OPERATION]
    assert kinds(f"About larch. {SAFE}", operation_names=["Larch"]) == [WarningKind.OPERATION]
    (warning,) = warnings(f"Operation Larch. {SAFE}", operation_names=["Larch"])
    assert warning.found == ("Operation Larch",)


def test_conditional_text_and_the_service_name_are_read_too() -> None:
    assert kinds(f"((a??about drugs)) {SAFE}") == [WarningKind.DRUGS]
    assert kinds(SAFE, service_name="Westshire Police") == [WarningKind.POLICE]
    assert kinds(SAFE, sender="POLICE") == [WarningKind.POLICE]


def test_a_text_without_link_or_with_everybodys_link_is_told() -> None:
    assert kinds("Help. Reply STOP to opt out") == [WarningKind.NO_LINK]
    assert kinds("https://example.org Reply STOP") == [WarningKind.NO_REFERRAL_CODE]
    assert kinds("Code ((code)) at example.org.uk. STOP ends") == []


def test_a_shortened_link_is_told() -> None:
    assert kinds(f"bit.ly/x {SAFE}") == [WarningKind.SHORT_LINK]


@pytest.mark.parametrize(
    "end", ["Reply STOP", "To opt out text us", "Atebwch STOPIO", "unsubscribe"]
)
def test_ways_to_opt_out_are_recognised(end: str) -> None:
    assert kinds(f"Help ((link)). {end}") == []


def test_a_text_that_does_not_say_how_to_opt_out_is_told() -> None:
    assert kinds("Help is here: ((link))") == [WarningKind.NO_OPT_OUT]


def test_a_stop_that_cannot_arrive_is_told() -> None:
    assert kinds(SAFE, sender_receives_replies=False) == [WarningKind.REPLY_CANNOT_ARRIVE]
    assert kinds("((link)) has a way to opt out", sender_receives_replies=False) == []


def test_costly_and_lost_characters_are_told() -> None:
    assert kinds(f"Cŵn. {SAFE}") == [WarningKind.DOUBLE_PRICE]
    (warning,) = warnings(f"🌟 {SAFE}")
    assert (warning.kind, warning.found) == (WarningKind.SHOWN_AS_QUESTION_MARK, ("🌟",))


@pytest.mark.parametrize("markup", ["((a??call (free)))", "((name)", "((a??x ((b)) y))"])
def test_brackets_that_people_would_see_are_told(markup: str) -> None:
    assert kinds(f"{markup} {SAFE}") == [WarningKind.BRACKETS_SHOWN]


def test_an_address_that_only_the_list_brings_is_told() -> None:
    (told,) = addresses_from_list(["Ann", '=HYPERLINK("http://bad.example","Ann")', "Bo"])
    assert told.kind is WarningKind.ADDRESS_FROM_LIST
    assert "http://bad.example" in told.text
    assert "as if you had written it" in told.inference
    assert list(addresses_from_list(["Ann", "St. John", "Ms. A. Lee"])) == []
