"""Feeds of a few rows, brought in as an importer does."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from waypost.directory import services
from waypost.directory.hsds import TABLES
from waypost.kernel.clock import now

_turns = iter(range(1, 10_000))
EMPTY = {
    "text": "",
    "integer": None,
    "number": None,
    "date": None,
    "moment": None,
    "time": None,
    "flag": False,
}


def row_id(source: str, table: str, source_id: str) -> UUID:
    return services.identity(source=source, table=table, scope="", source_id=source_id)


def bring(
    source: str, *, complete: bool = False, even_if_many: bool = False, **tables: list[Mapping[str, Any]]
) -> services.Gone:
    """Import rows: the key ``id`` is the feed's own; a reference is the id in the feed's other table.

    A row without an id (empty) is known by its ``key`` instead, as an importer would by its content.
    """
    at = now() + timedelta(seconds=next(_turns))
    services.lock_source(source)
    if complete:
        services.begin_delivery(source)
    seen = services.note_seen if complete else None
    for name, table in TABLES.items():
        if name in tables:
            rows = [_row(source, name, each) for each in tables[name]]
            services.upsert_rows(table=table.name, source=source, rows=rows, at=at, seen=seen)
    gone = services.Gone()
    if complete:
        gone = services.end_delivery(source=source, at=at, even_if_many=even_if_many)
    services.hide_unlisted(source=source, at=at)
    services.settle_due()
    return gone


def _row(source: str, name: str, given: Mapping[str, Any]) -> services.IncomingRow:
    table = TABLES[name]
    values: dict[str, Any] = {column: EMPTY[kind] for column, kind in table.columns.items()}
    for reference in table.references:
        target = given.get(reference.column)
        values[reference.column] = row_id(source, reference.table, target) if target else None
    if name == "services":
        values["need_categories"] = []
    if name == "locations":
        values |= {"latitude": None, "longitude": None}
        values["coordinates_status"] = "given" if given.get("latitude") else "missing"
    known = {reference.column for reference in table.references}
    values |= {key: value for key, value in given.items() if key not in {"id", "key", *known}}
    return services.IncomingRow(row_id(source, name, given["id"] or given["key"]), "", given["id"], values)


def organization(name: str = "Cedar Food Bank", **more: Any) -> dict[str, Any]:
    return {"id": "o", "name": name, **more}


def service(name: str = "Pantry", **more: Any) -> dict[str, Any]:
    return {"id": "s", "name": name, "organization_id": "o", **more}


def phone(number: str, source_id: str = "p", **more: Any) -> dict[str, Any]:
    return {"id": source_id, "number": number, **(more or {"service_id": "s"})}
