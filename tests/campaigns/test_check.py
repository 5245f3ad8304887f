"""Checking the answers: everything shown, real texts by Notify, what is missing named."""

from collections.abc import Callable

from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from outreach.domain.access import Role
from tests.campaigns.reading import actions_of, events_of, words
from tests.factories import a_list, acting, allow, cast, make_campaign, notify_of, upload_list
from tests.fakes.notify import FakeNotify

See = Callable[..., BeautifulSoup]


def bubbles(soup: BeautifulSoup) -> list[str]:
    return [bubble.get_text() for bubble in soup.select(".app-phone__bubble")]


def test_page_shows_every_answer_with_a_way_to_change_it(
    app: Flask, requester: FlaskClient, see: See
) -> None:
    campaign = make_campaign(app)
    soup = see(requester, f"/campaigns/{campaign.id}/check")
    page = words(soup)
    for answer in (
        *("Public task: prevention of harm", "LARKSPUR-7", "Help is available, version 1"),
        *("Riverside Support", "0808 157 0123", "Free, private support", "Riverside listens."),
        *("Midnight to 11:59pm, every day, never on a bank holiday", "£100.00 without VAT"),
        *("As soon as it is released and the window is open", "2.4p a fragment, without VAT"),
    ):
        assert answer in page, answer
    changes = {str(link["href"]) for link in soup.select(".govuk-summary-list__actions a")}
    base = f"/campaigns/{campaign.id}"
    tasks = ("title", "purpose", "message", "partner", "schedule", "recipients")
    assert changes == {f"{base}/{task}?back=check" for task in tasks}


def test_previews_are_real_rows_filled_in_by_notify_with_nobodys_code(
    app: Flask, notify: FakeNotify, requester: FlaskClient, see: See
) -> None:
    campaign = make_campaign(app)
    soup = see(requester, f"/campaigns/{campaign.id}/check")
    shown = bubbles(soup)
    expected = zip(("Jo", "Alexandra", "Sŵyn"), shown, strict=True)
    assert all(f"Hello {name}." in text for name, text in expected)
    assert len(notify.previews) == 3
    assert {values["code"] for _, values in notify.previews} == {"ABCD-EFGH-J"}
    assert "07700" not in soup.text
    facts = [" ".join(each.text.split()) for each in soup.select(".app-phone__facts")]
    assert facts[0].startswith("162 characters, 2 fragments, £0.05 for each person")
    assert "3 fragments" in facts[2]
    assert "outside the basic set" in facts[2]


def test_looking_at_rows_and_showing_them_to_notify_are_recorded_first(
    app: Flask, notify: FakeNotify, requester: FlaskClient, see: See
) -> None:
    campaign_id = make_campaign(app).id
    notify.is_down = True
    see(requester, f"/campaigns/{campaign_id}/check")
    viewed, previewed = events_of(campaign_id)[-2:]
    assert (viewed.action, viewed.category) == ("recipients.viewed", "consultation")
    assert (previewed.action, previewed.category) == ("campaign.message_previewed", "disclosure")
    assert viewed.changes == previewed.changes == {"rows": "2, 3, 4"}


def test_page_without_notify_fills_in_the_texts_itself_and_says_so(
    app: Flask, notify: FakeNotify, requester: FlaskClient, see: See
) -> None:
    campaign_id = make_campaign(app).id
    notify.is_down = True
    soup = see(requester, f"/campaigns/{campaign_id}/check")
    assert "did not answer" in words(soup)
    assert "Hello Jo." in bubbles(soup)[0]


def test_unfinished_draft_names_everything_that_is_missing(
    app: Flask, requester: FlaskClient, see: See
) -> None:
    campaign = make_campaign(app, is_complete=False)
    soup = see(requester, f"/campaigns/{campaign.id}/check")
    named = [str(link["href"]) for link in soup.select(".govuk-inset-text a")]
    base = f"/campaigns/{campaign.id}"
    tasks = ("purpose", "message", "partner", "schedule", "recipients")
    assert named == [f"{base}/{task}?back=check" for task in tasks]
    assert soup.find(id="declaration") is None
    assert actions_of(campaign.id, "recipients.viewed") == []


