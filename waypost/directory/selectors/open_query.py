"""What others ask the open directory for, as SQL over a row ``r``: everything asked must hold at once.

Every value is a parameter; only fixed pieces of text are put together.
"""

from dataclasses import dataclass
from datetime import datetime
from math import cos, radians
from typing import Any
from uuid import UUID

from waypost.directory.choices import NOT_OFFERED
from waypost.directory.rules.cells import MILES_A_DEGREE
from waypost.directory.selectors.open_rows import OpenRow, count_open, open_ids, open_rows
from waypost.directory.zips import zip_place

METRES_A_MILE = 1609.344
MEAN_RADIUS = 6_371_008.8  # metres (IUGG)
_QUERY = "websearch_to_tsquery('waypost_english', %(search)s)"
_FOUND = f"SELECT f.service_id FROM directory_finding f WHERE f.document @@ {_QUERY}"
_NOT_OFFERED = ", ".join(f"'{each}'" for each in NOT_OFFERED)
# As the index on organizations has it.
_SAYS = "left({0}.name || ' ' || {0}.alternate_name || ' ' || {0}.description, 50000)"
_CLOSED = (
    f"SELECT c.id FROM directory_service c WHERE lower(c.status) IN ({_NOT_OFFERED})"
    f" AND to_tsvector('waypost_english', {_SAYS.format('c')}) @@ {_QUERY}"
    " AND NOT EXISTS (SELECT 1 FROM directory_organization x"
    " WHERE x.id = c.organization_id AND x.is_victim_service)"
)
_SEARCH = {
    "services": f"(r.id IN ({_FOUND}) OR r.id IN ({_CLOSED}))",
    "service_at_locations": f"(r.service_id IN ({_FOUND}) OR r.service_id IN ({_CLOSED}))",
    "organizations": (
        f"(to_tsvector('waypost_english', {_SAYS.format('r')})"
        f" @@ {_QUERY} AND (NOT r.is_victim_service OR to_tsvector('waypost_english', r.name) @@ {_QUERY}))"
    ),
    "taxonomies": f"to_tsvector('waypost_english', left(r.name || ' ' || r.description, 50000)) @@ {_QUERY}",
    "taxonomy_terms": (
        "(to_tsvector('waypost_english', left(r.name || ' ' || r.description, 50000))"
        f" @@ {_QUERY} OR r.code = %(search)s)"
    ),
}
# The rows whose terms count for a row.
_NOT_A_VICTIM = "NOT EXISTS (SELECT 1 FROM directory_organization x WHERE x.id = {} AND x.is_victim_service)"
_TERMS_OF = {
    "services": f"a.link_id = r.id AND {_NOT_A_VICTIM.format('r.organization_id')}",
    "service_at_locations": "a.link_id IN (r.id, r.service_id, r.location_id)",
    "organizations": (
        "NOT r.is_victim_service AND (a.link_id = r.id OR a.link_id IN (SELECT s.id FROM directory_service s"
        " WHERE s.organization_id = r.id AND s.hidden_why = ''))"
    ),
}
_CHANGED = (
    "({id} IN (SELECT h.service_id FROM directory_servicechange h WHERE h.changed_at >= %(after)s)"
    " OR {id} IN (SELECT d.service_id FROM directory_findingdue d)"
    " OR {id} IN (SELECT m.id FROM directory_service m WHERE m.last_modified >= %(after)s))"
)
_DISTANCE = f"""2 * {MEAN_RADIUS} * asin(least(1, sqrt(
    sin(radians(n.latitude - %(latitude)s) / 2) ^ 2
    + cos(radians(%(latitude)s)) * cos(radians(n.latitude))
      * sin(radians(n.longitude - %(longitude)s) / 2) ^ 2)))"""


@dataclass(frozen=True, slots=True)
class OpenQuery:
    """``proximity`` in metres from the middle of ``postcode``; ids that lead nowhere find nothing."""

    search: str = ""
    taxonomy_term_ids: tuple[str, ...] = ()
    taxonomy_ids: tuple[str, ...] = ()
    organization_id: str = ""
    modified_after: datetime | None = None
    postcode: str = ""
    proximity: float | None = None
    parent_id: str = ""
    top_only: bool = False


def open_page(
    table: str, query: OpenQuery, *, limit: int, offset: int = 0, after: UUID | None = None
) -> list[UUID]:
    """Ids in their order; ``after`` begins behind an id, whatever the number of rows before it."""
    where, params = _condition(table, query)
    if after is not None:
        where, params = f"({where}) AND r.id > %(behind)s", params | {"behind": after}
    tail = "ORDER BY r.id LIMIT %(limit)s OFFSET %(offset)s"
    return open_ids(table, where, params | {"limit": limit, "offset": offset}, tail=tail)


