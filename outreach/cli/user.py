"""Accounts from the command line: the first administrator has nobody to invite them."""

import click
from click import echo
from flask import current_app
from sqlalchemy import select

from outreach.accounts import invitations, service
from outreach.cli.context import with_app
from outreach.domain.access import Role
from outreach.domain.actor import Actor
from outreach.extensions import db
from outreach.models import Organisation
from outreach.transaction import transaction


@click.group()
def user() -> None:
    """Accounts."""


@user.command()
@click.argument("email")
@click.option("--role", "roles", multiple=True, required=True, type=click.Choice([*Role]))
@click.option("--name", default="", help="As others will see it.")
@click.option("--organisation", help="For a partner: the name of its organisation.")
@with_app
def add(email: str, roles: tuple[str, ...], name: str, organisation: str | None) -> None:
    """Make an account and print its invitation link, which works once and for three days."""
    with transaction():
        partner = db.session.scalar(select(Organisation).where(Organisation.name == organisation))
        account = service.invite(
            email,
            [Role(role) for role in roles],
            by=Actor.job("command:user add"),
            name=name,
            organisation=partner,
        )
        link = invitations.link_for(account, current_app.extensions["outreach_settings"])
    echo(link)
