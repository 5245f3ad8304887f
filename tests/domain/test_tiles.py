import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach.domain.merkle import hash_leaf, inclusion_proof, root_at, root_of
from outreach.domain.tiles import (
    Tile,
    TiledTree,
    TileMissing,
    TileWriter,
    read_tile_path,
    tile_path,
    unfinished_widths,
)

LEAVES = [hash_leaf(b"%d" % number) for number in range(66_000)]


def tree_over(writer: TileWriter, full: list[Tile]) -> TiledTree:
    stored = {(tile.level, tile.index): tile.hashes for tile in full}
    for level, hashes in enumerate(writer.unfinished):
        stored[level, writer.size >> (8 * (level + 1))] = b"".join(hashes)
    return TiledTree(lambda level, index: stored.get((level, index), b""))


@pytest.mark.parametrize("size", [0, 1, 255, 256, 257, 511, 512, 1000, 65_535, 65_536, 65_537])
def test_tiles_give_the_root_and_proofs_at_every_kind_of_edge(size: int) -> None:
    writer = TileWriter()
    full = list(writer.extend(LEAVES[:size]))
    assert writer.root() == root_of(LEAVES[:size])
    assert [len(hashes) for hashes in writer.unfinished] == unfinished_widths(size)
    assert len(full) == size // 256 + size // 65_536
    tree = tree_over(writer, full)
    assert root_at(size, tree) == writer.root()
    if size:
        assert inclusion_proof(size - 1, size, tree) == inclusion_proof(size - 1, size, plain_node)


def plain_node(level: int, index: int) -> bytes:
    return root_of(LEAVES[index << level : (index + 1) << level])


@settings(deadline=None)
@given(st.lists(st.integers(0, 700), max_size=6))
def test_a_writer_goes_on_from_its_saved_state(batches: list[int]) -> None:
    """Sealing in batches of any size makes the same tiles as sealing all at once."""
    size, unfinished, full = 0, [], []
    for batch in batches:
        writer = TileWriter(size, unfinished)
        full += writer.extend(LEAVES[size : size + batch])
        size, unfinished = writer.size, writer.unfinished
    at_once = TileWriter()
    assert full == list(at_once.extend(LEAVES[:size]))
    assert unfinished == at_once.unfinished


def test_a_full_tile_carries_its_own_root_one_level_up() -> None:
    writer = TileWriter()
    full = list(writer.extend(LEAVES[:65_536]))
    above = full[-1]
    assert (above.level, above.index) == (1, 0)
    assert above.hashes == b"".join(tile.root for tile in full[:-1])
    assert above.root == root_of(LEAVES[:65_536])


def test_a_writer_refuses_a_state_that_cannot_be() -> None:
    with pytest.raises(ValueError, match="not the unfinished tiles of a tree of 3"):
        TileWriter(3, [LEAVES[:2]])


def test_a_node_that_is_not_stored_is_missing() -> None:
    tree = TiledTree(lambda _level, _index: b"".join(LEAVES[:3]))
    assert tree(0, 2) == LEAVES[2]
    for level, index in ((0, 3), (1, 1), (2, 0)):
        with pytest.raises(TileMissing):
            tree(level, index)


@pytest.mark.parametrize(
    ("level", "index", "width", "path"),
    [
        (0, 0, 256, "0/000"),
        (1, 1_234_067, 256, "1/x001/x234/067"),
        (0, 273, 112, "0/273.p/112"),
        (2, 0, 1, "2/000.p/1"),
        (63, 1000, 255, "63/x001/000.p/255"),
    ],
)
def test_tile_paths_are_those_of_tlog_tiles(level: int, index: int, width: int, path: str) -> None:
    assert tile_path(level, index, width) == path
    assert read_tile_path(path) == (level, index, width)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "0",
        "0/0",
        "0/00",
        "00/000",
        "64/000",
        "0/x000/000",
        "0/001/000",
        "0/x001/x234/67",
        "0/000.p/0",
        "0/000.p/256",
        "0/000.p/01",
        "0/000.p",
        "0/٠٠٠",
        "0/000\n",
        "-1/000",
        "0/../000",
    ],
)
def test_a_path_that_is_spelt_otherwise_is_no_tile(path: str) -> None:
    assert read_tile_path(path) is None
