"""Notify's phone number rules, row by row (contract section 11, observed section 2)."""

import pytest

from outreach.simulator.phone import PhoneRefused, normalise_sender, read_number
from tests.simulator.fixtures import Api, errors
from tests.simulator.server import SimulatorProcess

NOT_VALID = "Number is not valid – double check the phone number you entered"
LETTERS = "Must not contain letters or symbols"
SHORT = "Not enough digits"
LONG = "Too many digits"


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("07700 900123", "447700900123"),
        ("+44 (0)7700 900123", "447700900123"),
        ("00447700900123", "447700900123"),
        ("7700900123", "447700900123"),
        ("0+447700900123", "447700900123"),
        ("000007700900123", "447700900123"),
        ("+07700900123", "447700900123"),
        ("0+44(0)7700900123", "447700900123"),
        ("07700–900123", "447700900123"),
        ("07700\u2011900123", "447700900123"),
        ("07700\u200b900123", "447700900123"),
        ("07700\u00a0900123", "447700900123"),
        ("07700\u2212900123", "447700900123"),
        ("07700\u2014900123\u202f", "447700900123"),
        ("+44 7700 900 123", "447700900123"),
        ("0770012345", "44770012345"),
        ("0770090012", "44770090012"),
        ("07700900", "447700900"),
        ("07012345678", "447012345678"),
        ("07000900123", "447000900123"),
    ],
)
def test_a_number_notify_takes_for_british(written: str, normal: str) -> None:
    number = read_number(written)
    assert (number.normalised, number.is_international) == (normal, False)


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("0771234567890", LONG),
        ("+4477123456789", LONG),
        ("+999123456789", LONG),
        ("0771234567", NOT_VALID),
        ("+44771234567", NOT_VALID),
        ("08001111111", NOT_VALID),
        ("08451234567", NOT_VALID),
        ("09001234567", NOT_VALID),
        ("09098790123", NOT_VALID),
        ("07600123456", NOT_VALID),
        ("01632960001", NOT_VALID),
        ("0770090012307700900124", NOT_VALID),
        ("7700900123.0", LETTERS),
        ("4.47701E+11", LETTERS),
        ("'07700900123", LETTERS),
        ("\uff10\uff17700900123", LETTERS),
        ("07700900123,", LETTERS),
        ("(0)7700-900.123", LETTERS),
        ("hello", LETTERS),
        ("999", SHORT),
        ("07555", SHORT),
        ("60006", SHORT),
        ("", SHORT),
        (" ", NOT_VALID),
        ("07700\u2010900123", LETTERS),
        ("+881612345678", "Not a valid country prefix"),
    ],
)
def test_a_number_notify_does_not_try(api: Api, written: str, reason: str) -> None:
    assert errors(api.send(phone_number=written)) == [("ValidationError", f"phone_number {reason}")]


@pytest.mark.parametrize(
    ("written", "normal", "multiplier"),
    [
        ("077123456789", "77123456789", 10),
        ("077009001234", "77009001234", 10),
        ("33612345678", "33612345678", 2),
        ("+33612345678", "33612345678", 2),
        ("+12025550123", "12025550123", 1),
        ("+353861234567", "353861234567", 2),
    ],
)
def test_a_foreign_number_needs_the_international_switch(
    notify: SimulatorProcess, api: Api, written: str, normal: str, multiplier: float
) -> None:
    number = read_number(written)
    assert (number.normalised, number.multiplier) == (normal, multiplier)
    assert api.send(phone_number=written).status_code == 201
    notify.control.service(may_text_abroad=False)
    message = "Cannot send to international mobile numbers"
    assert errors(api.send(phone_number=written)) == [("BadRequestError", message)]


@pytest.mark.parametrize(
    "written", ["07624123456", "07797123456", "07781123456", "07829901234", "07911123456"]
)
def test_a_crown_dependency_costs_double_and_needs_no_switch(
    notify: SimulatorProcess, api: Api, written: str
) -> None:
    number = read_number(written)
    assert number.is_international
    assert not number.needs_international_permission
    assert number.multiplier == 2
    notify.control.service(may_text_abroad=False, international_daily_limit=0)
    assert api.send(phone_number=written).status_code == 201


@pytest.mark.parametrize("written", ["02079460991", "03001234567", "01534123456"])
def test_a_landline_is_not_a_mobile(api: Api, written: str) -> None:
    answer = api.send(phone_number=written)
    assert errors(answer) == [("InvalidPhoneError", "Not a UK mobile number")]


def test_a_landline_meets_the_team_rule_first(notify: SimulatorProcess, api: Api) -> None:
    answer = api.send(phone_number="02079460991", key=notify.team_api_key)
    assert "team-only" in errors(answer)[0][1]


def test_what_was_typed_comes_back_and_what_it_means_is_counted(
    notify: SimulatorProcess, api: Api
) -> None:
    sent = api.send(phone_number=" +44 7700 900 123 ").json()
    read = api.get(f"/v2/notifications/{sent['id']}").json()
    assert read["phone_number"] == "+44 7700 900 123"
    assert notify.control.counts() == {"447700900123": 1}


@pytest.mark.parametrize(
    ("written", "stored"),
    [("+447700900123", "447700900123"), ("07700 900123", "447700900123"), ("HMRC", "HMRC")],
)
def test_a_sender_that_is_no_number_passes_through(written: str, stored: str) -> None:
    assert normalise_sender(written) == stored


def test_a_refusal_is_remembered_as_a_refusal() -> None:
    for _ in range(2):
        with pytest.raises(PhoneRefused, match=SHORT):
            read_number("999")
