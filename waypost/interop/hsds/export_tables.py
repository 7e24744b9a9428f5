"""The directory as tables: a CSV for each table of HSDS, row by row, and the package's description.

Cells are the data and nothing else: no sign is put before a value that a spreadsheet might take for a
formula, because whoever reads the table by program would read it as part of the value.
"""

import csv
import json
from collections.abc import Callable, Iterator
from typing import Any, TextIO

from waypost.directory.hsds import DATE, FLAG, INTEGER, MOMENT, NUMBER, ORDER, TABLES, TEXT, TIME, Table
from waypost.directory.selectors.open_rows import columns_of, stream_open_rows
from waypost.interop.hsds.publish import BEYOND, PROFILE_KEY, Object, flat
from waypost.interop.hsds.standard import ENUMS, FORMATS, REQUIRED, REQUIRED_IN_TABLES

FILE_NAMES = {"service_at_locations": "service_at_location", "service_capacities": "service_capacity",
              "urls": "url"}  # fmt: skip
_KINDS = {TEXT: "string", INTEGER: "integer", NUMBER: "number", DATE: "date", MOMENT: "datetime",
          TIME: "time", FLAG: "boolean"}  # fmt: skip


def file_name(table: str) -> str:
    """The name that the standard gives the file."""
    return f"{FILE_NAMES.get(table, table)}.csv"


def standard_columns(table: str) -> list[str]:
    """The standard's columns of a table."""
    return [each for each in columns_of(table) if (table, each) not in BEYOND]


def write_table(table: str, out: TextIO, tell: Callable[[int], None]) -> None:
    """Write the rows of one table that may leave; ``tell`` hears of each."""
    names = [*standard_columns(table), PROFILE_KEY]
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(names)
    for cells in _records(table, names):
        writer.writerow(cells)
        tell(1)


def _records(table: str, names: list[str]) -> Iterator[list[str]]:
    for row in stream_open_rows(table):
        found = _unambiguous(flat(table, row, whole=True))
        yield [_cell(found.get(name)) for name in names]


def _unambiguous(found: Object) -> Object:
    """Line ends differ between programs: a text with a carriage return stands in the JSON cell too."""
    odd = {name: value for name, value in found.items() if isinstance(value, str) and "\r" in value}
    if odd:
        beside = found.setdefault(PROFILE_KEY, {})
        beside["columns"] = odd | beside.get("columns", {})
    return found


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return str(value)


def description(title: str) -> Object:
    """``datapackage.json``: a tabular data package (Frictionless), as the standard describes its own."""
    return {
        "name": "human_services_data",
        "title": title,
        "profile": "tabular-data-package",
        "version": "3.2.3",
        "homepage": "https://docs.openreferral.org",
        "resources": [_resource(table) for table in ORDER],
    }


def _resource(table: Table) -> Object:
    keys = [
        {
            "fields": reference.column,
            "reference": {"resource": TABLES[reference.table].singular, "fields": "id"},
        }
        for reference in table.references
        if (table.name, reference.column) not in BEYOND
    ]
    schema: Object = {
        "primaryKey": "id",
        "fields": [_field(table, each) for each in standard_columns(table.name)],
    }
    schema["fields"].append({"name": PROFILE_KEY, "type": "object", "title": "What is added to the standard"})
    if keys:
        schema["foreignKeys"] = keys
    return {
        "name": table.singular,
        "path": file_name(table.name),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "profile": "tabular-data-resource",
        "schema": schema,
    }


def _field(table: Table, column: str) -> Object:
    key = (table.name, column)
    found: Object = {"name": column, "type": _KINDS[table.columns.get(column, TEXT)]}
    if column not in table.columns:
        found["format"] = "uuid"
    elif key in FORMATS:
        found["format"] = FORMATS[key]
    needed = ("id", *REQUIRED.get(table.name, ()), *REQUIRED_IN_TABLES.get(table.name, ()))
    constraints: Object = {"required": True} if column in needed else {}
    if column == "id":
        constraints["unique"] = True
    if key in ENUMS:
        constraints["enum"] = list(ENUMS[key])
    if constraints:
        found["constraints"] = constraints
    return found
