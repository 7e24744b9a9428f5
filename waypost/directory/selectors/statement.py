"""The SQL of the search: one statement for the page, the totals and the counts beside the filters.

``candidate``: findings that hold the words, near the place, with the filters. One index (words and keys)
leads to them. They are read in an order that lets the database stop early: known to fit before not known;
squares of the map from the middle outwards; without a place, what was confirmed lately, then ever larger
samples. What is left out beyond the limits is said (``capped``), never hidden. ``hit``: the best finding of
each service.

Order: what is known to fit the filters before what is not known; then miles. To the distance (or, without a
place, to nothing) come miles for words that stand nowhere or only in the description, for doubt, for a lack
of room, for an old or missing confirmation.

A choice is counted over the candidates that fail nothing but the filter which it would replace, and only
where it and all others are known to hold: a count never promises what the listings do not say.
"""

from dataclasses import dataclass

from waypost.directory.facets import FRESH, NOWHERE, SAMPLES, counted
from waypost.directory.rules.area import Place
from waypost.directory.rules.cells import rings
from waypost.directory.selectors.asked import SearchQuery
from waypost.directory.selectors.filters import CAPACITY, LISTS, TESTS, Params, Test, chosen, own_tests
from waypost.directory.selectors.understood import Meaning, Understood, in_names
from waypost.kernel.clock import today

SERVES = "serves_only"
MOST = 2000  # findings that are ranked: near the place, or from the samples
MOST_ELSEWHERE = 500  # those without a point; those whose area takes the place in
WORDS_MILES = 25  # what words are worth that stand in no name
DISTANCE = """2 * 3958.8 * asin(least(1, sqrt(
    sin(radians({latitude} - %(latitude)s) / 2) ^ 2
    + cos(radians(%(latitude)s)) * cos(radians({latitude}))
      * sin(radians({longitude} - %(longitude)s) / 2) ^ 2)))"""
AWAY = DISTANCE.format(latitude="f.latitude", longitude="f.longitude")
NEAR = DISTANCE.format(latitude="f.near_latitude", longitude="f.near_longitude")
# The first miles count most; what is served from afar is as near as the edge.
FELT = "10 * ln(1 + coalesce({miles}, greatest(%(radius)s, 25)) / 5)"
PENALTY = f"""(CASE WHEN f.doubted THEN 25 ELSE 0 END
    + CASE WHEN {CAPACITY} IN ('full', 'paused', 'closed', 'no_funds') THEN 10
           WHEN {CAPACITY} = 'waitlist' THEN 5 ELSE 0 END
    + CASE WHEN f.confirmed_on >= %(today)s - 180 THEN 0
           WHEN f.confirmed_on IS NOT NULL THEN 0.5 ELSE 1 END
    + CASE WHEN f.contact_confirmed_on >= %(today)s - 90 THEN 0 ELSE 0.25 END)"""
PAGE = """(SELECT json_agg(p) FROM (
   SELECT service_id, quiet FROM hit
    ORDER BY silent, rank, confirmed_on DESC NULLS LAST, lower(name), service_id
    LIMIT %(limit)s OFFSET %(offset)s) p)"""


@dataclass(slots=True)
class Statement:
    """``rows`` answers one row: page, total, of these known to fit, without a place, capped, counts.

    ``choices``: filter and value of each count. ``filters``: the names of those that are on; bit n of a row's
    ``quiet`` is set where it does not say whether the n-th of them holds.
    """

    rows: str
    params: Params
    choices: list[tuple[str, str]]
    filters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Group:
    """Conditions that are read one after the other until there are enough findings."""

    steps: tuple[str, ...]
    most: int

    def sql(self, number: int, where: str) -> str:
        reads = " UNION ALL ".join(
            f"SELECT f.* FROM directory_finding f WHERE {step} AND {where}" for step in self.steps
        )
        return f"(SELECT g.*, {number} AS part FROM ({reads} LIMIT {self.most}) g)"


