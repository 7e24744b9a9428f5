"""Objects of HSDS with everything inside: rows gathered table by table, then put into one another.

The number of statements does not depend on the number of objects: one for each table.
"""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.conf import settings

from waypost.directory.hsds import TABLES
from waypost.directory.selectors import zip_time_zone
from waypost.directory.selectors.open_rows import OpenRow, open_children, open_rows, rows_about
from waypost.interop.hsds.publish import PROFILE_KEY, Object, flat

# Table: property of the object -> (table inside, its column that names the object outside).
INSIDE: dict[str, dict[str, tuple[str, str]]] = {
    "organizations": {
        "additional_websites": ("urls", "organization_id"),
        "funding": ("funding", "organization_id"),
        "contacts": ("contacts", "organization_id"),
        "phones": ("phones", "organization_id"),
        "locations": ("locations", "organization_id"),
        "programs": ("programs", "organization_id"),
        "organization_identifiers": ("organization_identifiers", "organization_id"),
        "addresses": ("addresses", "organization_id"),
    },
    "services": {
        "additional_urls": ("urls", "service_id"),
        "phones": ("phones", "service_id"),
        "schedules": ("schedules", "service_id"),
        "service_areas": ("service_areas", "service_id"),
        "service_at_locations": ("service_at_locations", "service_id"),
        "languages": ("languages", "service_id"),
        "funding": ("funding", "service_id"),
        "cost_options": ("cost_options", "service_id"),
        "required_documents": ("required_documents", "service_id"),
        "contacts": ("contacts", "service_id"),
        "capacities": ("service_capacities", "service_id"),
    },
    "service_at_locations": {
        "service_areas": ("service_areas", "service_at_location_id"),
        "contacts": ("contacts", "service_at_location_id"),
        "phones": ("phones", "service_at_location_id"),
        "schedules": ("schedules", "service_at_location_id"),
    },
    "locations": {
        "languages": ("languages", "location_id"),
        "addresses": ("addresses", "location_id"),
        "contacts": ("contacts", "location_id"),
        "accessibility": ("accessibility", "location_id"),
        "phones": ("phones", "location_id"),
        "schedules": ("schedules", "location_id"),
    },
    "contacts": {"phones": ("phones", "contact_id")},
    "phones": {"languages": ("languages", "phone_id")},
}
# Table: property -> (column, table of the one row that it names).
ONE: dict[str, dict[str, tuple[str, str]]] = {
    "services": {
        "organization": ("organization_id", "organizations"),
        "program": ("program_id", "programs"),
    },
    "service_at_locations": {
        "location": ("location_id", "locations"),
        "service": ("service_id", "services"),
    },
    "service_capacities": {"unit": ("unit_id", "units")},
    "attributes": {"taxonomy_term": ("taxonomy_term_id", "taxonomy_terms")},
    "taxonomy_terms": {"taxonomy_detail": ("taxonomy_id", "taxonomies")},
}
WITHOUT_ATTRIBUTES = ("attributes", "metadata", "taxonomies", "taxonomy_terms")
MAIN = ("organizations", "programs", "services", "locations", "service_at_locations")
_PARENT = {
    "organization_id": "organizations",
    "service_id": "services",
    "location_id": "locations",
    "service_at_location_id": "service_at_locations",
    "contact_id": "contacts",
    "phone_id": "phones",
}
# In this order, because languages belong to phones and phones to contacts.
_CHILDREN = tuple(table.name for table in TABLES.values() if table.parents)


