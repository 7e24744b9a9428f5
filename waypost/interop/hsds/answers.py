"""What the API answers: pages of objects of HSDS, simple or with everything inside."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from waypost.directory.selectors.open_query import OpenQuery, open_page
from waypost.directory.selectors.open_rows import open_children
from waypost.interop.hsds.bundle import Bundle
from waypost.interop.hsds.publish import PROFILE_KEY, Object, plain

AT_ONCE = 200
Maker = Callable[[Bundle, Sequence[UUID], bool, bool, bool], list[Object]]
NEWER = "3.3"


def objects(
    table: str, ids: Sequence[UUID], *, full: bool = False, full_service: bool = False, one: bool = False
) -> list[Object]:
    """The objects in the order of ``ids``. ``one``: asked for alone, so that its organization comes whole."""
    bundle = Bundle()
    bundle.fetch(table, ids)
    there = [each for each in ids if each in bundle.rows[table]]
    return _MAKERS[table](bundle, there, full, full_service, one)


def minimal(ids: Sequence[UUID]) -> list[Object]:
    """Services as id and day of the last change, for those who only want to know what is new."""
    bundle = Bundle()
    bundle.fetch("services", ids)
    rows = bundle.rows["services"]
    found = []
    for each in ids:
        if each in rows:
            moments = [rows[each][name] for name in ("changed_at", "last_modified") if rows[each][name]]
            found.append(
                {"id": str(each), "modified_date": plain(max(moments))} if moments else {"id": str(each)}
            )
    return found


def stream(table: str, query: OpenQuery, *, full: bool, full_service: bool, short: bool) -> Iterator[Object]:
    """All objects, one after the other. Each piece is read in a transaction of its own: none stays open

    while a slow reader reads, and memory holds one piece.
    """
    after: UUID | None = None
    while True:
        with transaction.atomic():
            ids = open_page(table, query, limit=AT_ONCE, after=after)
            made = minimal(ids) if short else objects(table, ids, full=full, full_service=full_service)
        yield from made
        if len(ids) < AT_ONCE:
            return
        after = ids[-1]


def newer(value: Any) -> Any:
    """The same in the words of 3.3: a service's ``schedules`` are its ``operating_hours`` there."""
    if isinstance(value, list):
        return [newer(each) for each in value]
    if not isinstance(value, dict):
        return value
    found = {name: inner if name == PROFILE_KEY else newer(inner) for name, inner in value.items()}
    if "schedules" in found and "status" in found:  # of all that have hours, a service alone has a status
        found["operating_hours"] = found.pop("schedules")
    return found


def _services(bundle: Bundle, ids: Sequence[UUID], full: bool, _: bool, one: bool) -> list[Object]:
    bundle.fetch("organizations", bundle.named("services", "organization_id"))
    bundle.fetch("programs", bundle.named("services", "program_id"))
    if not full:
        return [_simple_service(bundle, each) for each in ids]
    _fetch_whole_services(bundle)
    if one:
        _fetch_of_organizations(bundle)
    bundle.fetch_inside()
    leave_out = frozenset() if one else frozenset({"locations"})
    return [bundle.full("services", each, leave_out=leave_out) for each in ids]


def _simple_service(bundle: Bundle, service: UUID, *, without: str = "") -> Object:
    row = bundle.rows["services"][service]
    found = bundle.simple("services", service, without=without)
    for name, table in (("organization", "organizations"), ("program", "programs")):
        target = row[f"{name}_id"]
        if target in bundle.rows[table] and f"{name}_id" != without:
            found.pop(f"{name}_id", None)
            found[name] = bundle.simple(table, target)
    return found


def _organizations(
    bundle: Bundle, ids: Sequence[UUID], full: bool, full_service: bool, one: bool
) -> list[Object]:
    with_services = full or full_service
    if with_services:
        bundle.take("services", open_children("services", {"organization_id": ids}))
        bundle.fetch("programs", bundle.named("services", "program_id"))
    if full:
        _fetch_of_organizations(bundle)
    if full_service:
        _fetch_whole_services(bundle)
    if with_services:
        bundle.fetch_inside()
    found = []
    for each in ids:
        made = bundle.full("organizations", each) if full else bundle.simple("organizations", each)
        services = bundle.children("services", "organization_id", each) if with_services else ()
        if services and full_service:
            made["services"] = [
                bundle.full("services", inner, without="organization_id") for inner in services
            ]
        elif services:
            made["services"] = [
                _simple_service(bundle, inner, without="organization_id") for inner in services
            ]
        found.append(made)
    return found


def _joints(bundle: Bundle, ids: Sequence[UUID], full: bool, _: bool, one: bool) -> list[Object]:
    bundle.fetch("services", bundle.named("service_at_locations", "service_id"))
    bundle.fetch("locations", bundle.named("service_at_locations", "location_id"))
    bundle.fetch("organizations", bundle.named("services", "organization_id"))
    bundle.fetch("programs", bundle.named("services", "program_id"))
    if full:
        if one:
            _fetch_of_organizations(bundle)
        bundle.fetch_inside()
        leave_out = frozenset() if one else frozenset({"locations"})
        return [bundle.full("service_at_locations", each, leave_out=leave_out) for each in ids]
    found = []
    for each in ids:
        row = bundle.rows["service_at_locations"][each]
        made = bundle.simple("service_at_locations", each)
        del made["service_id"], made["location_id"]
        made["location"] = bundle.simple("locations", row["location_id"])
        made["service"] = _simple_service(bundle, row["service_id"])
        found.append(made)
    return found


def _plainly(table: str) -> Maker:
    def make(bundle: Bundle, ids: Sequence[UUID], *_: bool) -> list[Object]:
        bundle.fetch_terms_details()
        return [bundle.full(table, each) for each in ids]

    return make


def _fetch_whole_services(bundle: Bundle) -> None:
    services = list(bundle.rows["services"])
    bundle.take("service_at_locations", open_children("service_at_locations", {"service_id": services}))
    bundle.fetch("locations", bundle.named("service_at_locations", "location_id"))


def _fetch_of_organizations(bundle: Bundle) -> None:
    organizations = list(bundle.rows["organizations"])
    bundle.take("locations", open_children("locations", {"organization_id": organizations}))
    bundle.take("programs", open_children("programs", {"organization_id": organizations}))


_MAKERS: dict[str, Maker] = {
    "services": _services,
    "organizations": _organizations,
    "service_at_locations": _joints,
    "taxonomies": _plainly("taxonomies"),
    "taxonomy_terms": _plainly("taxonomy_terms"),
}
