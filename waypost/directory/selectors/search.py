"""Search: words, need, place and every filter. PostgreSQL does the work; cards are made of one page only."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from waypost.directory.cards import ListingCard, SearchHit, SearchResult
from waypost.directory.findings import catch_up_a_little
from waypost.directory.poverty import poverty_guidelines
from waypost.directory.rules.area import Place, serves
from waypost.directory.rules.fit import Facts, Listing, fit
from waypost.directory.selectors.asked import SearchQuery
from waypost.directory.selectors.listing import listings
from waypost.directory.selectors.reading import one_row, reading
from waypost.directory.selectors.statement import Statement, number, statement
from waypost.directory.selectors.understood import Level, Understood, understand
from waypost.directory.selectors.why import why
from waypost.directory.words import place_words
from waypost.directory.zips import place_named, zip_place
from waypost.kernel.clock import today

T = TypeVar("T")
FEW = 10
MOST_COUNTED = 100  # findings of each group, where only their number is wanted
DEEP = 100  # hits: beyond them more is read, though nothing is counted
MAX_PER_PAGE = 100
MAX_PAGE = 500
MAX_RADIUS = 500.0


@dataclass(frozen=True, slots=True)
class _Ask:
    """A search made ready."""

    query: SearchQuery
    said: Understood
    place: Place | None
    per_page: int
    with_facets: bool


@dataclass(frozen=True, slots=True)
class _Found:
    """What the statement answered, and the statement."""

    asked: Statement
    unsaid: dict[UUID, tuple[str, ...]]
    total: int
    fitting: int
    without_place: int
    capped: bool
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """A number of listings; not ``exact``: there are more."""

    number: int
    exact: bool


def search(query: SearchQuery, *, with_facets: bool = False) -> SearchResult:
    """One page of listings that answer the query, best first, with the total and the counts of choices.

    A ZIP code among the words is the place when none is given; a day among them lifts what opens then. Words
    that stand nowhere are mended, and ``did_you_mean`` says so. Where few hold all words, listings follow
    that hold most of them; where there is none, those that hold any.
    """
    catch_up_a_little()
    said = understand(query.words)
    place = _place_of(query, said)
    problem = ""
    if query.zip.strip() and place is None:
        problem = _("%(place)s is not a place that we know. Results are not sorted by distance.") % {
            "place": query.zip.strip()[:40]
        }
    per_page = max(1, min(query.per_page, MAX_PER_PAGE))
    page = max(1, min(query.page, MAX_PAGE))
    ask = _Ask(query, said, place, per_page, with_facets)
    found = _best_level(ask, page)
    last = max(1, min(MAX_PAGE, -(-found.total // per_page)))
    if page > last:  # beyond the last page, the last page
        page, found = last, _best_level(ask, last)
    return SearchResult(
        hits=_hits(found.unsaid, query, place, said),
        total=found.total,
        fitting=found.fitting,
        without_place=found.without_place if place else 0,
        page=page,
        pages=max(1, min(MAX_PAGE, -(-found.total // per_page))),
        place_words=place_words(place) if place else "",
        problem=problem,
        facets=_facets(found),
        counts_exact=not found.capped,
        did_you_mean=said.instead if found.total else "",
    )


def count(query: SearchQuery) -> int:
    """How many listings answer the query, up to a hundred or so."""
    return counts([query])[0].number


def counts(queries: Collection[SearchQuery]) -> list[Counted]:
    """How many listings answer each query, up to a hundred or so, without ranking or reading any of them."""
    catch_up_a_little()
    words = {query.words for query in queries}
    understood = {each: understand(each) for each in words}
    with connection.cursor() as cursor, reading(cursor):
        return [_counted(query, understood[query.words]) for query in queries]


def _counted(query: SearchQuery, said: Understood) -> Counted:
    place = _place_of(query, said)

    def ask(level: Level) -> Counted:
        asked, params = number(query, level=level, place=place, radius=_radius(query), most=MOST_COUNTED)
        total, capped = one_row(asked, params)
        return Counted(total, not capped)

    return _loosened(said.levels(query.need), ask, lambda found: found.number)


def _place_of(query: SearchQuery, said: Understood) -> Place | None:
    if query.place:
        return query.place
    return place_named(query.zip) if query.zip.strip() else zip_place(said.zip)


def _best_level(ask: _Ask, page: int) -> _Found:
    return _loosened(
        ask.said.levels(ask.query.need), lambda level: _page(ask, level, page), lambda found: found.total
    )


def _loosened(levels: list[Level], ask: Callable[[Level], T], total: Callable[[T], int]) -> T:
    """All words; where few listings hold them all, most of them; where none does, any."""
    strict, *looser = levels or [Level()]
    found = ask(strict)
    if total(found) < FEW and looser:
        found = ask(looser[0])
    if not total(found) and len(looser) > 1:
        found = ask(looser[-1])
    return found


def _radius(query: SearchQuery) -> float:
    return max(0.1, min(query.radius_miles, MAX_RADIUS))


def _page(ask: _Ask, level: Level, page: int) -> _Found:
    asked = statement(
        ask.query,
        said=ask.said,
        level=level,
        place=ask.place,
        radius=_radius(ask.query),
        with_facets=ask.with_facets,
        deep=page * ask.per_page > DEEP,
    )
    window = {"limit": ask.per_page, "offset": (page - 1) * ask.per_page}
    with connection.cursor() as cursor, reading(cursor):
        rows, total, fitting, without_place, capped, numbers = one_row(asked.rows, asked.params | window)
    unsaid = {
        UUID(row["service_id"]): tuple(name for n, name in enumerate(asked.filters) if row["quiet"] >> n & 1)
        for row in rows or []
    }
    found = tuple(each or 0 for each in numbers or ())
    return _Found(asked, unsaid, total, fitting, without_place, capped, found)


def _facets(found: _Found) -> dict[str, dict[str, int]]:
    facets: dict[str, dict[str, int]] = {}
    for (name, text), many in zip(found.asked.choices, found.counts, strict=False):
        facets.setdefault(name, {})[text] = many
    return facets


def _hits(
    unsaid: dict[UUID, tuple[str, ...]], query: SearchQuery, place: Place | None, said: Understood
) -> tuple[SearchHit, ...]:
    cards = listings(unsaid, near=place)
    facts = Facts(
        need=query.need,
        age=query.age,
        language=query.language,
        place=place,
        veteran=True if "veterans" in query.situations else None,
        on=today(),
    )
    return tuple(_hit(cards[each], facts, said, quiet) for each, quiet in unsaid.items() if each in cards)


def _hit(card: ListingCard, facts: Facts, said: Understood, unsaid: tuple[str, ...]) -> SearchHit:
    return SearchHit(
        listing=card,
        miles=card.miles,
        serves=serves(card.served, facts.place),
        fit=fit(as_listing(card), facts, poverty_guidelines()),
        matched_needs=tuple(code for code in said.needs if code in card.need_categories),
        why=why(card, said.terms, said.needs),
        unsaid=unsaid,
    )


def as_listing(card: ListingCard) -> Listing:
    """The part of a card that the rules of fit look at."""
    fields: dict[str, Any] = {
        "need_categories": card.need_categories,
        "minimum_age": card.minimum_age,
        "maximum_age": card.maximum_age,
        "eligibility": card.eligibility,
        "languages": (*card.languages, card.interpretation),
        "language_codes": card.language_codes,
        "areas": card.served,
        "capacity": card.capacity_status,
    }
    return Listing(**fields)
