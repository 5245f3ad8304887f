"""A workbook's ZIP archive, measured by what really comes out of it before anything else opens it.

The sizes an archive declares are its author's word. Every part is unpacked here in small pieces,
counted and dropped, so that a bomb is found at the price of its limit.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from functools import cached_property

MAX_UNPACKED = 160 * 1024 * 1024
MAX_PARTS = 2_000
PIECE = 256 * 1024
_LOCAL_HEADER = 30
_DEFLATE_RAW = -15


class ArchiveRefused(Exception):
    """Unpacks to more than any list has, or to more than it says."""


class Archive:
    """Raises ArchiveRefused where it is no workbook's, zipfile's errors where it is damaged."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self._parts = {part.filename: part for part in archive.infolist()}
            count = len(archive.infolist())
        if count > MAX_PARTS or count != len(self._parts):
            raise ArchiveRefused
        if sum(part.file_size for part in self._parts.values()) > MAX_UNPACKED:
            raise ArchiveRefused
        self._measure()

    def _measure(self) -> None:
        left = MAX_UNPACKED
        for name in self._parts:
            for piece in self.pieces(name):
                left -= len(piece)
                if left < 0:
                    raise ArchiveRefused

    @cached_property
    def names(self) -> frozenset[str]:
        return frozenset(self._parts)

    def read(self, name: str) -> bytes:
        return b"".join(self.pieces(name))

    def pieces(self, name: str) -> Iterator[bytes]:
        """What the part really holds, whatever its declared size."""
        part = self._parts[name]
        start = self._start_of(part)
        packed = self._data[start : start + part.compress_size]
        if part.compress_type == zipfile.ZIP_STORED:
            yield from (packed[at : at + PIECE] for at in range(0, len(packed), PIECE))
        elif part.compress_type == zipfile.ZIP_DEFLATED:
            yield from _inflate(packed)
        else:
            raise ValueError("an unusual compression")

    def _start_of(self, part: zipfile.ZipInfo) -> int:
        """Past the local header, whose name and extra field may differ from the directory's."""
        at = part.header_offset
        name_length = int.from_bytes(self._data[at + 26 : at + 28], "little")
        extra_length = int.from_bytes(self._data[at + 28 : at + 30], "little")
        return at + _LOCAL_HEADER + name_length + extra_length


def whole_tags(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The same bytes, cut so that no tag is split."""
    rest = b""
    for piece in pieces:
        text = rest + piece
        end = text.rfind(b">") + 1
        yield text[:end]
        rest = text[end:]


def _inflate(packed: bytes) -> Iterator[bytes]:
    stream = zlib.decompressobj(_DEFLATE_RAW)
    piece = stream.decompress(packed, PIECE)
    while piece:
        yield piece
        piece = stream.decompress(stream.unconsumed_tail, PIECE) if not stream.eof else b""
