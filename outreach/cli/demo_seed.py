"""The demo's first data: a migrated database, people of all roles, a partner, templates, a list."""

from flask import Flask, current_app
from flask_migrate import upgrade
from flask_security import hash_password
from sqlalchemy import select

from outreach import clock, vault
from outreach.accounts import service as accounts
from outreach.audit import service as audit
from outreach.cli.demo_settings import PASSWORD, PEOPLE, DemoPlace
from outreach.domain.access import Role
from outreach.domain.actor import Actor
from outreach.domain.audit import AuditAction
from outreach.domain.optout import SuppressionKind, SuppressionSource
from outreach.extensions import db
from outreach.models import AllowedTemplate, Organisation, Setting, User
from outreach.optouts import service as optouts
from outreach.recipients.sample import sample_list, sample_opted_out
from outreach.transaction import transaction

DEMO = Actor.job("demo")
INBOUND_NUMBER = "07700900500"
"""The simulator's default sender, which takes replies."""
SAMPLE_ROWS = 1000
SAMPLE_SEED = 7


def seed(place: DemoPlace) -> None:
    """Bring the database up to date and, the first time, fill it."""
    from outreach.factory import create_app

    app = create_app(place.settings)
    with app.app_context():
        upgrade()
        if db.session.scalar(select(User.id).limit(1)) is None:
            _fill(app, place)
        db.session.remove()
        db.engine.dispose()


def _fill(app: Flask, place: DemoPlace) -> None:
    place.sample_list.write_bytes(sample_list(SAMPLE_ROWS, SAMPLE_SEED))
    templates = app.extensions["outreach_gateway"].list_templates()
    with transaction():
        partner = accounts.add_organisation(
            name="Riverside Support",
            phone="0808 157 0123",
            website="https://riverside.example.org",
            by=DEMO,
        )
        for email, name, role in PEOPLE:
            _add_person(email, name, Role(role), partner, place)
        db.session.add(Setting(name="reply_number", value=INBOUND_NUMBER))
        for template in templates:
            if template.type == "sms":
                _allow(template.id, template.name)
        for number in sample_opted_out(SAMPLE_ROWS, SAMPLE_SEED):
            optouts.suppress(
                vault.digest(number), SuppressionKind.OPT_OUT, SuppressionSource.IMPORT, by=DEMO
            )


def _add_person(email: str, name: str, role: Role, partner: Organisation, place: DemoPlace) -> None:
    organisation = partner if role is Role.PARTNER else None
    user = accounts.invite(email, [role], by=DEMO, name=name, organisation=organisation)
    user.password = hash_password(PASSWORD)
    factory = current_app.extensions["security"]._totp_factory._totp
    user.tf_primary_method = "authenticator"
    user.tf_totp_secret = factory(key=place.secrets["totp"]).to_json(encrypt=True)


def _allow(template_id: str, name: str) -> None:
    db.session.add(AllowedTemplate(template_id=template_id, name=name, allowed_at=clock.now()))
    audit.record(
        AuditAction.TEMPLATE_ALLOWED, DEMO, "template", template_id, changes={"name": name}
    )
