from base64 import b64decode
from functools import cache
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach.domain.merkle import (
    EMPTY_ROOT,
    ConsistencyUnproven,
    Frontier,
    InclusionUnproven,
    consistency_proof,
    covering_nodes,
    hash_leaf,
    hash_node,
    inclusion_proof,
    root_at,
    root_from_inclusion,
    root_of,
    verify_consistency,
    verify_inclusion,
)
from tests.domain.published_proofs import (
    CT_LEAVES,
    CT_ROOTS,
    PUBLISHED_CONSISTENCY,
    PUBLISHED_INCLUSION,
)

LARGEST = 200
LEAVES = [hash_leaf(b"%d" % number) for number in range(LARGEST)]
CT_HASHES = [hash_leaf(leaf) for leaf in CT_LEAVES]


@cache
def mth(start: int, end: int) -> bytes:
    """RFC 6962 section 2.1 word for word, over LEAVES: the yardstick for everything else."""
    if end - start == 0:
        return sha256(b"").digest()
    if end - start == 1:
        return LEAVES[start]
    k = 1
    while k * 2 < end - start:
        k *= 2
    return hash_node(mth(start, start + k), mth(start + k, end))


def node(level: int, index: int) -> bytes:
    return mth(index << level, (index + 1) << level)


def ct_node(level: int, index: int) -> bytes:
    return root_of(CT_HASHES[index << level : (index + 1) << level])


def decoded(hashes: list[str]) -> list[bytes]:
    return [b64decode(one) for one in hashes]


def test_the_empty_tree_is_the_hash_of_nothing() -> None:
    expected = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert Frontier().root() == EMPTY_ROOT == bytes.fromhex(expected)


def test_leaf_and_node_hashes_cannot_be_taken_for_each_other() -> None:
    left, right = LEAVES[:2]
    assert hash_leaf(left + right) != hash_node(left, right)


@pytest.mark.parametrize("size", range(1, 9))
def test_roots_are_those_of_certificate_transparency(size: int) -> None:
    assert root_of(CT_HASHES[:size]).hex() == CT_ROOTS[size - 1]


@pytest.mark.parametrize(("index", "size"), PUBLISHED_INCLUSION)
def test_inclusion_proofs_are_the_published_ones(index: int, size: int) -> None:
    proof = decoded(PUBLISHED_INCLUSION[index, size])
    assert inclusion_proof(index, size, ct_node) == proof
    root = bytes.fromhex(CT_ROOTS[size - 1])
    verify_inclusion(index, size, CT_HASHES[index], proof, root)


@pytest.mark.parametrize(("smaller", "larger"), PUBLISHED_CONSISTENCY)
def test_consistency_proofs_are_the_published_ones(smaller: int, larger: int) -> None:
    proof = decoded(PUBLISHED_CONSISTENCY[smaller, larger])
    assert consistency_proof(smaller, larger, ct_node) == proof
    roots = [bytes.fromhex(CT_ROOTS[size - 1]) for size in (smaller, larger)]
    verify_consistency(smaller, larger, *roots, proof)


def test_roots_follow_the_definition_at_every_size() -> None:
    tree = Frontier()
    for size in range(LARGEST + 1):
        assert tree.root() == root_at(size, node) == mth(0, size)
        assert tree.nodes == tuple(node(level, index) for level, index in covering_nodes(0, size))
        if size < LARGEST:
            tree.append(LEAVES[size])


def test_a_frontier_goes_on_from_its_saved_state() -> None:
    for size in range(LARGEST):
        tree = Frontier(size, Frontier(size, [node(*at) for at in covering_nodes(0, size)]).nodes)
        tree.append(LEAVES[size])
        assert tree.root() == mth(0, size + 1)


def test_a_frontier_refuses_a_state_that_cannot_be() -> None:
    with pytest.raises(ValueError, match="5 leaves has not 1"):
        Frontier(5, LEAVES[:1])
    with pytest.raises(ValueError, match="level 1 can follow 1"):
        Frontier(1, LEAVES[:1]).append_node(1, LEAVES[1])


def test_every_entry_of_every_size_is_provable() -> None:
    for size in range(1, LARGEST + 1):
        for index in range(size):
            proof = inclusion_proof(index, size, node)
            verify_inclusion(index, size, LEAVES[index], proof, mth(0, size))


def test_every_size_is_consistent_with_every_later_one() -> None:
    for size in range(LARGEST + 1):
        for old in range(size + 1):
            proof = consistency_proof(old, size, node)
            verify_consistency(old, size, mth(0, old), mth(0, size), proof)