def statement(
    query: SearchQuery,
    *,
    said: Understood,
    level: str,
    place: Place | None,
    radius: float,
    with_facets: bool,
) -> Statement:
    """Put the parts together. ``level`` is the text query that a finding has to answer; '' is any."""
    params = Params(today=today(), radius=radius)
    located = place is not None and place.latitude is not None and place.longitude is not None
    tests = {name: TESTS[name](value, params, query) for name, value in chosen(query).items()}
    by_area = Test(_serves(params, place), "f.area_document = ''::tsvector") if place else None
    if by_area and query.serves_only:
        tests[SERVES] = by_area
    where = ["(f.expires_on IS NULL OR f.expires_on >= %(today)s)"]
    if level:
        where.insert(0, f"f.document @@ {params.take(level)}::tsquery")
    groups = _groups(params, place, radius) if place and located else _samples(params)
    narrow = [test.narrowed(params, query.include_unknown) for test in tests.values()]
    sources = [each.sql(n, " AND ".join([*where, *narrow])) for n, each in enumerate(groups)]
    if query.include_unknown and any(test.keys and test.quiet for test in tests.values()):
        known = [test.narrowed(params, False) for test in tests.values()]
        first = [_Group(each.steps, MOST_ELSEWHERE) for each in groups]
        sources = [
            *(each.sql(n + len(groups), " AND ".join([*where, *known])) for n, each in enumerate(first)),
            *sources,
        ]
    counting = _Counting(query, params, tests, by_area) if with_facets else None
    pool = "SELECT * FROM candidate"
    if counting and tests:  # what a filter leaves out is needed to count other choices of it
        wide = (each.sql(n, " AND ".join(where)) for n, each in enumerate(groups))
        pool = f"SELECT f.service_id, {counting.columns} FROM ({' UNION ALL '.join(wide)}) f"
    columns = _columns(tests, said, params, located, counting)
    limits = " OR ".join(
        f"count(*) FILTER (WHERE part = {n}) >= {each.most}" for n, each in enumerate(groups)
    )
    rows = f"""WITH candidate AS MATERIALIZED (SELECT {columns} FROM ({" UNION ALL ".join(sources)}) f),
hit AS MATERIALIZED (
  SELECT DISTINCT ON (service_id) * FROM candidate ORDER BY service_id, silent, rank),
pool AS ({pool})
SELECT {PAGE}, t.total, t.fitting, t.nowhere, (SELECT {limits} FROM candidate),
  {counting.counts if counting else "NULL"}
  FROM (SELECT count(*) AS total, count(*) FILTER (WHERE silent = 0) AS fitting,
               count(*) FILTER (WHERE latitude IS NULL) AS nowhere FROM hit) t"""
    return Statement(rows, params, counting.choices if counting else [], tuple(tests))


def _columns(
    tests: dict[str, Test], said: Understood, params: Params, located: bool, counting: "_Counting | None"
) -> str:
    unsaid = [f"({_unsaid(name, test)})::int" for name, test in tests.items()]
    quiet = [f"{each} * {1 << n}" for n, each in enumerate(unsaid)]
    miles = FELT.format(miles=NEAR) if located else "0"
    rank = [miles, PENALTY, *([_words(said.meanings, params)] if said.meanings else [])]
    rank += [
        f"CASE WHEN f.weekdays IS NULL THEN 0 WHEN (f.weekdays >> {day}) & 1 = 1 THEN -8 ELSE 4 END"
        for day in said.weekdays[:1]
    ]
    return (
        f"f.service_id, f.name, f.latitude, f.confirmed_on, f.part, {' + '.join(rank)} AS rank,"
        f" {' + '.join(quiet) or '0'} AS quiet, {' + '.join(unsaid) or '0'} AS silent"
        + (f", {counting.columns_of_hits}" if counting else "")
    )


def _unsaid(name: str, test: Test) -> str:
    """Whether a filter is not known to hold. No word of ages is no doubt: most name only a limit."""
    return "false" if name == "age" else f"NOT coalesce({test.known}, false)"


def _words(meanings: tuple[Meaning, ...], params: Params) -> str:
    """Miles for what the words are not: none when all stand in the name, WORDS_MILES when none is found."""
    whole = sum(each.weight for each in meanings)
    parts = [f"{each.weight / whole:.4f} * {_word(each, params)}" for each in meanings]
    return f"{WORDS_MILES} * (1 - ({' + '.join(parts)}))"


def _word(meaning: Meaning, params: Params) -> str:
    """1 when the word stands in the service's name; less for the organization, the rest, the need."""
    every = params.take(meaning.every)
    typed = f"{params.take(meaning.typed or meaning.every)}::tsquery"
    named = params.take(in_names(meaning.typed or meaning.every))
    also = params.take(in_names(meaning.every))
    need = f"WHEN f.document @@ {params.take(meaning.found_by)}::tsquery THEN 0.35 "
    return (
        f"CASE WHEN f.head @@ {every}::tsquery THEN"
        f" CASE WHEN f.head @@ {named}::tsquery THEN 1 WHEN f.head @@ {also}::tsquery THEN 0.9"
        f" WHEN f.head @@ {typed} THEN 0.85 ELSE 0.75 END"
        f" WHEN f.document @@ {every}::tsquery THEN 0.55"
        f" {need if meaning.found_by != meaning.every else ''}ELSE 0 END"
    )


