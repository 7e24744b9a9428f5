"""What was found, with all its words."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from waypost.directory.cards import SearchHit, SearchResult
from waypost.directory.selectors import cities_named, need_category_name, search
from waypost.directory.words import place_words
from waypost.web.finding.active import Choice, active
from waypost.web.finding.filters import Group, counts, groups, quick
from waypost.web.finding.instead import bare, instead, nearest
from waypost.web.finding.looking import PER_PAGE, Looking
from waypost.web.finding.wording import fits_words, may_not_words, unknown_words
from waypost.web.paging import number_of
from waypost.web.service_words import ServiceRow, service_row

MOST = 10_000
MOST_CITIES = 4


@dataclass(frozen=True, slots=True)
class Row:
    """A service as a card: why it was found, why it fits, what is not known, what may stand in the way."""

    service: ServiceRow
    why: str
    fits: str
    unknown: str
    may_not: str


@dataclass(frozen=True, slots=True)
class Found:
    """A page of results. ``sure`` come first; of the ``perhaps`` something asked for is not known."""

    title: str
    more: str
    sure: list[Row]
    perhaps: list[Row]
    total: int
    page: "Page[int]"
    place: str
    places: list[Choice]
    problem: str
    meant: str
    active: list[Choice]
    quick: list[Choice]
    groups: list[Group]
    instead: list[Choice]
    nearest: list[Row]

    @property
    def rows(self) -> list[Row]:
        """All of this page."""
        return [*self.sure, *self.perhaps]


def find(request: HttpRequest, looking: Looking) -> Found:
    """Search, and prepare the page."""
    result = search(looking.query(number_of(request)), with_facets=True)
    page = Paginator(range(min(result.total, MOST)), PER_PAGE).get_page(result.page)
    near = looking.place if result.place_words else ""
    rows = [(hit, found_row(hit, looking, near)) for hit in result.hits]
    counted = counts(result)
    return Found(
        title=_title(looking, result),
        more=_more(result),
        sure=[row for hit, row in rows if not hit.unsaid],
        perhaps=[row for hit, row in rows if hit.unsaid],
        total=result.total,
        page=page,
        place=_place(looking, result),
        places=_other_cities(looking) if near else [],
        problem=_problem(looking) if result.problem else "",
        meant=result.did_you_mean,
        active=active(looking, place=bool(near)),
        quick=quick(looking, counted) if result.total else [],
        groups=groups(looking, counted),
        instead=[] if result.total else instead(looking),
        nearest=[] if result.total else [found_row(hit, bare(looking), near) for hit in nearest(looking)],
    )


def found_row(hit: SearchHit, looking: Looking, near: str) -> Row:
    """A hit in words; ``near``: the place asked for, where it is known."""
    quiet = hit.listing.is_victim_service
    return Row(
        service=service_row(hit, near),
        why="; ".join(hit.why),
        fits="" if quiet else fits_words(hit, looking),
        unknown="" if quiet else unknown_words(hit, looking),
        may_not="" if quiet else may_not_words(hit),
    )


def _title(looking: Looking, result: SearchResult) -> str:
    """How many are known to fit; where none is, how many may."""
    number = result.fitting or result.total
    facts = {"count": f"{number}" if result.counts_exact else f"{number}+"}
    if result.total and not result.fitting:
        return ngettext("%(count)s service may fit", "%(count)s services may fit", number) % facts
    if looking.need:
        words = ngettext("%(count)s service for: %(need)s", "%(count)s services for: %(need)s", number)
        return words % {**facts, "need": need_category_name(looking.need)}
    if looking.words:
        words = ngettext("%(count)s service for “%(words)s”", "%(count)s services for “%(words)s”", number)
        return words % {**facts, "words": result.did_you_mean or looking.words}
    return ngettext("%(count)s service", "%(count)s services", number) % facts


def _more(result: SearchResult) -> str:
    """How many come after those that are known to fit."""
    rest = result.total - result.fitting
    if not rest or not result.fitting:
        return ""
    words = ngettext(
        "%(count)s more may fit: something about it is not known",
        "%(count)s more may fit: something about them is not known",
        rest,
    )
    return words % {"count": rest}


def _place(looking: Looking, result: SearchResult) -> str:
    """Where, how many of them are known to be near, and that the others come last."""
    if not result.place_words or not result.total:
        return ""
    if looking.serves:
        return _("that serve %(place)s, best match first, then nearest") % {"place": result.place_words}
    facts = {"miles": looking.miles, "place": result.place_words}
    words = _("within %(miles)s miles of %(place)s or serving it, best match first, then nearest") % facts
    if not result.without_place:
        return words
    last = ngettext(
        "%(count)s with no place on the map comes last",
        "%(count)s with no place on the map come last",
        result.without_place,
    )
    return f"{words}; " + last % {"count": result.without_place}


def _other_cities(looking: Looking) -> list[Choice]:
    """Other cities of the same name, where only a name was typed."""
    others = cities_named(looking.place)[1 : 1 + MOST_CITIES] if not looking.place[:1].isdigit() else ()
    return [Choice(place_words(each), looking.at(place_words(each)).link()) for each in others]


def _problem(looking: Looking) -> str:
    words = _(
        "We don't know the place “%(place)s”. Type a ZIP code of five digits, or a city. "
        "Results are for all places."
    )
    return words % {"place": looking.place}
