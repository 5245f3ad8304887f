"""An inclusion proof taken step by step, as it is shown to a person."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from outreach.domain.merkle import hash_node


@dataclass(frozen=True, slots=True)
class Step:
    """One neighbour, and what it gives together with what was there: the hash over the entries
    from `first` to `last`."""

    is_left: bool
    neighbour: bytes
    result: bytes
    first: int
    last: int


def proof_steps(index: int, size: int, leaf: bytes, proof: Sequence[bytes]) -> Iterator[Step]:
    """The way of RFC 9162 section 2.1.3.2 from the entry to the root; the last result is where the
    proof leads, for a proof of the right length."""
    node, end, level, result = index, size - 1, 0, leaf
    for neighbour in proof:
        is_left = bool(node & 1) or node == end
        if is_left:
            result = hash_node(neighbour, result)
            while not node & 1 and node:
                node, end, level = node >> 1, end >> 1, level + 1
        else:
            result = hash_node(result, neighbour)
        node, end, level = node >> 1, end >> 1, level + 1
        last = min((node + 1) << level, size) - 1
        yield Step(is_left, neighbour, result, node << level, last)
