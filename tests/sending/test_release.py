"""Releasing an approved campaign."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from outreach.domain.access import Role
from outreach.domain.campaign import CampaignStatus
from outreach.domain.errors import ChangedMeanwhile, Incomplete, MoveRefused
from outreach.extensions import db
from outreach.models import AuditEvent, Campaign
from outreach.sending import queries, service
from outreach.sending.queries import Funnel
from outreach.transaction import transaction
from tests.conftest import both_databases
from tests.factories import a_list, acting, cast, make_campaign
from tests.sending.conftest import approve, messages, send, statuses

FIFTY = a_list([f"07700 9005{n:02}" for n in range(50)], ["Jo"] * 50)


@both_databases
def test_every_accepted_recipient_gets_one_message_with_its_own_reference(released) -> None:
    campaign = released(recipients=FIFTY)
    found = messages(campaign)
    assert len(found) == 50
    assert len({message.reference for message in found}) == 50
    assert {message.status.value for message in found} == {"pending"}
    assert queries.funnel(campaign.id) == Funnel(waiting=50)


@both_databases
def test_slices_send_everything_once(released, notify) -> None:
    campaign = released(recipients=FIFTY)
    send(3)
    assert len({text.to for text in notify.sent}) == len(notify.sent) == 50
    assert set(statuses(campaign)) == {"accepted"}
    assert queries.funnel(campaign.id) == Funnel(sent=50)
