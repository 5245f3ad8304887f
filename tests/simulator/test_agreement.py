"""The product's own rules and the simulator's, written apart, say the same."""

from hypothesis import given
from hypothesis import strategies as st

from outreach.domain.template import CompiledTemplate, placeholders
from outreach.simulator.builtin import TEXTS
from outreach.simulator.text import FORCES_UCS2, GSM_DOUBLE, placeholder_names, render, sanitise

CHARACTERS = st.sampled_from(
    "ab c,. \n\t-–—…‘’“”\u2010\u2011\u2212\u00a0\u202f\u2009\u3000\u200b\u200d\ufeff\u2028\r\x0b"
    "ŵŷéèâẅÿñçÇãčŁłấẴǘ€^{}\\[]~|`😀Ж½£@\"'"
)
WORDS = st.text(CHARACTERS, max_size=25) | st.text(max_size=6)
VALUES = st.fixed_dictionaries({"name": WORDS, "First Name": WORDS, "yes_no": st.just("YES")})
PIECES = WORDS | st.sampled_from(
    ["((name))", "((NA-ME))", "(((name)))", "((first_name))", "((yes no??shown ŵ))"]
    + ["((yesno??a ((name)) b))", "((", "))", "(", "??"]
)
BODIES = st.lists(PIECES, max_size=8).map("".join)


@given(BODIES, VALUES, st.sampled_from(["", "Clinic", "Tŷ", "A  b"]))
def test_text_length_and_fragments_agree(body: str, values: dict[str, str], prefix: str) -> None:
    known = placeholders(body)
    values = {**values, **{name: "x" for name in known if name not in values}}
    ours = CompiledTemplate(body, prefix=prefix).render_and_count(values)
    theirs = render(body, values, prefix or None)
    assert ours.text == theirs.sent
    assert (ours.length, ours.fragments) == (theirs.length, theirs.fragments)


@given(BODIES)
def test_placeholders_agree(body: str) -> None:
    assert list(placeholders(body)) == placeholder_names(body)


@given(st.text(max_size=30))
def test_sanitising_keeps_only_what_a_text_can_carry(text: str) -> None:
    allowed = set(sanitise(text)) - FORCES_UCS2 - GSM_DOUBLE
    assert all(sanitise(character) == character for character in allowed)


def test_the_built_in_texts_agree() -> None:
    values = {"name": "Siân", "link": "https://x.example/h/ABCD", "code": "AB", "evening": "y"}
    for item in TEXTS:
        ours = CompiledTemplate(item["body"]).render_and_count(values)
        theirs = render(item["body"], values)
        assert (ours.text, ours.fragments) == (theirs.sent, theirs.fragments)
