"""The SQL of the search: one statement for the page, the totals and the counts beside the filters.

``candidate``: findings that hold the words, near the place, with the filters. One index (words and keys)
leads to them. They are read in an order that lets the database stop early: known to fit before not known;
squares of the map from the middle outwards; without a place, what was confirmed lately, then ever larger
samples. What is left out beyond the limits is said (``capped``), never hidden. ``hit``: the best finding of
each service.

``whole`` answers the words and the place; with choices to count, whatever the filters say, for the counts
look beyond them. Where a part of it was cut off (``cut``), ``best`` looks for more hits there: what holds the
words themselves and is known to fit every filter, then whatever is known to fit.

Order: what is known to fit the filters before what is not known; then miles. To the distance (or, without a
place, to nothing) come miles for words that stand nowhere or only in the description, for doubt, for a lack
of room, for an old or missing confirmation.

A choice is counted over the candidates that fail nothing but the filter which it would replace, and only
where it and all others are known to hold: a count never promises what the listings do not say.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from waypost.directory.facets import FRESH, NOWHERE, SAMPLES, STALE, counted
from waypost.directory.rules.area import Place
from waypost.directory.rules.cells import rings
from waypost.directory.selectors.asked import SearchQuery
from waypost.directory.selectors.filters import CAPACITY, LISTS, TESTS, Params, Test, chosen, own_tests
from waypost.directory.selectors.understood import Level, Meaning, Understood, in_names
from waypost.kernel.clock import today

SERVES = "serves_only"
MOST = 1000  # findings that are ranked: near the place, or from the samples
MOST_ELSEWHERE = 300  # those without a point; those whose area takes the place in
WITHOUT_COUNTS = 3  # times fewer are read where nothing is counted, for the first of their pages
MOST_BEST = 600  # more of each, where that was not all: those that hold the words and are known to fit
OTHER_NEED = 0.5  # what a word is worth in a listing for other needs than it means: pet food is no food
WORDS_MILES = 25  # what words are worth that stand in no name
DISTANCE = """2 * 3958.8 * asin(least(1, sqrt(
    sin(radians({latitude} - %(latitude)s::float8) / 2) ^ 2
    + cos(radians(%(latitude)s::float8)) * cos(radians({latitude}))
      * sin(radians({longitude} - %(longitude)s::float8) / 2) ^ 2)))"""
AWAY = DISTANCE.format(latitude="f.latitude", longitude="f.longitude")
NEAR = DISTANCE.format(latitude="f.near_latitude", longitude="f.near_longitude")
# The first miles count most; what is served from afar is as near as the edge.
FELT = "10 * ln(1 + coalesce({miles}, greatest(%(radius)s::float8, 25)) / 5)"
PENALTY = f"""(CASE WHEN f.doubted THEN 25 ELSE 0 END
    + CASE WHEN {CAPACITY} IN ('full', 'paused', 'closed', 'no_funds') THEN 10
           WHEN {CAPACITY} = 'waitlist' THEN 5 ELSE 0 END
    + CASE WHEN f.confirmed_on >= %(today)s::date - 180 THEN 0
           WHEN f.confirmed_on IS NOT NULL THEN 0.5 ELSE 1 END
    + CASE WHEN f.contact_confirmed_on >= %(today)s::date - 90 THEN 0 ELSE 0.25 END)"""
PAGE = """(SELECT json_agg(p) FROM (
   SELECT service_id, quiet FROM hit
    ORDER BY silent, rank, confirmed_on DESC NULLS LAST, lower(name), service_id
    LIMIT %(limit)s::bigint OFFSET %(offset)s::bigint) p)"""


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

    def sql(self, number: int, conditions: Iterable[str], most: int) -> str:
        reads = " UNION ALL ".join(
            f"SELECT f.* FROM directory_finding f WHERE {' AND '.join(each for each in (step, also) if each)}"
            for also in conditions
            for step in self.steps
        )
        return f"(SELECT g.*, {number} AS part FROM ({reads} LIMIT {most}) g)"


def number(
    query: SearchQuery, *, level: Level, place: Place | None, radius: float, most: int
) -> tuple[str, Params]:
    """How many services answer, and whether reading stopped early: at ``most`` findings of each group."""
    params = Params(today=today(), radius=radius)
    groups, tests, _by_area = _asked(query, params, place, radius, 1)
    where = _where(params, level.found_by, _narrow(query, params, tests))
    reads = " UNION ALL ".join(each.sql(n, [where], most) for n, each in enumerate(groups))
    return (
        f"""WITH found AS MATERIALIZED ({reads})
