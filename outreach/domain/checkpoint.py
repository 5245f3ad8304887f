"""C2SP tlog-checkpoint: the log's name, its size and its root in three lines, signed.

Whoever keeps a checkpoint can later prove that the log was rewritten, if it was.
"""

import re
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import takewhile

from outreach.domain.errors import OutreachError
from outreach.domain.merkle import HASH_SIZE
from outreach.domain.signed_note import (
    KeyType,
    Note,
    Signed,
    SignerKey,
    SignerUnknown,
    VerifierKey,
    open_note,
    read_note,
    strict_base64,
)

_SIZE = re.compile(r"0|[1-9]\d{0,18}", re.ASCII)


class CheckpointMalformed(OutreachError):
    """A signed note, or a text, that is not a checkpoint."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A tree head: the origin names the log, `size` counts its entries, `root` is 32 bytes."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n"


@dataclass(frozen=True, slots=True)
class OpenedCheckpoint:
    """A checkpoint whose signatures by known keys are good."""

    checkpoint: Checkpoint
    signed: tuple[Signed, ...]

    def cosigners(self) -> tuple[Signed, ...]:
        return tuple(s for s in self.signed if s.key.type is KeyType.COSIGNATURE)


def sign_checkpoint(checkpoint: Checkpoint, key: SignerKey) -> str:
    """The signed note. A log must never sign two checkpoints of which one is not in the other."""
    text = checkpoint.text()
    return Note(text, (key.sign(text),)).encode()


def cosign_checkpoint(encoded: str, witness: SignerKey, seconds: int) -> str:
    """The note with a witness's signature added, made at `seconds` since 1970.

    The witness must first have checked the log's signature and the consistency with the last
    checkpoint it signed (C2SP tlog-witness); this only signs.
    """
    note = read_note(encoded)
    read_checkpoint(note.text)
    signature = witness.cosign(note.text, seconds)
    return Note(note.text, (*note.signatures, signature)).encode()


def read_checkpoint(text: str) -> Checkpoint:
    """From a note's text. Extension lines are allowed and pass unread. CheckpointMalformed."""
    lines = text.split("\n")
    if len(lines) < 4 or lines[-1] or not all(lines[:-1]):
        raise CheckpointMalformed("A checkpoint has three lines: origin, size and root.")
    root = strict_base64(lines[2])
    if not _SIZE.fullmatch(lines[1]) or root is None or len(root) != HASH_SIZE:
        raise CheckpointMalformed("The checkpoint's size or root cannot be read.")
    return Checkpoint(lines[0], int(lines[1]), root)


def find_note(text: str) -> str | None:
    """The first checkpoint in a text that has been through email: quoted, indented, with other
    line ends or blank lines, and words around it. None where there is none.
    """
    lines = [line.strip().removeprefix(">").strip() for line in text.splitlines()]
    lines = [line.replace("\u00a0", " ") for line in lines if line]
    for at in range(len(lines) - 3):
        head = "\n".join(lines[at : at + 3]) + "\n"
        try:
            read_checkpoint(head)
        except CheckpointMalformed:
            continue
        signatures = takewhile(lambda line: line.startswith("\u2014 "), lines[at + 3 :])
        signed = "".join(f"{line}\n" for line in signatures)
        if signed:
            return f"{head}\n{signed}"
    return None


def open_checkpoint(
    encoded: str, keys: Iterable[VerifierKey], witnesses: Iterable[VerifierKey] = ()
) -> OpenedCheckpoint:
    """The checkpoint, once a key of the log's is found to have signed it.

    A witness's signature does not stand in for the log's. Raises NoteMalformed,
    CheckpointMalformed, SignatureForged and SignerUnknown.
    """
    note = read_note(encoded)
    log_keys = tuple(keys)
    signed = open_note(note, (*log_keys, *witnesses))
    if not any(one.key in log_keys for one in signed):
        raise SignerUnknown("None of the log's keys signed this checkpoint.")
    return OpenedCheckpoint(read_checkpoint(note.text), signed)
