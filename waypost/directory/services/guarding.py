"""What an import may not write over: fields for which somebody else stands, and rows that a merge moved.

Sparse: where no field has a fact and nothing is merged, a table costs three short questions.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Q

from waypost.directory.choices import LOCAL_SOURCE, PLACE_HOURS, PLACES, PRIVATE, FactOf
from waypost.directory.fields import LISTS, as_json
from waypost.directory.hsds import TABLES
from waypost.directory.models import FieldFact, Merge, Moved, SettleDue
from waypost.directory.moves import ALWAYS, OF_KIND
from waypost.directory.moves import LISTS as MOVED_LISTS
from waypost.directory.services.hiding import any_gone, come_back
from waypost.directory.tables import field_name, model_of
from waypost.directory.values import MODELS

if TYPE_CHECKING:
    from waypost.directory.services.upsert import IncomingRow

Hashed = list[tuple["IncomingRow", str]]
ENTITY = {table: kind for kind, table in OF_KIND.items()}
COORDINATES = "coordinates"
_PARENTS = ("service_at_location_id", "contact_id", "phone_id")
_POINT = ("latitude", "longitude", "coordinates_status")


def guard_of(table: str, source: str, at: datetime) -> "Guard | None":
    """What watches over this table during an import; None where there is nothing to watch over."""
    guard = Guard(table, source, at)
    return guard if guard.merges or guard.facts or guard.gone or guard.held else None


class Guard:
    """Takes the rows of one table of one feed before they are written."""

    def __init__(self, table: str, source: str, at: datetime) -> None:
        self.table, self.source, self.at = table, source, at
        self.entity = ENTITY.get(table)
        self.lists = [
            (kind, field)
            for kind, fields in LISTS.items()
            for field, shape in fields.items()
            if shape.table == table
        ]
        self.columns = [
            (kind, column)
            for kind in FactOf
            for held, column in (*ALWAYS[kind], *MOVED_LISTS[kind])
            if held == table
        ]
        concerned = Q(entity=self.entity) if self.entity else Q(pk__in=[])
        for kind, field in self.lists:
            concerned |= Q(entity=kind, field=field)
        self.facts = FieldFact.objects.filter(concerned).exists()
        self.merges = Merge.objects.filter(undone_at=None).exists()
        self.gone = self.entity is not None and any_gone(self.entity, source)
        marks = FieldFact.objects.filter(source=LOCAL_SOURCE)
        self.private = set(marks.filter(field=PRIVATE).values_list("row_id", flat=True))
        self.placed = set(marks.filter(field=PLACES).values_list("row_id", flat=True))
        timed = marks.filter(field=PLACE_HOURS).values_list("value", flat=True)
        self.timed = {UUID(joint) for value in timed for joint in value or ()}
        self._said: dict[tuple[str, UUID, str], list[dict[str, Any]]] = defaultdict(list)

    @property
    def held(self) -> bool:
        """Whether somebody keeps places private, or said where a service is offered, or when at one place."""
        return bool(self.private or self.placed or self.timed)

    def let_through(
        self, chunk: Sequence["IncomingRow"], new: Hashed, changed: Hashed
    ) -> tuple[Hashed, Hashed]:
        """The rows to be written, as they may be written; what is held back is remembered."""
        if self.gone and self.entity:
            come_back(self.entity, self.source, [row.id for row in chunk])
        if self.held:
            new, changed = self._without_marked(new), self._without_marked(changed)
            chunk = [row for row in chunk if row.values.get("location_id") not in self.private]
        if self.merges:
            self._note_merged([row for row, _hash in (*new, *changed)])
            new, changed = self._redirected(new, again=False), self._redirected(changed, again=True)
        if self.facts and self.lists:
            new, changed = self._without_held_lists(chunk, new, changed)
        if self.facts and self.entity and changed:
            changed = self._with_held_columns(changed)
        if self.facts or self.held:
            new, changed = self._with_parents(new), self._with_parents(changed)
        return new, changed

    def finish(self) -> None:
        """Keep what the feed says of lists that others stand for."""
        for (entity, row_id, field), items in self._said.items():
            fact, _made = FieldFact.objects.get_or_create(
                entity=entity, row_id=row_id, field=field, source=self.source
            )
            before = fact.value if fact.imported_at == self.at else []
            there = before if isinstance(before, list) else []
            fact.value = [*there, *(each for each in items if each not in there)]
            fact.imported_at = self.at
            fact.save(update_fields=["value", "imported_at"])
        _note({(entity, row_id) for entity, row_id, _field in self._said})

    def _without_marked(self, rows: Hashed) -> Hashed:
        """Nothing of what a feed says of a private place is written or remembered; nor where a service is,

        of which its keeper said that, nor when it is open at a place of which somebody here said that.
        """
        if self.table == "schedules" and self.timed:
            rows = [each for each in rows if each[0].values.get("service_at_location_id") not in self.timed]
        if self.table == "locations":
            return [each for each in rows if each[0].id not in self.private]
        if self.table == "service_at_locations":
            return [each for each in rows if each[0].values.get("service_id") not in self.placed]
        return [each for each in rows if each[0].values.get("location_id") not in self.private]

    def _with_parents(self, rows: Hashed) -> Hashed:
        """Without those that hang on a row which was held back."""
        for column in _PARENTS:
            reference = TABLES[self.table].reference(column)
            named = {parent for row, _hash in rows if (parent := row.values.get(column))}
            if reference is None or not named:
                continue
            there = model_of(reference.table)._default_manager.filter(pk__in=named)
            gone = named - set(there.values_list("pk", flat=True))
            rows = [each for each in rows if each[0].values.get(column) not in gone]
        return rows

    def _note_merged(self, rows: Iterable["IncomingRow"]) -> None:
        """The listing that is shown in place of a changed one is to be settled anew."""
        parents: dict[str, set[UUID]] = defaultdict(set)
        for row in rows:
            if self.entity:
                parents[self.entity].add(row.id)
            for kind, _field in self.lists:
                if parent := row.values.get(f"{kind}_id"):
                    parents[kind].add(parent)
        for kind, ids in parents.items():
            kept = MODELS[kind]._default_manager.filter(pk__in=ids, merged_into__isnull=False)
            _note({(kind, each) for each in kept.values_list("merged_into_id", flat=True) if each})

    def _redirected(self, rows: Hashed, *, again: bool) -> Hashed:
        """Rows of a merged listing hang on the one shown in its place; where they were is written down."""
        for kind, column in self.columns:
            parents = {each for row, _hash in rows if (each := row.values.get(column))}
            ways = self._ways(kind, column, parents)
            if again:
                ids = [row.id for row, _hash in rows]
                Moved.objects.filter(table=self.table, column=column, row_id__in=ids).delete()
            if not ways:
                continue
            moved = []
            for number, (row, content_hash) in enumerate(rows):
                way = ways.get(row.values.get(column), [])
                for merge in way:
                    moved.append(
                        Moved(merge=merge, table=self.table, column=column, row_id=row.id, said=merge.merged)
                    )
                if way:
                    shown = replace(row, values=row.values | {column: way[-1].kept})
                    rows[number] = (shown, content_hash)
            Moved.objects.bulk_create(moved, ignore_conflicts=True)
        return rows

    def _ways(self, kind: str, column: str, parents: set[UUID]) -> dict[UUID | None, list[Merge]]:
        """Merged listing -> the merges that lead from it to the one that is shown."""
        found: dict[UUID | None, list[Merge]] = {}
        waiting = {each: each for each in parents}
        always = (self.table, column) in ALWAYS[kind]
        while waiting:
            steps = Merge.objects.filter(kind=kind, undone_at=None, merged__in=waiting)
            further = {}
            for merge in steps:
                if always or [self.table, column] in merge.lists:
                    start = waiting[merge.merged]
                    found.setdefault(start, []).append(merge)
                    further[merge.kept] = start
            waiting = further
        return found

    def _without_held_lists(
        self, chunk: Sequence["IncomingRow"], new: Hashed, changed: Hashed
    ) -> tuple[Hashed, Hashed]:
        shifted = {row.id: row for row, _hash in (*new, *changed)}
        held: set[UUID] = set()
        for kind, field in self.lists:
            column = f"{kind}_id"
            by_parent: dict[UUID, list[IncomingRow]] = defaultdict(list)
            for each in chunk:
                row = shifted.get(each.id, each)
                if parent := row.values.get(column):
                    by_parent[parent].append(row)
            local = FieldFact.objects.filter(entity=kind, field=field, row_id__in=by_parent).filter(
                Q(source=LOCAL_SOURCE) | Q(imported_at__isnull=False)
            )
            for parent in set(local.values_list("row_id", flat=True)):
                held |= {row.id for row in by_parent[parent]}
                self._said[kind, parent, field] += [self._item(kind, field, row) for row in by_parent[parent]]
        return (
            [each for each in new if each[0].id not in held],
            [each for each in changed if each[0].id not in held],
        )

    def _item(self, kind: str, field: str, row: "IncomingRow") -> dict[str, Any]:
        shape = LISTS[kind][field]
        columns = {name: as_json(row.values.get(name)) for name in shape.columns}
        beside = {name: row.extra.get(name) for name in shape.beside}
        return {name: value for name, value in (columns | beside).items() if value not in (None, "", False)}

    def _with_held_columns(self, changed: Hashed) -> Hashed:
        """Of fields that have facts, the feed's word goes to its fact and the column stays."""
        entity = self.entity or ""
        ids = [row.id for row, _hash in changed]
        fields: dict[UUID, set[str]] = defaultdict(set)
        for row_id, field in FieldFact.objects.filter(entity=entity, row_id__in=ids).values_list(
            "row_id", "field"
        ):
            fields[row_id].add(field)
        if not fields:
            return changed
        stored = {row.pk: row for row in MODELS[entity]._default_manager.filter(pk__in=fields)}
        said = []
        for number, (row, content_hash) in enumerate(changed):
            values = dict(row.values)
            for field in fields.get(row.id, ()):
                columns = _POINT if field == COORDINATES else (field,)
                if not set(columns) <= set(values):
                    continue
                said.append(self._fact(entity, row, field))
                kept = {each: getattr(stored[row.id], field_name(self.table, each)) for each in columns}
                values |= kept
            changed[number] = (replace(row, values=values), content_hash)
        FieldFact.objects.bulk_create(
            said,
            update_conflicts=True,
            unique_fields=["entity", "row_id", "field", "source"],
            update_fields=["value", "imported_at"],
        )
        _note({(entity, each) for each in fields})
        return changed

    def _fact(self, entity: str, row: "IncomingRow", field: str) -> FieldFact:
        value = as_json(row.values.get(field))
        if field == COORDINATES:
            point = [row.values["latitude"], row.values["longitude"]]
            value = None if None in point else point
        return FieldFact(
            entity=entity,
            row_id=row.id,
            field=field,
            source=self.source,
            value=value,
            imported_at=self.at,
        )


def _note(rows: set[tuple[str, UUID]]) -> None:
    SettleDue.objects.bulk_create([SettleDue(entity=entity, row_id=row_id) for entity, row_id in rows])
