"""The Merkle tree of RFC 6962 section 2.1 over SHA-256: to grow, to prove with, to check proofs.

A *perfect node* `(level, index)` is the root of the leaves from `index * 2**level` up to, not
including, `(index + 1) * 2**level`. It never changes once its leaves are there, so it is what may
be stored. Everything else is folded from perfect nodes when asked for.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256

from outreach.domain.errors import OutreachError

HASH_SIZE = 32
EMPTY_ROOT = sha256(b"").digest()

GetHash = Callable[[int, int], bytes]
"""The stored hash of the perfect node at (level, index)."""


class ProofRefused(OutreachError):
    """A proof does not lead to the root it is for."""


class InclusionUnproven(ProofRefused):
    """The entry is not shown to stand at that place in that tree."""


class ConsistencyUnproven(ProofRefused):
    """The smaller tree is not shown to be the beginning of the larger one."""


def hash_leaf(entry: bytes) -> bytes:
    return sha256(b"\x00" + entry).digest()


def hash_node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def root_of(leaf_hashes: Iterable[bytes]) -> bytes:
    """The root over leaf hashes in order, in memory of the logarithm of their number."""
    tree = Frontier()
    for leaf in leaf_hashes:
        tree.append(leaf)
    return tree.root()


class Frontier:
    """A tree that only grows, remembered by the roots of its perfect subtrees, the largest first.

    `nodes` has as many hashes as `size` has one bits; both together are the whole state.
    """

    def __init__(self, size: int = 0, nodes: Sequence[bytes] = ()) -> None:
        if size < 0 or len(nodes) != size.bit_count():
            raise ValueError(f"a tree of {size} leaves has not {len(nodes)} perfect subtrees")
        self.size = size
        self._nodes = list(nodes)

    @property
    def nodes(self) -> tuple[bytes, ...]:
        return tuple(self._nodes)

    def append(self, leaf_hash: bytes) -> None:
        self.append_node(0, leaf_hash)

    def append_node(self, level: int, node: bytes) -> None:
        """Adds the 2**level leaves under a perfect node; the size must be a multiple of that."""
        position, rest = divmod(self.size, 1 << level)
        if rest:
            raise ValueError(f"no node of level {level} can follow {self.size} leaves")
        while position & 1:
            node = sha256(b"\x01" + self._nodes.pop() + node).digest()
            position >>= 1
        self._nodes.append(node)
        self.size += 1 << level

    def root(self) -> bytes:
        return _fold(self._nodes)


def covering_nodes(start: int, end: int) -> Iterator[tuple[int, int]]:
    """The fewest perfect nodes that cover the leaves from start up to end, from left to right."""
    while start < end:
        level = (end - start).bit_length() - 1
        if start:
            level = min(level, (start & -start).bit_length() - 1)
        yield level, start >> level
        start += 1 << level


def root_at(size: int, get_hash: GetHash) -> bytes:
    """The root of the first `size` leaves, by at most log2(size) + 1 reads."""
    return _range_root(0, size, get_hash)


def inclusion_proof(index: int, size: int, get_hash: GetHash) -> list[bytes]:
    """RFC 6962 section 2.1.1: the siblings on the way from leaf `index` to the root at `size`."""
    if not 0 <= index < size:
        raise ValueError(f"no leaf {index} in a tree of {size}")
    path = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(_range_root(middle, end, get_hash))
            end = middle
        else:
            path.append(_range_root(start, middle, get_hash))
            start = middle
    return path[::-1]


def consistency_proof(old_size: int, size: int, get_hash: GetHash) -> list[bytes]:
    """RFC 6962 section 2.1.2. Empty from an empty tree and between equal sizes."""
    if not 0 <= old_size <= size:
        raise ValueError(f"no tree of {old_size} within one of {size}")
    if old_size in (0, size):
        return []
    path = []
    start, end = 0, size
    while end != old_size:
        middle = start + _split(end - start)
        if old_size <= middle:
            path.append(_range_root(middle, end, get_hash))
            end = middle
        else:
            path.append(_range_root(start, middle, get_hash))
            start = middle
    if start:  # at 0 the checker already holds this hash: it is the old root
        path.append(_range_root(start, end, get_hash))
    return path[::-1]


def verify_inclusion(
    index: int, size: int, leaf_hash: bytes, proof: Sequence[bytes], root: bytes
) -> None:
    """Raises InclusionUnproven unless the entry stands at `index` in the tree with that root."""
    if root_from_inclusion(index, size, leaf_hash, proof) != root:
        raise InclusionUnproven("The proof does not lead to the signed root.")


def root_from_inclusion(index: int, size: int, leaf_hash: bytes, proof: Sequence[bytes]) -> bytes:
    """RFC 9162 section 2.1.3.2: where a proof leads. InclusionUnproven if it has not its length."""
    if not 0 <= index < size:
        raise InclusionUnproven(f"There is no entry {index} in a log of {size}.")
    if any(len(one) != HASH_SIZE for one in (leaf_hash, *proof)):
        raise InclusionUnproven("A hash in the proof has not 32 bytes.")
    node, last, computed = index, size - 1, leaf_hash
    for sibling in proof:
        if last == 0:
            raise InclusionUnproven("The proof is too long.")
        if node & 1 or node == last:
            computed = hash_node(sibling, computed)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            computed = hash_node(computed, sibling)
        node, last = node >> 1, last >> 1
    if last:
        raise InclusionUnproven("The proof is too short.")
    return computed


def verify_consistency(
    old_size: int, size: int, old_root: bytes, root: bytes, proof: Sequence[bytes]
) -> None:
    """RFC 9162 section 2.1.4.2 and the trivial cases it leaves out. Raises ConsistencyUnproven."""
    if not 0 <= old_size <= size:
        raise ConsistencyUnproven(f"A log of {size} cannot continue one of {old_size}.")
    if old_size in (0, size):
        expected = EMPTY_ROOT if old_size == 0 else root
        if proof or old_root != expected or (size == 0 and root != EMPTY_ROOT):
            raise ConsistencyUnproven("The two roots are not of one log.")
        return
    if _roots_from(old_size, size, old_root, proof) != (old_root, root):
        raise ConsistencyUnproven("The proof does not lead to the two signed roots.")


def _roots_from(
    old_size: int, size: int, old_root: bytes, proof: Sequence[bytes]
) -> tuple[bytes, bytes]:
    """Both roots as the proof tells them, for 0 < old_size < size."""
    hashes = [old_root, *proof] if old_size & (old_size - 1) == 0 else list(proof)
    if not hashes or any(len(one) != HASH_SIZE for one in hashes):
        raise ConsistencyUnproven("The proof is empty, or a hash in it has not 32 bytes.")
    shift = (old_size & -old_size).bit_length() - 1
    node, last = (old_size - 1) >> shift, (size - 1) >> shift
    old = new = hashes[0]
    for sibling in hashes[1:]:
        if last == 0:
            raise ConsistencyUnproven("The proof is too long.")
        if node & 1 or node == last:
            old, new = hash_node(sibling, old), hash_node(sibling, new)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            new = hash_node(new, sibling)
        node, last = node >> 1, last >> 1
    if last:
        raise ConsistencyUnproven("The proof is too short.")
    return old, new


def _split(width: int) -> int:
    """The largest power of two below width, for width over 1 (RFC 6962 section 2.1: k)."""
    return 1 << ((width - 1).bit_length() - 1)


def _range_root(start: int, end: int, get_hash: GetHash) -> bytes:
    return _fold([get_hash(level, index) for level, index in covering_nodes(start, end)])


def _fold(nodes: Sequence[bytes]) -> bytes:
    if not nodes:
        return EMPTY_ROOT
    root = nodes[-1]
    for left in reversed(nodes[:-1]):
        root = hash_node(left, root)
    return root