@settings(deadline=None)
@given(st.integers(0, LARGEST), st.integers(0, LARGEST))
def test_a_span_in_the_middle_leads_to_the_root_with_the_nodes_beside_it(a: int, b: int) -> None:
    start, end = sorted((a, b))
    tree = Frontier(start, [node(*at) for at in covering_nodes(0, start)])
    for leaf in LEAVES[start:end]:
        tree.append(leaf)
    for level, index in covering_nodes(end, LARGEST):
        tree.append_node(level, node(level, index))
    assert (tree.size, tree.root()) == (LARGEST, mth(0, LARGEST))


sizes = st.integers(2, LARGEST)


@settings(max_examples=400, deadline=None)
@given(sizes, st.data())
def test_a_proof_of_another_entry_place_or_size_is_refused(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    other = data.draw(st.integers(0, size - 1).filter(lambda one: one != index))
    proof = inclusion_proof(index, size, node)
    with pytest.raises(InclusionUnproven):
        verify_inclusion(index, size, LEAVES[other], proof, mth(0, size))
    with pytest.raises(InclusionUnproven):
        verify_inclusion(other, size, LEAVES[index], proof, mth(0, size))
    with pytest.raises(InclusionUnproven):
        verify_inclusion(index, size, LEAVES[index], proof, mth(0, size - 1))


@st.composite
def damaged(draw: st.DrawFn, proof: list[bytes]) -> list[bytes]:
    """The proof with one hash changed, dropped, doubled, cut short or added."""
    at = draw(st.integers(0, len(proof) - 1))
    bit = draw(st.integers(0, 255))
    flipped = (int.from_bytes(proof[at]) ^ (1 << bit)).to_bytes(32)
    inside = (
        [flipped],
        [],
        [proof[at], proof[at]],
        [proof[at][:31]],
        [proof[at], flipped],
    )[draw(st.integers(0, 4))]
    return [*proof[:at], *inside, *proof[at + 1 :]]


@settings(max_examples=400, deadline=None)
@given(sizes, st.data())
def test_a_damaged_inclusion_proof_is_refused(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    proof = data.draw(damaged(inclusion_proof(index, size, node)))
    with pytest.raises(InclusionUnproven):
        verify_inclusion(index, size, LEAVES[index], proof, mth(0, size))


@settings(max_examples=400, deadline=None)
@given(sizes, st.data())
def test_a_damaged_consistency_proof_is_refused(size: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(1, size - 1))
    proof = data.draw(damaged(consistency_proof(old, size, node)))
    with pytest.raises(ConsistencyUnproven):
        verify_consistency(old, size, mth(0, old), mth(0, size), proof)


@settings(deadline=None)
@given(sizes, st.data())
def test_a_rewritten_beginning_is_not_consistent(size: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(1, size))
    changed = data.draw(st.integers(0, old - 1))
    rewritten = [*LEAVES[:changed], hash_leaf(b"something else"), *LEAVES[changed + 1 : old]]
    proof = consistency_proof(old, size, node)
    with pytest.raises(ConsistencyUnproven):
        verify_consistency(old, size, root_of(rewritten), mth(0, size), proof)


@pytest.mark.parametrize(
    ("old", "size", "old_root", "root", "proof"),
    [
        (3, 2, mth(0, 3), mth(0, 2), []),
        (2, 2, mth(0, 2), mth(0, 3), []),
        (2, 2, mth(0, 2), mth(0, 2), [LEAVES[0]]),
        (0, 2, mth(0, 1), mth(0, 2), []),
        (0, 2, EMPTY_ROOT, mth(0, 2), [LEAVES[0]]),
        (0, 0, EMPTY_ROOT, mth(0, 2), []),
        (2, 5, mth(0, 2), mth(0, 5), []),
        (-1, 5, mth(0, 2), mth(0, 5), []),
    ],
)
def test_what_no_proof_can_show_is_refused(
    old: int, size: int, old_root: bytes, root: bytes, proof: list[bytes]
) -> None:
    with pytest.raises(ConsistencyUnproven):
        verify_consistency(old, size, old_root, root, proof)


@pytest.mark.parametrize(("index", "size"), [(0, 0), (5, 5), (-1, 5)])
def test_an_entry_outside_the_tree_is_refused(index: int, size: int) -> None:
    with pytest.raises(InclusionUnproven):
        root_from_inclusion(index, size, LEAVES[0], [])
    with pytest.raises(ValueError, match="no leaf"):
        inclusion_proof(index, size, node)


def test_proofs_need_reads_of_the_logarithm_of_the_size() -> None:
    reads: list[tuple[int, int]] = []

    def counting(level: int, index: int) -> bytes:
        reads.append((level, index))
        return bytes(32)

    for index, size in ((0, 1_000_000), (999_999, 1_000_000), (123_456, 999_999)):
        reads.clear()
        inclusion_proof(index, size, counting)
        assert len(set(reads)) == len(reads) <= 2 * size.bit_length()
        reads.clear()
        consistency_proof(index + 1, size, counting)
        assert len(reads) <= 2 * size.bit_length()
