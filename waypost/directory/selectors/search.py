"""Search: words, need, place, language, day. PostgreSQL does the work; cards are made of one page only."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from waypost.directory.cards import ListingCard, SearchHit, SearchResult
from waypost.directory.needs import need_words
from waypost.directory.rules.area import Place, serves
from waypost.directory.rules.fit import Facts, Listing, fit
from waypost.directory.rules.needs import needs_in
from waypost.directory.selectors.listing import listings
from waypost.directory.selectors.places import zip_place
from waypost.directory.selectors.statement import Statement, statement
from waypost.directory.words import place_words

MAX_WORDS = 200
MAX_PER_PAGE = 100
MAX_PAGE = 500
MAX_RADIUS = 500.0


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What somebody looks for. Empty means: does not matter.

    ``weekday`` is 0 for Monday. ``include_unknown`` keeps listings that say nothing about the language or
    the day; they come after those that fit. ``age`` only goes into the fit, it hides nothing.
    """

    words: str = ""
    need: str = ""
    zip: str = ""
    radius_miles: float = 25.0
    language: str = ""
    weekday: int | None = None
    accepting: bool = False
    age: int | None = None
    include_unknown: bool = True
    page: int = 1
    per_page: int = 20


def search(query: SearchQuery) -> SearchResult:
    """One page of listings that answer the query, best first, with the total."""
    place = zip_place(query.zip) if query.zip.strip() else None
    problem = ""
    if query.zip.strip() and place is None:
        problem = _("%(zip)s is not a ZIP code that we know. Results are not sorted by distance.") % {
            "zip": query.zip.strip()[:10]
        }
    per_page = max(1, min(query.per_page, MAX_PER_PAGE))
    page = max(1, min(query.page, MAX_PAGE))
    asked, matched = _asked(query, place)
    ids, total, without_place = _page(asked, per_page, page)
    pages = max(1, min(MAX_PAGE, -(-total // per_page)))
    page = min(page, pages)
    return SearchResult(
        hits=_hits(ids, query, place, matched),
        total=total,
        without_place=without_place if place else 0,
        page=page,
        pages=pages,
        place_words=place_words(place) if place else "",
        problem=problem,
    )


def count(query: SearchQuery) -> int:
    """How many listings answer the query, without reading any of them."""
    asked, _matched = _asked(query, zip_place(query.zip) if query.zip.strip() else None)
    return _page(asked, 1, 1)[1]


def _asked(query: SearchQuery, place: Place | None) -> tuple[Statement, tuple[str, ...]]:
    """The query as a statement, and the needs that its words name."""
    words = query.words.replace("\x00", "")[:MAX_WORDS]
    matched = needs_in(need_words(), words) if words.strip() else ()
    asked = statement(
        words=words,
        meant=matched,
        need=query.need,
        place=place,
        radius=max(0.1, min(query.radius_miles, MAX_RADIUS)),
        language=query.language,
        weekday=query.weekday,
        accepting=query.accepting,
        include_unknown=query.include_unknown,
    )
    return asked, matched


def _page(asked: Statement, per_page: int, page: int) -> tuple[list[UUID], int, int]:
    """Ids of a page, total, total without a place. Beyond the last page: the last page."""
    with connection.cursor() as cursor:
        cursor.execute(asked.rows, asked.params | {"limit": per_page, "offset": (page - 1) * per_page})
        rows = cursor.fetchall()
        if not rows and page > 1:
            cursor.execute(asked.rows, asked.params | {"limit": 1, "offset": 0})
            first = cursor.fetchone()
            last = -(-first[1] // per_page) if first else 1
            return _page(asked, per_page, last) if first else ([], 0, 0)
    return [row[0] for row in rows], rows[0][1] if rows else 0, rows[0][2] if rows else 0


def _hits(
    ids: list[UUID], query: SearchQuery, place: Place | None, matched: tuple[str, ...]
) -> tuple[SearchHit, ...]:
    cards = listings(ids, near=place)
    facts = Facts(need=query.need, age=query.age, language=query.language, place=place)
    return tuple(_hit(cards[each], facts, matched) for each in ids if each in cards)


def _hit(card: ListingCard, facts: Facts, matched: tuple[str, ...]) -> SearchHit:
    return SearchHit(
        listing=card,
        miles=card.miles,
        serves=serves(card.areas, facts.place),
        fit=fit(as_listing(card), facts),
        matched_needs=tuple(code for code in matched if code in card.need_categories),
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
        "areas": card.areas,
        "capacity": card.capacity_status,
    }
    return Listing(**fields)
