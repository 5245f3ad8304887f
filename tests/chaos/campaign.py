"""The campaign that is sent under fire: drafted, approved and released through the services."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from flask import Flask

from outreach import vault
from outreach.domain.access import Role
from outreach.domain.campaign import CampaignStatus, move
from outreach.extensions import db
from outreach.models import Recipient, Setting
from outreach.sending import queries, service
from outreach.transaction import transaction
from tests.factories import acting, cast, make_campaign, notify_of
from tests.fakes.notify import FakeNotify
from tests.simulator.control_client import ControlClient


@dataclass(frozen=True)
class Sent:
    """What the driver knows of the campaign: who is on the list, by number (447…)."""

    campaign_id: UUID
    digests: Mapping[str, bytes]


def numbers(count: int) -> list[str]:
    """So many valid mobiles; nothing leaves this machine."""
    return [f"074{n:08d}" for n in range(1_000, 1_000 + count)]


def release_campaign(app: Flask, control: ControlClient, size: int, **settings: object) -> Sent:
    """In an application context of its own; the template is made in the simulator as well."""
    listed = numbers(size)
    rows = "\n".join(["phone number,name", *(f"{number},Jo" for number in listed), ""]).encode()
    with app.app_context():
        real = app.extensions["outreach_gateway"]
        campaign = make_campaign(
            app, CampaignStatus.SUBMITTED, recipients=rows, budget_pence=10_000_000
        )
        _copy_template(notify_of(app), campaign.template_id, control)
        app.extensions["outreach_gateway"] = real
        campaign_id = campaign.id
        _set(settings)
        _approve_and_release(campaign_id)
        count = db.session.query(Recipient).filter_by(campaign_id=campaign_id).count()
        assert count == size, f"only {count} of {size} rows were accepted"
        digests = {f"44{number[1:]}": vault.digest(f"+44{number[1:]}") for number in listed}
        return Sent(campaign_id, digests)


def _copy_template(fake: FakeNotify, template_id: str, control: ControlClient) -> None:
    template = fake.templates[template_id]
    control.add_template(template.name, template.body, id=template_id)


def _set(settings: Mapping[str, object]) -> None:
    with transaction():
        for name, value in settings.items():
            db.session.merge(Setting(name=name, value=value))


def _approve_and_release(campaign_id: UUID) -> None:
    approver = cast().approver
    with transaction():
        campaign = queries.lock_campaign(campaign_id)
        campaign.status = move(campaign.status, CampaignStatus.APPROVED)
        campaign.approved_at, campaign.approved_by_id = datetime.now(UTC), approver.id
    with transaction():
        service.release(queries.lock_campaign(campaign_id), by=acting(approver, Role.APPROVER))
