"""A small audit log, sealed as the service seals it, to export and to tamper with."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from outreach.domain.audit import ActorKind, AuditAction, AuditRecord, canonical
from outreach.domain.audit_export import Entry, Head, export_lines, head_of
from outreach.domain.checkpoint import Checkpoint, sign_checkpoint
from outreach.domain.merkle import hash_leaf, inclusion_proof, root_at
from outreach.domain.signed_note import KeyType, SignerKey
from outreach.domain.tiles import Tile, TiledTree, TileWriter

ORIGIN = "outreach.example/audit"
ACTIONS = tuple(AuditAction)
MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def signer(seed: int = 1, name: str = ORIGIN, kind: KeyType = KeyType.ED25519) -> SignerKey:
    """The same key for the same seed, so that a failing run can be repeated."""
    return SignerKey(name, kind, Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32))


def record(number: int) -> AuditRecord:
    return AuditRecord(
        id=str(UUID(int=number * 0x1F3F5 + 1, version=4)),
        at=MORNING + timedelta(seconds=number),
        actor_kind=ActorKind.PERSON,
        actor=str(UUID(int=number % 7, version=4)),
        role="approver",
        action=ACTIONS[number % len(ACTIONS)],
        object_type="campaign",
        object_id=str(number % 11),
        campaign_id=None,
        changes={"rows": number, "note": "Ünï \u2028 “quoted”\n\t\x7f"},
        reason="a reason" if number % 3 else None,
    )


class SealedLog:
    """`size` events, a checkpoint signed after each of `sealed_at` and at the end."""

    def __init__(
        self, size: int, sealed_at: Iterable[int] = (), key: SignerKey | None = None
    ) -> None:
        self.key = key or signer()
        self.events = [canonical(record(number)) for number in range(size)]
        self.leaves = [hash_leaf(event) for event in self.events]
        self.seal_again(sealed_at)

    def seal_again(self, sealed_at: Iterable[int] = (), key: SignerKey | None = None) -> None:
        """Tree and checkpoints anew from `leaves`, as somebody who owns the key could make them."""
        self.size = len(self.leaves)
        self.writer = TileWriter()
        self.tiles: dict[tuple[int, int], Tile] = {}
        for tile in self.writer.extend(self.leaves):
            self.tiles[tile.level, tile.index] = tile
        sizes = sorted({*sealed_at, self.size})
        self.checkpoints = [self.checkpoint(size, key) for size in sizes]

    def checkpoint(self, size: int, key: SignerKey | None = None) -> str:
        root = root_at(size, self.tree())
        return sign_checkpoint(Checkpoint(ORIGIN, size, root), key or self.key)

    def tree(self) -> TiledTree:
        return TiledTree(self.read_tile)

    def read_tile(self, level: int, index: int) -> bytes:
        if (level, index) in self.tiles:
            return self.tiles[level, index].hashes
        unfinished = self.writer.unfinished[level] if level < len(self.writer.unfinished) else []
        full = self.size >> (8 * (level + 1))
        return b"".join(unfinished) if index == full else b""

    def head(self, start: int = 0, end: int | None = None, older: int | None = None) -> Head:
        span = start, self.size if end is None else end
        return head_of(ORIGIN, [self.key.verifier.text()], span, self.size, self.tree(), older)

    def entries(
        self,
        head: Head,
        *,
        proofs: bool = False,
        event_at: Callable[[int], bytes | None] | None = None,
    ) -> Iterable[Entry]:
        tree = self.tree()
        for index in range(head.start, head.end):
            proof = inclusion_proof(index, self.size, tree) if proofs else None
            event = event_at(index) if event_at else self.events[index]
            yield Entry(index, self.leaves[index], event, proof)

    def export(self, head: Head | None = None, *, proofs: bool = False) -> list[bytes]:
        head = head or self.head()
        return list(export_lines(head, self.entries(head, proofs=proofs), self.checkpoints))

    def export_of(self, events: Sequence[bytes | None]) -> list[bytes]:
        """The sealed tree with other events in the places, as a changed table would export."""
        head = self.head(end=min(len(events), self.size))
        return list(
            export_lines(head, self.entries(head, event_at=events.__getitem__), self.checkpoints)
        )
