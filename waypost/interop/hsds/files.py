"""From what was named on the command line to the files of one feed: a file, a folder or a zip."""

import gzip
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, cast

from waypost.interop.hsds.errors import Unreadable
from waypost.interop.hsds.names import is_data_name, is_table_name, looks_like_json_feed
from waypost.interop.hsds.workbook import is_workbook, read_workbook

MAX_FILE = 512 * 1024 * 1024
MAX_TOTAL = 1024 * 1024 * 1024
MAX_MEMBERS = 5000
MAX_LINES = 8 * 1024 * 1024 * 1024  # of a file that is read line by line
MAX_LINE = 64 * 1024 * 1024
MAX_RATIO = 200  # a zip that grows more than this, beyond RATIO_FROM bytes, is made to do harm
RATIO_FROM = 20 * 1024 * 1024
SNIFF = 65536
GZIP = b"\x1f\x8b"
ENCRYPTED = 0x1
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class FeedFile:
    """A file of the feed: its name within what was given, and a way to its bytes, or line by line."""

    name: str
    load: Callable[[], bytes]
    sniff: Callable[[], bytes]
    lines: Callable[[], Iterator[bytes]] | None = None

    @property
    def path(self) -> PurePosixPath:
        """The name as a path with forward slashes."""
        return PurePosixPath(self.name)


@dataclass(slots=True)
class Collected:
    """The files to read, and what was left aside: (name, why)."""

    files: list[FeedFile] = field(default_factory=list)
    ignored: list[tuple[str, str]] = field(default_factory=list)


def collect(given: Path, covers: Callable[[str], bool] | None = None) -> Collected:
    """The feed's files behind ``given``; ``covers`` tells names that a mapping file speaks of.

    Raises Unreadable with a plain message.
    """
    try:
        mode = given.stat().st_mode
        if stat.S_ISDIR(mode):
            return _choose(given.name, _folder(given), covers)
        if not stat.S_ISREG(mode):
            raise Unreadable(f"{given} is not a file or a folder.")
        with given.open("rb") as opened:
            start = opened.read(4)
    except FileNotFoundError:
        raise Unreadable(f"{given} does not exist.") from None
    except PermissionError:
        raise Unreadable(f"{given} may not be read by this user.") from None
    except OSError as error:
        raise Unreadable(f"{given} cannot be read: {error.strerror or error}.") from None
    if start[:2] == b"PK" and is_workbook(given):
        sheets = [_held(name, data) for name, data in read_workbook(given)]
        return Collected(files=sheets)
    if start[:2] == b"PK" or given.suffix.lower() == ".zip":
        return _choose(given.name, _zip(given), covers)
    if start[:2] == GZIP:
        name = given.name.removesuffix(".gz")
        packed = FeedFile(name, lambda: _unpacked(given), lambda: _unpacked(given, SNIFF), _gzip_lines(given))
        return Collected(files=[packed])
    return Collected(files=[_plain(given.name, given)])


def _plain(name: str, path: Path) -> FeedFile:
    lines = _line_by_line(path.name, lambda: path.open("rb"), MAX_LINES)
    return FeedFile(name, lambda: _read(path), lambda: _read(path, SNIFF), lines)


def _gzip_lines(path: Path) -> Callable[[], Iterator[bytes]]:
    allowed = max(RATIO_FROM, path.stat().st_size * MAX_RATIO)

    def opening() -> AbstractContextManager[IO[bytes]]:
        return cast(IO[bytes], gzip.open(path, "rb"))

    return _line_by_line(path.name, opening, min(MAX_LINES, allowed))


def _line_by_line(
    name: str, opening: Callable[[], AbstractContextManager[IO[bytes]]], allowed: int
) -> Callable[[], Iterator[bytes]]:
    """A way to the lines of a file that is never held whole. Raises Unreadable while it is read."""

    def lines() -> Iterator[bytes]:
        left = allowed
        try:
            with opening() as opened:
                while line := opened.readline(MAX_LINE):
                    left -= len(line)
                    if left < 0 or len(line) == MAX_LINE:
                        raise Unreadable(f"{name} is larger than is reasonable, or has a line that is.")
                    yield line
        except _DAMAGED as error:
            raise Unreadable(f"{name} cannot be read to its end: {error}.") from None

    return lines


def _folder(folder: Path) -> list[FeedFile]:
    def entry(path: Path) -> FeedFile:
        return _plain(path.relative_to(folder).as_posix(), path)

    return [entry(path) for path in sorted(folder.rglob("*")) if path.is_file()]


def _read(path: Path, limit: int = 0) -> bytes:
    try:
        if not limit and path.stat().st_size > MAX_FILE:
            raise Unreadable(f"{path.name} is larger than {MAX_FILE // 1024 // 1024} MB.")
        with path.open("rb") as opened:
            return opened.read(limit or -1)
    except OSError as error:
        raise Unreadable(f"{path.name} cannot be read: {error.strerror or error}.") from None


