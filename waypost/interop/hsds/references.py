"""Who belongs to whom: references resolved, ids given, doubles found, orphans set aside."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from waypost.directory.hsds import BY_SINGULAR, ORDER, TABLES, Reference, Table
from waypost.directory.selectors import existing_rows
from waypost.directory.services import IncomingRow, identity
from waypost.interop.hsds.normalise import Normal, normalise
from waypost.interop.hsds.rows import RawRow
from waypost.interop.hsds.spill import Spill

LINKING = ("link_id", "resource_id")
UUID_LENGTH = 36
PIECE = 5000  # rows that are normalised at a time
LINKS = "*"  # the target of a reference that may lead to any table


class Resolver:
    """Takes the rows of one feed table by table, in the order in which they may be written."""

    def __init__(self, source: str, earlier: Spill | None = None) -> None:
        self.source = source
        self.earlier = earlier  # what came in earlier slices of the feed
        self.accepted: dict[UUID, RawRow] = {}
        self.repeated: Counter[str] = Counter()
        self._normal: dict[int, Normal] = {}
        self._content: Counter[tuple[str, int]] = Counter()

    def resolve(self, rows: dict[str, list[RawRow]]) -> None:
        """Decide on every row: ``accepted`` with ``ready`` filled, a repetition, or a ``problem``."""
        for table in ORDER:
            held = rows.get(table.name, [])
            # Rows that name others of their own table are looked at together, all else in pieces.
            own = any(reference.table == table.name for reference in table.references)
            size = max(len(held), 1) if own else PIECE
            for start in range(0, len(held), size):
                self._piece(table, held[start : start + size])

    def let_go(self) -> None:
        """The slice is over: what it brought goes to ``earlier``."""
        if self.earlier is not None:
            self.earlier.keep(self.accepted.values())
        self.accepted.clear()
        alone = id(None)  # only rows that lie in no other are counted over all slices
        self._content = Counter({key: number for key, number in self._content.items() if key[1] == alone})

    def _has(self, target: UUID) -> bool:
        return target in self.accepted or (self.earlier is not None and target in self.earlier)

    def _first(self, row_id: UUID) -> RawRow | None:
        first = self.accepted.get(row_id)
        if first is None and self.earlier is not None and (first := self.earlier.get(row_id)):
            self.accepted[row_id] = first
        return first

    def _piece(self, table: Table, rows: list[RawRow]) -> None:
        for row in rows:
            if not row.problem:
                self._normal[id(row)] = normalise(row)
        self._accept(table, [row for row in rows if not row.problem])
        self._normal.clear()
        for row in rows:
            if not row.problem:  # what it said is in ``ready`` now
                row.values, row.record = {}, None

    def _accept(self, table: Table, rows: list[RawRow]) -> None:
        there = self._stored(table, rows)
        if any(reference.table == table.name for reference in table.references):
            there |= {self._own_id(row, row.source_id) for row in rows if row.source_id}
        for row in rows:
            self._one(table, row, there)
        self._own_table(table, rows)

    def _stored(self, table: Table, rows: list[RawRow]) -> set[UUID]:
        """Rows of earlier imports of this feed that these rows name and this file does not bring."""
        wanted: dict[str, set[UUID]] = {}
        for row in rows:
            for reference in _references(table, self._normal[id(row)]):
                named = self._normal[id(row)].references.get(reference.column, "")
                if named and reference.table in TABLES:
                    target = self._id(reference.table, row, named)
                    if not self._has(target):
                        wanted.setdefault(reference.table, set()).add(target)
        return {found for name, ids in wanted.items() for found in existing_rows(name, ids)}

    def _one(self, table: Table, row: RawRow, there: set[UUID]) -> None:
        normal = self._normal[id(row)]
        broken: dict[str, str] = {}
        found: dict[str, UUID | None] = {}
        for reference in _references(table, normal):
            found[reference.column] = self._target(reference, row, there, broken)
        if _orphaned(table, row, normal, found, broken):
            return
        if broken:
            normal.extra["broken_references"] = broken
            names = ", ".join(f"{column} {given}" for column, given in broken.items())
            normal.marks.append(
                ("missing_reference", f"{names} is not in the feed; the row is kept without.")
            )
        values = normal.columns | found
        self._register(table, row, IncomingRow(UUID(int=0), row.scope, row.source_id, values, normal.extra))

    def _target(
        self, reference: Reference, row: RawRow, there: set[UUID], broken: dict[str, str]
    ) -> UUID | None:
        named = self._normal[id(row)].references.get(reference.column, "")
        if named:
            tables = [reference.table] if reference.table in TABLES else list(TABLES)
            if reference.column in LINKING and len(named) == UUID_LENGTH:  # it cannot mean another row
                tables = [*tables, *TABLES]
            for name in tables:
                target = self._id(name, row, named)
                if self._has(target) or target in there:
                    return target
            if self.earlier is not None:
                self.earlier.miss(self._id(name, row, named) for name in tables)
        around = row.parents.get(reference.column)
        if around is not None and around.id is not None and self._has(around.id):
            return around.id
        if named or around is not None:
            broken[reference.column] = named or (around.source_id if around else "") or "(without id)"
        return None

    def _id(self, table: str, row: RawRow, source_id: str) -> UUID:
        return identity(source=self.source, table=table, scope=row.scope, source_id=source_id)

    def _own_id(self, row: RawRow, source_id: str) -> UUID:
        table = f"{row.table}:{row.origin}" if row.origin else row.table
        return identity(source=self.source, table=table, scope=row.scope, source_id=source_id)

    def _register(self, table: Table, row: RawRow, ready: IncomingRow) -> None:
        ready.id = row.id = self._own_id(row, row.source_id or self._from_content(table, row, ready))
        first = self._first(ready.id)
        if first is None or first.ready is None:
            row.ready, row.accepted = ready, True
            self.accepted[ready.id] = row
        elif _same(first.ready, ready) or (row.nested and _merge(first.ready, ready)):
            self.repeated[table.name] += 1
        else:
            row.id = None
            row.problem = (
                "duplicate_id",
                f"The id {row.source_id} came before with other content (row {first.number}).",
            )

    def _from_content(self, table: Table, row: RawRow, ready: IncomingRow) -> str:
        """A row without an id is known by what it says, and by how often that was said before beside it."""
        body = json.dumps([ready.values, ready.extra], default=str, sort_keys=True)
        digest = hashlib.sha256(body.encode("utf-8", "backslashreplace")).hexdigest()
        if table.name == "service_at_locations":
            return f"content:{digest}"
        beside = next(iter(row.parents.values()), None)
        self._content[digest, id(beside)] += 1
        return f"content:{digest}:{self._content[digest, id(beside)]}"

    def _own_table(self, table: Table, rows: Iterable[RawRow]) -> None:
        """References within a table may lead forward: those to rows that were set aside are taken out."""
        for reference in table.references:
            if reference.table != table.name:
                continue
            for row in rows:
                target = row.ready.values[reference.column] if row.ready else None
                if target is None or row.ready is None or self._has(target):
                    continue
                if target in existing_rows(table.name, {target}):
                    continue
                row.ready.values[reference.column] = None
                named = self._normal[id(row)].references.get(reference.column, "")
                row.ready.extra["broken_references"] = {reference.column: named}
                row.marks.append(("missing_reference", f"{reference.column} {named} was set aside."))


def _references(table: Table, normal: Normal) -> tuple[Reference, ...]:
    """The table's references, with the link to any table where the row says to which."""
    if not table.link:
        return table.references
    column, entity = table.link
    target = BY_SINGULAR.get(normal.columns[entity])
    return (*table.references, Reference(column, target.name if target else LINKS))