class Bundle:
    """Rows of every table by id, and which lie inside which."""

    def __init__(self, *, whole: bool = False) -> None:
        """``whole``: for files: with what the feed said beyond the standard, and each thing in full once."""
        self.whole = whole
        self.rows: dict[str, dict[UUID, OpenRow]] = {name: {} for name in TABLES}
        self._inside: dict[tuple[str, str, UUID], list[UUID]] = {}
        self._about: dict[tuple[str, UUID], list[OpenRow]] = {}

    def take(self, table: str, rows: Iterable[OpenRow]) -> None:
        """Add rows that may leave."""
        held = self.rows[table]
        columns = [each.column for each in TABLES[table].references]
        for row in rows:
            if row["id"] in held:
                continue
            held[row["id"]] = row
            for column in columns:
                if row[column] is not None:
                    self._inside.setdefault((table, column, row[column]), []).append(row["id"])

    def fetch(self, table: str, ids: Iterable[UUID | None]) -> None:
        """Add the rows with these ids, as far as they may leave and are not here yet."""
        wanted = sorted({each for each in ids if each is not None} - set(self.rows[table]))
        if wanted:
            self.take(table, open_rows(table, "r.id = ANY(%(ids)s)", {"ids": wanted}))

    def named(self, table: str, column: str) -> set[UUID]:
        """The ids that rows of this table name in this column."""
        return {row[column] for row in self.rows[table].values() if row[column] is not None}

    def fetch_inside(self, of: Iterable[str] = MAIN) -> None:
        """Add everything that belongs to the rows of these tables: children, terms, metadata."""
        taken = {*of, "contacts", "phones"}
        for table in _CHILDREN:
            columns = [each for each in TABLES[table].parents if _PARENT[each] in taken]
            self.take(table, open_children(table, {each: list(self.rows[_PARENT[each]]) for each in columns}))
        self.fetch("units", self.named("service_capacities", "unit_id"))
        self._fetch_about()

    def _fetch_about(self) -> None:
        ids = [each for name, held in self.rows.items() if name not in ("attributes",) for each in held]
        attributes = rows_about("attributes", ids)
        self.take("attributes", attributes)
        for row in attributes:
            self._about.setdefault(("attributes", row["link_id"]), []).append(row)
        self.fetch("taxonomy_terms", self.named("attributes", "taxonomy_term_id"))
        self.fetch("taxonomies", self.named("taxonomy_terms", "taxonomy_id"))
        for row in rows_about("metadata", [each for held in self.rows.values() for each in held]):
            self._about.setdefault(("metadata", row["resource_id"]), []).append(row)

    def fetch_terms_details(self) -> None:
        """Add the taxonomies of terms, and what the feed says about changes of both."""
        self.fetch("taxonomies", self.named("taxonomy_terms", "taxonomy_id"))
        ids = [*self.rows["taxonomy_terms"], *self.rows["taxonomies"]]
        for row in rows_about("metadata", ids):
            self._about.setdefault(("metadata", row["resource_id"]), []).append(row)

    def children(self, table: str, column: str, parent: UUID) -> Sequence[UUID]:
        """Ids of the rows of ``table`` that name this parent."""
        return self._inside.get((table, column, parent), [])

    def simple(self, table: str, row_id: UUID, *, without: str = "") -> Object:
        """The row alone; ``without``: the reference to the object in which it lies."""
        found = flat(table, self.rows[table][row_id], whole=self.whole)
        found.pop(without, None)
        return found

    def full(
        self, table: str, row_id: UUID, *, without: str = "", leave_out: frozenset[str] = frozenset()
    ) -> Object:
        """The row with everything inside it; ``leave_out``: properties of this or an inner object."""
        found = self.simple(table, row_id, without=without)
        for name, (column, other) in ONE.get(table, {}).items():
            target = self.rows[table][row_id][column]
            if name in leave_out or column == without or target not in self.rows[other]:
                continue
            found.pop(column, None)
            inner_out = leave_out | {"service_at_locations"} if name == "service" else leave_out
            found[name] = self._one(other, target, inner_out)
        for name, (other, column) in INSIDE.get(table, {}).items():
            if name in leave_out:
                continue
            inner = [
                self.full(other, each, without=column, leave_out=self._deeper(table, name, leave_out))
                for each in self.children(other, column, row_id)
            ]
            if other == "service_capacities":
                _capacities(found, inner)
            elif inner:
                found[name] = inner
        self._say_about(table, row_id, found)
        if table == "schedules" and not self.whole:
            found.setdefault(PROFILE_KEY, {})["time_zone"] = self._zone(self.rows[table][row_id])
        return found

    def _zone(self, schedule: OpenRow) -> str:
        """Where the hours hold: what the schedule says, the place's ZIP code, or the network's own zone."""
        if "/" in schedule["timezone"]:
            return str(schedule["timezone"])
        joints = list(self.children("service_at_locations", "service_id", schedule["service_id"]))
        joints += [each for each in (schedule["service_at_location_id"],) if each]
        held = self.rows["service_at_locations"]
        places = [schedule["location_id"], *(held[each]["location_id"] for each in joints if each in held)]
        for place in places:
            for each in self.children("addresses", "location_id", place) if place else ():
                if zone := zip_time_zone(self.rows["addresses"][each]["postal_code"]):
                    return zone
        return str(settings.TIME_ZONE)

    def _one(self, table: str, row_id: UUID, leave_out: frozenset[str]) -> Object:
        if self.whole and table in MAIN:
            return self.simple(table, row_id)
        return self.full(table, row_id, leave_out=leave_out)

    @staticmethod
    def _deeper(table: str, name: str, leave_out: frozenset[str]) -> frozenset[str]:
        """A service inside a place inside a service would have no end."""
        if name == "service_at_locations":
            return leave_out | {"service"}
        return leave_out

    def _say_about(self, table: str, row_id: UUID, found: Object) -> None:
        if table not in WITHOUT_ATTRIBUTES:
            rows = self._about.get(("attributes", row_id), [])
            inner = [self.full("attributes", row["id"], without="link_id") for row in rows]
            if inner:
                found["attributes"] = inner
        if table not in ("metadata",):
            rows = self._about.get(("metadata", row_id), [])
            if rows:
                found["metadata"] = [_about(row, self.whole) for row in rows]


def _about(row: OpenRow, whole: bool) -> Object:
    found = flat("metadata", row, whole=whole)
    found.pop("resource_id", None)
    return found


def _capacities(found: Object, rows: list[Object]) -> None:
    """A capacity that the standard would not take (without a number, a unit or a day) stands beside."""
    good: list[Any] = []
    other: list[Any] = []
    for row in rows:
        (
            good
            if all(row.get(name) not in (None, "") for name in ("unit", "available", "updated"))
            else other
        ).append(row)
    if good:
        found["capacities"] = good
    if other:
        found["service_capacities"] = other
