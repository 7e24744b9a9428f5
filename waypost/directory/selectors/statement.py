"""The SQL of the search: one statement for the page, the totals and the counts beside the filters.

``candidate``: findings in words and place, each with the filters it fails (a bit each) and those it is
silent about. ``hit``: the best finding of each service that fails none. A choice is counted over the
candidates that fail nothing but the filter which it would replace, and only where it and all others are
known to hold: a count never promises what the listings do not say.

Order: what is known to fit before what is not known; then where the words stand (name; organization, terms
and needs; the rest; nowhere, but the need is the one meant); then distance, to which doubt, a lack of room
and an old or missing confirmation add some miles; then the name.
"""

from dataclasses import dataclass
from math import cos, radians
from typing import Any

from waypost.directory.rules.area import Place
from waypost.directory.rules.asking import Term
from waypost.directory.selectors.asked import SearchQuery
from waypost.directory.selectors.filters import CAPACITY, LISTS, TESTS, Params, Test, choices, chosen
from waypost.kernel.clock import today

SERVES = "serves_only"
MILES_A_DEGREE = 69.0
MOST_CANDIDATES = 3000  # a tier, where no place narrows the search
MOST_NEARBY = 30_000
DISTANCE = """2 * 3958.8 * asin(least(1, sqrt(
    sin(radians(f.latitude - %(latitude)s) / 2) ^ 2
    + cos(radians(%(latitude)s)) * cos(radians(f.latitude))
      * sin(radians(f.longitude - %(longitude)s) / 2) ^ 2)))"""
PENALTY = f"""(CASE WHEN f.doubted THEN 25 ELSE 0 END
    + CASE WHEN {CAPACITY} IN ('full', 'paused', 'closed') THEN 10
           WHEN {CAPACITY} = 'waitlist' THEN 5 ELSE 0 END
    + CASE WHEN f.confirmed_on >= %(today)s - 180 THEN 0
           WHEN f.confirmed_on IS NOT NULL THEN 0.5 ELSE 1 END)"""

ASKED, SAID = "(SELECT q FROM asked)", "(SELECT said FROM asked)"
NAMED, ABOUT = "'{0,0,0,1}'", "'{0,0,1,0}'"
TIER = f"""CASE WHEN f.document @@ {SAID} THEN
      CASE WHEN ts_rank({NAMED}, f.document, {SAID}) > 0.05 THEN 0
           WHEN ts_rank({ABOUT}, f.document, {SAID}) > 0.05 THEN 1 ELSE 2 END
    WHEN f.document @@ {ASKED} THEN
      CASE WHEN ts_rank({NAMED}, f.document, {ASKED}) > 0.05 THEN 1
           WHEN ts_rank({ABOUT}, f.document, {ASKED}) > 0.05 THEN 2 ELSE 3 END
    ELSE 4 END"""
PAGE = """(SELECT json_agg(p) FROM (
   SELECT service_id, quiet FROM hit
    ORDER BY silent, tier, miles + penalty NULLS LAST, penalty, confirmed_on DESC NULLS LAST,
             lower(name), service_id
    LIMIT %(limit)s OFFSET %(offset)s) p)"""


@dataclass(slots=True)
class Statement:
    """``rows`` answers one row: page, total, of these known to fit, without a place, capped, counts.

    ``filters``: the names of those that are on; bit n of a row's ``quiet`` is set where it does not say
    whether the n-th of them holds.
    """

    rows: str
    params: Params
    choices: list[tuple[str, str, Any]]
    filters: tuple[str, ...]


def statement(
    query: SearchQuery,
    *,
    words: tuple[Term, ...],
    meant: tuple[str, ...],
    place: Place | None,
    radius: float,
    with_facets: bool,
) -> Statement:
    """Put the parts together. ``meant`` are the need categories that the words speak of."""
    params = Params(today=today(), meant=list(meant), radius=radius)
    located = place is not None and place.latitude is not None and place.longitude is not None
    where = ["(f.expires_on IS NULL OR f.expires_on >= %(today)s)"]
    if place is not None and located:
        where.append(_place(params, place, radius))
    tests = {name: TESTS[name](value, params, query) for name, value in chosen(query).items()}
    by_area = Test(_serves(params, place), "f.area_document = ''::tsvector") if place else None
    if by_area and query.serves_only:
        tests[SERVES] = by_area
    passes = [test.passes(query.include_unknown) for test in tests.values()]
    asked, said = (_query(params, words, with_same=each) or "NULL::tsquery" for each in (True, False))
    columns = _columns(tests, passes, located, bool(words))
    counted = choices(query) if with_facets else []
    if counted and by_area:
        counted.append((SERVES, "true", True))
    head = f"""WITH asked AS MATERIALIZED (SELECT {asked} AS q, {said} AS said),
found AS MATERIALIZED ({_found(where + ([] if located else passes), bool(words), bool(meant), located)}),
candidate AS MATERIALIZED (SELECT {columns} FROM found f),
hit AS MATERIALIZED (
  SELECT DISTINCT ON (service_id) * FROM candidate f WHERE fails = 0
   ORDER BY service_id, silent, miles NULLS LAST)"""
    pool = "SELECT * FROM candidate"
    if counted and passes and not located:  # what a filter leaves out is needed to count other choices of it
        pool = f"SELECT {columns} FROM ({_found(where, bool(words), bool(meant), located)}) f"
    counts = _counts(counted, params, query, tests, by_area)
    most = MOST_NEARBY if located else MOST_CANDIDATES
    rows = f"""{head},
pool AS ({pool})
SELECT {PAGE}, (SELECT count(*) FROM hit), (SELECT count(*) FROM hit WHERE silent = 0),
  (SELECT count(*) FROM hit WHERE latitude IS NULL),
  (SELECT count(*) FROM found) >= {most}, {counts}"""
    return Statement(rows, params, counted, tuple(tests))


