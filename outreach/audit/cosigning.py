"""Second bodies that sign the log's heads too: a partner, the funder, a commissioner.

A log that showed two histories would have to show the second body the same one as everybody else.
Which bodies count is a setting, a list of verifier keys.
"""

from collections.abc import Sequence

from outreach import clock
from outreach.audit import service, signing, tree
from outreach.domain.actor import Actor
from outreach.domain.audit import AuditAction
from outreach.domain.checkpoint import open_checkpoint, read_checkpoint
from outreach.domain.errors import OutreachError
from outreach.domain.signed_note import KeyType, Note, Signature, VerifierKey, read_note
from outreach.domain.signed_note import read_verifier as read_key
from outreach.extensions import db
from outreach.models import AuditCheckpoint, AuditCosignature, Setting

WITNESSES = "audit_witness_keys"
"""The setting's name; its value is a list of keys in text."""
LATEST_SECONDS = 300
"""How far the clock of a second body may be ahead of ours."""


class CosignatureRefused(OutreachError):
    """It is not a second body's signature under one of our heads."""


def witnesses() -> tuple[VerifierKey, ...]:
    row = db.session.get(Setting, WITNESSES)
    return tuple(read_key(text) for text in row.value) if row else ()


def add_witness(key: VerifierKey, *, by: Actor) -> None:
    """From now on its signatures are kept. Raises CosignatureRefused."""
    if key.type is not KeyType.COSIGNATURE:
        raise CosignatureRefused("This key is not one that cosigns: make one with --new-key.")
    known = witnesses()
    if any(key.name == other.name for other in known):
        raise CosignatureRefused(f"There is already a key of the name {key.name}.")
    _keep([*known, key], key.name, by)


def remove_witness(name: str, *, by: Actor) -> None:
    """No more signatures are taken; those that are there stay. Raises CosignatureRefused."""
    known = witnesses()
    kept = [key for key in known if key.name != name]
    if len(kept) == len(known):
        raise CosignatureRefused(f"There is no key of the name {name}.")
    _keep(kept, name, by)


def accept(note_text: str) -> None:
    """Keep the signature lines of second bodies under one of our heads.

    One that is there already is left as it is. Raises CosignatureRefused, and the errors of
    `domain.signed_note` and `domain.checkpoint`.
    """
    note = read_note(note_text)
    head = _ours(note)
    trusted = witnesses()
    opened = open_checkpoint(note_text, signing.verifiers(), trusted)
    by_key = {(line.name, line.key_id): line for line in note.signatures}
    cosigners = [signed for signed in opened.cosigners() if signed.key in trusted]
    if not cosigners:
        raise CosignatureRefused("No second body that this log knows has signed this.")
    for signed in cosigners:
        if (signed.seconds or 0) > clock.now().timestamp() + LATEST_SECONDS:
            raise CosignatureRefused("The signature is dated in the future.")
        _store(head, signed.key, by_key[signed.key.name, signed.key.key_id])


def _ours(note: Note) -> AuditCheckpoint:
    head = tree.at_size(read_checkpoint(note.text).size)
    if head is None or read_note(head.note).text != note.text:
        raise CosignatureRefused("This is not one of the log's signed heads.")
    return head


def _store(head: AuditCheckpoint, key: VerifierKey, line: Signature) -> None:
    if db.session.get(AuditCosignature, (head.tree_size, key.text())) is not None:
        return
    db.session.add(
        AuditCosignature(
            tree_size=head.tree_size,
            witness=key.text(),
            line=line.line(),
            created_at=clock.now(),
        )
    )
    service.record(
        AuditAction.AUDIT_COSIGNED,
        Actor.job(f"witness:{key.name}"[:60]),
        "audit_checkpoint",
        head.tree_size,
        changes={"witness": key.name, "key_number": key.key_id.hex()},
    )


def _keep(keys: Sequence[VerifierKey], name: str, by: Actor) -> None:
    db.session.merge(Setting(name=WITNESSES, value=[key.text() for key in keys]))
    service.record(
        AuditAction.SETTING_CHANGED,
        by,
        "setting",
        WITNESSES,
        changes={"witness": name, "witnesses": len(keys)},
    )
