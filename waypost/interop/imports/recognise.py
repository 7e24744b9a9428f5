"""Which tables of an upload are of another form, and what they look like."""

import codecs
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from waypost.directory.hsds import TABLES
from waypost.interop.hsds.errors import Unreadable
from waypost.interop.hsds.files import collect
from waypost.interop.hsds.mapping import Mapping
from waypost.interop.hsds.names import (
    COLUMN_ALIASES,
    column_name,
    is_data_name,
    known_columns,
    table_of,
)
from waypost.interop.hsds.records import open_records
from waypost.interop.hsds.streams import SNIFF, FeedFile
from waypost.interop.hsds.tabular import MAX_COLUMNS
from waypost.interop.imports.fields import FIELDS

SAMPLES, SAMPLED_ROWS, LONGEST_SAMPLE = 3, 200, 80
MOST_SHOWN, MOST_COLUMNS = 30, 80  # tables and columns whose meaning is shown
ENOUGH = 2  # columns of HSDS in a table that goes by a name of HSDS
_JSON = (".json", ".ndjson", ".jsonl")
_BLANK = b"\xef\xbb\xbf \t\r\n"


@dataclass(frozen=True, slots=True)
class Strange:
    """A table whose columns nobody has explained yet: its headings, and a few values of each."""

    name: str
    columns: tuple[tuple[str, tuple[str, ...]], ...]

    def as_json(self) -> dict[str, Any]:
        """As it is kept with the import."""
        return {"name": self.name, "columns": [[heading, list(found)] for heading, found in self.columns]}


@dataclass(frozen=True, slots=True)
class Understood:
    """A table that can be read: each heading, the fields of HSDS that it goes to, and a few values."""

    name: str
    columns: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]

    def as_json(self) -> dict[str, Any]:
        """As it is kept with the import."""
        return {"name": self.name, "columns": [list(each) for each in self.columns]}


@dataclass(frozen=True, slots=True)
class Recognised:
    """``known``: how many files can be read as they are; ``strange``: those that need a mapping."""

    known: int
    strange: tuple[Strange, ...]
    understood: tuple[Understood, ...] = ()


def recognise(paths: Iterable[Path], mapping: Mapping | None) -> Recognised:
    """Look at the beginning of every file. Files that cannot be read at all are the importer's to name."""
    known = 0
    strange: list[Strange] = []
    understood: list[Understood] = []
    for path in paths:
        for feed_file in _files(path, mapping):
            try:
                if len(understood) < MOST_SHOWN and (told := _understood(feed_file, mapping)):
                    understood.append(told)
                if mapping and mapping.covers(feed_file.name):
                    known += 1
                    continue
                found = _look(feed_file)
            except Unreadable:
                continue
            if found is None:
                known += 1
            elif found.columns:
                strange.append(found)
    return Recognised(known, tuple(strange), tuple(understood))


def _files(path: Path, mapping: Mapping | None) -> list[FeedFile]:
    """What the importer would read; where it knows nothing, the shallowest tables that there are."""
    for covers in (mapping.covers if mapping else None, _is_table, is_data_name):
        try:
            return collect(path, covers).files
        except Unreadable:
            continue
    return []


def _is_table(name: str) -> bool:
    return name.lower().endswith((".csv", ".tsv"))


def _look(feed_file: FeedFile) -> Strange | None:
    """None: JSON or a table of HSDS; no columns: nothing at all."""
    start = feed_file.sniff()
    body = start.lstrip(_BLANK)
    if feed_file.path.suffix.lower() in _JSON or body[:1] in (b"{", b"["):
        return None
    nothing = Strange(feed_file.name, ())
    if not body.strip(b"\x00") or body[:1] == b"<":
        return nothing
    found = table_of(feed_file.name)
    names = known_columns(found[0]) if found else _every_column()
    heading, records, _broken = open_records([_whole_lines(start)], names)
    if found and len({column_name(cell) for cell in heading} & names) >= ENOUGH:
        return None
    if not any(cell.strip() for cell in heading) or len(heading) > MAX_COLUMNS:
        return nothing
    cells = [each.cells for each in islice(records, SAMPLED_ROWS)]
    columns = []
    for position, name in enumerate(heading):
        columns.append((name.strip(), _samples(cells, position)))
    return Strange(feed_file.name, tuple(each for each in columns if each[0]))


def _understood(feed_file: FeedFile, mapping: Mapping | None) -> Understood | None:
    """What the columns of a table are taken for; None for JSON, and for what nobody has explained."""
    sheet = mapping.sheet(feed_file.name) if mapping else None
    found = None if sheet else table_of(feed_file.name)
    start = feed_file.sniff()
    if (not sheet and not found) or start.lstrip(_BLANK)[:1] in (b"{", b"[", b"<"):
        return None
    names = set(sheet.columns) if sheet else known_columns(found[0]) if found else set()
    heading, records, _reading = open_records([_whole_lines(start)], names)
    if len({column_name(cell) for cell in heading} & names) < (1 if sheet else ENOUGH):
        return None
    cells = [each.cells for each in islice(records, SAMPLED_ROWS)]
    columns = []
    for position, cell in enumerate(heading[:MOST_COLUMNS]):
        name = column_name(cell)
        if sheet:
            goes = tuple(f"{each.table}.{each.column}" for each in sheet.columns.get(name, ()))
        else:
            goes = (_goes_to(found[0], name),) if found and name in names else ()
        columns.append((cell.strip() or "–", goes, _samples(cells, position)))
    return Understood(feed_file.name, tuple(columns))


def _goes_to(table: str, name: str) -> str:
    own = name == "id" or name in TABLES[table].columns or TABLES[table].reference(name)
    return f"{table}.{name if own else COLUMN_ALIASES.get(table, {}).get(name, name)}"


def _samples(cells: list[list[str]], position: int) -> tuple[str, ...]:
    values = [row[position].strip() for row in cells if len(row) > position and row[position].strip()]
    return tuple([each[:LONGEST_SAMPLE] for each in dict.fromkeys(values)][:SAMPLES])


def _whole_lines(start: bytes) -> bytes:
    """Without the last line, which may be cut off, unless the signs are of two or four bytes."""
    if b"\n" not in start or start[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) or len(start) < SNIFF:
        return start
    return start.rpartition(b"\n")[0]


def _every_column() -> set[str]:
    """Headings that tell the divider of a table of no known form."""
    return {like for each in FIELDS for like in each.likes}
