"""What older tables say in one cell or one row, as the rows of HSDS 3.2.

HSDS 1.1 and Ohana keep lists in a cell ("Spanish, Tagalog"), a place in the service's row, and the
eligibility in a table of its own; 3.2 has tables, a service_at_location, and one text. Rows made here
are counted under the table into which they go.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from waypost.interop.hsds.hours import expand_hours
from waypost.interop.hsds.publish import PROFILE_KEY
from waypost.interop.hsds.rows import RawRow

# table: cell with a list -> (table of the items, column that names the parent, column of the item, more)
_LISTS: dict[str, dict[str, tuple[str, str, str, dict[str, str]]]] = {
    "services": {
        "languages": ("languages", "service_id", "name", {}),
        "service_areas": ("service_areas", "service_id", "name", {}),
        "required_documents": ("required_documents", "service_id", "document", {}),
        "funding_sources": ("funding", "service_id", "source", {}),
        "accepted_payments": (
            "attributes",
            "link_id",
            "value",
            {"link_entity": "service", "link_type": "payments_accepted"},
        ),
        "taxonomy_ids": (
            "attributes",
            "link_id",
            "taxonomy_term_id",
            {"link_entity": "service", "link_type": "taxonomy"},
        ),
    },
    "locations": {
        "languages": ("languages", "location_id", "name", {}),
        "accessibility": ("accessibility", "location_id", "description", {}),
    },
    "phones": {"language": ("languages", "phone_id", "name", {})},
}
_OUTSIDE_BRACKETS = re.compile(r"[,;|](?![^()]*\))")


def modernise(rows: Iterable[RawRow]) -> Iterator[RawRow]:
    """Rows of any version of the tables as rows of 3.2, with the ones that a cell stood for."""
    for row in rows:
        if row.problem:
            yield row
            continue
        _own_id(row)
        if row.table == "schedules" and not row.values.get(PROFILE_KEY):
            yield from expand_hours(row)
            continue
        yield row
        yield from _from_cells(row)
        if row.table == "services" and row.values.get("location_id"):
            place = row.values.pop("location_id")
            yield _made(row, "service_at_locations", "service_id", {"location_id": place})


def _own_id(row: RawRow) -> None:
    """Ohana calls the id of a term ``taxonomy_id``."""
    if row.table == "taxonomy_terms" and "id" not in row.values:
        row.values["id"] = row.values.pop("taxonomy_id", "")


def _from_cells(row: RawRow) -> Iterator[RawRow]:
    for cell, (table, parent, column, more) in _LISTS.get(row.table, {}).items():
        given = row.values.get(cell)
        if not isinstance(given, str) or not given.strip():
            continue
        del row.values[cell]
        for item in split_list(given):
            yield _made(row, table, parent, {column: item, **more})


def split_list(cell: str) -> list[str]:
    """'Chinese (Mandarin, simplified), Tagalog' -> two items; also '{a,b}' and '["a", "b"]'."""
    inner = cell.strip().strip("{}[]")
    return [item for part in _OUTSIDE_BRACKETS.split(inner) if (item := part.strip(" \t\n\"'"))]


def _made(row: RawRow, table: str, parent: str, values: dict[str, Any]) -> RawRow:
    made = RawRow(table, values, row.number, row.file, row.scope, parents={parent: row}, nested=True)
    made.record = row.record
    return made


def eligibility_of(row: RawRow) -> tuple[str, str] | None:
    """Id of the service and the words that 3.2 keeps in the service itself, of a row that 1.1 kept them in.

    The row stays (as an attribute), so nothing is lost when a service has several of them.
    """
    if row.table != "attributes" or row.values.get("link_type") != "eligibility":
        return None
    service = str(row.values.get("service_id", "")).strip()
    words = str(row.values.get("eligibility") or row.values.get("value") or "").strip()
    return (service, words) if service and words else None


def fold_eligibility(service: RawRow, said: Iterable[str]) -> None:
    """Add the words of eligibility rows to their service."""
    for words in said:
        before = str(service.values.get("eligibility_description") or "").strip()
        if words not in before.split("\n"):
            service.values["eligibility_description"] = f"{before}\n{words}".strip()


def note_place(row: RawRow) -> None:
    """An Ohana service names a place and no organization: its organization is the place's."""
    if row.table == "service_at_locations" and (service := row.parents.get("service_id")):
        if not service.values.get("organization_id") and "organization_id" not in service.parents:
            service.place = str(row.values.get("location_id", "")).strip()
