"""Campaigns in every state that has a page of its own."""

from flask import Flask

from outreach.domain.campaign import CampaignStatus
from tests.factories import make_campaign, notify_of
from tests.site import Ids


def every_state(app: Flask) -> Ids:
    template = notify_of(app).add_template()
    unsafe = notify_of(app).add_template("Unsafe words", "Police found drugs. Operation Larkspur.")
    made: Ids = {
        "begun": make_campaign(app, is_complete=False, template=template).id,
        "ready": make_campaign(app, template=template).id,
        "unsafe": make_campaign(app, template=unsafe).id,
    }
    for status in CampaignStatus:
        made[status.value] = make_campaign(app, status, template=template, title=status.title()).id
    return made
