"""CSV tables of HSDS: headers, columns that come twice, rows of the wrong length."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from waypost.directory.hsds import TABLES
from waypost.interop.hsds.names import column_name, known_columns, stem, table_of
from waypost.interop.hsds.records import Record, open_records
from waypost.interop.hsds.rows import RawRow
from waypost.interop.hsds.text import Reading

MAX_COLUMNS = 500
WRONG, SCOPE = "what_is_wrong", "waypost_scope"  # columns that the error file adds
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")  # how what spreadsheets take for a formula begins


def read_table(name: str, pieces: Iterable[bytes]) -> Iterator[RawRow] | None:
    """The rows of one CSV; None when its name is no table of HSDS."""
    found = table_of(name)
    heading, records, reading = open_records(pieces, known_columns(found[0]) if found else set())
    found = table_of(name, map(column_name, heading))
    if found is None:
        return None
    return _rows(name, found, heading, records, reading)


def _rows(
    name: str,
    found: tuple[str, dict[str, Any]],
    heading: list[str],
    records: Iterator[Record],
    reading: Reading,
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
        if reading.broken and any("\ufffd" in cell for cell in record.cells):
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


@cache
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
