"""Whose a code is: only while its campaign is released and not erased."""

from collections.abc import Callable

import pytest
from sqlalchemy import update

from outreach import clock
from outreach.domain.referral import new_code, spoken
from outreach.extensions import db
from outreach.models import Campaign, Organisation
from outreach.referrals.queries import find_by_code
from outreach.transaction import transaction
from tests.conftest import both_databases
from tests.referrals.released import release


@both_databases
def test_a_code_leads_to_the_person_it_was_given_to(partner_organisation: Organisation) -> None:
    released = release(3)
    for person in released.people:
        match = find_by_code(person.code)
        assert match is not None
        assert match.recipient_id == person.recipient_id
        assert match.phone_digest == person.phone_digest
        assert match.campaign.id == released.campaign_id


@pytest.mark.parametrize(
    "typing",
    [spoken, str.lower, lambda code: f"  {spoken(code).lower()} ", lambda c: c.replace("0", "O")],
)
def test_a_code_is_found_however_it_is_typed(
    partner_organisation: Organisation, typing: Callable[[str], str]
) -> None:
    person = release(1).people[0]
    match = find_by_code(typing(person.code))
    assert match is not None
    assert match.recipient_id == person.recipient_id


@pytest.mark.parametrize("code", ["", "not a code", "0000-0000-0", "ABCD-EFGH-J", "x" * 10_000])
def test_what_is_no_code_leads_nowhere(partner_organisation: Organisation, code: str) -> None:
    release(1)
    assert find_by_code(code) is None


def test_an_unknown_code_leads_nowhere(partner_organisation: Organisation) -> None:
    release(1)
    assert find_by_code(new_code()) is None


def test_no_code_counts_before_release(partner_organisation: Organisation) -> None:
    assert find_by_code(release(1, is_released=False).people[0].code) is None


def test_no_code_counts_once_the_campaign_is_erased(partner_organisation: Organisation) -> None:
    released = release(1)
    with transaction():
        db.session.execute(update(Campaign).values(erased_at=clock.now()))
    assert find_by_code(released.people[0].code) is None
