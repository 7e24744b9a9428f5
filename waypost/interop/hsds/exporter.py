"""The directory into a file, whole or not at all, in memory that does not grow with it."""

import gzip
import io
import json
import os
import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TextIO

from django.conf import settings
from django.db import connection, transaction

from waypost.directory.choices import ExportForm
from waypost.directory.hsds import ORDER
from waypost.directory.selectors.open_query import OpenQuery, open_total
from waypost.directory.selectors.open_rows import count_open
from waypost.interop.hsds.export_objects import TABLES_OF_OBJECTS, objects_of
from waypost.interop.hsds.export_tables import description, file_name, write_table
from waypost.interop.hsds.profile import PROFILE
from waypost.interop.hsds.publish import PROFILE_KEY, moment
from waypost.kernel.clock import now

Tell = Callable[[int], None]


def count_rows_to_leave(form: str) -> int:
    """How many rows, or objects, the file will hold."""
    if form == ExportForm.TABULAR:
        return sum(count_open(table.name) for table in ORDER)
    return sum(open_total(table, OpenQuery()) for table in TABLES_OF_OBJECTS[:-2])


def export_directory(form: str, out: Path, tell: Tell = lambda _: None) -> None:
    """Write everything that may leave to ``out``; ``tell`` hears how many rows were added, again and again.

    ``out`` ends in .zip for tables in one file, is a folder for tables otherwise; JSON and ndjson are
    compressed where it ends in .gz. What stood there before is replaced when the new one is whole.
    Raises OSError where it cannot be written.
    """
    beside = out.with_name(f".{out.name}.part")
    _forget(beside)
    out.parent.mkdir(parents=True, exist_ok=True)
    try:
        with _as_it_is_now():
            if form == ExportForm.TABULAR and out.suffix.lower() == ".zip":
                _zipped(beside, tell)
            elif form == ExportForm.TABULAR:
                _folder(beside, tell)
            else:
                _objects(form, beside, out.suffix.lower() == ".gz", tell)
        if beside.is_dir():
            _forget(out)
        os.replace(beside, out)
    finally:
        _forget(beside)


@contextmanager
def _as_it_is_now() -> Iterator[None]:
    """One state of the directory from the first row to the last."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _folder(folder: Path, tell: Tell) -> None:
    folder.mkdir()
    (folder / "datapackage.json").write_text(_description(), encoding="utf-8")
    for table in ORDER:
        with (folder / file_name(table.name)).open("w", encoding="utf-8", newline="") as out:
            write_table(table.name, out, tell)


def _zipped(path: Path, tell: Tell) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("datapackage.json", _description())
        for table in ORDER:
            with archive.open(file_name(table.name), "w", force_zip64=True) as member:
                out = io.TextIOWrapper(member, encoding="utf-8", newline="", write_through=False)
                write_table(table.name, out, tell)
                out.flush()
                out.detach()


def _description() -> str:
    return json.dumps(description(settings.NETWORK_NAME), ensure_ascii=False, indent=1) + "\n"


def _objects(form: str, path: Path, packed: bool, tell: Tell) -> None:
    with _opened(path, packed) as out:
        if form == ExportForm.NDJSON:
            for table in TABLES_OF_OBJECTS:
                for each in objects_of(table):
                    out.write(json.dumps(each, ensure_ascii=False, separators=(",", ":")) + "\n")
                    tell(1)
            return
        about = {"file": "export", "at": moment(now()), "standard": PROFILE["standard"]}
        out.write("{" + f'"{PROFILE_KEY}":{json.dumps(about)}')
        for table in TABLES_OF_OBJECTS:
            out.write(f',\n"{table}":[')
            for number, each in enumerate(objects_of(table)):
                out.write(",\n" if number else "\n")
                out.write(json.dumps(each, ensure_ascii=False, separators=(",", ":")))
                tell(1)
            out.write("]")
        out.write("}\n")


@contextmanager
def _opened(path: Path, packed: bool) -> Iterator[TextIO]:
    raw: IO[bytes] = gzip.open(path, "wb") if packed else path.open("wb")  # type: ignore[assignment]
    with raw, io.TextIOWrapper(raw, encoding="utf-8", newline="") as out:
        yield out


def _forget(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
