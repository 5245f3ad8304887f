"""One event with its proof: its hash worked out anew, and the way from it to the signed root."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from outreach.audit import signing, tree
from outreach.audit.stored import event_bytes, sealed_columns
from outreach.domain.audit_steps import Step, proof_steps
from outreach.domain.checkpoint import open_checkpoint
from outreach.domain.errors import OutreachError
from outreach.domain.merkle import hash_leaf
from outreach.domain.tiles import TileMissing
from outreach.extensions import db
from outreach.models import AuditEvent

LATE = timedelta(minutes=10)


@dataclass(frozen=True)
class Proof:
    """`faults` are sentences; with none the event is what was signed. `own_hash` is of the event
    as it is now, `leaf` what was sealed; the steps lead to the newest head."""

    index: int
    own_hash: bytes
    leaf: bytes
    sealed_at: datetime
    is_late: bool
    steps: Sequence[Step]
    size: int
    signed_at: datetime
    root: bytes
    key: str
    faults: Sequence[str]


def prove(event_id: UUID) -> Proof | None:
    """None for an event that is not sealed yet."""
    place, head = tree.place_of(event_id), tree.newest()
    row = db.session.execute(
        select(*sealed_columns()).where(AuditEvent.event_id == event_id)
    ).first()
    at = db.session.scalar(select(AuditEvent.at).where(AuditEvent.event_id == event_id))
    if place is None or head is None or row is None or at is None:
        return None
    own_hash = hash_leaf(event_bytes(row) or b"")
    steps = _steps(place.index, head.tree_size, place.leaf)
    root, key, fault = _signed(head.note)
    result = steps[-1].result if steps else place.leaf
    return Proof(
        index=place.index,
        own_hash=own_hash,
        leaf=place.leaf,
        sealed_at=place.checkpoint.created_at,
        is_late=place.checkpoint.created_at - at > LATE,
        steps=steps,
        size=head.tree_size,
        signed_at=head.created_at,
        root=root,
        key=key,
        faults=[*fault, *_faults(own_hash, place.leaf, result, root)],
    )


def _steps(index: int, size: int, leaf: bytes) -> list[Step]:
    try:
        return list(proof_steps(index, size, leaf, tree.prove_inclusion(index, size)))
    except (TileMissing, ValueError):
        return []


def _signed(note: str) -> tuple[bytes, str, list[str]]:
    """The signed root, the number of the key that signed it, and what is wrong with it."""
    try:
        opened = open_checkpoint(note, signing.verifiers())
    except OutreachError as fault:
        return b"", "", [f"The newest signed head cannot be believed. {fault}"]
    return opened.checkpoint.root, opened.signed[0].key.key_id.hex(), []


def _faults(own_hash: bytes, leaf: bytes, result: bytes, root: bytes) -> list[str]:
    faults = []
    if own_hash != leaf:
        faults.append("What the event says now is not what was sealed: it was changed afterwards.")
    if result != root:
        faults.append("The sealed hash does not lead to the signed root.")
    return faults