SELECT (SELECT count(DISTINCT service_id) FROM found
         WHERE expires_on IS NULL OR expires_on >= %(today)s::date),
       EXISTS (SELECT 1 FROM found GROUP BY part HAVING count(*) >= {most})""",
        params,
    )


def statement(
    query: SearchQuery,
    *,
    said: Understood,
    level: Level,
    place: Place | None,
    radius: float,
    with_facets: bool,
    deep: bool = False,
) -> Statement:
    """Put the parts together. ``deep``: a page far down, for which more is read."""
    params = Params(today=today(), radius=radius)
    less = 1 if with_facets or deep else WITHOUT_COUNTS
    groups, tests, by_area = _asked(query, params, place, radius, less)
    narrow = [] if with_facets else _narrow(query, params, tests)
    where = _where(params, level.found_by, narrow)
    whole = " UNION ALL ".join(each.sql(n, [where], each.most) for n, each in enumerate(groups))
    counting = _Counting(query, params, tests, by_area) if with_facets else None
    passes = [test.passes(query.include_unknown) for test in tests.values()] if with_facets else []
    fits = " AND ".join(passes) or "true"
    columns = _columns(tests, _rank(said, params), fits) + (f", {counting.columns}" if counting else "")
    read = f"SELECT {columns}, {fits} AS fits FROM"
    cut = ", ".join(
        f"count(*) FILTER (WHERE part = {n}) >= {each.most} AS part{n}" for n, each in enumerate(groups)
    )
    candidate = "SELECT * FROM whole"
    if better := _better(params, level, tests, where):
        for n, each in enumerate(groups):
            best = each.sql(n, better, MOST_BEST // less)
            candidate += f" UNION ALL {read} {best} f WHERE (SELECT part{n} FROM cut)"
    rows = f"""WITH whole AS MATERIALIZED ({read} ({whole}) f),
cut AS MATERIALIZED (SELECT {cut} FROM whole),
candidate AS ({candidate}),
hit AS MATERIALIZED (
  SELECT DISTINCT ON (service_id) service_id, name, latitude, confirmed_on, rank, quiet, silent FROM candidate
   WHERE fits AND (expires_on IS NULL OR expires_on >= %(today)s::date) ORDER BY service_id, silent, rank)
SELECT {PAGE}, t.total, t.fitting, t.nowhere,
  (SELECT {" OR ".join(f"part{n}" for n in range(len(groups)))} FROM cut),
  {counting.counts if counting else "NULL"}
  FROM (SELECT count(*) AS total, count(*) FILTER (WHERE silent = 0) AS fitting,
               count(*) FILTER (WHERE latitude IS NULL) AS nowhere FROM hit) t"""
    return Statement(rows, params, counting.choices if counting else [], tuple(tests))


def _asked(
    query: SearchQuery, params: Params, place: Place | None, radius: float, less: int
) -> tuple[list[_Group], dict[str, Test], Test | None]:
    """Where to read, the filters that are on, and that of the area where a place is known."""
    located = place is not None and place.latitude is not None and place.longitude is not None
    tests = {name: TESTS[name](value, params, query) for name, value in chosen(query).items()}
    by_area = Test(_serves(params, place), "f.area_document = ''::tsvector") if place else None
    if by_area and query.serves_only:
        tests[SERVES] = by_area
    groups = _groups(params, place, radius, less) if place and located else _samples(params, less)
    return groups, tests, by_area


def _narrow(query: SearchQuery, params: Params, tests: dict[str, Test]) -> list[str]:
    return [test.narrowed(params, query.include_unknown) for test in tests.values()]


def _better(params: Params, level: Level, tests: dict[str, Test], where: str) -> list[str]:
    """What may stand above what was read, where reading stopped early."""
    known = [test.narrowed(params, False) for test in tests.values()]
    wanted = dict.fromkeys((level.said, level.found_by))
    return [each for each in (_where(params, words, known) for words in wanted) if each != where]


def _where(params: Params, words: str, conditions: list[str]) -> str:
    first = [f"f.document @@ {params.take(words)}::tsquery"] if words else []
    return " AND ".join([*first, *conditions])


def _columns(tests: dict[str, Test], rank: str, fits: str) -> str:
    unsaid = [f"({_unsaid(name, test)})::int" for name, test in tests.items()]
    quiet = [f"{each} * {1 << n}" for n, each in enumerate(unsaid)]
    return (
        "f.service_id, f.name, f.latitude, f.confirmed_on, f.expires_on, f.part,"
        f" CASE WHEN {fits} THEN {rank} END AS rank,"
        f" {' + '.join(quiet) or '0'} AS quiet, {' + '.join(unsaid) or '0'} AS silent"
    )


def _rank(said: Understood, params: Params) -> str:
    """Miles: how far it is, and what else speaks against it."""
    miles = FELT.format(miles=NEAR) if "latitude" in params else "0"
    rank = [miles, PENALTY, *([_words(said.meanings, params)] if said.meanings else [])]
    rank += [
        "CASE WHEN f.weekdays IS NULL THEN 0"
        f" WHEN (f.weekdays >> {params.take(day)}::int) & 1 = 1 THEN -8 ELSE 4 END"
        for day in said.weekdays[:1]
    ]
    return " + ".join(rank)


def _unsaid(name: str, test: Test) -> str:
    """Whether a filter is not known to hold. No word of ages is no doubt: most name only a limit."""
    return "false" if name == "age" else f"NOT coalesce({test.known}, false)"


def _words(meanings: tuple[Meaning, ...], params: Params) -> str:
    """Miles for what the words are not: none when all stand in the name, WORDS_MILES when none is found."""
    whole = sum(each.weight for each in meanings)
    parts = [
        f"{params.take(round(each.weight / whole, 4))}::float8 * {_word(each, params)}" for each in meanings
    ]
    return f"{WORDS_MILES} * (1 - ({' + '.join(parts)}))"


def _word(meaning: Meaning, params: Params) -> str:
    """1 when the word stands in the service's name; less for the organization, the rest, the need."""
    every = params.take(meaning.every)
    typed = f"{params.take(meaning.typed or meaning.every)}::tsquery"
    named = params.take(in_names(meaning.typed or meaning.every))
    also = params.take(in_names(meaning.every))
    need = f"WHEN f.document @@ {params.take(meaning.found_by)}::tsquery THEN 0.35 "
    found = (
        f"CASE WHEN f.head @@ {every}::tsquery THEN"
        f" CASE WHEN f.head @@ {named}::tsquery THEN 1 WHEN f.head @@ {also}::tsquery THEN 0.9"
        f" WHEN f.head @@ {typed} THEN 0.85 ELSE 0.75 END"
        f" WHEN f.document @@ {every}::tsquery THEN 0.55"
        f" {need if meaning.found_by != meaning.every else ''}ELSE 0 END"
    )
    if not meaning.needs:
        return found
    needs = f"{params.take(list(meaning.needs))}::text[]"
    other = f"f.need_categories <> '{{}}' AND NOT f.need_categories && {needs}"
    return f"least({found}, CASE WHEN {other} THEN {OTHER_NEED} ELSE 1 END)"


