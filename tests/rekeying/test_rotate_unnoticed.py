"""What others must not notice while keys are changed: recipients, and whoever approves."""

from flask import Flask

from outreach.domain.actor import Actor
from outreach.domain.campaign import CampaignStatus
from outreach.extensions import db
from outreach.models import Campaign
from outreach.recipients import queries as recipients
from outreach.referrals.queries import find_by_code
from outreach.rekeying import service as rekeying
from tests.conftest import PublicClient, both_databases
from tests.factories import make_campaign
from tests.referrals.released import HEADING, release
from tests.rekeying.rings import FIRST, SECOND, restarted


@both_databases
def test_page_of_a_code_opens_before_during_and_after(
    app: Flask, partner_organisation: object
) -> None:
    code = release(3).people[1].code
    with restarted(app, SECOND, FIRST) as again:
        again.test_client_class = PublicClient
        browser = again.test_client()

        def opens() -> bool:
            page = browser.get(f"/h/{code}")
            return HEADING in page.text and find_by_code(code) is not None

        assert opens()
        for _ in rekeying.rekey(by=Actor.job("tests"), wait=lambda _: None):
            assert opens()
        assert opens()
        assert HEADING not in browser.get("/h/0000-0000-0").text


def test_approval_stays_good_through_a_change_of_keys(app: Flask) -> None:
    campaign_id = make_campaign(app, CampaignStatus.APPROVED).id
    digest = recipients.list_digest(campaign_id)
    with restarted(app, SECOND, FIRST):
        assert recipients.list_digest(campaign_id) == digest
        list(rekeying.rekey(by=Actor.job("tests"), wait=lambda _: None))
        db.session.rollback()
        assert recipients.list_digest(campaign_id) == digest
        assert db.session.get_one(Campaign, campaign_id).status is CampaignStatus.APPROVED
