"""The directory as objects: everything that may leave, each in full once, in pieces that fit in memory."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from waypost.directory.hsds import TABLES
from waypost.directory.selectors.open_query import OpenQuery, open_page
from waypost.directory.selectors.open_rows import open_children, open_rows
from waypost.interop.hsds.bundle import Bundle
from waypost.interop.hsds.publish import PROFILE_KEY, Object

AT_ONCE = 500
# Attributes and metadata lie inside what they are about; those about nothing that is known come at the end.
TABLES_OF_OBJECTS = (
    "meta_table_descriptions",
    "units",
    "taxonomies",
    "taxonomy_terms",
    "organizations",
    "locations",
    "services",
    "attributes",
    "metadata",
)
_APART = frozenset({"taxonomy_term", "taxonomy_detail", "locations"})


def objects_of(table: str) -> Iterator[Object]:
    """All objects of a table, each marked with its table."""
    if table in ("attributes", "metadata"):
        yield from _about_nothing(table)
        return
    after: UUID | None = None
    while ids := open_page(table, OpenQuery(), limit=AT_ONCE, after=after):
        yield from _piece(table, ids)
        after = ids[-1]


def _piece(table: str, ids: Sequence[UUID]) -> Iterator[Object]:
    bundle = Bundle(whole=True)
    bundle.fetch(table, ids)
    if table == "services":
        bundle.fetch("organizations", bundle.named("services", "organization_id"))
        bundle.fetch("programs", bundle.named("services", "program_id"))
        bundle.take("service_at_locations", open_children("service_at_locations", {"service_id": ids}))
        bundle.fetch("locations", bundle.named("service_at_locations", "location_id"))
        bundle.fetch_inside(("services", "service_at_locations"))
    elif table == "organizations":
        bundle.take("programs", open_children("programs", {"organization_id": ids}))
        bundle.fetch_inside(("organizations",))
    else:
        bundle.fetch_inside((table,))
    for each in ids:
        yield _marked(table, bundle.full(table, each, leave_out=_APART))


def _about_nothing(table: str) -> Iterator[Object]:
    link = TABLES[table].link
    column = link[0] if link else "id"
    bundle = Bundle(whole=True)
    bundle.take(table, open_rows(table, f"r.{column} IS NULL"))
    for each in bundle.rows[table]:
        yield _marked(table, bundle.simple(table, each))


def _marked(table: str, found: Object) -> Object:
    found[PROFILE_KEY] = {"table": table, **found.get(PROFILE_KEY, {})}
    return found
