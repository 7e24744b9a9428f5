"""Imported rows into the tables: compared in bulk by content hash, written in batches."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID, uuid5

from django.db import connection, models
from psycopg import sql

from waypost.directory.services.guarding import guard_of
from waypost.directory.tables import field_name, model_of

# Changing this, or what is hashed below it, would give every imported row a new id.
NAMESPACE = UUID("6f0b8a52-3d6c-5c1e-9b0e-5f6d3a9c1e77")
BATCH = 1000
PROVENANCE = ("source", "source_scope", "source_id", "imported_at", "content_hash", "extra")

T = TypeVar("T")
Seeing = Callable[[str, str, Iterable[UUID]], None]  # hears of the rows that a feed names: feed, table, ids


def identity(*, source: str, table: str, scope: str, source_id: str) -> UUID:
    """The id of an imported row: the same feed, table and source id always give the same (docs/adr)."""
    return uuid5(NAMESPACE, "\n".join((source, table, scope, source_id)))


@dataclass(slots=True)
class IncomingRow:
    """A row to be stored; ``values`` holds every column of its table by the names of HSDS, typed."""

    id: UUID
    source_scope: str
    source_id: str
    values: dict[str, Any]
    extra: dict[str, Any] = field(default_factory=dict)

    def content_hash(self) -> str:
        """SHA-256 over what would be stored."""
        body = json.dumps([self.source_id, self.values, self.extra], default=str, sort_keys=True)
        return hashlib.sha256(body.encode("utf-8", "backslashreplace")).hexdigest()


@dataclass(frozen=True, slots=True)
class Upserted:
    """How many rows were new, different, the same."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0


def lock_source(source: str) -> None:
    """Let two imports of the same feed wait for one another, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"directory:{source}"])


def count_anew() -> None:
    """Let PostgreSQL look at the tables before it plans with them: it knows nothing of what a transaction

    has just brought, and would walk through whole tables for every service.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT directory_analyze()")


def upsert_rows(
    *,
    table: str,
    source: str,
    rows: Sequence[IncomingRow],
    at: datetime,
    dry_run: bool = False,
    seen: Seeing | None = None,
    changing: Callable[[str, Sequence[IncomingRow]], None] | None = None,
) -> Upserted:
    """Create the rows that are new, update those whose content changed, leave the others untouched.

    What people wrote here (claims, capacity, confirmation) is not in ``values`` and stays; so does a field
    for which a human stands (see ``guarding``).
    With ``dry_run`` nothing is written and the counts are the same. ``seen`` hears of every row that the feed
    names (``delivery.note_seen``, while a complete delivery is read), ``changing`` of the rows that are about
    to be written over.
    """
    feed = _Feed(model_of(table), table, source, at)
    guard = None if dry_run else guard_of(table, source, at)
    created = updated = 0
    for chunk in _chunks(rows, BATCH):
        known = dict(
            feed.model._default_manager.filter(id__in=[row.id for row in chunk]).values_list(
                "id", "content_hash"
            )
        )
        hashed = [(row, row.content_hash()) for row in chunk]
        new = [(row, found) for row, found in hashed if row.id not in known]
        changed = [(row, found) for row, found in hashed if row.id in known and known[row.id] != found]
        created += len(new)
        updated += len(changed)
        if seen:
            seen(source, table, [row.id for row in chunk])
        if guard:
            new, changed = guard.let_through(chunk, new, changed)
        if changing and changed:
            changing(table, [row for row, _ in changed])
        if not dry_run:
            feed.add(new)
            feed.change([feed.instance(row, found) for row, found in changed], chunk[0].values)
    if guard:
        guard.finish()
    return Upserted(created, updated, len(rows) - created - updated)


@dataclass(frozen=True, slots=True)
class _Feed:
    """One table of one feed at the time of one import."""

    model: type[models.Model]
    table: str
    source: str
    at: datetime

    def instance(self, row: IncomingRow, content_hash: str) -> models.Model:
        """The row as it is stored."""
        return self.model(
            id=row.id,
            source=self.source,
            source_scope=row.source_scope,
            source_id=row.source_id,
            imported_at=self.at,
            content_hash=content_hash,
            extra=row.extra,
            **{field_name(self.table, column): value for column, value in row.values.items()},
        )

    def add(self, rows: Sequence[tuple[IncomingRow, str]]) -> None:
        """New rows by COPY: three times as quick as INSERT, and the triggers fire all the same."""
        if not rows:
            return
        fields = list(self.model._meta.concrete_fields)
        columns = sql.SQL(", ").join([sql.Identifier(str(field.column)) for field in fields])
        statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
            sql.Identifier(self.model._meta.db_table), columns
        )
        with connection.cursor() as cursor, cursor.copy(statement) as copy:
            for line in self._lines(rows, fields):
                copy.write_row(line)

    def _lines(
        self, rows: Sequence[tuple[IncomingRow, str]], fields: "list[models.Field[Any, Any]]"
    ) -> Iterator[list[Any]]:
        """The rows in the order of the columns; a model for each would take longer than all else."""
        place = {field.attname: number for number, field in enumerate(fields)}
        in_json = [place[field.attname] for field in fields if isinstance(field, models.JSONField)]
        blank = self.model()
        usual = [getattr(blank, field.attname) for field in fields]
        for row, content_hash in rows:
            line = list(usual)
            own = {
                "id": row.id,
                "source": self.source,
                "source_scope": row.source_scope,
                "source_id": row.source_id,
                "imported_at": self.at,
                "content_hash": content_hash,
                "extra": row.extra,
            }
            for name, value in own.items():
                line[place[name]] = value
            for column, value in row.values.items():
                line[place[field_name(self.table, column)]] = value
            for number in in_json:
                line[number] = json.dumps(line[number], default=str)
            yield line

    def change(self, instances: list[models.Model], columns: Iterable[str]) -> None:
        """Write the feed's columns over rows that are there; ours stay."""
        if not instances:
            return
        names = {field_name(self.table, column) for column in columns}
        fields = [each.name for each in self.model._meta.concrete_fields if {each.name, each.attname} & names]
        self.model._default_manager.bulk_create(
            instances,
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=[*fields, *PROVENANCE],
        )


def _chunks(rows: Sequence[T], size: int) -> Iterator[list[T]]:
    iterator = iter(rows)
    while chunk := list(islice(iterator, size)):
        yield chunk
