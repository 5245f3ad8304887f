"""Placeholders and rendering as Notify does it (contract section 12)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.domain.template import (
    MAX_LENGTH,
    CompiledTemplate,
    Counted,
    Measured,
    MissingPersonalisation,
    normalise_key,
    placeholders,
    render,
)


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ("Hi", ()),
        ("Hi ((name))", ("name",)),
        ("((First Name)) ((first_name)) ((FIRST-NAME))", ("First Name",)),
        ("((a)) ((b??shown)) ((a))", ("a", "b")),
        ("((b??shown)) ((b))", ("b",)),
        ("(((name)))", ("name",)),
        ("((name)", ()),
        ("(name)", ()),
        ("(())", ()),
        ("((a??text (with) brackets))", ()),
        ("((a??hello ((b)) there))", ("b",)),
        ("((a??x??y))", ("a",)),
        ("((link)) ((code))", ("link", "code")),
        ("((two\nlines))", ("two\nlines",)),
    ],
)
def test_placeholders_are_found_once_each_as_first_written(
    body: str, names: tuple[str, ...]
) -> None:
    assert placeholders(body) == names


@pytest.mark.parametrize(
    ("body", "values", "text"),
    [
        ("Hi ((name)), your", {"name": "Ann"}, "Hi Ann, your"),
        ("Hi ((name)), your", {"name": ""}, "Hi, your"),
        ("((First Name))", {"first_name": "Ann"}, "Ann"),
        ("((first_name))", {"FIRST-NAME": "Ann"}, "Ann"),
        ("(((place)))", {"place": "here"}, "(here)"),
        ("((a)) and ((a))", {"a": "x"}, "x and x"),
        ("((a))", {"a": "((b))", "b": "no"}, "((b))"),
        ("Come((a?? early))", {"a": "yes"}, "Come early"),
        ("Come((a?? early))", {"a": "YES"}, "Come early"),
        ("Come((a?? early))", {"a": "no"}, "Come"),
        ("Come((a?? early))", {"a": ""}, "Come"),
        ("Come((a?? early))", {"a": " yes"}, "Come"),
        ("((a??x??y))", {"a": "1"}, "x??y"),
        ("((a??x (y) z))", {}, "((a??x (y) z))"),
        ("((a??hi ((b)) you))", {"b": "B"}, "((a??hi B you))"),
        ("<b>((a))</b> &", {"a": "<i>"}, "<b><i></b> &"),
        ("Hi ((name))", {"name": "Zoë \u2013 😀"}, "Hi Zoë - ?"),
        ("a  b\n\n\n\n((x)) .", {"x": " c "}, "a b\n\nc."),
        ("Hi", {"extra": "x"}, "Hi"),
    ],
)
def test_a_text_is_rendered_as_notify_sends_it(
    body: str, values: dict[str, str], text: str
) -> None:
    assert render(body, values) == text


@pytest.mark.parametrize("shown", ["yes", "y", "true", "t", "1", "include", "show", "Show", "TRUE"])
def test_conditional_text_is_shown_for_notifys_words(shown: str) -> None:
    assert render("((a??text))", {"a": shown}) == "text"


@pytest.mark.parametrize("hidden", ["on", "2", "yes!", "ja", "yes please", "0", "false"])
def test_conditional_text_is_hidden_for_anything_else(hidden: str) -> None:
    assert render("((a??text))", {"a": hidden}) == ""


def test_a_missing_value_is_named_as_the_template_writes_it() -> None:
    with pytest.raises(MissingPersonalisation, match="First Name, time") as refused:
        render("((First Name)) ((time??x)) ((here))", {"here": "x"})
    assert refused.value.names == ("First Name", "time")


def test_names_are_compared_without_case_spaces_and_what_nobody_sees() -> None:
    assert normalise_key(" Phone_Number-\u200b\ufeff\u00a0") == "phonenumber"


def test_a_service_name_costs_fragments_but_no_characters_of_the_limit() -> None:
    template = CompiledTemplate("((a))", prefix=" Local clinic ")
    text, measured = template.render_and_count({"a": "x" * 155})
    assert text == "Local clinic: " + "x" * 155
    assert measured == Measured(155, 2)
    assert not template.render_and_count({"a": "x" * MAX_LENGTH}).measured.is_too_long
    assert template.render_and_count({"a": "x" * 919}).measured.is_too_long


def test_the_limit_is_918_characters() -> None:
    template = CompiledTemplate("((a))")
    assert not template.count(["€" * 918]).measured.is_too_long
    assert template.count(["a" * 919]).measured.is_too_long
    assert template.count([" \n "]).measured.is_empty


def test_fixed_values_are_filled_in_and_leave_no_gap() -> None:
    template = CompiledTemplate("Hi ((name)): ((Link))", fixed={"link": "https://x/h/A"})
    assert template.placeholders == ("name", "Link")
    assert template.gaps == ("name",)
    assert template.render_and_count({"name": "Ann"}) == Counted(
        "Hi Ann: https://x/h/A", Measured(21, 1)
    )


def test_characters_that_get_lost_are_named() -> None:
    measured = CompiledTemplate("Hi ((a))").count(["😀ŵ"]).measured
    assert measured.replaced == ("😀",)
    assert measured.is_unicode


pieces = st.sampled_from(
    ["((a))", "((b))", "((c??shown ŵ))", " ", ".", ",", "Hi", "€", "ŵ", "\n", "😀", "\u200b", "…"]
)
values = st.text(alphabet="ab .,\n\tŵ€…😀\u00a0\u200b'-\x1f\x1b", max_size=30) | st.sampled_from(
    ["Ann", "Jo-Anne O'Brien", "yes", "x" * 200, "Siân Tŵm"]
)


@given(
    body=st.lists(pieces, max_size=12).map("".join),
    prefix=st.sampled_from(["", "Clinic", "Ŵ 😀"]),
    a=values,
    b=values,
    c=values,
)
def test_the_quick_measure_is_the_same_as_the_whole_one(
    body: str, prefix: str, a: str, b: str, c: str
) -> None:
    template = CompiledTemplate(body, prefix=prefix)
    by_key = {"a": a, "b": b, "c": c}
    filled = [by_key[key] for key in template.keys]
    quick = template.measure_ordinary(filled)
    assert quick in {None, template.count(filled).measured}


def test_ordinary_values_are_measured_the_quick_way() -> None:
    template = CompiledTemplate("Hi ((a)) ((b))((a)), x")
    for ordinary in (["Ann", "Jo-Anne O'Brien"], ["Siân", "£5 & more"], ["x" * 900, "y"]):
        assert template.measure_ordinary(ordinary) == template.count(ordinary).measured
    for odd in (["", "x"], [" Ann", "x"], ["a  b", "x"], ["😀", "x"], [".", "x"], ["€", "x"]):
        assert template.measure_ordinary(odd) is None
