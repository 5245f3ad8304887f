"""What a second body checks before it signs a head of the log (C2SP tlog-witness).

It remembers the last head it signed. The next one must be signed by the log, and the log it is of
must begin with the one remembered; the log's own tiles are asked for the proof and not believed.
"""

from outreach.domain.audit_damage import AuditDamaged, Damage
from outreach.domain.checkpoint import Checkpoint, open_checkpoint
from outreach.domain.errors import OutreachError
from outreach.domain.merkle import ConsistencyUnproven, consistency_proof, verify_consistency
from outreach.domain.signed_note import VerifierKey
from outreach.domain.tiles import HEIGHT, WIDTH, ReadTile, TiledTree, TileMissing


def next_head(
    note: str, log_key: VerifierKey, last: Checkpoint | None, read: ReadTile
) -> Checkpoint:
    """The head in `note`, once it may be signed. Raises AuditDamaged."""
    try:
        head = open_checkpoint(note, [log_key]).checkpoint
    except OutreachError as fault:
        raise AuditDamaged(Damage.FORGED_SIGNATURE, None, str(fault)) from None
    if head.origin != log_key.name:
        raise AuditDamaged(Damage.FORGED_SIGNATURE, None, "The head is of another log.")
    if last is not None:
        _check_growth(last, head, read)
    return head


def tile_width(level: int, index: int, size: int) -> int:
    """How many hashes the tile has in a tree of `size` leaves; 0 where it has none."""
    return max(0, min(WIDTH, (size >> (HEIGHT * level)) - index * WIDTH))


def _check_growth(last: Checkpoint, head: Checkpoint, read: ReadTile) -> None:
    if head.size < last.size:
        detail = f"It has {head.size} entries; it had {last.size} when last signed: rolled back."
        raise AuditDamaged(Damage.CUT_OFF, head.size, detail)
    try:
        proof = consistency_proof(last.size, head.size, TiledTree(read))
        verify_consistency(last.size, head.size, last.root, head.root, proof)
    except (ConsistencyUnproven, TileMissing):
        detail = f"Its first {last.size} entries are not shown to be those that were signed before."
        raise AuditDamaged(Damage.SPLIT_VIEW, None, detail) from None
