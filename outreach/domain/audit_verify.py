"""Checks an export of the audit log from its lines alone, and names the first damage.

What can be told, and how surely, is written in `docs/audit-format.md`. Memory does not grow with
the file: the frontier of the tree, and a few hashes while damage is being made out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NoReturn

from outreach.domain.audit_damage import (
    AuditDamaged,
    Damage,
    Displaced,
    Mismatch,
    NotProven,
    Suspicion,
)
from outreach.domain.audit_export import Head
from outreach.domain.audit_reading import (
    CheckpointLine,
    EntryLine,
    LineUnreadable,
    NotAnExport,
    plain_leaf,
    read_head,
    read_line,
)
from outreach.domain.checkpoint import Checkpoint, OpenedCheckpoint, open_checkpoint
from outreach.domain.errors import OutreachError
from outreach.domain.merkle import (
    ConsistencyUnproven,
    Frontier,
    InclusionUnproven,
    covering_nodes,
    root_from_inclusion,
    verify_consistency,
)
from outreach.domain.signed_note import KeyMalformed, SignerUnknown, VerifierKey, read_verifier


@dataclass(frozen=True, slots=True)
class Trust:
    """What the reader brings along, from elsewhere than the export.

    With no log keys those the export names are taken, which shows only that it holds in itself.
    Every witness named must have cosigned. `checkpoint` is one kept from before, as a signed note.
    """

    log_keys: Sequence[VerifierKey] = ()
    witness_keys: Sequence[VerifierKey] = ()
    checkpoint: str | None = None


@dataclass(frozen=True, slots=True)
class Verification:
    """An export that holds: every line is, at its place, what was signed."""

    head: Head
    signed: OpenedCheckpoint
    checkpoints: int
    compared_with: Checkpoint | None


def verify_export(lines: Iterable[bytes], trust: Trust) -> Verification:
    """Raises AuditDamaged for the first damage, NotAnExport, and NotProven.

    `lines` are those of the file, with their line ends, a long one cut after LINE_LIMIT bytes.
    """
    source = iter(lines)
    check = _Check(read_head(next(source, b"")), trust)
    for line in source:
        check.line(line)
    return check.result()


class _Check:
    """The state of one verification: the tree so far, and what is suspected."""

    def __init__(self, head: Head, trust: Trust) -> None:
        self.head = head
        self.log_keys = trust.log_keys or _keys_of(head)
        self.witness_keys = trust.witness_keys  # all of them must have cosigned the end
        self.tree = Frontier(head.start, head.left)
        self.vouched = head.start
        self.checkpoints = 0
        self.suspicion: Suspicion | None = None
        self.final: OpenedCheckpoint | None = None
        self.proven_root: bytes | None = None
        self.older = self._open_older(trust)
        self.older_root = self.tree.root() if self._is_older(head.start) else None

    def line(self, line: bytes) -> None:
        leaf = None if self.suspicion else plain_leaf(line, self.tree.size)
        if leaf is not None and self.tree.size < self.head.end:
            self._append(leaf)
            return
        try:
            read = read_line(line)
        except LineUnreadable:
            self._unreadable(line)
            return
        if self.suspicion:
            if isinstance(read, EntryLine):
                self.suspicion.see(read)
        elif isinstance(read, CheckpointLine):
            self._checkpoint(read.note)
        else:
            self._entry(read)

    def result(self) -> Verification:
        if self.suspicion:
            raise self._with_vouched(self.suspicion.verdict())
        if self.tree.size < self.head.end or self.final is None:
            self._damaged(Damage.CUT_OFF, self.tree.size, "The file ends before its end.")
        self._compare_with_older(self.final.checkpoint)
        self._ask_for_witnesses(self.final)
        older = self.older.checkpoint if self.older else None
        return Verification(self.head, self.final, self.checkpoints, older)

    def _append(self, leaf: bytes) -> None:
        self.tree.append(leaf)
        if self._is_older(self.tree.size):
            self.older_root = self.tree.root()

    def _entry(self, line: EntryLine) -> None:
        expected = self.tree.size
        if line.index < expected:
            self._damaged(Damage.INSERTED, line.index, "An entry of this number was there already.")
        if line.index >= self.head.end:
            self._damaged(Damage.INSERTED, line.index, "No entry of this number is in the export.")
        if line.index > expected:
            self.suspicion = Displaced(expected, others_later=True)
        elif line.event_hash != line.leaf:
            self.suspicion = Mismatch(line)
        else:
            self._prove(line)
            self._append(line.leaf)

    def _prove(self, line: EntryLine) -> None:
        """Holds all inclusion proofs to one root, which the last checkpoint then has to sign."""
        if line.proof is None:
            return
        try:
            root = root_from_inclusion(line.index, self.head.size, line.leaf, line.proof)
        except InclusionUnproven as fault:
            self._damaged(Damage.CHANGED, line.index, str(fault))
        if self.proven_root not in (None, root):
            self._damaged(Damage.CHANGED, line.index, "Its inclusion proof leads elsewhere.")
        self.proven_root = root

    def _checkpoint(self, note: str) -> None:
        opened = self._open(note)
        checkpoint, have = opened.checkpoint, self.tree.size
        if checkpoint.size == self.head.size and have == self.head.end:
            self._compare(checkpoint, self._whole_root())
            self._compare_proofs(checkpoint.root)
            self.final = opened
        elif checkpoint.size == have:
            self._compare(checkpoint, self.tree.root())
        elif checkpoint.size > have:
            self.suspicion = Displaced(have)
        else:
            detail = "The checkpoint signed after this entry stands further on."
            self._damaged(Damage.REORDERED, checkpoint.size, detail)

    def _open(self, note: str) -> OpenedCheckpoint:
        try:
            opened = open_checkpoint(note, self.log_keys, self.witness_keys)
        except OutreachError as fault:
            self._damaged(Damage.FORGED_SIGNATURE, self.vouched, str(fault))
        if opened.checkpoint.origin != self.head.origin:
            self._damaged(Damage.FORGED_SIGNATURE, self.vouched, "A checkpoint of another log.")
        return opened

    def _compare(self, checkpoint: Checkpoint, root: bytes) -> None:
        if checkpoint.root != root:
            detail = (
                f"One or more of the entries {self.vouched} to {self.tree.size - 1} are not"
                f" those that were signed at {checkpoint.size} entries."
            )
            self._damaged(Damage.CHANGED, self.vouched, detail)
        self.vouched = self.tree.size
        self.checkpoints += 1

    def _compare_proofs(self, root: bytes) -> None:
        if self.proven_root not in (None, root):
            detail = "The inclusion proofs do not lead to the signed root."
            self._damaged(Damage.CHANGED, self.head.start, detail)

    def _whole_root(self) -> bytes:
        """The root at the head's size: the entries after the range stand as their nodes."""
        tree = Frontier(self.tree.size, self.tree.nodes)
        after = covering_nodes(self.head.end, self.head.size)
        for (level, _), node in zip(after, self.head.right, strict=True):
            tree.append_node(level, node)
        return tree.root()

    def _unreadable(self, line: bytes) -> None:
        if self.suspicion:
            return
        if line.endswith(b"\n"):
            self._damaged(Damage.CHANGED, self.tree.size, "Its line cannot be read.")
        self._damaged(Damage.CUT_OFF, self.tree.size, "The file ends within its line.")

    def _is_older(self, size: int) -> bool:
        return self.older is not None and self.older.checkpoint.size == size

    def _open_older(self, trust: Trust) -> OpenedCheckpoint | None:
        if trust.checkpoint is None:
            return None
        try:
            opened = open_checkpoint(trust.checkpoint, self.log_keys)
        except SignerUnknown as fault:
            if trust.log_keys:
                raise NotProven(f"The checkpoint to compare with: {fault}") from None
            detail = "The checkpoint you hold is signed by another key than this export names."
            raise AuditDamaged(Damage.FORGED_SIGNATURE, self.head.start, detail) from None
        except OutreachError as fault:
            raise NotProven(f"The checkpoint to compare with is of no use: {fault}") from None
        if opened.checkpoint.origin != self.head.origin:
            raise NotProven("The checkpoint to compare with is of another log.")
        return opened

    def _compare_with_older(self, final: Checkpoint) -> None:
        if self.older is None:
            return
        older = self.older.checkpoint
        if older.size > final.size:
            detail = f"The checkpoint you hold was signed at {older.size} entries: rolled back."
            self._damaged(Damage.CUT_OFF, final.size, detail)
        if self.older_root is None and older.size != final.size:
            self._prove_older(older, final)
        elif older.root != (final.root if self.older_root is None else self.older_root):
            self._split(older)

    def _prove_older(self, older: Checkpoint, final: Checkpoint) -> None:
        if self.head.consistency_from != older.size:
            raise NotProven(
                f"The export says nothing of the log at {older.size} entries. Export all of it, or"
                f" with a consistency proof from {older.size}."
            )
        proof = self.head.consistency
        try:
            verify_consistency(older.size, final.size, older.root, final.root, proof)
        except ConsistencyUnproven:
            self._split(older)

    def _ask_for_witnesses(self, final: OpenedCheckpoint) -> None:
        signed = [one.key for one in final.cosigners()]
        for key in self.witness_keys:
            if key not in signed:
                raise NotProven(f"The checkpoint is not cosigned by {key.name}.")

    def _split(self, older: Checkpoint) -> NoReturn:
        detail = (
            f"The log's own signatures tell two histories: the first {older.size} entries are not"
            " those of the checkpoint you hold. Which of them differ cannot be told from it."
        )
        raise AuditDamaged(Damage.SPLIT_VIEW, None, detail)

    def _damaged(self, kind: Damage, index: int, detail: str) -> NoReturn:
        raise self._with_vouched(AuditDamaged(kind, index, detail))

    def _with_vouched(self, damage: AuditDamaged) -> AuditDamaged:
        """Adds how far a good signature reaches: what lies between may be damaged unnoticed."""
        if not self.checkpoints:
            return damage
        vouched = f" Signed and right: entries {self.head.start} to {self.vouched - 1}."
        return AuditDamaged(damage.kind, damage.index, damage.detail + vouched)


def _keys_of(head: Head) -> tuple[VerifierKey, ...]:
    try:
        return tuple(read_verifier(key) for key in head.keys)
    except KeyMalformed as fault:
        raise NotAnExport(f"The key named in the first line cannot be read. {fault}") from None
