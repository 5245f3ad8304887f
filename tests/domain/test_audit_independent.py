"""The log, its proofs, its notes and its export, checked by a program that is not ours.

`tlog-scales` implements RFC 9162 and the C2SP specifications on its own. It is used only here.
"""

import json
from base64 import b64decode
from pathlib import Path

import pytest
from tlog_scales.backend import LocalBackend
from tlog_scales.reader import TilesReader
from tlog_scales.signing import DummySigner, PlainEd25519Signer, Vkey, VkeySet
from tlog_scales.tiles import leaf_hash, tile_path
from tlog_scales.tlog import (
    Checkpoint,
    ConsistencyProof,
    ConsistencyProofInvalid,
    InclusionProof,
    InclusionProofInvalid,
)
from tlog_scales.writer import TilesWriter

from outreach.domain import checkpoint as ours
from outreach.domain import tiles
from outreach.domain.merkle import consistency_proof, hash_leaf, inclusion_proof, root_at
from outreach.domain.signed_note import KeyType, read_verifier
from tests.sealed_log import ORIGIN, SealedLog, signer

SIZE = 700
LOG = SealedLog(SIZE, sealed_at=[300])
SIZES = [1, 2, 3, 7, 8, 255, 256, 257, 511, 512, 513, 699, 700]


def test_every_entry_of_a_range_export_is_proven_by_another_program() -> None:
    lines = [json.loads(line) for line in LOG.export(LOG.head(200, 460), proofs=True)]
    last = Checkpoint.from_text(lines[-1]["checkpoint"])
    last.verify(Vkey.from_string(lines[0]["keys"][0]))
    entries = [line for line in lines if "event" in line]
    assert len(entries) == 260
    for line in entries:
        event = LOG.events[line["index"]]  # as RFC 8785 writes line["event"]
        proof = InclusionProof(line["index"], last.size, [b64decode(one) for one in line["proof"]])
        proof.check(leaf_hash(event), last.root_hash)


def test_a_whole_export_s_root_is_computed_by_another_program(tmp_path: Path) -> None:
    lines = LOG.export()
    writer = TilesWriter.create(tmp_path / "log", ORIGIN)
    for line in lines:
        if line.startswith(b'{"event":'):
            writer.add_leaf(line[len(b'{"event":') : line.rindex(b',"index":')])
    writer.commit([DummySigner()])
    signed = Checkpoint.from_text(json.loads(lines[-1])["checkpoint"])
    theirs = TilesReader(LocalBackend(tmp_path / "log")).get_checkpoint()
    assert (theirs.size, theirs.root_hash) == (signed.size, signed.root_hash)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> TilesReader:
    """Our tiles laid out as files, as a static web server would give them, read by the library."""
    root = tmp_path_factory.mktemp("tiles")
    for level, width in enumerate(tiles.unfinished_widths(SIZE)):
        full = SIZE >> (8 * (level + 1))
        for index in range(full + bool(width)):
            hashes = LOG.read_tile(level, index)
            path = root / "tile" / tiles.tile_path(level, index, len(hashes) // 32)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(hashes)
    (root / "checkpoint").write_text(LOG.checkpoints[-1])
    reader = TilesReader(LocalBackend(root))
    assert reader.get_checkpoint().size == SIZE
    return reader


def test_our_tiles_lead_another_program_to_the_signed_root(published: TilesReader) -> None:
    assert published.calculate_root_hash() == root_at(SIZE, LOG.tree())


@pytest.mark.parametrize("size", SIZES)
def test_both_programs_make_the_same_proofs(published: TilesReader, size: int) -> None:
    for index in {0, size // 3, size // 2, size - 1}:
        theirs = published.get_inclusion_proof(index, size).node_hashes
        assert inclusion_proof(index, size, LOG.tree()) == theirs
        assert consistency_proof(index, size, LOG.tree()) == (
            published.get_consistency_proof(index, size).node_hashes if index else []
        )


def test_another_program_accepts_our_proofs_and_refuses_them_when_bent() -> None:
    for size in SIZES:
        for old in (one for one in SIZES if one < size):
            roots = root_at(old, LOG.tree()), root_at(size, LOG.tree())
            proof = consistency_proof(old, size, LOG.tree())
            ConsistencyProof(old, size, list(proof)).check(*roots)
            with pytest.raises(ConsistencyProofInvalid):
                ConsistencyProof(old, size, [bytes(32), *proof[1:]]).check(*roots)
        index, root = size - 1, root_at(size, LOG.tree())
        proof = inclusion_proof(index, size, LOG.tree())
        InclusionProof(index, size, proof).check(LOG.leaves[index], root)
        with pytest.raises(InclusionProofInvalid):
            InclusionProof(index, size, proof).check(hash_leaf(b"forged"), root)


def test_another_program_reads_our_keys_and_signatures() -> None:
    witness = signer(9, "charity.example/witness", KeyType.COSIGNATURE)
    note = ours.cosign_checkpoint(LOG.checkpoints[-1], witness, 1_767_225_600)
    theirs = Checkpoint.from_text(note)
    keys = [Vkey.from_string(key.verifier.text()) for key in (LOG.key, witness)]
    assert {key.name for key, _ in VkeySet(*keys).verify(theirs.signatures, theirs)} == {
        ORIGIN,
        "charity.example/witness",
    }
    assert theirs.serialize() == note


def test_we_read_another_program_s_keys_and_signatures() -> None:
    theirs = PlainEd25519Signer("log.example", bytes(range(32)))
    note = Checkpoint.make_signed("log.example", 5, bytes(32), [theirs]).serialize()
    opened = ours.open_checkpoint(note, [read_verifier(theirs.vkey.serialize())])
    assert (opened.checkpoint.size, opened.checkpoint.root) == (5, bytes(32))


@pytest.mark.parametrize("index", [0, 999, 1000, 1_234_067])
def test_both_programs_spell_tile_paths_alike(index: int) -> None:
    assert f"tile/{tiles.tile_path(1, index)}" == "/".join(tile_path(1, index))
    assert f"tile/{tiles.tile_path(1, index, 7)}" == "/".join(tile_path(1, index, 7))
