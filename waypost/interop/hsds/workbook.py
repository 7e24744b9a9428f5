"""Workbooks (.xlsx) as CSV tables, one a sheet; formulas are never computed, only their last values read."""

import csv
import io
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import IO, Any

from openpyxl import load_workbook

from waypost.interop.hsds.errors import Unreadable
from waypost.interop.hsds.names import is_table_name, table_of
from waypost.interop.hsds.streams import PIECE, SNIFF, FeedFile

MAX_UNPACKED = 256 * 1024 * 1024
MAX_RATIO = 200
RATIO_FROM = 20 * 1024 * 1024
MAX_COLUMNS = 500
MAX_ROWS = 1_000_000
MAX_SHEETS = 100
NO_TIME = time(0, 0)


def is_workbook(path: Path) -> bool:
    """Whether this zip is a workbook of the Office Open XML kind."""
    try:
        with zipfile.ZipFile(path) as archive:
            return {"[Content_Types].xml", "xl/workbook.xml"} <= set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False


def read_workbook(path: Path) -> list[FeedFile]:
    """Each sheet that holds anything, as a CSV on disk; a single sheet goes by the file's name.

    Raises Unreadable, also when the file is made to do harm (a bomb, entities).
    """
    _check(path)
    try:
        with path.open("rb") as opened:  # by its content: it may be called .csv
            book = load_workbook(opened, read_only=True, data_only=True, keep_links=False)
            sheets = [(f"{sheet.title}.csv", _table(sheet)) for sheet in book.worksheets[:MAX_SHEETS]]
            book.close()
    except Unreadable:
        raise
    except Exception as error:  # openpyxl lets whatever its parsers raise come through
        raise Unreadable(f"{path.name} cannot be read as a workbook. It may be damaged.") from error
    filled = [(name, held) for name, held in sheets if held]
    if not filled:
        raise Unreadable(f"{path.name} holds no filled sheet.")
    return [_file(name, held) for name, held in _named(path, filled)]


def _named(path: Path, filled: list[tuple[str, IO[bytes]]]) -> list[tuple[str, IO[bytes]]]:
    """A single sheet goes by the file's name; so does, among notes, the one that holds the file's table."""
    own = f"{path.stem}.csv"
    if len(filled) == 1:
        return [(own, filled[0][1])]
    if table_of(own) is None or any(table_of(name) for name, _held in filled):
        return filled
    alike = [held for _name, held in filled if is_table_name(own, _start(held))]
    return [(own if held in alike[:1] else name, held) for name, held in filled]


def _start(held: IO[bytes]) -> bytes:
    held.seek(0)
    return held.read(SNIFF)


def _file(name: str, held: IO[bytes]) -> FeedFile:
    @contextmanager
    def opening() -> Iterator[IO[bytes]]:
        held.seek(0)
        yield held

    return FeedFile(name, opening)


def _check(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
        size, packed = sum(each.file_size for each in members), sum(each.compress_size for each in members)
        if size > MAX_UNPACKED or size > max(RATIO_FROM, packed * MAX_RATIO):
            raise Unreadable(f"{path.name} would unpack to far more than is reasonable.")
        for member in members:
            if member.filename.lower().endswith((".xml", ".rels", ".vml")) and _declares(archive, member):
                raise Unreadable(f"{path.name} holds XML declarations that no spreadsheet program writes.")


def _declares(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    """Whether a part declares entities anywhere: a declaration may stand far from its beginning."""
    before = b""
    try:
        with archive.open(member) as opened:
            while piece := opened.read(PIECE):
                seen = before + piece.replace(b"\x00", b"").upper()
                if b"<!DOCTYPE" in seen or b"<!ENTITY" in seen:
                    return True
                before = seen[-len(b"<!DOCTYPE") :]
    except Exception as error:  # any way in which a member can be broken
        raise Unreadable(f"{member.filename} in the workbook cannot be unpacked.") from error
    return False


def _table(sheet: Any) -> IO[bytes] | None:
    """The sheet in a file without a name; None when nothing stands in it."""
    held = tempfile.TemporaryFile()  # noqa: SIM115 - it goes with the last who reads it
    written = io.TextIOWrapper(held, encoding="utf-8", errors="replace", newline="", write_through=False)
    writer = csv.writer(written)
    number = 0
    for number, row in enumerate(_rows(sheet), start=1):  # noqa: B007 - asked for below
        if number > MAX_ROWS:
            raise Unreadable(f"The sheet {sheet.title} has more than {MAX_ROWS} rows.")
        writer.writerow(row)
    written.detach()
    return held if number else None


def _rows(sheet: Any) -> Iterator[list[str]]:
    """Rows as text without the empty cells at the right; width is that of the header."""
    width = 0
    for values in sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS + 1):
        cells = [_words(value) for value in values]
        while cells and not cells[-1]:
            cells.pop()
        if not width and not cells:
            continue
        width = width or len(cells)
        yield cells + [""] * (width - len(cells))


def _words(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == NO_TIME else value.isoformat(sep=" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
