"""The bytes of a file of a feed, in pieces: never held whole, and refused where they grow beyond reason."""

import gzip
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, cast

from waypost.interop.hsds.errors import Damaged, Unreadable

PIECE = 1 << 18
SNIFF = 65536
MAX_FILE = 8 * 1024 * 1024 * 1024
MAX_HELD = 512 * 1024 * 1024  # of a file that has to be held whole
MAX_RATIO = 200  # what grows more than this when it is unpacked, beyond RATIO_FROM bytes, is made to do harm
RATIO_FROM = 20 * 1024 * 1024
Opening = Callable[[], AbstractContextManager[IO[bytes]]]
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class FeedFile:
    """A file of the feed: its name within what was given, and a way to its bytes."""

    name: str
    opening: Opening
    allowed: int = MAX_FILE

    @property
    def path(self) -> PurePosixPath:
        """The name as a path with forward slashes."""
        return PurePosixPath(self.name)

    def pieces(self) -> Iterator[bytes]:
        """Its bytes from the beginning. Raises Unreadable, in words, while it is read."""
        left = self.allowed
        try:
            with self.opening() as opened:
                while piece := opened.read(PIECE):
                    left -= len(piece)
                    if left < 0:
                        raise Unreadable(f"{self.name} is, or unpacks to, far more than is reasonable.")
                    yield piece
        except OSError as error:
            raise Damaged(
                f"{self.name} cannot be read to its end: {error.strerror or error}. It may be damaged."
            ) from None
        except _DAMAGED:
            raise Damaged(
                f"{self.name} cannot be unpacked to its end. It may be damaged or cut off."
            ) from None

    def sniff(self, size: int = SNIFF) -> bytes:
        """Its first bytes."""
        held, there = [], 0
        for piece in self.pieces():
            held.append(piece)
            there += len(piece)
            if there >= size:
                break
        return b"".join(held)[:size]

    def load(self) -> bytes:
        """All of it. Raises Unreadable where that is too much to hold."""
        held, size = [], 0
        for piece in self.pieces():
            size += len(piece)
            if size > MAX_HELD:
                raise Unreadable(f"{self.name} is larger than {MAX_HELD // 1024 // 1024} MB.")
            held.append(piece)
        return b"".join(held)


def of_path(name: str, path: Path) -> FeedFile:
    """A plain file."""
    return FeedFile(name, lambda: path.open("rb"))


def of_gzip(path: Path) -> FeedFile:
    """A file packed with gzip, by its name without the ending."""
    allowed = max(RATIO_FROM, path.stat().st_size * MAX_RATIO)
    return FeedFile(
        path.name.removesuffix(".gz"),
        lambda: cast(AbstractContextManager[IO[bytes]], gzip.open(path, "rb")),
        min(MAX_FILE, allowed),
    )


def of_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> FeedFile:
    """A member of a zip."""
    allowed = max(RATIO_FROM, member.compress_size * MAX_RATIO)
    return FeedFile(member.filename.replace("\\", "/"), lambda: archive.open(member), min(MAX_FILE, allowed))