def open_slice(table: str, query: OpenQuery, *, limit: int, offset: int, total: int) -> list[UUID]:
    """A page of so many rows in all, read from the nearer end; a page behind the last asks nothing."""
    length = min(limit, total - offset)
    if length <= 0:
        return []
    if offset <= total // 2:
        return open_page(table, query, limit=limit, offset=offset)
    where, params = _condition(table, query)
    tail = "ORDER BY r.id DESC LIMIT %(limit)s OFFSET %(offset)s"
    behind = {"limit": length, "offset": total - offset - length}
    return open_ids(table, where, params | behind, tail=tail)[::-1]


def open_total(table: str, query: OpenQuery) -> int:
    """How many rows there are."""
    return count_open(table, *_condition(table, query))


def open_one(table: str, given: str) -> OpenRow | None:
    """The row of this id; or the only one that its feed calls so."""
    exact = _uuid(given)
    if exact is not None:
        rows = open_rows(table, "r.id = %(id)s", {"id": exact})
        if rows:
            return rows[0]
    rows = open_rows(table, "r.source_id = %(id)s", {"id": given}, tail="ORDER BY r.id LIMIT 2")
    return rows[0] if len(rows) == 1 and rows[0]["source_id"] else None


def _condition(table: str, query: OpenQuery) -> tuple[str, dict[str, Any]]:
    where: list[str] = []
    params: dict[str, Any] = {}
    if query.search.strip():
        where.append(_SEARCH[table])
        params["search"] = query.search.strip()
    if table in _TERMS_OF:
        _terms(table, query, where, params)
    elif query.taxonomy_ids:
        where += [
            _equal("r.taxonomy_id", each, f"of{n}", params) for n, each in enumerate(query.taxonomy_ids)
        ]
    if query.organization_id:
        where.append(_organization(table, query.organization_id, params))
    if query.modified_after is not None:
        where.append(_CHANGED.format(id="r.id" if table == "services" else "r.service_id"))
        params["after"] = query.modified_after
    if query.postcode:
        where += _near(query, params)
    if query.parent_id:
        where.append(_equal("r.parent_id", query.parent_id, "parent", params))
    if query.top_only:
        where.append("r.parent_id IS NULL")
    return " AND ".join(where) or "true", params


def _terms(table: str, query: OpenQuery, where: list[str], params: dict[str, Any]) -> None:
    for number, each in enumerate(query.taxonomy_term_ids):
        term = _equal("a.taxonomy_term_id", each, f"term{number}", params)
        where.append(f"EXISTS (SELECT 1 FROM directory_attribute a WHERE {term} AND {_TERMS_OF[table]})")
    for number, each in enumerate(query.taxonomy_ids):
        taxonomy = _equal("t.taxonomy_id", each, f"of{number}", params)
        where.append(
            "EXISTS (SELECT 1 FROM directory_attribute a JOIN directory_taxonomyterm t"
            f" ON t.id = a.taxonomy_term_id WHERE {taxonomy} AND {_TERMS_OF[table]})"
        )


def _organization(table: str, given: str, params: dict[str, Any]) -> str:
    if table == "services":
        return _equal("r.organization_id", given, "organization", params)
    owner = _equal("s.organization_id", given, "organization", params)
    return f"r.service_id IN (SELECT s.id FROM directory_service s WHERE {owner})"


def _equal(column: str, given: str, name: str, params: dict[str, Any]) -> str:
    exact = _uuid(given)
    if exact is None:
        return "false"
    params[name] = exact
    return f"{column} = %({name})s"


def _near(query: OpenQuery, params: dict[str, Any]) -> list[str]:
    """Areas that are said must take the postcode in; with a distance, the place must lie within it."""
    place = zip_place(query.postcode)
    names = [query.postcode]
    if place is not None:
        names = [each for each in (place.zip, place.city, place.county, place.state_name) if each]
    params |= {f"area{n}": each for n, each in enumerate(names)}
    either = " || ".join(f"phraseto_tsquery('waypost_simple', %(area{n})s)" for n in range(len(names)))
    served = (
        "NOT EXISTS (SELECT 1 FROM directory_finding f WHERE f.service_id = r.service_id"
        f" AND f.area_document <> ''::tsvector AND NOT f.area_document @@ ({either}))"
    )
    if query.proximity is None:
        return [served]
    if place is None or place.latitude is None or place.longitude is None:
        return ["false"]
    high = query.proximity / METRES_A_MILE / MILES_A_DEGREE * 1.01
    wide = high / max(0.01, cos(radians(place.latitude)))
    params |= {
        "latitude": place.latitude,
        "longitude": place.longitude,
        "metres": query.proximity,
        "south": place.latitude - high,
        "north": place.latitude + high,
        "west": place.longitude - wide,
        "east": place.longitude + wide,
    }
    return [
        served,
        "r.location_id IN (SELECT n.id FROM directory_location n WHERE n.coordinates_status = 'given'"
        " AND point(n.longitude, n.latitude) <@ box(point(%(west)s, %(south)s), point(%(east)s, %(north)s))"
        f" AND {_DISTANCE} <= %(metres)s)",
    ]


def _uuid(given: str) -> UUID | None:
    try:
        return UUID(given)
    except ValueError:
        return None
