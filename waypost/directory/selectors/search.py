"""Search: words, need, place and every filter. PostgreSQL does the work; cards are made of one page only."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from waypost.directory.cards import ListingCard, SearchHit, SearchResult
from waypost.directory.findings import catch_up_a_little
from waypost.directory.needs import need_words
from waypost.directory.poverty import poverty_guidelines
from waypost.directory.rules.area import Place, serves
from waypost.directory.rules.asking import Term, terms
from waypost.directory.rules.fit import Facts, Listing, fit
from waypost.directory.rules.needs import needs_in
from waypost.directory.selectors.asked import SearchQuery
from waypost.directory.selectors.listing import listings
from waypost.directory.selectors.statement import Statement, statement
from waypost.directory.selectors.why import why
from waypost.directory.selectors.words import mended, synonyms
from waypost.directory.words import place_words
from waypost.directory.zips import place_named
from waypost.kernel.clock import today

MAX_WORDS = 200
MAX_PER_PAGE = 100
MAX_PAGE = 500
MAX_RADIUS = 500.0


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question made ready."""

    statement: Statement
    terms: tuple[Term, ...]
    meant: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """What the statement answered."""

    unsaid: dict[UUID, tuple[str, ...]]
    total: int
    fitting: int
    without_place: int
    capped: bool
    counts: tuple[int, ...]


def search(query: SearchQuery, *, with_facets: bool = False) -> SearchResult:
    """One page of listings that answer the query, best first, with the total and the counts of choices.

    When nothing is found at all, words that look mistyped are mended and ``did_you_mean`` says so.
    """
    catch_up_a_little()
    place = _place_of(query)
    problem = ""
    if query.zip.strip() and place is None:
        problem = _("%(place)s is not a place that we know. Results are not sorted by distance.") % {
            "place": query.zip.strip()[:40]
        }
    per_page = max(1, min(query.per_page, MAX_PER_PAGE))
    page = max(1, min(query.page, MAX_PAGE))
    asked, found, page = _read(query, place, per_page, page, with_facets)
    did_you_mean = ""
    if not found.total and (instead := mended(query.words.replace("\x00", "")[:MAX_WORDS])):
        mended_query = replace(query, words=instead)
        other, more, other_page = _read(mended_query, place, per_page, page, with_facets)
        if more.total:
            asked, found, page, did_you_mean = other, more, other_page, instead
    return SearchResult(
        hits=_hits(found.unsaid, query, place, asked),
        total=found.total,
        fitting=found.fitting,
        without_place=found.without_place if place else 0,
        page=page,
        pages=max(1, min(MAX_PAGE, -(-found.total // per_page))),
        place_words=place_words(place) if place else "",
        problem=problem,
        facets=_facets(asked.statement, found),
        counts_exact=not found.capped,
        did_you_mean=did_you_mean,
    )


def count(query: SearchQuery) -> int:
    """How many listings answer the query, without reading any of them."""
    catch_up_a_little()
    return _page(_asked(query, _place_of(query), with_facets=False), 1, 0).total


def _place_of(query: SearchQuery) -> Place | None:
    return query.place or (place_named(query.zip) if query.zip.strip() else None)


def _read(
    query: SearchQuery, place: Place | None, per_page: int, page: int, with_facets: bool
) -> tuple[_Asked, _Found, int]:
    """A page; beyond the last page, the last page."""
    asked = _asked(query, place, with_facets)
    found = _page(asked, per_page, (page - 1) * per_page)
    last = max(1, min(MAX_PAGE, -(-found.total // per_page)))
    if page > last:
        page, found = last, _page(asked, per_page, (last - 1) * per_page)
    return asked, found, page


def _asked(query: SearchQuery, place: Place | None, with_facets: bool) -> _Asked:
    """The query as a statement, and the needs that its words name."""
    words = query.words.replace("\x00", "")[:MAX_WORDS]
    said = terms(words, synonyms())
    meant = needs_in(need_words(), words) if words.strip() else ()
    asked = statement(
        query,
        words=said,
        meant=meant,
        place=place,
        radius=max(0.1, min(query.radius_miles, MAX_RADIUS)),
        with_facets=with_facets,
    )
    return _Asked(asked, said, meant)


def _page(asked: _Asked, limit: int, offset: int) -> _Found:
    with connection.cursor() as cursor:
        cursor.execute(asked.statement.rows, asked.statement.params | {"limit": limit, "offset": offset})
        page, total, fitting, without_place, capped, counts = cursor.fetchone()
    filters = asked.statement.filters
    unsaid = {
        UUID(row["service_id"]): tuple(name for n, name in enumerate(filters) if row["quiet"] >> n & 1)
        for row in page or []
    }
    return _Found(unsaid, total, fitting, without_place, capped, tuple(counts or ()))


def _facets(asked: Statement, found: _Found) -> dict[str, dict[str, int]]:
    facets: dict[str, dict[str, int]] = {}
    for (name, text, _value), number in zip(asked.choices, found.counts, strict=False):
        facets.setdefault(name, {})[text] = number
    return facets


def _hits(
    unsaid: dict[UUID, tuple[str, ...]], query: SearchQuery, place: Place | None, asked: _Asked
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
    return tuple(_hit(cards[each], facts, asked, said) for each, said in unsaid.items() if each in cards)


def _hit(card: ListingCard, facts: Facts, asked: _Asked, unsaid: tuple[str, ...]) -> SearchHit:
    return SearchHit(
        listing=card,
        miles=card.miles,
        serves=serves(card.served, facts.place),
        fit=fit(as_listing(card), facts, poverty_guidelines()),
        matched_needs=tuple(code for code in asked.meant if code in card.need_categories),
        why=why(card, asked.terms, asked.meant),
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
