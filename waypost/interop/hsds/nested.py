"""JSON objects of any shape into rows: what lies inside a row belongs to it."""

from collections.abc import Iterator
from typing import Any

from waypost.directory.hsds import ORDER, TABLES, Table
from waypost.interop.hsds.publish import PROFILE_KEY
from waypost.interop.hsds.rows import RawRow

MAX_DEPTH = 40

_SPECIAL_CHILDREN = {
    ("organizations", "additional_websites"): "urls",
    ("services", "additional_urls"): "urls",
    ("services", "capacities"): "service_capacities",
}


def _names(table: Table) -> tuple[str, ...]:
    return table.name, table.singular, f"{table.singular}s"


def _children() -> dict[tuple[str, str], tuple[str, str]]:
    """(table, property) -> (table of the rows inside, their column that names the row outside)."""
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for outer in ORDER:
        for inner in ORDER:
            if inner.link:
                column = inner.link[0]
            else:
                column = next((ref.column for ref in inner.references if ref.table == outer.name), "")
            if column and inner is not outer:
                found |= {(outer.name, name): (inner.name, column) for name in _names(inner)}
    for (outer_name, name), inner_name in _SPECIAL_CHILDREN.items():
        found[outer_name, name] = (inner_name, f"{TABLES[outer_name].singular}_id")
    return found


CHILDREN = _children()

# A row inside another may stand for the row that the outer one refers to ("organization": {...}).
TO_ONE: dict[tuple[str, str], tuple[str, str]] = {
    (table.name, reference.column.removesuffix("_id")): (reference.table, reference.column)
    for table in ORDER
    for reference in table.references
} | {("taxonomy_terms", "taxonomy_detail"): ("taxonomies", "taxonomy_id")}

# Places inside a service, and services inside a place: HSDS joins them by a service_at_location.
_JOINED = {
    ("services", "locations"): ("locations", "service_id", "location_id"),
    ("services", "location"): ("locations", "service_id", "location_id"),
    ("locations", "services"): ("services", "location_id", "service_id"),
    ("locations", "service"): ("services", "location_id", "service_id"),
}
_FROM_AROUND = {  # what a row takes from the rows around it when nothing nearer says it
    "services": (("organization_id", "organizations"),),
    "locations": (("organization_id", "organizations"),),
    "programs": (("organization_id", "organizations"),),
}


class Unfolding:
    """One object of a feed being taken apart; ``number`` is its place in the feed."""

    def __init__(self, file: str, number: int, scope: str) -> None:
        self.file, self.number, self.scope = file, number, scope

    def rows(
        self, table: str, found: dict[str, Any], around: dict[str, RawRow], depth: int = 0
    ) -> Iterator[RawRow]:
        """The row that ``found`` is, first, then every row inside it."""
        row = RawRow(table, {}, self.number, self.file, self.scope, nested=True)
        for column, owner in _FROM_AROUND.get(table, ()):
            if owner in around and PROFILE_KEY not in found:  # our own objects say it themselves
                row.parents[column] = around[owner]
        inside: list[tuple[str, Any]] = []
        for name, value in found.items():
            if value not in (None, "", [], {}) and self._leads_in(table, name, value) and depth < MAX_DEPTH:
                inside.append((name, value))
            else:
                row.values[name] = value
        yield row
        context = around | {table: row}
        for name, value in sorted(inside, key=lambda each: each[0] != "organization"):
            yield from self._inside(row, name, value, context, depth + 1)
            if "organization_id" in row.parents:  # what comes after it is the organization's as well
                context["organizations"] = row.parents["organization_id"]

    def _leads_in(self, table: str, name: str, value: Any) -> bool:
        if isinstance(value, dict):
            return any((table, name) in each for each in (CHILDREN, TO_ONE, _JOINED))
        return isinstance(value, list) and any((table, name) in each for each in (CHILDREN, _JOINED))

    def _inside(
        self, row: RawRow, name: str, value: Any, around: dict[str, RawRow], depth: int
    ) -> Iterator[RawRow]:
        key = (row.table, name)
        if isinstance(value, dict) and key in TO_ONE and key not in _JOINED:
            yield from self._referred(row, TO_ONE[key], value, around, depth)
            return
        for item in value if isinstance(value, list) else [value]:
            if key in _JOINED:
                yield from self._joined(row, name, item, around, depth)
            else:
                yield from self._child(row, name, item, around, depth)

    def _referred(
        self,
        row: RawRow,
        target: tuple[str, str],
        value: dict[str, Any],
        around: dict[str, RawRow],
        depth: int,
    ) -> Iterator[RawRow]:
        table, column = target
        made = list(self.rows(table, value, around, depth))
        row.parents[column] = made[0]
        if table == "programs":
            made[0].values.setdefault("organization_id", row.values.get("organization_id"))
        yield from made

    def _child(
        self, row: RawRow, name: str, item: Any, around: dict[str, RawRow], depth: int
    ) -> Iterator[RawRow]:
        table, column = CHILDREN[row.table, name]
        spec = TABLES[table]
        if isinstance(item, str | int | float) and spec.main and str(item).strip():
            item = {spec.main: item}
        if not isinstance(item, dict):
            self._keep(row, name, item)
            return
        if not item:
            return
        made = list(self.rows(table, item, around, depth))
        made[0].parents[column] = row
        if spec.link:
            made[0].values.setdefault(spec.link[1], TABLES[row.table].singular)
        yield from made

    def _joined(
        self, row: RawRow, name: str, item: Any, around: dict[str, RawRow], depth: int
    ) -> Iterator[RawRow]:
        table, here, there = _JOINED[row.table, name]
        joint = RawRow("service_at_locations", {}, self.number, self.file, self.scope, nested=True)
        joint.parents[here] = row
        if isinstance(item, dict) and item:
            made = list(self.rows(table, item, around, depth))
            joint.parents[there] = made[0]
            yield from made
        elif isinstance(item, str | int) and str(item).strip():
            joint.values[there] = str(item)
        else:
            self._keep(row, name, item)
            return
        yield joint

    def _keep(self, row: RawRow, name: str, item: Any) -> None:
        if item not in (None, "", [], {}):
            row.values.setdefault(name, []).append(item)