def _groups(params: Params, place: Place, radius: float) -> list[_Group]:
    """Near: within the radius. Elsewhere: no point known and no other state; or the area names the place."""
    latitude, longitude = place.latitude or 0.0, place.longitude or 0.0
    params |= {"latitude": latitude, "longitude": longitude}
    near = tuple(
        f"f.keys && {params.take(cells)}::text[] AND {AWAY} <= %(radius)s"
        for cells in rings(latitude, longitude, radius)
    )
    states = params.take(list(dict.fromkeys((NOWHERE, f"{NOWHERE}{place.state}"))))
    nowhere = tuple(
        f"f.keys && {states}::text[] AND f.keys && {params.take([f'sample:{n}'])}::text[]"
        for n in range(len(SAMPLES))
    )
    return [
        _Group(near, MOST),
        _Group(nowhere, MOST_ELSEWHERE),
        _Group((_serves(params, place),), MOST_ELSEWHERE),
    ]


def _samples(params: Params) -> list[_Group]:
    """Everywhere: first what was confirmed lately, then from small to large samples."""
    keys = [FRESH, *(f"sample:{n}" for n in range(len(SAMPLES)))]
    return [_Group(tuple(f"f.keys && {params.take([each])}::text[]" for each in keys), MOST)]


def _serves(params: Params, place: Place) -> str:
    """The service area names the ZIP, the city, the county or the state."""
    names = [name for name in (place.zip, place.city, place.county, place.state_name) if name]
    either = " || ".join(f"phraseto_tsquery('waypost_simple', {params.take(name)})" for name in names)
    return f"f.area_document @@ ({either})" if names else "false"


class _Counting:
    """How the choices beside the filters are counted: a bit for each, set where it is known to hold."""

    def __init__(
        self, query: SearchQuery, params: Params, tests: dict[str, Test], by_area: Test | None
    ) -> None:
        self.tests = tests
        self.own = own_tests(query, params)
        if by_area:
            self.own.append((SERVES, "true", by_area))
        ours = {(name, value) for name, value, _test in self.own}
        self.bits = [
            (n, name, value) for n, (name, value) in enumerate(counted()) if (name, value) not in ours
        ]
        passes = [test.passes(query.include_unknown) for test in tests.values()]
        unsaid = [_unsaid(name, test) for name, test in tests.items()]
        self.missing = (
            " | ".join(
                f"(CASE WHEN {ok} AND NOT ({quiet}) THEN 0 ELSE {1 << n} END)"
                for n, (ok, quiet) in enumerate(zip(passes, unsaid, strict=True))
            )
            or "0"
        )

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Filter and value of each count, in their order."""
        return [(name, value) for _n, name, value in self.bits] + [(n, v) for n, v, _t in self.own]

    @property
    def columns(self) -> str:
        """For every finding of the pool: its bits, which filters it misses, its answers to our own tests."""
        answers = [f"(coalesce({test.known}, false))::int << {n}" for n, (_, _, test) in enumerate(self.own)]
        return f"f.facets, {self.missing} AS missing, {' | '.join(f'({each})' for each in answers)} AS own"

    @property
    def columns_of_hits(self) -> str:
        """The same for findings that miss no filter: when none is on, the hits are the pool."""
        return self.columns if not self.tests else "0 AS missing"

    @property
    def counts(self) -> str:
        """An array of the number of services for each choice."""
        masks = ["WHEN missing = 0 THEN facets"]
        owned = [f"WHEN missing = 0 THEN {(1 << len(self.own)) - 1}"]
        for number, name in enumerate(self.tests):
            if name not in LISTS:
                mask = sum(1 << n for n, each, _value in self.bits if each == name)
                masks.append(f"WHEN missing = {1 << number} THEN facets & {mask}::bigint")
            mask = sum(1 << n for n, (each, _value, _test) in enumerate(self.own) if each == name)
            owned.append(f"WHEN missing = {1 << number} THEN {mask}")
        sums = [f"count(*) FILTER (WHERE m & {1 << n}::bigint <> 0)" for n, _name, _value in self.bits]
        sums += [f"count(*) FILTER (WHERE o & {1 << n} <> 0)" for n in range(len(self.own))]
        return (
            f"(SELECT ARRAY[{', '.join(sums)}] FROM (SELECT"
            f" bit_or(CASE {' '.join(masks)} ELSE 0 END) AS m,"
            f" bit_or(own & CASE {' '.join(owned)} ELSE 0 END) AS o FROM pool GROUP BY service_id) each)"
        )
