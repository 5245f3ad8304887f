"""The keys the log is signed with, and the log's name, which never changes.

A key's seed is a data key like any other: wrapped under the key ring, never plain in the database,
and wrapped anew when the ring's keys are rotated. Only public halves are shown.
"""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import select

from outreach import clock, vault
from outreach.audit import service
from outreach.domain.actor import Actor
from outreach.domain.audit import AuditAction
from outreach.domain.signed_note import KeyType, SignerKey, VerifierKey, read_verifier
from outreach.extensions import db
from outreach.models import AuditKey, DataKey

PURPOSE = "audit log"


def newest_key() -> AuditKey | None:
    query = select(AuditKey).order_by(AuditKey.created_at.desc(), AuditKey.verifier).limit(1)
    return db.session.scalar(query)


def verifiers() -> tuple[VerifierKey, ...]:
    """Every key the log was ever signed with, the newest first."""
    query = select(AuditKey.verifier).order_by(AuditKey.created_at.desc(), AuditKey.verifier)
    return tuple(read_verifier(text) for text in db.session.scalars(query))


def origin() -> str | None:
    """The log's name in its checkpoints; None until there is a key."""
    key = newest_key()
    return read_verifier(key.verifier).name if key else None


def signer() -> SignerKey | None:
    """Raises vault.SealBroken where the key ring cannot open the key."""
    row = newest_key()
    return _open(row) if row else None


def make_key(name: str, *, by: Actor) -> SignerKey:
    """A new key that signs from now on; an older log keeps the name it has."""
    before = newest_key()
    data_key = vault.make_data_key(PURPOSE, clock.now())
    db.session.add(data_key)
    key = _signer(origin() or name, vault.open_data_key(data_key))
    row = AuditKey(
        verifier=key.verifier.text(), data_key_id=data_key.id, created_at=data_key.created_at
    )
    db.session.flush()
    db.session.add(row)
    action = AuditAction.KEY_ROTATED if before else AuditAction.KEY_CREATED
    changes = {"purpose": PURPOSE, "number": key.verifier.key_id.hex()}
    service.record(action, by, "audit_key", key.verifier.key_id.hex(), changes=changes)
    return key


def _open(row: AuditKey) -> SignerKey:
    seed = vault.open_data_key(db.session.get_one(DataKey, row.data_key_id))
    return _signer(read_verifier(row.verifier).name, seed)


def _signer(name: str, seed: bytes) -> SignerKey:
    return SignerKey(name, KeyType.ED25519, Ed25519PrivateKey.from_private_bytes(seed))
