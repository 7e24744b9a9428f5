"""Where the files of an import lie until it is over: below ``var``, outside of what the web serves.

The web server writes them and the worker reads them: on several machines ``var`` must be shared.
"""

import json
import os
import shutil
import time
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Protocol
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from waypost.kernel.errors import Refused

MAX_UPLOAD = 512 * 1024 * 1024
MAX_FILES = 100
LONGEST_NAME = 150  # bytes; file systems take 255, and endings are put behind it
KEPT_SECONDS = 7 * 24 * 3600
SUFFIXES = (".csv", ".tsv", ".txt", ".json", ".ndjson", ".jsonl", ".zip", ".xlsx", ".gz")


class Uploaded(Protocol):
    """A file that came with a form."""

    name: str | None
    size: int | None

    def chunks(self) -> Iterator[bytes]:
        """Its bytes, in pieces."""
        ...


def root() -> Path:
    """The folder of all imports."""
    return Path(settings.IMPORT_DIR)


def folder(run_id: UUID) -> Path:
    """The folder of one import, made if need be; nobody else on the machine may read it."""
    made = root() / str(run_id)
    made.mkdir(parents=True, exist_ok=True, mode=0o700)
    return made


def check(files: Iterable[Uploaded]) -> list[str]:
    """The names under which the files will be kept. Raises Refused in words."""
    held = list(files)
    if not held:
        raise Refused(_("Choose a file."), field="uploads")
    if len(held) > MAX_FILES:
        raise Refused(_("Choose up to 100 files, or put them in a zip."), field="uploads")
    if sum(each.size or 0 for each in held) > MAX_UPLOAD:
        raise Refused(_("The files are larger than 512 MB together. Import them in parts."), field="uploads")
    names: list[str] = []
    for each in held:
        name = plain_name(each.name or "")
        if not name.lower().endswith(SUFFIXES):
            raise Refused(
                _("“%(name)s” is not CSV, Excel (.xlsx), JSON, ndjson, zip or gz.") % {"name": name[:80]},
                field="uploads",
            )
        if not each.size:
            raise Refused(_("“%(name)s” is empty.") % {"name": name[:80]}, field="uploads")
        if name in names:
            raise Refused(_("Two files are called “%(name)s”.") % {"name": name[:80]}, field="uploads")
        names.append(name)
    return names


def plain_name(given: str) -> str:
    """A name without folders and signs that a file system or a terminal could take amiss."""
    name = PurePosixPath(given.replace("\\", "/")).name
    kept = "".join(each if each.isprintable() and each not in '<>:"|?*' else "_" for each in name)
    return _last_bytes(kept.lstrip("."), LONGEST_NAME) or "feed"


def _last_bytes(text: str, most: int) -> str:
    """The end of a text, in whole letters: file systems count bytes."""
    return text.encode("utf-8", "replace")[-most:].decode("utf-8", "ignore")


def keep(run_id: UUID, files: Iterable[Uploaded], names: Iterable[str]) -> None:
    """Write the files down."""
    place = folder(run_id) / "files"
    place.mkdir(exist_ok=True)
    for each, name in zip(files, names, strict=True):
        with (place / name).open("wb") as out:
            for piece in each.chunks():
                out.write(piece)


def files_of(run_id: UUID) -> list[Path]:
    """What is to be read."""
    place = root() / str(run_id) / "files"
    return sorted(each for each in place.iterdir() if each.is_file()) if place.is_dir() else []


def clear(run_id: UUID) -> None:
    """The import is over: its files are not needed any more."""
    shutil.rmtree(root() / str(run_id), ignore_errors=True)


def sweep(live: set[UUID], *, now: float | None = None) -> int:
    """Take away what imports left behind that are over, or wait for longer than a week; how many."""
    gone = 0
    limit = (now or time.time()) - KEPT_SECONDS
    for place in root().iterdir() if root().is_dir() else ():
        known = place.name in {str(each) for each in live}
        if place.is_dir() and (place.stat().st_mtime < limit or (not known and _rests(place, now))):
            shutil.rmtree(place, ignore_errors=True)
            gone += 1
    return gone


def _rests(place: Path, now: float | None) -> bool:
    """Not just being made: a form's files are written before its import is saved."""
    return place.stat().st_mtime < (now or time.time()) - 3600


def say(run_id: UUID, phase: str, done: int, total: int) -> None:
    """Note how far an import is, where its page can read it while its transaction is open."""
    note = folder(run_id) / "progress.json"
    draft = note.with_suffix(".new")
    draft.write_text(json.dumps({"phase": phase, "done": done, "total": total}), encoding="utf-8")
    os.replace(draft, note)


def said(run_id: UUID) -> tuple[str, int, int, float]:
    """Phase, rows through, rows in all (0: not known yet), seconds since that was noted."""
    note = root() / str(run_id) / "progress.json"
    try:
        body = json.loads(note.read_text(encoding="utf-8"))
        age = max(time.time() - note.stat().st_mtime, 0.0)
        return str(body["phase"]), int(body["done"]), int(body["total"]), age
    except (OSError, ValueError, KeyError, TypeError):
        return "", 0, 0, 0.0
