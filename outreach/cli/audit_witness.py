"""`outreach audit witness`: run by a second body on its own machine, with its own key.

It needs nothing of the service but its address: no settings, no database.
"""

import os
import time
from collections.abc import Callable
from pathlib import Path

import click
import requests

from outreach.cli.audit import Key
from outreach.domain.audit_damage import AuditDamaged
from outreach.domain.audit_witness import next_head, tile_width
from outreach.domain.checkpoint import Checkpoint, cosign_checkpoint, read_checkpoint
from outreach.domain.errors import OutreachError
from outreach.domain.signed_note import (
    NOTE_LIMIT,
    KeyMalformed,
    KeyType,
    SignerKey,
    VerifierKey,
    new_signer,
    read_note,
    read_signer,
)
from outreach.domain.tiles import tile_path

TIMEOUT_SECONDS = 30


@click.command()
@click.argument("url", required=False)
@click.option("--log-key", type=Key(), help="The log's verifier key, as given to you.")
@click.option("--key-file", type=click.Path(path_type=Path), required=True, help="Your own key.")
@click.option("--state", type=click.Path(path_type=Path), help="Where the last head is kept.")
@click.option("--every", type=click.IntRange(1), metavar="SECONDS", help="Go on for ever.")
@click.option("--new-key", metavar="NAME", help="Make a key, such as charity.example/witness.")
def witness(
    url: str | None,
    log_key: VerifierKey | None,
    key_file: Path,
    state: Path | None,
    every: int | None,
    new_key: str | None,
) -> None:
    """Sign the log at URL as a second body, after checking that it only grew.

    Exits 1, and signs nothing, where the log was rewritten or rolled back.
    """
    if new_key:
        _make_key(new_key, key_file)
        return
    if not url or log_key is None or state is None:
        raise click.UsageError("Give the URL, --log-key and --state, or --new-key.")
    signer = _read_key(key_file)
    while True:
        _sign_once(Log(url), log_key, signer, state)
        if every is None:
            return
        time.sleep(every)


class Log:
    """The public part of a log, at the address of its site."""

    def __init__(self, url: str) -> None:
        self._url = f"{url.rstrip('/')}/audit"

    def checkpoint(self) -> str:
        return self._get("checkpoint").decode()

    def tiles_of(self, size: int) -> Callable[[int, int], bytes]:
        def read(level: int, index: int) -> bytes:
            width = tile_width(level, index, size)
            return self._get(f"tile/{tile_path(level, index, width)}") if width else b""

        return read

    def post(self, note: str) -> None:
        _answer("post", f"{self._url}/cosignature", note.encode())

    def _get(self, path: str) -> bytes:
        return _answer("get", f"{self._url}/{path}")


def _answer(method: str, url: str, body: bytes | None = None) -> bytes:
    headers = {"Content-Type": "text/plain; charset=utf-8"} if body else {}
    try:
        answer = requests.request(
            method, url, data=body, headers=headers, timeout=TIMEOUT_SECONDS, allow_redirects=False
        )
    except requests.RequestException as fault:
        raise click.ClickException(f"{url} does not answer ({type(fault).__name__}).") from None
    if answer.status_code != 200:
        said = (
            answer.text[:200].strip() if "plain" in answer.headers.get("Content-Type", "") else ""
        )
        raise click.ClickException(f"{url} answered {answer.status_code}. {said}")
    return answer.content[:NOTE_LIMIT]


def _sign_once(log: Log, log_key: VerifierKey, signer: SignerKey, state: Path) -> None:
    last = _last_head(state)
    note = log.checkpoint()
    size = _claimed_size(note)
    try:
        head = next_head(note, log_key, last, log.tiles_of(size))
    except AuditDamaged as damage:
        click.echo(f"NOT SIGNED {damage}")
        raise SystemExit(1) from None
    _keep(state, note)  # before the signature leaves: never two histories
    log.post(cosign_checkpoint(note, signer, int(time.time())))
    click.echo(f"SIGNED {head.origin} at {head.size:,} entries, root {head.root.hex()[:16]}….")


def _claimed_size(note: str) -> int:
    """Not believed yet: it only says which tiles to ask for."""
    try:
        return read_checkpoint(read_note(note).text).size
    except OutreachError:
        return 0


def _last_head(state: Path) -> Checkpoint | None:
    if not state.exists():
        return None
    return read_checkpoint(read_note(state.read_text()).text)


def _keep(state: Path, note: str) -> None:
    """At once or not at all, and flushed to the disk."""
    part = state.with_name(f"{state.name}.part")
    with part.open("w") as file:
        file.write(note)
        file.flush()
        os.fsync(file.fileno())
    part.replace(state)


def _make_key(name: str, key_file: Path) -> None:
    try:
        signer = new_signer(name, KeyType.COSIGNATURE)
    except KeyMalformed as fault:
        raise click.ClickException(str(fault)) from None
    try:
        descriptor = os.open(key_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise click.ClickException(f"{key_file} is there already.") from None
    with os.fdopen(descriptor, "w") as file:
        file.write(f"{signer.secret_text()}\n")
    click.echo("Give this key to whoever runs the log:")
    click.echo(signer.verifier.text())


def _read_key(key_file: Path) -> SignerKey:
    try:
        signer = read_signer(key_file.read_text().strip())
    except OSError:
        raise click.ClickException(f"{key_file} cannot be read: make one with --new-key.") from None
    except KeyMalformed as fault:
        raise click.ClickException(str(fault)) from None
    if signer.type is not KeyType.COSIGNATURE:
        raise click.ClickException("This key does not cosign: make one with --new-key.")
    return signer
