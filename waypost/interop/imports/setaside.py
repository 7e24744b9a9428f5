"""Rows that were not kept: packed with the import, and written as files to mend and bring again.

A row of a table stands in its own columns, with ``what is wrong`` before them. What came as JSON stands in a
table of HSDS, with the scope of its ids, so that the mended row finds what it belongs to.
"""

import csv
import gzip
import io
import json
import zipfile
from pathlib import PurePosixPath
from typing import Any

from waypost.directory.hsds import TABLES
from waypost.interop.hsds.names import stem
from waypost.interop.hsds.rows import UNKNOWN_TABLE, RawRow
from waypost.interop.hsds.tabular import RISKY

MOST_ROWS = 20_000
MOST_BYTES = 50_000_000
LONGEST_CELL = 100_000
WHAT, SCOPE = "what is wrong", "waypost scope"
NOT_ROWS = "not-read.md"


class SetAside:
    """Collects the rows; ``complete`` turns False when they get too many to keep."""

    def __init__(self) -> None:
        self.tables: dict[str, dict[str, Any]] = {}
        self.words: list[str] = []
        self.count, self.size, self.complete = 0, 0, True
        self._records: dict[tuple[str, int], list[str]] = {}

    def add(self, row: RawRow) -> None:
        """Keep one row, unless there are too many; a record that several rows came from is kept once."""
        why = row.problem[1] if row.problem else ""
        if row.record is not None and (known := self._records.get((row.file, row.number))):
            if why not in known[0]:
                known[0] = f"{known[0]} {why}"
            return
        if self.count >= MOST_ROWS or self.size > MOST_BYTES:
            self.complete = False
            return
        self.count += 1
        if row.record is not None:
            self._record(row, why)
        elif row.table == UNKNOWN_TABLE:
            self.words.append(
                f"- {row.file}, {row.number}: {why} {row.values.get('text', '')[:500]}".rstrip()
            )
        else:
            self._object(row, why)

    def _record(self, row: RawRow, why: str) -> None:
        heading, cells = row.record or ([], [])
        name = PurePosixPath(row.file.split(": ")[0]).name
        name = f"{PurePosixPath(name).stem}.csv"
        marked = [position for position, each in enumerate(heading) if each.strip().lower() == WHAT]
        table = self.tables.setdefault(name, {"columns": _without(heading, marked), "rows": []})
        line = [why, *(cell[:LONGEST_CELL] for cell in _without(cells, marked))]
        self._records[row.file, row.number] = line
        table["rows"].append(line)
        self.size += sum(map(len, line))

    def _object(self, row: RawRow, why: str) -> None:
        names = (f"{row.table}.csv", f"{TABLES[row.table].singular}.csv")
        name = next((each for each in names if not self._is_record(each)), names[0])
        columns = [SCOPE, "id", *(each.column for each in TABLES[row.table].references)]
        columns += [*(TABLES[row.table].link or ()), *TABLES[row.table].columns]
        empty = {"columns": list(dict.fromkeys(columns)), "rows": [], "objects": 1}
        table = self.tables.setdefault(name, empty)
        values = {SCOPE: row.scope, "id": row.source_id} | row.values
        for column, parent in row.parents.items():
            if not values.get(column):
                values[column] = parent.source_id or str(parent.values.get("id", ""))
        for each in values:
            if each not in table["columns"]:
                table["columns"].append(each)
        line = [why, *(_cell(values.get(each)) for each in table["columns"])]
        table["rows"].append(line)
        self.size += sum(map(len, line))

    def _is_record(self, name: str) -> bool:
        return name in self.tables and "objects" not in self.tables[name]

    def packed(self) -> bytes | None:
        """All of it for keeping; None when nothing was set aside."""
        if not self.tables and not self.words:
            return None
        body = {"tables": self.tables, "words": self.words, "complete": self.complete}
        return gzip.compress(json.dumps(body, ensure_ascii=False).encode("utf-8", "replace"), 6)


def _without(cells: list[str], positions: list[int]) -> list[str]:
    return [cell for position, cell in enumerate(cells) if position not in positions]


def _cell(value: Any) -> str:
    if value in (None, "", [], {}):
        return ""
    words = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return words[:LONGEST_CELL]


def error_file(packed: bytes) -> tuple[str, str, bytes]:
    """Name, content type and bytes: one CSV, or a zip when there are several."""
    body = json.loads(gzip.decompress(packed))
    files = {name: _csv(table["columns"], table["rows"]) for name, table in body["tables"].items()}
    if len(files) == 1 and not body["words"]:
        name, data = next(iter(files.items()))
        return f"{_plain(stem(name))}-mended.csv", "text/csv; charset=utf-8", data
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
        if body["words"]:
            archive.writestr(NOT_ROWS, "\n".join(["# Not read", "", *body["words"], ""]))
    return "set-aside.zip", "application/zip", held.getvalue()


def _plain(name: str) -> str:
    """A name that can stand in a header of HTTP, whatever the feed calls its file."""
    return "".join(each if each.isascii() and (each.isalnum() or each in "_-") else "_" for each in name)


def _csv(columns: list[str], rows: list[list[str]]) -> bytes:
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow([_safe(each) for each in (WHAT, *columns)])
    width = len(columns) + 1
    for row in rows:
        writer.writerow([_safe(cell) for cell in row + [""] * (width - len(row))])
    return b"\xef\xbb\xbf" + written.getvalue().encode("utf-8", "replace")


def _safe(cell: str) -> str:
    """No spreadsheet takes it for a formula; the importer takes the sign away again."""
    return f"'{cell}" if cell.startswith(RISKY) else cell
