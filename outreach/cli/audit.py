"""`outreach audit`: an auditor's tools. `verify` needs the file alone: no settings, no database."""

from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import import_module
from typing import BinaryIO

import click

from outreach.domain.audit_damage import AuditDamaged, NotProven
from outreach.domain.audit_reading import LINE_LIMIT, NotAnExport
from outreach.domain.audit_verify import Trust, Verification, verify_export
from outreach.domain.checkpoint import find_note
from outreach.domain.signed_note import NOTE_LIMIT, KeyMalformed, VerifierKey, read_verifier


class Key(click.ParamType[VerifierKey]):
    """A verifier key as it is printed: `name+12345678+base64`."""

    name = "key"

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> VerifierKey:
        try:
            return read_verifier(value)
        except KeyMalformed as fault:
            self.fail(str(fault), param, ctx)


OTHER_COMMANDS = {
    "export": "outreach.cli.audit_log:export",
    "key": "outreach.cli.audit_log:key",
    "trust-witness": "outreach.cli.audit_log:trust_witness",
    "witness": "outreach.cli.audit_witness:witness",
}
"""What needs the whole service, loaded only when called."""


class AuditGroup(click.Group):
    """`verify`, and the other commands by name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*super().list_commands(ctx), *OTHER_COMMANDS])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in OTHER_COMMANDS:
            return super().get_command(ctx, cmd_name)
        module, attribute = OTHER_COMMANDS[cmd_name].split(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command


@click.group(cls=AuditGroup)
def audit() -> None:
    """Prove that the audit log is whole."""


@audit.command()
@click.argument("export", metavar="FILE", type=click.File("rb"))
@click.option("--key", "keys", type=Key(), multiple=True, help="The log's key, as given to you.")
@click.option("--witness", "witnesses", type=Key(), multiple=True, help="A cosigner's key.")
@click.option(
    "--against", metavar="FILE", type=click.File("rb"), help="A checkpoint you kept from before."
)
def verify(
    export: BinaryIO,
    keys: tuple[VerifierKey, ...],
    witnesses: tuple[VerifierKey, ...],
    against: BinaryIO | None,
) -> None:
    """Check an exported FILE, `-` for standard input. Exits 1 and names the first bad entry."""
    trust = Trust(keys, witnesses, _checkpoint_in(against))
    try:
        verification = verify_export(_lines(export), trust)
    except (AuditDamaged, NotAnExport, NotProven) as fault:
        click.echo(_refusal(fault))
        raise SystemExit(1) from None
    click.echo(_holds(verification, trust))


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """Never more than LINE_LIMIT and one byte at once, whatever the file holds."""
    return iter(lambda: file.readline(LINE_LIMIT + 1), b"")


def _checkpoint_in(file: BinaryIO | None) -> str | None:
    if file is None:
        return None
    try:
        text = file.read(NOTE_LIMIT).decode()
    except UnicodeDecodeError:
        raise click.BadParameter("The checkpoint is not text.", param_hint="--against") from None
    return find_note(text) or text


def _refusal(fault: Exception) -> str:
    return f"DAMAGED {fault}" if isinstance(fault, AuditDamaged) else f"NOT CHECKED {fault}"


def _holds(verification: Verification, trust: Trust) -> str:
    head = verification.head
    parts = [f"HOLDS {_span(verification)} of {head.origin}"]
    if verification.compared_with:
        parts.append(f"one history with your checkpoint at {verification.compared_with.size:,}")
    parts += [f"cosigned by {cosigner}" for cosigner in _cosigners(verification)]
    if not trust.log_keys:
        parts.append(f"signed by {', '.join(head.keys)}, which you must compare yourself (--key)")
    return "; ".join(parts) + "."


def _span(verification: Verification) -> str:
    head = verification.head
    root = verification.signed.checkpoint.root.hex()[:16]
    entries = "no entries" if head.start == head.end else f"entries {head.start} to {head.end - 1}"
    return f"{entries} (log of {head.size:,}, root {root}…)"


def _cosigners(verification: Verification) -> Iterator[str]:
    for signed in verification.signed.cosigners():
        when = datetime.fromtimestamp(signed.seconds or 0, UTC)
        yield f"{signed.key.name} on {when:%-d %B %Y at %H:%M} UTC"