def _columns(tests: dict[str, Test], passes: list[str], located: bool, words: bool) -> str:
    fails = [f"CASE WHEN {each} THEN 0 ELSE {1 << n} END" for n, each in enumerate(passes)]
    unsaid = [
        "0" if name == "age" else f"(NOT coalesce({test.known}, false))::int" for name, test in tests.items()
    ]  # most listings name an age only where there is a limit: silence about it is no doubt
    quiet = [f"{each} * {1 << n}" for n, each in enumerate(unsaid)]
    return (
        f"f.*, {DISTANCE if located else 'NULL::float'} AS miles, {TIER if words else '0'} AS tier,"
        f" {PENALTY} AS penalty, {' + '.join(fails) or '0'} AS fails,"
        f" {' + '.join(quiet) or '0'} AS quiet, {' + '.join(unsaid) or '0'} AS silent"
    )


def _found(where: list[str], words: bool, meant: bool, located: bool) -> str:
    """With a place: all there. Without: from each tier of the words no more than can be ranked quickly."""
    rest = " AND ".join(where)
    either = [f"f.document @@ {ASKED}"] if words else []
    if meant:
        either.append("f.need_categories && %(meant)s::text[]")
    if located or not either:
        condition = f"({' OR '.join(either)}) AND " if either else ""
        most = MOST_NEARBY if located else MOST_CANDIDATES
        return f"SELECT f.* FROM directory_finding f WHERE {condition}{rest} LIMIT {most}"
    tiers = ([f"f.name_document @@ {ASKED}"] if words else []) + either
    body = "\n UNION ".join(
        f"(SELECT f.id FROM directory_finding f WHERE {each} AND {rest} LIMIT {MOST_CANDIDATES})"
        for each in tiers
    )
    return f"SELECT f.* FROM directory_finding f WHERE f.id IN ({body})"


def _query(params: Params, words: tuple[Term, ...], *, with_same: bool) -> str:
    """Every term has to stand there: stemmed, as a beginning, or as a word of the same meaning."""
    pieces = []
    for term in words:
        all_of_them = (term.typed, *(term.same if with_same else ()))
        either = [f"phraseto_tsquery('waypost_english', {params.take(each)})" for each in all_of_them]
        if " " not in term.typed:
            start = params.take(f"'{term.typed}':*")
            either.append(f"to_tsquery('waypost_simple', {start})")
        pieces.append(f"({' || '.join(either)})")
    return " && ".join(pieces)


def _serves(params: Params, place: Place) -> str:
    """The service area names the ZIP, the city, the county or the state."""
    names = [name for name in (place.zip, place.city, place.county, place.state_name) if name]
    either = " || ".join(f"phraseto_tsquery('waypost_simple', {params.take(name)})" for name in names)
    return f"f.area_document @@ ({either})" if names else "false"


def _place(params: Params, place: Place, radius: float) -> str:
    """Within the radius; or no point known and no other state; or the area names where the person lives."""
    latitude, longitude = place.latitude or 0.0, place.longitude or 0.0
    high = radius / MILES_A_DEGREE
    wide = radius / (MILES_A_DEGREE * max(0.1, cos(radians(latitude))))
    params |= {
        "latitude": latitude,
        "longitude": longitude,
        "south": latitude - high,
        "north": latitude + high,
        "west": longitude - wide,
        "east": longitude + wide,
        "states": ["", place.state],
    }
    return (
        "((point(f.longitude, f.latitude) <@ box(point(%(west)s, %(south)s), point(%(east)s, %(north)s))"
        f" AND {DISTANCE} <= %(radius)s)"
        f" OR (f.latitude IS NULL AND f.state = ANY(%(states)s)) OR {_serves(params, place)})"
    )


def _counts(
    counted: list[tuple[str, str, Any]],
    params: Params,
    query: SearchQuery,
    on: dict[str, Test],
    by_area: Test | None,
) -> str:
    """An array of the number of services for each choice; NULL when nothing is counted."""
    if not counted:
        return "NULL"
    flags = []
    for number, (name, _text, value) in enumerate(counted):
        others = sum(1 << n for n, each in enumerate(on) if each != name or name in LISTS)
        test = by_area if name == SERVES else TESTS[name](value, params, query)
        known = test.passes(False) if test else "false"
        flags.append(f"bool_or(((fails | quiet) & {others}) = 0 AND {known}) AS c{number}")
    sums = ", ".join(f"count(*) FILTER (WHERE c{number})" for number in range(len(counted)))
    return f"(SELECT ARRAY[{sums}] FROM (SELECT {', '.join(flags)} FROM pool f GROUP BY service_id) each)"
