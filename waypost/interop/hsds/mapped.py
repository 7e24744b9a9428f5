"""Rows of a table of any shape as rows of HSDS, by a mapping."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from waypost.directory.hsds import TABLES
from waypost.interop.hsds.cells import address_parts, hours_rows
from waypost.interop.hsds.errors import Unreadable
from waypost.interop.hsds.mapping import HOURS, Sheet, Target
from waypost.interop.hsds.names import column_name
from waypost.interop.hsds.records import open_records
from waypost.interop.hsds.rows import RawRow
from waypost.interop.hsds.streams import FeedFile
from waypost.interop.hsds.tabular import MAX_COLUMNS, as_it_was, check_length, distinct

MAIN = ("services", "locations", "organizations")  # the most particular first
_OWNERS = {"addresses": ("locations", "organizations"), "accessibility": ("locations",)}
Cells = dict[str, str]


@dataclass(slots=True)
class _Draft:
    """A row that is being put together. ``keys`` name other rows, ``values`` say something."""

    target: Target
    values: dict[str, Any] = field(default_factory=dict)
    keys: dict[str, Any] = field(default_factory=dict)


def read_mapped(sheet: Sheet, feed_file: FeedFile) -> Iterator[list[RawRow]]:
    """What each record of one file says. Raises Unreadable when none of the mapped columns is there."""
    if feed_file.sniff().lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        raise Unreadable(f"{feed_file.name} is a web page or XML, not a table.")
    heading, records, reading = open_records(feed_file.pieces(), set(sheet.columns))
    header = [column_name(cell) for cell in heading]
    if len(header) > MAX_COLUMNS:
        raise Unreadable(f"{feed_file.name} has {len(header)} columns; {MAX_COLUMNS} are the most.")
    if not set(header) & set(sheet.columns):
        raise Unreadable(f"{feed_file.name} has none of the columns that the mapping names.")
    columns = distinct(header)
    for record in records:
        if not record.problem and not any(cell.strip() for cell in record.cells):
            continue
        cells = {name: cell.strip() for name, cell in zip(columns, record.cells, strict=False)}
        as_it_was(cells)
        outer = RawRow(_first_table(sheet), {}, record.number, feed_file.name, problem=record.problem)
        outer.record = (heading, record.cells)
        check_length(outer, record.cells, columns)
        if reading.broken and any("\ufffd" in cell for cell in record.cells):
            outer.marks.append(("broken_characters", "Some bytes of this row are in no known encoding."))
        if outer.problem:
            outer.values = {"other_columns": cells}
            yield [outer]
        else:
            yield list(_rows(sheet, cells, outer))


def _first_table(sheet: Sheet) -> str:
    tables = {each.table for each in sheet.targets()}
    return next((name for name in MAIN if name in tables), next(iter(sheet.targets())).table)


def _rows(sheet: Sheet, cells: Cells, outer: RawRow) -> Iterator[RawRow]:
    drafts = _drafts(sheet, cells)
    main: dict[str, RawRow] = {}
    for table in ("organizations", "locations", "services"):
        for draft in drafts.get(table, []):
            if set(draft.values) - {"id"} or table == _first_table(sheet):
                main[table] = _main_row(draft, main, outer)
    children = [
        row
        for group, held in drafts.items()
        if group not in MAIN
        for draft in held
        if draft.values
        for row in _child_rows(draft, main, outer)
    ]
    if {"services", "locations"} <= set(main) and "service_at_locations" not in drafts:
        parents = {"service_id": main["services"], "location_id": main["locations"]}
        children.append(_row(outer, "service_at_locations", {}, parents))
    made = [*main.values(), *children]
    if not made:
        outer.problem = ("missing_value", "The row holds nothing in the columns that the mapping names.")
        made = [outer]
    _finish(sheet, cells, outer, made)
    yield from made


def _finish(sheet: Sheet, cells: Cells, outer: RawRow, made: list[RawRow]) -> None:
    """Give the most particular row what else the record says, and refuse it where something must be there."""
    head = next((row for name in MAIN for row in made if row.table == name), made[0])
    if others := {name: cell for name, cell in cells.items() if cell and name not in sheet.columns}:
        head.values["other_columns"] = others
    if head is not outer:
        head.marks += outer.marks
    for heading, targets in sheet.columns.items():
        for target in targets:
            if target.required and not cells.get(heading):
                for row in made:
                    if row.table == target.table and not row.problem:
                        row.problem = ("missing_value", f"{heading} is missing.")


def _drafts(sheet: Sheet, cells: Cells) -> dict[str, list[_Draft]]:
    """What the record says, by group; a child table that is filled twice has two rows."""
    found: dict[str, list[_Draft]] = {}
    given = [(cells.get(name, ""), target) for name, targets in sheet.columns.items() for target in targets]
    given += [(value, target) for target, value in sheet.constants]
    for value, target in given:
        held = found.setdefault(target.group, [])
        items = [part.strip() for part in value.split(target.split)] if target.split else [value]
        for item in filter(None, items):
            _put(held, target, item, cells)
    for group, held in found.items():
        keys = {
            target.column: value
            for value, target in given
            if target.group == group and target.is_reference and value
        }
        for draft in held:
            draft.keys = keys | draft.keys
    return found


def _put(held: list[_Draft], target: Target, item: str, cells: Cells) -> None:
    if not held:
        held.append(_Draft(target))
    if target.is_reference:
        return
    draft = held[-1]
    if target.column in draft.values:
        if target.table in MAIN or target.append:
            draft.values[target.column] += f"\n\n{item}"
            return
        draft = _Draft(target)
        held.append(draft)
    draft.values[target.column] = item
    if target.key and cells.get(target.key[1]):
        draft.keys[target.key[0]] = cells[target.key[1]]


def _main_row(draft: _Draft, main: dict[str, RawRow], outer: RawRow) -> RawRow:
    """An organization, place or service; an organization without an id is known by its name."""
    table, values = draft.target.table, draft.keys | draft.values
    if table == "organizations" and not values.get("id") and values.get("name"):
        values["id"] = f"name:{' '.join(values['name'].casefold().split())}"[:300]
    owner = main.get("organizations")
    if owner and not values.get("organization_id") and table != "organizations":
        values["organization_id"] = owner.values.get("id", "")
    return _row(outer, table, values, {}, nested=table == "organizations")


def _child_rows(draft: _Draft, main: dict[str, RawRow], outer: RawRow) -> Iterator[RawRow]:
    table = draft.target.table
    values = draft.target.fixed | draft.keys | draft.values
    parents = _parents(table, values, main)
    if table == "attributes" and parents:
        values["link_entity"] = TABLES[parents["link_id"].table].singular
    if table == "addresses" and not {"state_province", "state", "postal_code", "zip", "city"} & set(values):
        values |= address_parts(str(values.get("address_1", "")))
    several = hours_rows(values.pop(HOURS)) if table == "schedules" and HOURS in values else [{}]
    for each in several:
        row = _row(outer, table, values | each, parents, nested=True)
        row.origin = draft.target.model if draft.target.fixed else ""
        yield row


def _parents(table: str, values: dict[str, Any], main: dict[str, RawRow]) -> dict[str, RawRow]:
    """The row of the same record to which this one belongs, unless the record names another."""
    if table == "attributes":
        owner = next((main[name] for name in MAIN if name in main), None)
        return {} if owner is None or {"link_id", "service_id"} & set(values) else {"link_id": owner}
    references = {each.table: each.column for each in TABLES[table].references}
    if table == "service_at_locations":
        return {
            column: main[name] for name, column in references.items() if name in main and column not in values
        }
    if any(values.get(column) for column in references.values()):
        return {}
    for name in _OWNERS.get(table, MAIN):
        if name in main and name in references:
            return {references[name]: main[name]}
    return {}


def _row(
    outer: RawRow, table: str, values: dict[str, Any], parents: dict[str, RawRow], *, nested: bool = False
) -> RawRow:
    row = RawRow(table, values, outer.number, outer.file, parents=parents, nested=nested)
    row.record = outer.record
    return row
