"""From what was named on the command line to the files of one feed: a file, a folder or a zip."""

import json
import stat
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from waypost.interop.hsds.errors import Damaged, Unreadable
from waypost.interop.hsds.names import (
    DESCRIPTIONS,
    is_data_name,
    is_table_name,
    looks_like_json_feed,
    stem,
    table_of,
)
from waypost.interop.hsds.streams import FeedFile, of_gzip, of_member, of_path
from waypost.interop.hsds.workbook import is_workbook, read_workbook

MAX_TOTAL = 8 * 1024 * 1024 * 1024
MAX_MEMBERS = 5000
GZIP = b"\x1f\x8b"
ENCRYPTED = 0x1
MAX_DESCRIPTION = 4 * 1024 * 1024


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
        return Collected(files=read_workbook(given))
    if start[:2] == b"PK" or given.suffix.lower() == ".zip":
        return _choose(given.name, _zip(given), covers)
    if start[:2] == GZIP:
        return Collected(files=[of_gzip(given)])
    return Collected(files=[of_path(given.name, given)])


def _folder(folder: Path) -> list[FeedFile]:
    return [
        of_path(path.relative_to(folder).as_posix(), path)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    ]


def _zip(path: Path) -> list[FeedFile]:
    try:
        archive = zipfile.ZipFile(path)
        members = [each for each in archive.infolist() if not each.is_dir()]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        raise Damaged(f"{path.name} is not a whole zip file. It may have been cut off.") from None
    if len(members) > MAX_MEMBERS:
        raise Unreadable(f"{path.name} holds more than {MAX_MEMBERS} files.")
    if sum(each.file_size for each in members) > MAX_TOTAL:
        raise Unreadable(f"{path.name} would unpack to more than {MAX_TOTAL // 1024 // 1024} MB.")
    if any(each.flag_bits & ENCRYPTED for each in members):
        raise Unreadable(f"{path.name} is locked with a password. Unlock it first.")
    return [of_member(archive, member) for member in members]


def _choose(name: str, entries: Iterable[FeedFile], covers: Callable[[str], bool] | None = None) -> Collected:
    """The feed's own folder among all that is there: the shallowest that holds tables or JSON objects."""
    collected = Collected()
    folders: dict[PurePosixPath, list[FeedFile]] = {}
    seen: set[str] = set()
    for entry in _as_described(list(entries)):
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


def _as_described(entries: list[FeedFile]) -> list[FeedFile]:
    """Files by the names that a datapackage.json beside them gives their tables, where their own say none."""
    names: dict[str, str] = {}
    for entry in entries:
        if entry.path.name.lower() == "datapackage.json" and "__MACOSX" not in entry.path.parts:
            names |= _described(entry)
    return [replace(each, name=names.get(each.name, each.name)) for each in entries]


def _described(package: FeedFile) -> dict[str, str]:
    """Path of a file to its path under the table's name; nothing where the description cannot be read."""
    try:
        held = json.loads(package.sniff(MAX_DESCRIPTION))
    except (Unreadable, ValueError, RecursionError):
        return {}
    resources = held.get("resources") if isinstance(held, dict) else None
    found: dict[str, str] = {}
    for each in resources if isinstance(resources, list) else []:
        if not isinstance(each, dict) or not isinstance(each.get("path"), str):
            continue
        name, path = str(each.get("name", "")), package.path.parent / each["path"]
        if table_of(name) and not table_of(path.name) and ".." not in path.parts:
            found[str(path)] = str(package.path.parent / f"{stem(name)}{path.suffix}")
    return found


def _set_aside(entry: FeedFile, seen: set[str]) -> str:
    parts = entry.path.parts
    if any(part.startswith(".") and part != ".." or part == "__MACOSX" for part in parts):
        return "hidden"
    if ".." in parts or entry.name.startswith("/") or ":" in parts[0]:
        return "has a name that leads outside the package"
    if entry.name in seen:
        return "comes twice in the zip"
    if entry.path.name.lower() in DESCRIPTIONS:
        return "describes the package"
    return "" if is_data_name(entry.path.name) else "is not CSV or JSON data"


def _recognised(entry: FeedFile) -> bool:
    if entry.path.suffix.lower() in (".json", ".ndjson", ".jsonl"):
        return looks_like_json_feed(entry.sniff())
    return is_table_name(entry.path.name, entry.sniff())