def _orphaned(
    table: Table, row: RawRow, normal: Normal, found: dict[str, UUID | None], broken: dict[str, str]
) -> bool:
    reason = _orphan_reason(table, normal, found, broken)
    if reason:
        row.problem = ("missing_reference", reason)
    return bool(reason)


def _orphan_reason(
    table: Table, normal: Normal, found: dict[str, UUID | None], broken: dict[str, str]
) -> str:
    for reference in table.references:
        if reference.required and found[reference.column] is None:
            named = broken.get(reference.column)
            return (
                f"{reference.column} {named} is not in the feed."
                if named
                else f"{reference.column} is empty."
            )
    if table.parents and not any(found[column] for column in table.parents):
        named = ", ".join(f"{column} {broken[column]}" for column in table.parents if column in broken)
        return f"{named} is not in the feed." if named else "The row names nothing that it belongs to."
    if table.name != "attributes":
        return ""
    known = normal.columns["link_entity"] in BY_SINGULAR
    if known and found["link_id"] is None:
        return f"{normal.columns['link_entity']} {broken.get('link_id', '')} is not in the feed."
    if "taxonomy_term_id" in broken and not normal.columns["value"]:
        return f"taxonomy_term_id {broken['taxonomy_term_id']} is not in the feed."
    return ""


def _same(first: IncomingRow, second: IncomingRow) -> bool:
    return first.values == second.values and first.extra == second.extra


def _merge(first: IncomingRow, second: IncomingRow) -> bool:
    """Bring two views of one row together (a summary here, the whole there); False if they contradict."""
    pairs: list[tuple[dict[str, Any], dict[str, Any]]] = [
        (first.values, second.values),
        (first.extra, second.extra),
    ]
    for mine, theirs in pairs:
        for key, value in theirs.items():
            if not _blank(key, value) and not _blank(key, mine.get(key)) and mine[key] != value:
                return False
    for mine, theirs in pairs:
        for key, value in theirs.items():
            if _blank(key, mine.get(key)) and not _blank(key, value):
                mine[key] = value
    return True


def _blank(key: str, value: Any) -> bool:
    return value in (None, "", [], {}) or (key == "coordinates_status" and value == "missing")
