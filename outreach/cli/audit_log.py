"""`outreach audit`: the commands that read the log's database."""

from typing import BinaryIO

import click

from outreach.cli.context import with_app
from outreach.domain.actor import Actor
from outreach.domain.signed_note import VerifierKey


@click.command()
@click.argument("file", metavar="FILE", type=click.File("wb", atomic=True))
@click.option("--from", "start", type=click.IntRange(0), default=0, help="The first entry.")
@click.option("--to", "last", type=click.IntRange(0), help="The last entry.")
@click.option("--proofs", "has_proofs", is_flag=True, help="An inclusion proof on every line.")
@click.option(
    "--consistent-from", "older", type=click.IntRange(0), help="Prove the growth from this size."
)
@click.option("--cosigned", is_flag=True, help="End at the newest head a second body has signed.")
@with_app
def export(
    file: BinaryIO,
    start: int,
    last: int | None,
    has_proofs: bool,
    older: int | None,
    cosigned: bool,
) -> None:
    """Write the audit log to FILE, `-` for standard output: JSON Lines that verify anywhere."""
    from outreach.audit import exporting, tree
    from outreach.transaction import transaction

    size = None
    if cosigned:
        head = tree.newest_cosigned()
        if head is None:
            raise exporting.ExportRefused("No second body has signed the log yet.")
        size = head.tree_size
    end = None if last is None else last + 1
    wanted = exporting.Wanted(start, end, size, older)
    with transaction():
        covered = exporting.head(wanted)
        exporting.record_export(covered, by=Actor.job("command:audit export"), where="command")
    file.writelines(exporting.lines(covered, has_proofs=has_proofs))
    count = covered.end - covered.start
    click.echo(f"{count:,} of {covered.size:,} sealed entries of {covered.origin}.", err=True)


@click.command()
@click.option("--new", "is_new", is_flag=True, help="Make a new key that signs from now on.")
@with_app
def key(is_new: bool) -> None:
    """Print the log's verifier keys, the newest first. The first call makes the key."""
    from outreach.audit import signing
    from outreach.audit.jobs import log_name
    from outreach.transaction import transaction

    with transaction():
        if is_new or signing.newest_key() is None:
            signing.make_key(log_name(), by=Actor.job("command:audit key"))
    for verifier in signing.verifiers():
        click.echo(verifier.text())


@click.command("trust-witness")
@click.argument("key", metavar="KEY", required=False)
@click.option("--remove", metavar="NAME", help="Take no more signatures by this key.")
@with_app
def trust_witness(key: str | None, remove: str | None) -> None:
    """Keep signatures by KEY, a second body's verifier key. Without it, list the keys."""
    from outreach.audit import cosigning
    from outreach.domain.signed_note import read_verifier
    from outreach.transaction import transaction

    by = Actor.job("command:audit trust-witness")
    with transaction():
        if remove:
            cosigning.remove_witness(remove, by=by)
        if key:
            cosigning.add_witness(read_verifier(key), by=by)
        known: tuple[VerifierKey, ...] = cosigning.witnesses()
    for verifier in known:
        click.echo(verifier.text())
