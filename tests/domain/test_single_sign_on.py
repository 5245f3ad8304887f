"""What claims are worth: roles by rules only, addresses that were checked, proofs of now."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.domain.access import Role
from outreach.domain.single_sign_on import (
    RoleRules,
    RoleRulesUnreadable,
    claimed_values,
    display_name,
    has_second_step,
    is_proved_since,
    proved_at,
    subject_key,
    verified_address,
)

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


def test_rules_are_read_with_values_that_hold_spaces_and_equals() -> None:
    rules = RoleRules.parse("groups", " Outreach senders=requester ;CN=a,DC=b=admin; ")
    assert rules.roles == (("Outreach senders", Role.REQUESTER), ("CN=a,DC=b", Role.ADMIN))


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("groups", ""),
        ("groups", "senders"),
        ("groups", "senders=manager"),
        ("groups", "charity=partner"),
        ("groups", "=admin"),
        ("groups", "x="),
        ("", "senders=requester"),
    ],
)
def test_rules_that_cannot_be_meant_are_refused(claim: str, text: str) -> None:
    with pytest.raises(RoleRulesUnreadable):
        RoleRules.parse(claim, text)


@given(st.dictionaries(st.sampled_from(["groups", "roles", "sub", "email"]), JSON))
def test_no_claims_give_a_role_that_the_rules_do_not_name(claims: dict[str, object]) -> None:
    rules = RoleRules("groups", (("senders", Role.REQUESTER),))
    held = claims.get("groups")
    is_named = held == "senders" or (isinstance(held, list) and "senders" in held)
    assert rules.roles_of(claims) == ({Role.REQUESTER} if is_named else frozenset())


def test_value_counts_whole_and_as_it_is_written() -> None:
    rules = RoleRules("groups", (("senders", Role.REQUESTER),))
    for held in ("Senders", "senders ", "my-senders", ["senders2"], {"senders": True}, None):
        assert rules.roles_of({"groups": held}) == frozenset()


def test_claim_inside_another_is_found_and_one_with_a_dot_in_its_name_too() -> None:
    assert claimed_values({"realm_access": {"roles": ["a"]}}, "realm_access.roles") == {"a"}
    assert claimed_values({"https://x.example/roles": "b"}, "https://x.example/roles") == {"b"}
    assert claimed_values({"a": "text"}, "a.b.c") == frozenset()


@pytest.mark.parametrize("told", [False, None, "false", "no", 1, [True], {}])
def test_address_counts_only_where_it_was_checked(told: object) -> None:
    claims = {"email": "Pat@Force.example.org", "email_verified": told}
    assert verified_address(claims, "email_verified") is None


@pytest.mark.parametrize("told", [True, "true", "True"])
def test_checked_address_is_read_in_lower_case(told: object) -> None:
    claims = {"email": "Pat@Force.example.org", "verified": told}
    assert verified_address(claims, "verified") == "pat@force.example.org"


@pytest.mark.parametrize("email", [None, "", "nobody", 7, ["a@b.example"]])
def test_what_is_no_address_is_none(email: object) -> None:
    assert verified_address({"email": email, "email_verified": True}, "email_verified") is None


@given(st.text())
def test_name_is_one_line_and_not_endless(name: str) -> None:
    shown = display_name({"name": name}, "pat@force.example.org")
    assert 0 < len(shown) <= 120
    assert "\n" not in shown


@given(JSON)
def test_time_of_proof_is_a_time_or_nothing(told: object) -> None:
    at = proved_at({"auth_time": told})
    assert at is None or at.tzinfo is UTC


def test_proof_counts_from_when_it_was_asked_for() -> None:
    for seconds, counts in ((-3600, False), (-61, False), (-60, True), (0, True), (30, True)):
        told = (NOW + timedelta(seconds=seconds)).timestamp()
        assert is_proved_since({"auth_time": told}, NOW) is counts, seconds
    assert not is_proved_since({}, NOW)


def test_second_step_counts_only_where_the_operator_trusts_it() -> None:
    claims = {"amr": ["pwd", "mfa"], "acr": "urn:gov:two"}
    assert has_second_step(claims, {"mfa"})
    assert has_second_step(claims, {"urn:gov:two"})
    assert not has_second_step(claims, {"otp"})
    assert not has_second_step(claims, ())
    assert not has_second_step({"amr": "pwd mfa"}, {"mfa"})


def test_subject_belongs_to_its_issuer() -> None:
    assert subject_key("https://a.example", "1") == subject_key("https://a.example", "1")
    assert subject_key("https://a.example", "1") != subject_key("https://b.example", "1")
    assert subject_key("ab", "c") != subject_key("a", "bc")
