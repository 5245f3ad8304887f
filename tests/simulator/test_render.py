"""Placeholders, clean-up, sanitising, length and fragments (contract sections 10 and 12)."""

import pytest

from outreach.simulator.builtin import BRACKETS_TEMPLATE, WELSH_TEMPLATE, builtin_templates
from outreach.simulator.text import (
    FORCES_UCS2,
    GSM,
    WELSH,
    count_fragments,
    fill,
    missing_names,
    placeholder_names,
    render,
    render_text,
    sanitise,
    tidy,
)
from tests.simulator.fixtures import Api
from tests.simulator.server import SimulatorProcess


@pytest.mark.parametrize(
    ("body", "values", "text"),
    [
        ("Hi ((name)), your", {"name": ""}, "Hi, your"),
        ("((First Name))", {"first_name": "Ann"}, "Ann"),
        ("((first-name))", {"FIRSTNAME": "Ann"}, "Ann"),
        ("((Ti me))", {"time": "9am"}, "9am"),
        ("(((name)))", {"name": "Ann"}, "(Ann)"),
        ("((list))", {"list": ["A", "B"]}, "A and B"),
        ("((list))", {"list": ["A", "B", "C"]}, "A, B and C"),
        ("((list))", {"list": ["A"]}, "A"),
        ("((list))!", {"list": []}, "!"),
        ("((n))", {"n": 5}, "5"),
        ("((n))", {"n": True}, "True"),
        ("((a))", {"a": "((b))", "b": "no"}, "((b))"),
        ("a ((x?? b)) c", {"x": "yes"}, "a b c"),
        ("((x??a??b))", {"x": "yes"}, "a??b"),
        ("((x??a ((y)) b))", {"x": "yes", "y": "Y"}, "((x??a Y b))"),
        ("((x??late (10pm)))", {"x": "yes"}, "((x??late (10pm)))"),
        ("<b>&amp;", {}, "<b>&amp;"),
        ("((a)) ((A))", {"a": "1"}, "1 1"),
        ("a\u2009b\u3000c", {}, "a b c"),
        ("((list))", {"list": [" A\u200b ", None, " ", "B\u00a0"]}, "A and B"),
    ],
)
def test_values_go_into_placeholders(body: str, values: dict[str, object], text: str) -> None:
    assert render_text(body, values) == text


@pytest.mark.parametrize("word", ["yes", "Y", "true", "T", "1", "include", "SHOW", 1, True])
def test_a_conditional_is_shown_for_a_word_of_consent(word: object) -> None:
    assert fill("((x??shown))", {"x": word}) == "shown"


@pytest.mark.parametrize("word", ["no", "", "0", "yes please", " yes", "ok", 0, False])
def test_a_conditional_is_hidden_for_anything_else(word: object) -> None:
    assert fill("((x??shown))", {"x": word}) == ""


def test_names_are_listed_once_as_first_written_and_conditionals_by_their_name() -> None:
    body = "((Name)) ((x??a)) ((na me)) ((y))"
    assert placeholder_names(body) == ["Name", "x", "y"]
    assert missing_names(body, {"NAME": "", "x": None}) == ["x", "y"]


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("– — \u2011 −", "- - - -"),
        ("…", "..."),
        ("‘a’ ‚b‘ “c” „d“", "'a' 'b' \"c\" \"d\""),
        ("a\u00a0b\tc", "a b c"),
        ("a\u200b\u200c\u2060\ufeff\u180e\u2028\u2029b", "ab"),
        ("Ł ł", "L l"),
        ("ã č ç ñ", "a c c ñ"),
        ("Ç Ñ ß é", "Ç Ñ ß é"),
        ("½ © ® ™ №", "? ? ? ? ?"),
        ("`", "?"),
        ("😀", "?"),
        ("Привет", "??????"),
        ("tŷ dŵr Ẅ ỳ", "tŷ dŵr Ẅ ỳ"),
        ("\u2010", "?"),
        ("ấ Ẵ ǘ", "â ? ü"),
        ("^{}\\[]~|€", "^{}\\[]~|€"),
    ],
)
def test_characters_are_kept_replaced_or_lost(written: str, sent: str) -> None:
    assert sanitise(written) == sent


def test_the_accented_letters_of_welsh_are_56_and_43_of_them_force_ucs2() -> None:
    assert (len(WELSH), len(FORCES_UCS2), len(WELSH & GSM)) == (56, 43, 13)


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("a   b", "a b"),
        ("  a  \n  b  ", "a\nb"),
        ("a , b .", "a, b."),
        ("a\n\n\n\nb", "a\n\nb"),
        ("\n\na\n\n", "a"),
        ("a\r\nb", "a\nb"),
    ],
)
def test_white_space_is_tidied(written: str, sent: str) -> None:
    assert tidy(written) == sent


@pytest.mark.parametrize(
    ("text", "fragments"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("a" * 918, 6),
        ("ŵ" * 70, 1),
        ("ŵ" * 71, 2),
        ("ŵ" * 134, 2),
        ("ŵ" * 135, 3),
        ("ŵ" + "a" * 917, 14),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("€" * 918, 12),
        ("é" * 160, 1),
        ("€ŵ" * 35, 1),
        ("ấ" * 160, 1),
        ("…" * 54, 2),
        ("😀" * 161, 2),
    ],
)
def test_fragments_follow_the_encoding(text: str, fragments: int) -> None:
    assert count_fragments(text) == fragments


def test_the_prefix_counts_for_fragments_and_reaches_the_phone_but_no_answer(
    notify: SimulatorProcess, api: Api
) -> None:
    notify.control.service(has_prefix=True, name="Clinic")
    template = notify.control.add_template("Exactly one", "a" * 160)
    sent = api.send(template_id=template).json()
    assert sent["content"]["body"] == "a" * 160
    assert api.get(f"/v2/notifications/{sent['id']}").json()["body"] == "a" * 160
    message = notify.control.messages()[0]
    assert message.sent_text == "Clinic: " + "a" * 160
    assert message.fragments == 2


@pytest.mark.parametrize(
    ("body", "length", "sent"),
    [
        ("hello", 5, "Clinic: hello"),
        (", hello", 6, "Clinic:, hello"),
        ("  ", 0, "Clinic:"),
    ],
)
def test_the_length_is_that_of_the_sent_text_less_the_prefix(
    body: str, length: int, sent: str
) -> None:
    rendered = render(body, {}, " Clinic ".strip())
    assert (rendered.length, rendered.sent) == (length, sent)


def test_918_double_characters_are_legal(notify: SimulatorProcess, api: Api) -> None:
    template = notify.control.add_template("Gap", "((gap))")
    answer = api.send(template_id=template, personalisation={"gap": "€" * 918})
    assert answer.status_code == 201
    assert notify.control.messages()[0].fragments == 12


def test_the_built_in_welsh_text_forces_ucs2_and_the_faulty_one_shows_its_brackets() -> None:
    bodies = {item["id"]: item["body"] for item in builtin_templates()}
    assert not FORCES_UCS2.isdisjoint(bodies[WELSH_TEMPLATE])
    values = {"link": "https://x.example", "evening": "yes"}
    assert "((evening??" in render_text(bodies[BRACKETS_TEMPLATE], values)