def test_costs_follow_fragments_crown_dependencies_and_vat(
    app: Flask, requester: FlaskClient, see: See
) -> None:
    campaign_id = make_campaign(app, recipients=a_list(["07700 900123", "07797 712345"])).id
    page = words(see(requester, f"/campaigns/{campaign_id}/check"))
    assert "Fragments to pay for 6 (Crown dependency mobiles count double: 1)" in page
    assert "Cost without VAT £0.15" in page
    assert "VAT at 20% £0.03" in page
    assert "To pay £0.18" in page


def test_withheld_rows_are_counted_by_reason(app: Flask, requester: FlaskClient, see: See) -> None:
    numbers = ["07700 900123", "07700 900123", "0207 946 0000", "12"]
    campaign_id = make_campaign(app, recipients=a_list(numbers, ["Jo"] * 4)).id
    page = words(see(requester, f"/campaigns/{campaign_id}/check"))
    assert "Rows uploaded 4" in page
    assert "Will be texted 1" in page
    assert "Not texted: same number as an earlier row 1" in page
    assert "Not texted: landline 1" in page
    assert "Not texted: not a UK mobile number 1" in page


def test_words_that_the_list_brings_in_are_warned_about(
    app: Flask, requester: FlaskClient, see: See
) -> None:
    campaign_id = make_campaign(app, recipients=a_list(["07700 900123"], ["dealer"])).id
    assert "speaks of drugs" in words(see(requester, f"/campaigns/{campaign_id}/check"))


def test_address_that_the_list_brings_in_is_warned_about(
    app: Flask, requester: FlaskClient, see: See
) -> None:
    listed = a_list(["07700 900123"], ["www.elsewhere.example.org"])
    campaign_id = make_campaign(app, recipients=listed).id
    page = words(see(requester, f"/campaigns/{campaign_id}/check"))
    assert "brings web addresses of its own into the text" in page


def test_what_anybody_who_picks_up_the_phone_learns_is_told_for_a_harmless_text_too(
    app: Flask, requester: FlaskClient, see: See
) -> None:
    campaign_id = make_campaign(app).id
    page = words(see(requester, f"/campaigns/{campaign_id}/check"))
    assert "Is it safe in the wrong hands?" in page
    assert "somebody thinks this person may need help" in page
    assert "whose work can be looked up at https://" in page
    assert "No word was found that speaks of drugs" in page
    unsafe = notify_of(app).add_template("Words", "Police found drugs. ((link)) Reply STOP.")
    page = words(see(requester, f"/campaigns/{make_campaign(app, template=unsafe).id}/check"))
    assert "would infer that the person is wanted" in page
    assert "No word was found" not in page


def test_night_hours_are_pointed_out(app: Flask, requester: FlaskClient, see: See) -> None:
    campaign_id = make_campaign(app).id
    assert "reaches into the night" in words(see(requester, f"/campaigns/{campaign_id}/check"))


def test_template_that_drifted_is_pointed_out(
    app: Flask, notify: FakeNotify, requester: FlaskClient, see: See
) -> None:
    campaign = make_campaign(app)
    notify.edit_template(campaign.template_id, "New ((name)) ((link)) Reply STOP.")
    page = words(see(requester, f"/campaigns/{campaign.id}/check"))
    assert "version 2 would be sent, and version 1 was chosen" in page


def test_list_checked_against_another_message_is_not_previewed(
    app: Flask, notify: FakeNotify, requester: FlaskClient, see: See
) -> None:
    campaign_id = make_campaign(app).id
    other = allow(notify.add_template("Other", "((link)) ((else)) Reply STOP to opt out."))
    requester.post(f"/campaigns/{campaign_id}/message", data={"template": f"{other.id}:1"})
    page = words(see(requester, f"/campaigns/{campaign_id}/check"))
    assert "There is nothing to show until" in page


def test_a_second_list_counts_with_the_first(app: Flask, requester: FlaskClient, see: See) -> None:
    campaign = make_campaign(app)
    by = acting(cast().requester, Role.REQUESTER)
    upload_list(campaign, a_list(["07700 900150"], ["Max"]), by=by)
    assert "Will be texted 6" in words(see(requester, f"/campaigns/{campaign.id}/check"))