def _groups(params: Params, place: Place, radius: float, less: int) -> list[_Group]:
    """Near: within the radius. Elsewhere: no point known and no other state; or the area names the place."""
    latitude, longitude = place.latitude or 0.0, place.longitude or 0.0
    params |= {"latitude": latitude, "longitude": longitude}
    near = tuple(
        f"f.keys && {params.take(cells)}::text[] AND {AWAY} <= %(radius)s::float8"
        for cells in rings(latitude, longitude, radius)
    )
    nowhere = tuple(
        _keys(params, *dict.fromkeys((f"{NOWHERE}::{n}", f"{NOWHERE}:{place.state}:{n}")))
        for n in range(len(SAMPLES))
    )
    return [
        _Group(near, MOST // less),
        _Group(nowhere, MOST_ELSEWHERE // less),
        _Group((_serves(params, place),), MOST_ELSEWHERE // less),
    ]


def _samples(params: Params, less: int) -> list[_Group]:
    """Everywhere: first what was confirmed lately, each from small to large samples."""
    keys = (f"{each}:{n}" for each in (FRESH, STALE) for n in range(len(SAMPLES)))
    return [_Group(tuple(_keys(params, each) for each in keys), MOST // less)]


def _keys(params: Params, *keys: str) -> str:
    return f"f.keys && {params.take(list(keys))}::text[]"


def _serves(params: Params, place: Place) -> str:
    """The service area names the ZIP, the city, the county or the state."""
    names = [name for name in (place.zip, place.city, place.county, place.state_name) if name]
    either = " || ".join(f"phraseto_tsquery('waypost_simple', {params.take(name)}::text)" for name in names)
    return f"f.area_document @@ (SELECT {either})" if names else "false"


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
        """For every finding read: its bits, which filters it misses, its answers to our own tests."""
        answers = [f"(coalesce({test.known}, false))::int << {n}" for n, (_, _, test) in enumerate(self.own)]
        return f"f.facets, {self.missing} AS missing, {' | '.join(f'({each})' for each in answers)} AS own"

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
        sums = [f"sum(n) FILTER (WHERE m & {1 << n}::bigint <> 0)" for n, _name, _value in self.bits]
        sums += [f"sum(n) FILTER (WHERE o & {1 << n} <> 0)" for n in range(len(self.own))]
        return (  # many services have the same bits: each set of them is looked at once
            f"(SELECT ARRAY[{', '.join(sums)}] FROM (SELECT m, o, count(*)::int AS n FROM (SELECT"
            f" bit_or(CASE {' '.join(masks)} ELSE 0 END) AS m,"
            f" bit_or(own & CASE {' '.join(owned)} ELSE 0 END) AS o FROM whole"
            " WHERE expires_on IS NULL OR expires_on >= %(today)s::date GROUP BY service_id) each"
            " GROUP BY m, o) alike)"
        )
