"""A stream out of an OLE compound file, the container of old Excel workbooks ([MS-CFB]).

Chains of sectors in a stranger's file may run in circles: none is followed further than the file
has sectors.
"""

import struct

HEADER = 512
_END_OF_CHAIN = 0xFFFF_FFFA
"""This and everything above it are no sectors."""
_ENTRY = 128
_FIRST_TABLES = 109
_ROOT = 5


class Ole:
    """Raises ValueError where the file is damaged."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        if len(data) < HEADER:
            raise ValueError("too short")
        shift, small_shift = struct.unpack_from("<HH", data, 30)
        if shift not in {9, 12} or small_shift != 6:
            raise ValueError("unusual sectors")
        self._size, self._small_size = 1 << shift, 1 << small_shift
        self._directory_start, self._cutoff, self._small_table_start = struct.unpack_from(
            "<I4xII", data, 48
        )
        self._table = self._numbers(b"".join(map(self._sector, self._table_sectors())))

    def stream(self, *names: str) -> bytes:
        """The content of the first of these names that there is. Raises ValueError."""
        entries = self._entries()
        for name in names:
            if name in entries:
                _, start, size = entries[name]
                return self._content(start, size, entries)
        raise ValueError("no such stream")

    def _content(self, start: int, size: int, entries: dict[str, tuple[int, int, int]]) -> bytes:
        if size >= self._cutoff:
            return self._chain(start)[:size]
        root = next((entry for entry in entries.values() if entry[0] == _ROOT), None)
        if root is None:
            raise ValueError("no root")
        small, table = self._chain(root[1]), self._numbers(self._chain(self._small_table_start))
        step = self._small_size
        places = _followed(start, table)
        return b"".join(small[place * step : (place + 1) * step] for place in places)[:size]

    def _entries(self) -> dict[str, tuple[int, int, int]]:
        """Per name its kind, first sector and size in bytes."""
        directory = self._chain(self._directory_start)
        found = {}
        for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
            length, kind = struct.unpack_from("<HB", directory, at + 64)
            start, size = struct.unpack_from("<II", directory, at + 116)
            name = directory[at : at + max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
            found[name] = (kind, start, size)
        return found

    def _table_sectors(self) -> list[int]:
        """The sectors that hold the table of chains: 109 in the header, the rest in a list."""
        places = list(struct.unpack_from(f"<{_FIRST_TABLES}I", self._data, 76))
        following, left = struct.unpack_from("<II", self._data, 68)
        while following < _END_OF_CHAIN and 0 < left <= len(self._data) // self._size:
            *more, following = self._numbers(self._sector(following))
            places += more
            left -= 1
        return [place for place in places if place < _END_OF_CHAIN]

    def _chain(self, start: int) -> bytes:
        return b"".join(map(self._sector, _followed(start, self._table)))

    def _sector(self, place: int) -> bytes:
        at = (place + 1) * self._size
        if at >= len(self._data):
            raise ValueError("beyond the end")
        return self._data[at : at + self._size]

    @staticmethod
    def _numbers(table: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(table) // 4}I", table[: len(table) // 4 * 4])


def _followed(start: int, table: tuple[int, ...]) -> list[int]:
    """A chain's places in order. Raises ValueError where it is broken or runs in a circle."""
    places: list[int] = []
    place = start
    while place < _END_OF_CHAIN:
        if place >= len(table) or len(places) > len(table):
            raise ValueError("broken chain")
        places.append(place)
        place = table[place]
    return places
