"""CSV tables: delimiters, headers, quotes that never close, rows of the wrong length."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from waypost.directory.hsds import TABLES
from waypost.interop.hsds.names import known_columns, stem, table_of
from waypost.interop.hsds.rows import RawRow
from waypost.interop.hsds.text import decode

MAX_FIELD = 1_000_000
MAX_COLUMNS = 500
MAX_RESTARTS = 100
MARKERS = ",;\t|"
WRONG, SCOPE = "what_is_wrong", "waypost_scope"  # columns that the error file adds
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")  # how what spreadsheets take for a formula begins


@dataclass(frozen=True, slots=True)
class Record:
    """A record of a CSV: the number of the row (the header is 1), its cells, or why it cannot be read."""

    number: int
    cells: list[str]
    problem: tuple[str, str] | None = None


def read_table(name: str, data: bytes) -> Iterator[RawRow] | None:
    """The rows of one CSV; None when its name is no table of HSDS."""
    found = table_of(name)
    heading, records, broken = open_records(data, known_columns(found[0]) if found else set())
    found = table_of(name, map(column_name, heading))
    if found is None:
        return None
    return _rows(name, found, heading, records, broken)


def open_records(data: bytes, known: set[str]) -> tuple[list[str], Iterator[Record], bool]:
    """Headings, records below them, whether some bytes could not be read; ``known`` tells the delimiter."""
    text, broken = decode(data)
    text = text.removeprefix("\ufeff").replace("\x00", "")
    records = _records(text, _delimiter(text, known))
    first = next(records, None)
    return first.cells if first else [], records, broken


def _rows(
    name: str, found: tuple[str, dict[str, Any]], heading: list[str], records: Iterator[Record], broken: bool
) -> Iterator[RawRow]:
    table, fixed = found
    header = [column_name(cell) for cell in heading]
    problem = _header_problem(table, header)
    columns = distinct(header)
    for record in records:
        if not record.problem and not any(cell.strip() for cell in record.cells):
            continue
        row = RawRow(table, {}, record.number, name, problem=record.problem or problem)
        row.origin = stem(name) if fixed else ""
        row.record = (heading, record.cells)
        row.values = dict(zip(columns, record.cells, strict=False))
        row.scope = as_it_was(row.values)
        check_length(row, record.cells, columns)
        _check_doubles(row)
        row.values |= fixed
        if broken and any("\ufffd" in cell for cell in record.cells):
            row.marks.append(("broken_characters", "Some bytes of this row are in no known encoding."))
        yield row


def as_it_was(values: dict[str, Any]) -> str:
    """Undo, in the row of a mended error file, what that file added; its scope, '' outside of one."""
    if values.pop(WRONG, None) is None:
        return ""
    for name, cell in values.items():
        if cell[:1] == "'" and cell[1:2] in RISKY:
            values[name] = cell[1:]
    return str(values.pop(SCOPE, ""))


def check_length(row: RawRow, cells: list[str], columns: list[str]) -> None:
    """Set a row with too many cells aside, mark one with too few."""
    if row.problem:
        return
    if len(cells) > len(columns) and any(cell.strip() for cell in cells[len(columns) :]):
        row.problem = (
            "wrong_number_of_columns",
            f"The row has {len(cells)} cells, the header {len(columns)}: values may stand in wrong columns.",
        )
    elif len(cells) < len(columns):
        row.marks.append(("short_row", f"The row has {len(cells)} cells, the header {len(columns)}."))


def column_name(cell: str) -> str:
    """A heading in the spelling of columns: 'Phone Number' is phone_number."""
    return "_".join(cell.strip().strip("\ufeff\"'").lower().replace("-", " ").split())


def _header_problem(table: str, header: list[str]) -> tuple[str, str] | None:
    known = known_columns(table)
    found = [column for column in header if column in known]
    if not found:
        return "unknown_columns", f"The first row names no column of {table}."
    if len(header) > MAX_COLUMNS:
        return "unknown_columns", f"The first row names {len(header)} columns."
    return None


def _check_doubles(row: RawRow) -> None:
    """A column that comes twice: the same twice is fine, two different ids or names are not."""
    for column in ("id", *_links(row.table)):
        second = row.values.get(f"{column}_2", "").strip()
        if not second or row.problem:
            continue
        if row.values[column].strip() in ("", second):
            row.values[column] = row.values.pop(f"{column}_2")
        else:
            row.problem = ("duplicate_column", f"The column {column} comes twice, with different values.")


def _links(table: str) -> tuple[str, ...]:
    spec = TABLES[table]
    return (*spec.required, *(reference.column for reference in spec.references))


def distinct(header: list[str]) -> list[str]:
    """Unnamed and repeated columns get a name of their own, so that nothing is overwritten."""
    seen: dict[str, int] = {}
    columns = []
    for position, column in enumerate(header, start=1):
        name = column or f"column_{position}"
        seen[name] = seen.get(name, 0) + 1
        columns.append(name if seen[name] == 1 else f"{name}_{seen[name]}")
    return columns


def _delimiter(text: str, known: set[str]) -> str:
    """The sign that splits the first line into most of the columns that are known."""
    first = text.split("\n", 1)[0]
    return max(MARKERS, key=lambda sign: len({column_name(cell) for cell in first.split(sign)} & known))


def _records(text: str, delimiter: str) -> Iterator[Record]:
    """All records. A quote that never closes costs the line it stands in, not the rest of the file."""
    lines = _physical(text)
    start, number, width, restarts = 0, 0, 0, 0
    while start < len(lines):
        reader = csv.reader(lines[start:], delimiter=delimiter)
        before, lost = 0, False
        while not lost:
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                cells, lost = [], True
            many = reader.line_num - before > 1 and restarts < MAX_RESTARTS
            if many and not lost:
                lost = len(cells) != (width or len(cells)) or _never_closes(
                    lines[start + before : start + reader.line_num], delimiter
                )
            number += 1
            width = width or len(cells)
            if not lost:
                yield Record(number, cells, _too_long(cells))
                before = reader.line_num
        restarts += 1
        text = lines[start + before].rstrip("\n")
        start += before + 1
        yield Record(number, [text], ("unreadable_row", "A quotation mark in this row is never closed."))


def _physical(text: str) -> list[str]:
    """Lines as the csv module wants them: it handles line breaks within quotes itself."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [f"{line}\n" for line in lines]


def _never_closes(lines: list[str], delimiter: str) -> bool:
    try:
        list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False


def _too_long(cells: list[str]) -> tuple[str, str] | None:
    if any(len(cell) > MAX_FIELD for cell in cells):
        return "unreadable_row", "The row has a field that is far too long."
    return None


csv.field_size_limit(MAX_FIELD * 10)
