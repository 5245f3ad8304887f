"""`outreach optouts`: the suppression list from the command line."""

import sys
from collections.abc import Iterator
from typing import BinaryIO, TextIO

import click

from outreach.cli.context import with_app
from outreach.domain.actor import Actor
from outreach.domain.optout import SuppressionKind, SuppressionSource
from outreach.domain.phone import Mobile, parse_mobile

KIND = click.Choice([kind.value for kind in SuppressionKind])


@click.group()
def optouts() -> None:
    """The suppression list: who is not texted by any campaign."""


@optouts.command()
@click.argument("number", required=False)
@click.option("--kind", type=KIND, default=SuppressionKind.OPT_OUT.value, show_default=True)
@with_app
def add(number: str | None, kind: str) -> None:
    """Put a NUMBER on the list. Leave it out to be asked for it, or give it on standard input, so
    that it stays out of the shell's history."""
    from outreach import vault
    from outreach.optouts import service
    from outreach.transaction import transaction

    read = parse_mobile(number or _asked())
    if not isinstance(read, Mobile):
        raise click.ClickException(read.detail)
    with transaction():
        is_new = service.suppress(
            vault.digest(read.e164),
            SuppressionKind(kind),
            SuppressionSource.STAFF,
            by=Actor.job("command:optouts add"),
        )
    click.echo("The number is on the list." if is_new else "The number was on the list already.")


@optouts.command("import")
@click.argument("file", type=click.File("rb"))
@click.option("--kind", type=KIND, default=SuppressionKind.OPT_OUT.value, show_default=True)
@with_app
def import_file(file: BinaryIO, kind: str) -> None:
    """Put every number of FILE on the list, `-` for standard input: text or CSV, or an export.

    Ends with 1 where lines were left out; they are named without their numbers.
    """
    from outreach.optouts import service, transfer
    from outreach.transaction import transaction

    read = transfer.read_file(file.read(), SuppressionKind(kind))
    with transaction():
        added = service.import_digests(read.entries, by=Actor.job("command:optouts import"))
    known = len(read.entries) - added
    click.echo(f"{added:,} added, {known:,} known already or twice in the file.")
    for bad in read.bad:
        click.echo(f"Line {bad.line:,} was left out. {bad.why}", err=True)
    if read.bad:
        sys.exit(1)


@optouts.command()
@click.argument("file", type=click.File("w", encoding="utf-8"))
@with_app
def export(file: TextIO) -> None:
    """Write the list to FILE, `-` for standard output: digests with the name of their key.

    There are no numbers in it, because none are kept; a service with the same key can import it.
    """
    from outreach.optouts import queries, service, transfer
    from outreach.transaction import transaction

    with transaction():
        service.record_export(queries.count_active(), by=Actor.job("command:optouts export"))
    lines: Iterator[str] = transfer.export_lines(queries.all_active())
    count = sum(1 for line in lines if file.write(line)) - 1  # the header is no entry
    click.echo(f"{count:,} entries exported.", err=True)


def _asked() -> str:
    if sys.stdin.isatty():
        answer: str = click.prompt("Mobile number", hide_input=True)
        return answer
    return sys.stdin.readline()