def _held(name: str, data: bytes) -> FeedFile:
    return FeedFile(name, lambda: data, lambda: data[:SNIFF])


def _unpacked(path: Path, limit: int = 0) -> bytes:
    allowed = min(MAX_FILE, max(RATIO_FROM, path.stat().st_size * MAX_RATIO))
    try:
        with gzip.open(path) as opened:
            data = opened.read(limit or allowed + 1)
    except (OSError, EOFError, zlib.error):
        raise Unreadable(f"{path.name} cannot be unpacked. It may be damaged or cut off.") from None
    if not limit and len(data) > allowed:
        raise Unreadable(f"{path.name} unpacks to far more than is reasonable.")
    return data


def _zip(path: Path) -> list[FeedFile]:
    try:
        archive = zipfile.ZipFile(path)
        members = [each for each in archive.infolist() if not each.is_dir()]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        raise Unreadable(f"{path.name} is not a whole zip file. It may have been cut off.") from None
    if len(members) > MAX_MEMBERS:
        raise Unreadable(f"{path.name} holds more than {MAX_MEMBERS} files.")
    if sum(each.file_size for each in members if not _by_line(each)) > MAX_TOTAL:
        raise Unreadable(f"{path.name} would unpack to more than {MAX_TOTAL // 1024 // 1024} MB.")
    if any(each.flag_bits & ENCRYPTED for each in members):
        raise Unreadable(f"{path.name} is locked with a password. Unlock it first.")
    return [
        FeedFile(
            each.filename.replace("\\", "/"),
            lambda member=each: _member(archive, member),  # type: ignore[misc]
            lambda member=each: _member(archive, member, SNIFF),  # type: ignore[misc]
            _member_lines(archive, each),
        )
        for each in members
    ]


def _by_line(member: zipfile.ZipInfo) -> bool:
    return member.filename.lower().endswith((".ndjson", ".jsonl"))


def _member_lines(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Callable[[], Iterator[bytes]]:
    allowed = max(RATIO_FROM, member.compress_size * MAX_RATIO)
    return _line_by_line(member.filename, lambda: archive.open(member), min(MAX_LINES, allowed))


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, limit: int = 0) -> bytes:
    allowed = max(RATIO_FROM, member.compress_size * MAX_RATIO)
    try:
        with archive.open(member) as opened:
            data = opened.read(limit or min(MAX_FILE, allowed) + 1)
    except _DAMAGED:
        raise Unreadable(f"{member.filename} in the zip cannot be unpacked. It may be damaged.") from None
    if not limit and len(data) > min(MAX_FILE, allowed):
        raise Unreadable(f"{member.filename} in the zip unpacks to far more than is reasonable.")
    return data


def _choose(name: str, entries: Iterable[FeedFile], covers: Callable[[str], bool] | None = None) -> Collected:
    """The feed's own folder among all that is there: the shallowest that holds tables or JSON objects."""
    collected = Collected()
    folders: dict[PurePosixPath, list[FeedFile]] = {}
    seen: set[str] = set()
    for entry in entries:
        if reason := _set_aside(entry, seen):
            if reason != "hidden":
                collected.ignored.append((entry.name, reason))
            continue
        seen.add(entry.name)
        folders.setdefault(entry.path.parent, []).append(entry)
    found = {
        folder: files
        for folder, files in folders.items()
        if any(covers(each.name) if covers else _recognised(each) for each in files)
    }
    if not found:
        raise Unreadable(f"{name} holds no tables or objects of Human Services Data that Waypost knows.")
    depth = min(len(folder.parts) for folder in found)
    chosen = sorted(folder for folder in found if len(folder.parts) == depth)
    if len(chosen) > 1:
        names = ", ".join(str(each) for each in chosen[:5])
        raise Unreadable(f"{name} holds several packages ({names}). Name the one to import.")
    for folder, files in folders.items():
        if folder != chosen[0]:
            collected.ignored += [(each.name, "lies beside the package") for each in files]
    collected.files = folders[chosen[0]]
    return collected


def _set_aside(entry: FeedFile, seen: set[str]) -> str:
    parts = entry.path.parts
    if any(part.startswith(".") and part != ".." or part == "__MACOSX" for part in parts):
        return "hidden"
    if ".." in parts or entry.name.startswith("/") or ":" in parts[0]:
        return "has a name that leads outside the package"
    if entry.name in seen:
        return "comes twice in the zip"
    return "" if is_data_name(entry.path.name) else "is not CSV or JSON data"


def _recognised(entry: FeedFile) -> bool:
    if entry.path.suffix.lower() in (".json", ".ndjson", ".jsonl"):
        return looks_like_json_feed(entry.sniff())
    return is_table_name(entry.path.name, entry.sniff())
