"""Accounts from the command line: the first administrator has nobody to invite them."""

import click
from click import echo
from flask import current_app
from sqlalchemy import select

from outreach.accounts import invitations, inviting, people, queries, service, single_sign_on
from outreach.cli.context import with_app
from outreach.domain.access import Role
from outreach.domain.actor import Actor
from outreach.extensions import db
from outreach.models import Organisation, User
from outreach.transaction import transaction

role_option = click.option(
    "--role",
    "roles",
    multiple=True,
    required=True,
    type=click.Choice([role.value for role in Role]),
)


@click.group()
def user() -> None:
    """Accounts."""


@user.command()
@click.argument("email")
@role_option
@click.option("--name", default="", help="As others will see it.")
@click.option("--organisation", help="For a partner: the name of its organisation.")
@with_app
def add(email: str, roles: tuple[str, ...], name: str, organisation: str | None) -> None:
    """Make an account and print its invitation link, which works once and for three days."""
    with transaction():
        account = service.invite(
            email,
            [Role(role) for role in roles],
            by=_operator("add"),
            name=name,
            organisation=_organisation(organisation),
        )
        link = invitations.link_for(account, current_app.extensions["outreach_settings"])
    echo(link)


@user.command()
@click.argument("email")
@with_app
def link(email: str) -> None:
    """Print a new invitation link for somebody who has not joined yet."""
    found = _person(email)
    if found.password is not None or found.sso_subject is not None:
        raise click.ClickException(
            f"{email} has joined already. Use `outreach user new-password {email}`."
        )
    with transaction():
        address = inviting.hand_out(
            _person(email), current_app.extensions["outreach_settings"], by=_operator("link")
        )
    echo(address)


@user.command("new-password")
@click.argument("email")
@with_app
def new_password(email: str) -> None:
    """Forget a person's password and print a link with which they choose another."""
    with transaction():
        found = _person(email)
        people.forget_password(found, by=_operator("new-password"))
        address = invitations.link_for(found, current_app.extensions["outreach_settings"])
    echo(address)


@user.command("list")
@with_app
def list_people() -> None:
    """Everybody with an account: address, state, roles."""
    with transaction():
        people.note_listed(by=_operator("list"))
    for row in queries.people():
        echo(f"{row.user.email}\t{row.state}\t{' '.join(sorted(row.user.role_set))}")


@user.command()
@click.argument("email")
@role_option
@with_app
def roles(email: str, roles: tuple[str, ...]) -> None:
    """Give a person these roles, and no others, at once."""
    with transaction():
        people.change_roles(_person(email), [Role(role) for role in roles], by=_operator("roles"))


@user.command()
@click.argument("email")
@with_app
def disable(email: str) -> None:
    """Switch an account off; its sessions end at once."""
    with transaction():
        people.disable(_person(email), by=_operator("disable"))


@user.command()
@click.argument("email")
@with_app
def enable(email: str) -> None:
    """Switch an account on again."""
    with transaction():
        people.enable(_person(email), by=_operator("enable"))


@user.command()
@click.argument("email")
@with_app
def untie(email: str) -> None:
    """Forget whom the organisation's sign-in service knows this account as."""
    with transaction():
        single_sign_on.untie(_person(email), by=_operator("untie"))


@user.command("reset-second-step")
@click.argument("email")
@with_app
def reset_second_step(email: str) -> None:
    """Forget a person's app, passkeys and recovery codes; they set up anew at sign-in."""
    with transaction():
        people.reset_second_step(_person(email), by=_operator("reset-second-step"))


def _operator(command: str) -> Actor:
    return Actor.job(f"command:user {command}")


def _person(email: str) -> User:
    found = queries.person_by_email(email)
    if found is None:
        raise click.ClickException(f"There is no account for {email}.")
    return found


def _organisation(name: str | None) -> Organisation | None:
    if name is None:
        return None
    found = db.session.scalar(select(Organisation).where(Organisation.name == name))
    if found is None:
        raise click.ClickException(f"There is no organisation called {name}.")
    return found
