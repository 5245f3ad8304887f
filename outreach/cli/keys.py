"""Making keys and secrets for the settings."""

import secrets

import click
from click import echo

from outreach.keys import new_key


@click.group()
def keys() -> None:
    """Make and rotate keys."""


@keys.command("new")
@click.option("--name", default="k1", show_default=True, help="Letters and digits.")
def new(name: str) -> None:
    """Print an entry for OUTREACH_DATA_KEYS; put a newer one in front of the older."""
    echo(new_key(name))


@keys.command("new-secret")
def new_secret() -> None:
    """Print a secret for OUTREACH_SECRET_KEY or OUTREACH_CALLBACK_TOKENS."""
    echo(secrets.token_urlsafe(36))
