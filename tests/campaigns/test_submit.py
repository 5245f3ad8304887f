from flask import Flask
from outreach.domain.campaign import CampaignStatus
from tests.factories import make_campaign


def test_x(app: Flask) -> None:
    c = make_campaign(app, CampaignStatus.SUBMITTED)
    assert c.status is CampaignStatus.SUBMITTED
    assert len(c.content_digest) == 64
