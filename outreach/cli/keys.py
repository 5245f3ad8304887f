"""Making keys and secrets for the settings, and changing to a new key while the service runs."""

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


@keys.command("rotate")
def rotate() -> None:
    """Bring everything under the newest key in OUTREACH_DATA_KEYS, while the service runs.

    First put the new key in front of the others and restart every process. A stop loses nothing:
    run it again. At the end it says which keys may leave the setting.
    """
    from outreach.cli.context import with_app  # making a key needs no site

    with_app(_rotate)()


def _rotate() -> None:
    from outreach.domain.actor import Actor
    from outreach.rekeying import service as rekeying

    shown = ""
    for step in rekeying.rekey(by=Actor.job("command:keys rotate")):
        if step.name != shown:
            shown = step.name
            echo(f"{step.name}: {step.total:,}")
        if step.done == step.total or step.done % 5000 == 0:
            echo(f"  {step.done:,} of {step.total:,}")
    echo("Everything is under the newest key.")
    echo(
        f"{', '.join(rekeying.standing().may_leave)} may leave OUTREACH_DATA_KEYS now. Keep a copy "
        "elsewhere as long as there are backups from before: they open with it only."
    )
