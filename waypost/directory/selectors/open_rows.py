"""Rows of the directory for others, by the names of HSDS: nothing that may not leave comes out of here."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection

from waypost.directory.hsds import TABLES
from waypost.directory.selectors.open_to_all import may_leave, named_row
from waypost.directory.tables import field_name, model_of
from waypost.kernel.clock import today

OpenRow = dict[str, Any]
BESIDE = ("source", "source_scope", "source_id", "imported_at", "extra")
BESIDE_NAMES = ("feed", *BESIDE[1:])  # funding has a column "source" in the standard
OURS = {
    "services": (
        "need_categories",
        "how_to_reach",
        "capacity_status",
        "capacity_changed_at",
        "capacity_until",
        "confirmed_on",
        "confirmed_how",
        "contact_confirmed_on",
        "expires_on",
    ),
    "locations": ("coordinates_status",),
}
_VICTIM = "EXISTS (SELECT 1 FROM directory_organization v WHERE v.id = {} AND v.is_victim_service)"
_OF_A_SERVICE = (
    "EXISTS (SELECT 1 FROM directory_service w JOIN directory_organization v ON v.id = w.organization_id"
    " WHERE w.id = {} AND v.is_victim_service)"
)
_COMPUTED = {
    "organizations": {"victim": "r.is_victim_service"},
    "services": {
        "victim": _VICTIM.format("r.organization_id"),
        "changed_at": "(SELECT h.changed_at FROM directory_servicechange h WHERE h.service_id = r.id)",
    },
    "phones": {
        "victim": f"({_VICTIM.format('r.organization_id')} OR {_OF_A_SERVICE.format('r.service_id')})"
    },
}
TOLD_OF_A_VICTIM_SERVICE = {
    "organizations": {"id", "name", "victim"},
    "services": {"id", "organization_id", "name", "status", "need_categories", "changed_at", "victim"},
    "phones": {"id", "service_id", "organization_id", "number", "extension", "type", "victim"},
}
BATCH = 2000


def columns_of(table: str) -> tuple[str, ...]:
    """Id, columns and references of a table of HSDS."""
    spec = TABLES[table]
    references = tuple(each.column for each in spec.references) + ((spec.link[0],) if spec.link else ())
    return ("id", *references, *spec.columns)


def open_rows(
    table: str, condition: str = "true", params: dict[str, Any] | None = None, *, tail: str = "ORDER BY r.id"
) -> list[OpenRow]:
    """The rows ``r`` that may leave and meet ``condition`` (fixed text, values in ``params``)."""
    with connection.cursor() as cursor:
        cursor.execute(_statement(table, condition, tail), _params(params))
        return [_row(table, record) for record in cursor.fetchall()]


def stream_open_rows(table: str) -> Iterator[OpenRow]:
    """All rows that may leave, by a cursor on the server: memory does not grow with the table."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(_statement(table, "true", "ORDER BY r.id"), _params(None))
        while records := cursor.fetchmany(BATCH):
            for record in records:
                yield _row(table, record)


def open_ids(
    table: str, condition: str = "true", params: dict[str, Any] | None = None, *, tail: str = "ORDER BY r.id"
) -> list[UUID]:
    """Ids of the rows that may leave and meet the condition."""
    with connection.cursor() as cursor:
        name = model_of(table)._meta.db_table
        cursor.execute(
            f"SELECT r.id FROM {name} r WHERE {may_leave(table)} AND ({condition}) {tail}",
            _params(params),
        )
        return [record[0] for record in cursor.fetchall()]


def count_open(table: str, condition: str = "true", params: dict[str, Any] | None = None) -> int:
    """How many rows may leave and meet the condition."""
    with connection.cursor() as cursor:
        name = model_of(table)._meta.db_table
        cursor.execute(
            f"SELECT count(*) FROM {name} r WHERE {may_leave(table)} AND ({condition})",
            _params(params),
        )
        return int(cursor.fetchone()[0])


def open_children(table: str, parents: Mapping[str, Iterable[UUID]]) -> list[OpenRow]:
    """Rows that belong to any of these; ``parents``: reference column to ids."""
    wanted = {column: list(ids) for column, ids in parents.items()}
    wanted = {column: ids for column, ids in wanted.items() if ids}
    if not wanted:
        return []
    either = " OR ".join(f"r.{_db(table, column)} = ANY(%({column})s)" for column in wanted)
    return open_rows(table, either, wanted)


def rows_about(table: str, ids: Sequence[UUID]) -> list[OpenRow]:
    """Attributes or metadata of rows that are known to be open to all; of a victim service there are none."""
    if not ids:
        return []
    spec = TABLES[table]
    column = spec.link[0] if spec.link else "id"
    quiet = f"{_VICTIM.format(f'r.{column}')} OR {_OF_A_SERVICE.format(f'r.{column}')}"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_select(table)} FROM {model_of(table)._meta.db_table} r"
            f" WHERE r.{column} = ANY(%(ids)s) AND NOT ({quiet}) ORDER BY r.id",
            {"ids": list(ids)},
        )
        return [_row(table, record) for record in cursor.fetchall()]


def _params(params: dict[str, Any] | None) -> dict[str, Any]:
    return {"today": today(), **(params or {})}


@cache
def _db(table: str, column: str) -> str:
    model = model_of(table)
    name = field_name(table, column)
    field = next(each for each in model._meta.concrete_fields if name in (each.name, each.attname))
    return str(field.column)


@cache
def _names(table: str) -> tuple[str, ...]:
    return (*columns_of(table), *BESIDE_NAMES, *OURS.get(table, ()), *_COMPUTED.get(table, {}))


@cache
def _select(table: str) -> str:
    plain = [f"r.{_db(table, each)}" for each in columns_of(table)]
    if table == "phones":  # a place that may not be told is not named by its number either
        names = columns_of(table)
        for each in ("location_id", "service_at_location_id"):
            plain[names.index(each)] = f"CASE WHEN {named_row(f'r.{each}', each)} THEN r.{each} END"
    own = [f"r.{each}" for each in (*BESIDE, *OURS.get(table, ()))]
    return ", ".join([*plain, *own, *_COMPUTED.get(table, {}).values()])


def _statement(table: str, condition: str, tail: str) -> str:
    name = model_of(table)._meta.db_table
    return f"SELECT {_select(table)} FROM {name} r WHERE {may_leave(table)} AND ({condition}) {tail}"


def _row(table: str, record: Sequence[Any]) -> OpenRow:
    row = dict(zip(_names(table), record, strict=True))
    row["extra"] = json.loads(row["extra"]) if isinstance(row["extra"], str) else row["extra"]
    told = TOLD_OF_A_VICTIM_SERVICE.get(table)
    if told and row["victim"]:
        return {name: value if name in told else _nothing(value) for name, value in row.items()}
    return row


def _nothing(value: Any) -> Any:
    return {} if isinstance(value, dict) else "" if isinstance(value, str) else None
