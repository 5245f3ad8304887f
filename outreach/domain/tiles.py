"""The tree cut into tiles of 256 hashes, as C2SP tlog-tiles lays them out: to store and to publish.

Tile (level, index) holds the 256 perfect nodes of tree level `8 * level` that begin at
`256 * index`; its own root is one hash of the tile above. A full tile never changes, so a store
may keep full tiles append-only and answer any proof with two or three reads.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from outreach.domain.merkle import HASH_SIZE, Frontier

HEIGHT = 8
WIDTH = 256

ReadTile = Callable[[int, int], bytes]
"""The hashes, joined, of the tile at (level, index): 8,192 bytes, or fewer of the last one."""

_PATH = re.compile(r"(\d|[1-5]\d|6[0-3])/((?:x\d{3}/)*\d{3})(?:\.p/([1-9]\d{0,2}))?")


class TileMissing(LookupError):
    """The store has no such node: no tile there, or not that many hashes in it."""


@dataclass(frozen=True, slots=True)
class Tile:
    """A full tile, ready to store: `hashes` are 8,192 bytes, `root` is its hash one level up."""

    level: int
    index: int
    hashes: bytes
    root: bytes


class TileWriter:
    """Collects hashes into full tiles. Its state is the last, unfinished tile of each level.

    `unfinished[level]` holds the hashes after the last full tile of that level: for a tree of n
    leaves `n // 256**level % 256` of them, as `unfinished_widths` counts.
    """

    def __init__(self, size: int = 0, unfinished: Sequence[Sequence[bytes]] = ()) -> None:
        if [len(tile) for tile in unfinished] != unfinished_widths(size):
            raise ValueError(f"these are not the unfinished tiles of a tree of {size}")
        self.size = size
        self.unfinished = [list(tile) for tile in unfinished]

    def extend(self, leaf_hashes: Iterable[bytes]) -> Iterator[Tile]:
        """Adds leaves and gives each tile that became full, lower levels before higher ones."""
        for leaf in leaf_hashes:
            self.size += 1
            yield from self._add(0, leaf)

    def root(self) -> bytes:
        """The tree's root, from at most 255 hashes of each level."""
        tree = Frontier()
        for level in reversed(range(len(self.unfinished))):
            for node in self.unfinished[level]:
                tree.append_node(HEIGHT * level, node)
        return tree.root()

    def _add(self, level: int, node: bytes) -> Iterator[Tile]:
        if level == len(self.unfinished):
            self.unfinished.append([])
        hashes = self.unfinished[level]
        hashes.append(node)
        if len(hashes) < WIDTH:
            return
        root = _levels_of(b"".join(hashes))[HEIGHT]
        index = (self.size >> (HEIGHT * (level + 1))) - 1
        yield Tile(level, index, b"".join(hashes), root)
        self.unfinished[level] = []
        yield from self._add(level + 1, root)


class TiledTree:
    """Answers `merkle.GetHash` from tiles; keeps the tiles it read, so use one for each proof."""

    def __init__(self, read_tile: ReadTile) -> None:
        self._levels = lru_cache(maxsize=64)(
            lambda level, index: _levels_of(read_tile(level, index))
        )

    def __call__(self, level: int, index: int) -> bytes:
        """The perfect node's hash. Raises TileMissing."""
        tile_level, height = divmod(level, HEIGHT)
        tile_index, place = divmod(index, WIDTH >> height)
        nodes = self._levels(tile_level, tile_index)[height]
        found = nodes[place * HASH_SIZE : (place + 1) * HASH_SIZE]
        if len(found) < HASH_SIZE:
            raise TileMissing(level, index)
        return found


def unfinished_widths(size: int) -> list[int]:
    """How many hashes stand in the unfinished tile of each level of a tree of `size` leaves."""
    widths = []
    while size:
        size, width = divmod(size, WIDTH)
        widths.append(width)
    return widths


def tile_path(level: int, index: int, width: int = WIDTH) -> str:
    """C2SP tlog-tiles: `0/x001/x234/067`, and `.p/<width>` after it where the tile is not full."""
    parts = [f"{index % 1000:03d}"]
    while index := index // 1000:
        parts.append(f"x{index % 1000:03d}")
    partial = "" if width == WIDTH else f".p/{width}"
    return f"{level}/{'/'.join(reversed(parts))}{partial}"


def read_tile_path(path: str) -> tuple[int, int, int] | None:
    """Level, index and width out of a tile's path, or None where it is not spelt as it must be."""
    found = _PATH.fullmatch(path)
    if not found:
        return None
    level, index = int(found[1]), int(found[2].replace("x", "").replace("/", ""))
    width = int(found[3] or WIDTH)
    return (level, index, width) if tile_path(level, index, width) == path else None


def _levels_of(joined: bytes) -> list[bytes]:
    """All perfect nodes within a tile, joined: its hashes, their pairs' hashes, up to its root.

    Both halves of a node lie side by side, so each is `merkle.hash_node` in one piece: a proof
    needs some thousand of them.
    """
    levels, pair = [joined], 2 * HASH_SIZE
    for _ in range(HEIGHT):
        level = levels[-1]
        ends = range(pair, len(level) + 1, pair)
        levels.append(b"".join([sha256(b"\x01" + level[e - pair : e]).digest() for e in ends]))
    return levels
