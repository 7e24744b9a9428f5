"""Who belongs to whom: references resolved, ids given, doubles found, orphans set aside."""

import hashlib
import json
from collections import Counter, defaultdict
from typing import Any
from uuid import UUID

from waypost.directory.hsds import BY_SINGULAR, TABLES, Reference, Table
from waypost.directory.selectors import existing_rows
from waypost.directory.services import IncomingRow, identity
from waypost.interop.hsds.normalise import Normal, normalise
from waypost.interop.hsds.rows import RawRow, Remark
from waypost.interop.hsds.spill import Spill

LINKING = ("link_id", "resource_id")
UUID_LENGTH = 36
LINKS = "*"  # the target of a reference that may lead to any table


class Resolver:
    """Decides on the rows of a feed, piece by piece, in the order in which tables are written."""

    def __init__(self, source: str, spill: Spill) -> None:
        self.source = source
        self.spill = spill
        self.repeated = 0
        self.accepted: dict[UUID, RawRow] = {}  # in this piece
        self._known: set[UUID] = set()  # accepted in earlier pieces, as far as this piece asks
        self._there: set[UUID] = set()  # in the directory, or still to come in this table
        self._changed: dict[UUID, RawRow] = {}
        self._normal: dict[int, Normal] = {}
        self._content: Counter[tuple[bytes, int]] = Counter()
        self._ids: dict[tuple[str, str, str], UUID] = {}

    def begin(self, table: Table) -> None:
        """Where rows name others of their own table, note what all of them are called."""
        if _own_columns(table) and self.spill.has_notes(f"own:{table.name}"):
            for rows in self.spill.raw(table.name):
                for row in rows:
                    if not row.problem:
                        normalise(row)
                self.spill.promise(self._own_id(row, row.source_id) for row in rows if row.source_id)

    def piece(self, table: Table, rows: list[RawRow]) -> int:
        """Decide on each row: ``accepted`` with ``ready`` filled, a repetition, or a ``problem``.

        How many are repetitions.
        """
        self.repeated = 0
        for row in rows:
            if not row.problem:
                self._normal[id(row)] = normalise(row)
        sound = [row for row in rows if not row.problem]
        self._look_up(table, sound)
        for row in sound:
            self._one(table, row)
        self.spill.keep(self.accepted.values(), self._changed.values())
        self.spill.born(rows)
        for held in (
            self.accepted,
            self._known,
            self._there,
            self._changed,
            self._normal,
            self._content,
            self._ids,
        ):
            held.clear()
        return self.repeated

    def end(self, table: Table) -> list[Remark]:
        """References to rows of the same table that were set aside are taken out; what was marked for it."""
        marked = []
        for row_id, column, target, named, number, file in self.spill.looked_forward():
            row = self.spill.get(row_id)
            if row is None or row.ready is None or row.ready.values[column] != target:
                continue
            if existing_rows(table.name, {target}):
                continue
            row.ready.values[column] = None
            row.ready.extra["broken_references"] = {column: named}
            self.spill.keep([], [row])
            words = f"{column} {named} was set aside."
            marked.append(Remark(table.name, number, row.source_id, "missing_reference", words, file))
        return marked

    def _has(self, target: UUID) -> bool:
        return target in self.accepted or target in self._known

    def _look_up(self, table: Table, rows: list[RawRow]) -> None:
        """Ask once for all that these rows name: rows of this feed, and of earlier imports of it."""
        wanted: dict[str, set[UUID]] = defaultdict(set)
        anywhere: set[UUID] = set()
        for row in rows:
            normal = self._normal[id(row)]
            for reference in _references(table, normal):
                if named := normal.references.get(reference.column, ""):
                    if reference.table in TABLES:
                        wanted[reference.table].add(self._id(reference.table, row, named))
                    if reference.table not in TABLES or reference.column in LINKING:
                        anywhere |= {self._id(name, row, named) for name in TABLES}
            if row.source_id:
                anywhere.add(self._own_id(row, row.source_id))
        self._known = self.spill.accepted_of(anywhere.union(*wanted.values()))
        for name, ids in wanted.items():
            self._there |= existing_rows(name, ids - self._known)
        if _own_columns(table):
            self._there |= self.spill.promised_of(wanted[table.name] - self._known)

    def _one(self, table: Table, row: RawRow) -> None:
        normal = self._normal[id(row)]
        broken: dict[str, str] = {}
        found: dict[str, UUID | None] = {}
        for reference in _references(table, normal):
            found[reference.column] = self._target(reference, row, broken)
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
        for column in _own_columns(table) if row.ready else ():
            target = found[column]
            if target is not None and not self._has(target):
                self.spill.look_forward(row, column, target, normal.references.get(column, ""))

    def _target(self, reference: Reference, row: RawRow, broken: dict[str, str]) -> UUID | None:
        named = self._normal[id(row)].references.get(reference.column, "")
        if named:
            tables = [reference.table] if reference.table in TABLES else list(TABLES)
            if reference.column in LINKING and len(named) == UUID_LENGTH:  # it cannot mean another row
                tables = [*tables, *TABLES]
            for name in tables:
                target = self._id(name, row, named)
                if self._has(target) or target in self._there:
                    return target
        around = row.parents.get(reference.column)
        if around is not None and around.id is not None:
            return around.id
        if named or around is not None:
            broken[reference.column] = named or (around.source_id if around else "") or "(without id)"
        return None

    def _id(self, table: str, row: RawRow, source_id: str) -> UUID:
        key = (table, row.scope, source_id)
        if key not in self._ids:
            self._ids[key] = identity(source=self.source, table=table, scope=row.scope, source_id=source_id)
        return self._ids[key]

    def _own_id(self, row: RawRow, source_id: str) -> UUID:
        return self._id(f"{row.table}:{row.origin}" if row.origin else row.table, row, source_id)

    def _register(self, table: Table, row: RawRow, ready: IncomingRow) -> None:
        """Accept the row, or not. What lies inside one that contradicts another belongs to that other one."""
        ready.id = row.id = self._own_id(row, row.source_id or self._from_content(table, row, ready))
        first = self._first(ready.id, known=bool(row.source_id))
        if first is None or first.ready is None:
            row.ready, row.accepted = ready, True
            self.accepted[ready.id] = row
        elif _same(first.ready, ready):
            self.repeated += 1
        elif row.nested and _merge(first.ready, ready):
            self.repeated += 1
            if self.accepted.get(ready.id) is not first:
                self._changed[ready.id] = first
        else:
            row.problem = (
                "duplicate_id",
                f"The id {row.source_id} came before with other content (row {first.number}).",
            )

    def _first(self, row_id: UUID, *, known: bool) -> RawRow | None:
        """The row that was accepted under this id; ``known``: it was asked for when the piece began."""
        first = self.accepted.get(row_id) or self._changed.get(row_id)
        if first is None and (row_id in self._known or not known):
            first = self.spill.get(row_id)
        return first

    def _from_content(self, table: Table, row: RawRow, ready: IncomingRow) -> str:
        """A row without an id is known by what it says, and by how often that was said before beside it."""
        body = json.dumps([ready.values, ready.extra], default=str, sort_keys=True)
        digest = hashlib.sha256(body.encode("utf-8", "backslashreplace"))
        if table.name == "service_at_locations":
            return f"content:{digest.hexdigest()}"
        beside = next(iter(row.parents.values()), None)
        if beside is None:
            return f"content:{digest.hexdigest()}:{self.spill.said(digest.digest())}"
        key = (digest.digest(), beside.seq)
        self._content[key] += 1
        return f"content:{digest.hexdigest()}:{self._content[key]}"


def _own_columns(table: Table) -> tuple[str, ...]:
    """The columns that name rows of the same table."""
    return tuple(each.column for each in table.references if each.table == table.name)


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
